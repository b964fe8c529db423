"""Instances that come with several network interfaces."""

import pytest
from tests.dialects.tencent.furnished_account import IMAGE, OTHER_ZONE, ZONE

WRONG_ID = "InvalidParameterValue.InvalidNetworkInterfaceId"
MISMATCH = "InvalidParameterValue.ElasticNetworkVpcSubnetMismatch"


def listed(account, kind, addresses=1, **changes):
    """Return an entry of the NetworkInterfaces of a RunInstances."""
    return {
        "InterfaceType": kind,
        "VpcId": account.vpc_id,
        "SubnetId": account.subnet_id,
        "PrivateIpv4AddressCount": addresses,
        **changes,
    }


def with_interfaces(account, *others, primary=None, **changes):
    """Return the parameters of a RunInstances with a primary interface and others."""
    entries = [primary or listed(account, "PRIMARY"), *others]
    return {
        **account.instance_params(),
        "VirtualPrivateCloud": None,
        "NetworkInterfaces": entries,
        **changes,
    }


def interfaces_of(account, instance_id):
    """Return the interfaces of an instance, the primary one first."""
    filters = [{"Name": "attachment.instance-id", "Values": [instance_id]}]
    found = account.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    return sorted(found, key=lambda each: each["Attachment"]["DeviceIndex"])


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_instances_come_with_what_is_listed(account, style):
    group_id = account.create_group()
    primary = listed(account, "PRIMARY", 3, SecurityGroupIds=[group_id])
    params = with_interfaces(
        account,
        listed(account, "SECONDARY", 2, SecurityGroupIds=[account.group_id]),
        primary=primary,
        InstanceCount=2,
    )
    params.pop("VirtualPrivateCloud")
    ids = account.call("RunInstances", style=style, **params)["InstanceIdSet"]
    fresh = account.call("DescribeNetworkInterfaces", Filters=[{"Name": "is-primary", "Values": ["false"]}])
    assert {each["State"] for each in fresh["NetworkInterfaceSet"]} == {"ATTACHING"}
    account.wait()
    for instance_id in ids:
        first, second = interfaces_of(account, instance_id)
        assert (first["Primary"], second["Primary"]) == (True, False)
        assert (len(first["PrivateIpAddressSet"]), len(second["PrivateIpAddressSet"])) == (3, 2)
        assert (first["GroupSet"], second["GroupSet"]) == ([group_id], [account.group_id])
        shown = account.describe_instance(instance_id)
        assert shown["InstanceState"] == "RUNNING"
        assert len(shown["PrivateIpAddresses"]) == 3
        assert shown["LatestOperation"] is None


def test_an_interface_that_is_there_can_be_named(account):
    interface_id = account.create_interface()
    named = listed(account, "SECONDARY", NetworkInterfaceId=interface_id)
    (instance_id,) = account.call("RunInstances", **with_interfaces(account, named))["InstanceIdSet"]
    account.wait()
    assert [each["NetworkInterfaceId"] for each in interfaces_of(account, instance_id)][1:] == [
        interface_id
    ]


def test_the_primary_interface_may_be_described_twice(account):
    place = {"VpcId": account.vpc_id, "SubnetId": account.subnet_id, "Ipv6AddressCount": 1}
    params = with_interfaces(account, VirtualPrivateCloud=place)
    (instance_id,) = account.call("RunInstances", **params)["InstanceIdSet"]
    account.wait()
    (primary,) = interfaces_of(account, instance_id)
    assert len(primary["Ipv6AddressSet"]) == 1
    assert primary["GroupSet"] == [account.group_id]


@pytest.mark.parametrize("goes", [False, True])
def test_an_interface_goes_with_its_instance_or_stays(account, goes):
    params = with_interfaces(account, listed(account, "SECONDARY", DeleteWithInstance=goes))
    ids = account.call("RunInstances", **params)["InstanceIdSet"]
    account.wait()
    account.call("TerminateInstances", InstanceIds=ids)
    account.wait()
    assert account.call("DescribeNetworkInterfaces")["TotalCount"] == int(not goes)


def test_lists_are_refused_for(account):
    taken = account.create_interface()
    account.call("AttachNetworkInterface", NetworkInterfaceId=taken, InstanceId=account.run_instances()[0])
    account.wait()
    free = account.create_interface()
    elsewhere = account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/24", Zone=OTHER_ZONE)
    far = account.create_interface(SubnetId=elsewhere)
    other_vpc = account.create_vpc()
    foreign = account.create_interface(VpcId=other_vpc, SubnetId=account.create_subnet(other_vpc))
    second = listed(account, "SECONDARY")
    place = {"VpcId": account.vpc_id, "SubnetId": account.subnet_id}

    def named(interface_id):
        return listed(account, "SECONDARY", NetworkInterfaceId=interface_id)

    for params, code in (
        ({"NetworkInterfaces": [second]}, "InvalidParameterCombination"),
        (with_interfaces(account, listed(account, "PRIMARY")), "InvalidParameterCombination"),
        (with_interfaces(account, listed(account, "THIRD")), "InvalidParameterValue"),
        (with_interfaces(account, listed(account, "SECONDARY", 51)), "InvalidParameterValue"),
        (with_interfaces(account, named("eni")), WRONG_ID),
        (with_interfaces(account, named("eni-absent00")), WRONG_ID),
        (with_interfaces(account, named(taken)), WRONG_ID),
        (with_interfaces(account, named(far)), MISMATCH),
        (with_interfaces(account, named(foreign)), MISMATCH),
        (with_interfaces(account, named(free), named(free)), "InvalidParameterCombination"),
        (with_interfaces(account, named(free), InstanceCount=2), "InvalidParameterCombination"),
        (with_interfaces(account, primary=listed(account, "PRIMARY", NetworkInterfaceId=free)), WRONG_ID),
        (with_interfaces(account, *[second] * 4), "LimitExceeded.InstanceEniNumLimit"),
        (with_interfaces(account, VirtualPrivateCloud={**place, "SubnetId": elsewhere}), MISMATCH),
        (
            with_interfaces(account, VirtualPrivateCloud={**place, "PrivateIpAddresses": ["10.0.0.9"]}),
            "InvalidParameterCombination",
        ),
        (
            with_interfaces(account, listed(account, "SECONDARY", SubnetId=elsewhere)),
            "InvalidParameterValue.SubnetIdZoneIdNotMatch",
        ),
        (
            with_interfaces(account, listed(account, "SECONDARY", SubnetId="subnet-absent00")),
            "InvalidParameterValue.SubnetNotExist",
        ),
    ):
        assert account.refusal("RunInstances", **{**account.instance_params(), **params}) == code, params


# -- what is used where nothing is named -------------------------------------------------------------------


@pytest.mark.parametrize("place", [None, {"VpcId": "DEFAULT", "SubnetId": "DEFAULT"}])
def test_an_instance_is_in_the_default_vpc_subnet_and_group(account, place):
    vpc = account.call("CreateDefaultVpc", Zone=ZONE)["Vpc"]
    group_id = account.call("CreateDefaultSecurityGroup")["SecurityGroup"]["SecurityGroupId"]
    params = {"Placement": {"Zone": ZONE}, "ImageId": IMAGE, "VirtualPrivateCloud": place}
    (instance_id,) = account.call("RunInstances", **params)["InstanceIdSet"]
    shown = account.describe_instance(instance_id)
    where = shown["VirtualPrivateCloud"]
    assert (where["VpcId"], where["SubnetId"]) == (vpc["VpcId"], vpc["SubnetId"])
    assert shown["SecurityGroupIds"] == [group_id]


def test_the_default_group_is_that_of_the_project(account):
    account.call("CreateDefaultSecurityGroup")
    (instance_id,) = account.run_instances(SecurityGroupIds=None, Placement={"Zone": ZONE, "ProjectId": 7})
    assert account.describe_instance(instance_id)["SecurityGroupIds"] == []
    group_id = account.call("CreateDefaultSecurityGroup", ProjectId="7")["SecurityGroup"]["SecurityGroupId"]
    placed = {"Zone": ZONE, "ProjectId": 7}
    params = with_interfaces(account, listed(account, "SECONDARY"), SecurityGroupIds=None, Placement=placed)
    (instance_id,) = account.call("RunInstances", **params)["InstanceIdSet"]
    account.wait()
    assert [each["GroupSet"] for each in interfaces_of(account, instance_id)] == [[group_id]] * 2


@pytest.mark.parametrize("place", [None, {"VpcId": "DEFAULT", "SubnetId": "DEFAULT"}])
def test_the_default_vpc_and_subnet_are_created_where_they_are_wanted(account, place):
    shown = []
    for zone in (ZONE, OTHER_ZONE, ZONE):
        params = {"Placement": {"Zone": zone}, "ImageId": IMAGE, "VirtualPrivateCloud": place}
        (instance_id,) = account.call("RunInstances", **params)["InstanceIdSet"]
        shown.append(account.describe_instance(instance_id)["VirtualPrivateCloud"])
    first, other, again = ((each["VpcId"], each["SubnetId"]) for each in shown)
    assert first == again != other
    vpc = account.call("CreateDefaultVpc", Zone=OTHER_ZONE)["Vpc"]
    assert (vpc["VpcId"], vpc["SubnetId"]) == other
    assert [each["VpcId"] for each in account.call("DescribeVpcs")["VpcSet"] if each["IsDefault"]] == [
        other[0]
    ]


def test_a_default_place_takes_what_else_the_request_says(account):
    place = {"VpcId": "DEFAULT", "SubnetId": "DEFAULT", "PrivateIpAddresses": ["172.16.0.9"]}
    (instance_id,) = account.call(
        "RunInstances", Placement={"Zone": ZONE}, ImageId=IMAGE, VirtualPrivateCloud=place
    )["InstanceIdSet"]
    assert account.describe_instance(instance_id)["PrivateIpAddresses"] == ["172.16.0.9"]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"DryRun": True}, None),
        ({"ImageId": None}, "MissingParameter"),
        ({"SecurityGroupIds": ["sg-absent00"]}, "InvalidSecurityGroupId.NotFound"),
        ({"LoginSettings": {"KeyIds": ["skey-absent00"]}}, "InvalidParameterValue.KeyPairNotFound"),
    ],
)
def test_no_default_vpc_is_created_for_instances_that_are_not(account, params, code):
    account.call("CreateKeyPair", KeyName="first", ProjectId=0)
    params = {"Placement": {"Zone": ZONE}, "ImageId": IMAGE, **params}
    if code is None:
        assert account.call("RunInstances", **params)["InstanceIdSet"] == []
    else:
        assert account.refusal("RunInstances", **params) == code
    assert [each["IsDefault"] for each in account.call("DescribeVpcs")["VpcSet"]] == [False]


def test_a_default_vpc_is_created_once_for_a_token(account):
    params = {"Placement": {"Zone": ZONE}, "ImageId": IMAGE, "ClientToken": "once"}
    first, again = (account.call("RunInstances", **params)["InstanceIdSet"] for _ in range(2))
    assert first == again
    assert account.call("DescribeInstances")["TotalCount"] == 1
    assert account.call("DescribeVpcs")["TotalCount"] == 2


def test_the_default_of_one_kind_is_not_wanted_without_the_other(account):
    for name, code in (("VpcId", "VpcIdMalformed"), ("SubnetId", "SubnetIdMalformed")):
        place = {**account.instance_params()["VirtualPrivateCloud"], name: "DEFAULT"}
        params = account.instance_params(VirtualPrivateCloud=place)
        assert account.refusal("RunInstances", **params) == f"InvalidParameterValue.{code}"
