"""Instances that come with several network interfaces."""

import pytest
from tests.dialects.tencent.rooms import IMAGE, OTHER_ZONE, ZONE, FurnishedRoom

WRONG_ID = "InvalidParameterValue.InvalidNetworkInterfaceId"
MISMATCH = "InvalidParameterValue.ElasticNetworkVpcSubnetMismatch"


class Fitted(FurnishedRoom):
    """A room in which instances get the interfaces that are listed."""

    def listed(self, kind, addresses=1, **changes):
        return {
            "InterfaceType": kind,
            "VpcId": self.vpc_id,
            "SubnetId": self.subnet_id,
            "PrivateIpv4AddressCount": addresses,
            **changes,
        }

    def with_interfaces(self, *others, primary=None, **changes):
        """Return the parameters of a RunInstances with a primary interface and others."""
        listed = [primary or self.listed("PRIMARY"), *others]
        return {**self.running(), "VirtualPrivateCloud": None, "NetworkInterfaces": listed, **changes}

    def interfaces(self, instance_id):
        """Return the interfaces of an instance, the primary one first."""
        filters = [{"Name": "attachment.instance-id", "Values": [instance_id]}]
        found = self.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
        return sorted(found, key=lambda each: each["Attachment"]["DeviceIndex"])


@pytest.fixture
def room():
    return Fitted()


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_instances_come_with_what_is_listed(room, style):
    group_id = room.group()
    primary = room.listed("PRIMARY", 3, SecurityGroupIds=[group_id])
    params = room.with_interfaces(
        room.listed("SECONDARY", 2, SecurityGroupIds=[room.group_id]), primary=primary, InstanceCount=2
    )
    params.pop("VirtualPrivateCloud")
    ids = room.call("RunInstances", style=style, **params)["InstanceIdSet"]
    fresh = room.call("DescribeNetworkInterfaces", Filters=[{"Name": "is-primary", "Values": ["false"]}])
    assert {each["State"] for each in fresh["NetworkInterfaceSet"]} == {"ATTACHING"}
    room.wait()
    for instance_id in ids:
        first, second = room.interfaces(instance_id)
        assert (first["Primary"], second["Primary"]) == (True, False)
        assert (len(first["PrivateIpAddressSet"]), len(second["PrivateIpAddressSet"])) == (3, 2)
        assert (first["GroupSet"], second["GroupSet"]) == ([group_id], [room.group_id])
        shown = room.show(instance_id)
        assert shown["InstanceState"] == "RUNNING"
        assert len(shown["PrivateIpAddresses"]) == 3
        assert shown["LatestOperation"] == "RunInstances"


def test_an_interface_that_is_there_can_be_named(room):
    interface_id = room.interface(room.vpc_id, room.subnet_id)
    named = room.listed("SECONDARY", NetworkInterfaceId=interface_id)
    (instance_id,) = room.call("RunInstances", **room.with_interfaces(named))["InstanceIdSet"]
    room.wait()
    assert [each["NetworkInterfaceId"] for each in room.interfaces(instance_id)][1:] == [interface_id]


def test_the_primary_interface_may_be_described_twice(room):
    place = {"VpcId": room.vpc_id, "SubnetId": room.subnet_id, "Ipv6AddressCount": 1}
    params = room.with_interfaces(VirtualPrivateCloud=place)
    (instance_id,) = room.call("RunInstances", **params)["InstanceIdSet"]
    room.wait()
    (primary,) = room.interfaces(instance_id)
    assert len(primary["Ipv6AddressSet"]) == 1
    assert primary["GroupSet"] == [room.group_id]


@pytest.mark.parametrize("goes", [False, True])
def test_an_interface_goes_with_its_instance_or_stays(room, goes):
    params = room.with_interfaces(room.listed("SECONDARY", DeleteWithInstance=goes))
    ids = room.call("RunInstances", **params)["InstanceIdSet"]
    room.wait()
    room.call("TerminateInstances", InstanceIds=ids)
    room.wait()
    assert room.call("DescribeNetworkInterfaces")["TotalCount"] == int(not goes)


def test_lists_are_refused_for(room):
    taken = room.interface(room.vpc_id, room.subnet_id)
    room.call("AttachNetworkInterface", NetworkInterfaceId=taken, InstanceId=room.run()[0])
    room.wait()
    free = room.interface(room.vpc_id, room.subnet_id)
    elsewhere = room.subnet(room.vpc_id, CidrBlock="10.0.1.0/24", Zone=OTHER_ZONE)
    far = room.interface(room.vpc_id, elsewhere)
    other_vpc = room.vpc()
    foreign = room.interface(other_vpc, room.subnet(other_vpc))
    second = room.listed("SECONDARY")
    place = {"VpcId": room.vpc_id, "SubnetId": room.subnet_id}

    def named(interface_id):
        return room.listed("SECONDARY", NetworkInterfaceId=interface_id)

    for params, code in (
        ({"NetworkInterfaces": [second]}, "InvalidParameterCombination"),
        (room.with_interfaces(room.listed("PRIMARY")), "InvalidParameterCombination"),
        (room.with_interfaces(room.listed("THIRD")), "InvalidParameterValue"),
        (room.with_interfaces(room.listed("SECONDARY", 51)), "InvalidParameterValue"),
        (room.with_interfaces(named("eni")), WRONG_ID),
        (room.with_interfaces(named("eni-absent00")), WRONG_ID),
        (room.with_interfaces(named(taken)), WRONG_ID),
        (room.with_interfaces(named(far)), MISMATCH),
        (room.with_interfaces(named(foreign)), MISMATCH),
        (room.with_interfaces(named(free), named(free)), "InvalidParameterCombination"),
        (room.with_interfaces(named(free), InstanceCount=2), "InvalidParameterCombination"),
        (room.with_interfaces(primary=room.listed("PRIMARY", NetworkInterfaceId=free)), WRONG_ID),
        (room.with_interfaces(*[second] * 4), "LimitExceeded.InstanceEniNumLimit"),
        (room.with_interfaces(VirtualPrivateCloud={**place, "SubnetId": elsewhere}), MISMATCH),
        (
            room.with_interfaces(VirtualPrivateCloud={**place, "PrivateIpAddresses": ["10.0.0.9"]}),
            "InvalidParameterCombination",
        ),
        (
            room.with_interfaces(room.listed("SECONDARY", SubnetId=elsewhere)),
            "InvalidParameterValue.SubnetIdZoneIdNotMatch",
        ),
        (
            room.with_interfaces(room.listed("SECONDARY", SubnetId="subnet-absent00")),
            "InvalidParameterValue.SubnetNotExist",
        ),
    ):
        assert room.refused("RunInstances", **{**room.running(), **params}) == code, params


# -- what is used where nothing is named -------------------------------------------------------------------


@pytest.mark.parametrize("place", [None, {"VpcId": "DEFAULT", "SubnetId": "DEFAULT"}])
def test_an_instance_is_in_the_default_vpc_subnet_and_group(room, place):
    vpc = room.call("CreateDefaultVpc", Zone=ZONE)["Vpc"]
    group_id = room.call("CreateDefaultSecurityGroup")["SecurityGroup"]["SecurityGroupId"]
    params = {"Placement": {"Zone": ZONE}, "ImageId": IMAGE, "VirtualPrivateCloud": place}
    (instance_id,) = room.call("RunInstances", **params)["InstanceIdSet"]
    shown = room.show(instance_id)
    where = shown["VirtualPrivateCloud"]
    assert (where["VpcId"], where["SubnetId"]) == (vpc["VpcId"], vpc["SubnetId"])
    assert shown["SecurityGroupIds"] == [group_id]


def test_the_default_group_is_that_of_the_project(room):
    room.call("CreateDefaultSecurityGroup")
    (instance_id,) = room.run(SecurityGroupIds=None, Placement={"Zone": ZONE, "ProjectId": 7})
    assert room.show(instance_id)["SecurityGroupIds"] == []
    group_id = room.call("CreateDefaultSecurityGroup", ProjectId="7")["SecurityGroup"]["SecurityGroupId"]
    placed = {"Zone": ZONE, "ProjectId": 7}
    params = room.with_interfaces(room.listed("SECONDARY"), SecurityGroupIds=None, Placement=placed)
    (instance_id,) = room.call("RunInstances", **params)["InstanceIdSet"]
    room.wait()
    assert [each["GroupSet"] for each in room.interfaces(instance_id)] == [[group_id]] * 2


def test_a_default_place_is_wanted_that_is_not_there(room):
    default = {"VpcId": "DEFAULT", "SubnetId": "DEFAULT"}
    absent = "InvalidParameterValue.VpcIdNotExist"
    assert room.refused("RunInstances", **room.running(VirtualPrivateCloud=default)) == absent
    assert room.refused("RunInstances", **room.running(VirtualPrivateCloud=None)) == "MissingParameter"
    room.call("CreateDefaultVpc", Zone=OTHER_ZONE)
    absent = "InvalidParameterValue.SubnetNotExist"
    assert room.refused("RunInstances", **room.running(VirtualPrivateCloud=default)) == absent
