"""HaVips: of the VPC product, and of ECS with fewer fields."""

import pytest
from tests.dialects.alibaba.sdk_models import ECS, VPC

CREATE, ASSOCIATE, UNASSOCIATE = "CreateHaVip", "AssociateHaVip", "UnassociateHaVip"


def create(account, **params):
    made = account.call(CREATE, VPC, VSwitchId=account.subnet.id, **params)
    account.wait()
    return made["HaVipId"]


def shown(account, version=VPC, **criteria):
    return account.call("DescribeHaVips", version, **criteria)["HaVips"]["HaVip"]


def status_of(account):
    (found,) = shown(account)
    return found["Status"]


def associate(account, havip_id, instance_id, action=ASSOCIATE, version=VPC, **params):
    account.call(action, version, HaVipId=havip_id, InstanceId=instance_id, **params)
    account.wait()


def filtered(account, key, *values):
    return len(shown(account, Filter=[{"Key": key, "Value": list(values)}]))


# -- creating, describing, deleting --------------------------------------------------------------------


def test_a_havip_is_created_and_shown(account):
    params = {"IpAddress": "10.0.0.77", "Name": "n", "Description": "d", "ResourceGroupId": "rg-1"}
    tagged = [{"Key": "k", "Value": "v"}]
    made = account.call(CREATE, VPC, VSwitchId=account.subnet.id, Tag=tagged, **params)
    assert made["IpAddress"] == "10.0.0.77"
    assert status_of(account) == "Creating"
    account.wait()
    (found,) = shown(account)
    assert found.pop("CreateTime").endswith("Z")
    assert found == {
        "HaVipId": made["HaVipId"],
        "IpAddress": "10.0.0.77",
        "Name": "n",
        "Description": "d",
        "ResourceGroupId": "rg-1",
        "Status": "Available",
        "VSwitchId": account.subnet.id,
        "VpcId": account.network.id,
        "RegionId": "cn-hangzhou",
        "ChargeType": "PostPaid",
        "MasterInstanceId": "",
        "AssociatedInstanceType": "",
        "AssociatedInstances": {"associatedInstance": []},
        "AssociatedEipAddresses": {"associatedEipAddresse": []},
        "Tags": {"Tag": [{"Key": "k", "Value": "v"}]},
    }


def test_ecs_shows_fewer_fields(account):
    made = account.call(CREATE, ECS, VSwitchId=account.subnet.id, Description="d")
    assert made.keys() == {"HaVipId", "RequestId"}
    account.wait()
    account.call("ModifyHaVipAttribute", ECS, HaVipId=made["HaVipId"], Description="e")
    (found,) = shown(account, ECS)
    assert found["Description"] == "e"
    assert not found.keys() & {"Name", "Tags", "ChargeType", "ResourceGroupId"}
    account.call("DeleteHaVip", ECS, HaVipId=made["HaVipId"])
    account.wait()
    assert shown(account, ECS) == []


def test_it_takes_an_address_of_its_vswitch(account):
    count = account.call("DescribeVSwitches")["VSwitches"]["VSwitch"][0]["AvailableIpAddressCount"]
    create(account, IpAddress="10.0.0.77")
    (vswitch,) = account.call("DescribeVSwitches")["VSwitches"]["VSwitch"]
    assert vswitch["AvailableIpAddressCount"] == count - 1
    refusal = account.refusal(
        "CreateNetworkInterface", **account.interface_params(PrimaryIpAddress="10.0.0.77")
    )
    assert refusal == ("InvalidPrivateIpAddress.Duplicated", 400)
    taken = account.refusal(CREATE, VPC, VSwitchId=account.subnet.id, IpAddress="10.0.0.77")
    assert taken == ("InvalidIPAddress.AlreadyUsed", 400)
    assert account.refusal("DeleteVSwitch", VPC, VSwitchId=account.subnet.id) == (
        "DependencyViolation.HaVip",
        400,
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"VSwitchId": "vsw-absent"}, "InvalidVSwitch.NotFound"),
        ({"IpAddress": "10.9.9.9"}, "InvalidIPAddress.OutOfRange"),
        ({"IpAddress": "10.0.0.0"}, "InvalidIPAddress.NotAvailable"),
        ({"IpAddress": "10.0.0"}, "InvalidIPAddress.Malformed"),
        ({"Description": "http://x"}, "InvalidDescription.Malformed"),
        ({"Name": "https://x"}, "InvalidParameter"),
    ],
)
def test_a_wrong_creation_is_refused(account, changes, code):
    params = {"VSwitchId": account.subnet.id, **changes}
    assert account.refusal(CREATE, VPC, **params) == (code, 400)


def test_it_is_renamed_and_described_anew(account):
    havip_id = create(account, Name="a", Description="b")
    account.call("ModifyHaVipAttribute", VPC, HaVipId=havip_id, Name="c")
    account.call("ModifyHaVipAttribute", VPC, HaVipId=havip_id, Description="")
    (found,) = shown(account)
    assert (found["Name"], found["Description"]) == ("c", "")
    account.call("MoveResourceGroup", VPC, ResourceId=havip_id, ResourceType="HAVIP",
                 NewResourceGroupId="rg-2")  # fmt: skip
    tags = {"ResourceType": "HAVIP", "ResourceId": [havip_id]}
    account.call("TagResources", VPC, **tags, Tag=[{"Key": "k", "Value": "v"}])
    assert len(shown(account, Tags=[{"Key": "k"}], ResourceGroupId="rg-2")) == 1
    assert shown(account, Tags=[{"Key": "k", "Value": "w"}]) == []
    assert shown(account, ResourceGroupId="rg-1") == []


def test_a_creation_is_repeated_for_its_token(account):
    again = {"VSwitchId": account.subnet.id, "ClientToken": "t"}
    first, second = (account.call(CREATE, VPC, **again) for _ in "12")
    assert first["HaVipId"] == second["HaVipId"]
    account.wait()
    assert len(shown(account)) == 1


def test_they_are_chosen_by_filters_and_by_page(account):
    one, other = create(account, IpAddress="10.0.0.77"), create(account)
    instance = account.add_instance()
    associate(account, one, instance.id)
    assert filtered(account, "VpcId", account.network.id) == 2
    assert filtered(account, "VSwitchId", "vsw-absent") == 0
    assert filtered(account, "Status", "InUse") == 1
    assert filtered(account, "Status", "InUse", "Available") == 2
    assert filtered(account, "HaVipId", one, "havip-absent") == 1
    assert filtered(account, "HaVipAddress", "10.0.0.77", "none") == 1
    assert filtered(account, "HaVipId") == 2
    page = account.call("DescribeHaVips", VPC, PageSize=1, PageNumber=2)
    assert (page["TotalCount"], page["HaVips"]["HaVip"][0]["HaVipId"]) == (2, one)
    assert [found["HaVipId"] for found in shown(account)] == [other, one]
    wrong = account.refusal("DescribeHaVips", VPC, Filter=[{"Key": "Name", "Value": ["n"]}])
    assert wrong == ("InvalidParameter", 400)


# -- associating ---------------------------------------------------------------------------------------


def test_instances_are_associated_and_taken_off(account):
    havip_id = create(account)
    first, second = account.add_instance(), account.add_stopped_instance()
    account.call(ASSOCIATE, VPC, HaVipId=havip_id, InstanceId=first.id)
    assert status_of(account) == "Associating"
    busy = account.refusal(ASSOCIATE, VPC, HaVipId=havip_id, InstanceId=second.id)
    assert busy == ("IncorrectHaVipStatus", 400)
    account.wait()
    associate(account, havip_id, second.id, version=ECS)
    (found,) = shown(account)
    assert (found["Status"], found["AssociatedInstanceType"]) == ("InUse", "EcsInstance")
    assert found["AssociatedInstances"]["associatedInstance"] == [first.id, second.id]
    account.call(UNASSOCIATE, VPC, HaVipId=havip_id, InstanceId=first.id, Force="True")
    assert status_of(account) == "Unassociating"
    account.wait()
    assert status_of(account) == "InUse"
    associate(account, havip_id, second.id, UNASSOCIATE, ECS)
    assert status_of(account) == "Available"


def test_an_interface_is_associated(account):
    havip_id, interface_id = create(account), account.create_interface()
    associate(account, havip_id, interface_id, InstanceType="NetworkInterface")
    (found,) = shown(account)
    assert found["AssociatedInstanceType"] == "NetworkInterface"
    mixed = account.refusal(ASSOCIATE, VPC, HaVipId=havip_id, InstanceId=account.add_instance().id)
    assert mixed == ("InvalidParameter", 400)
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.wait()
    assert status_of(account) == "Available"


def test_a_wrong_association_is_refused(account):
    havip_id, instance = create(account), account.add_instance()
    elsewhere = account.add_instance(account.add_subnet(block="10.0.1.0/24"))

    def refused(action=ASSOCIATE, **changes):
        return account.refusal(action, VPC, **{"HaVipId": havip_id, "InstanceId": instance.id, **changes})

    assert refused(HaVipId="havip-absent") == ("InvalidHaVipId.NotFound", 404)
    assert refused(InstanceId="i-absent") == ("InvalidInstanceId.NotFound", 404)
    absent = refused(InstanceId="eni-absent", InstanceType="NetworkInterface")
    assert absent == ("InvalidEniId.NotFound", 404)
    assert refused(InstanceId=elsewhere.id) == ("InvalidParameter", 400)
    assert refused(UNASSOCIATE) == ("ResourceNotAssociated", 400)
    associate(account, havip_id, instance.id)
    assert refused() == ("InvalidParameter", 400)
    account.call("StopInstance", InstanceId=instance.id)
    assert refused(UNASSOCIATE) == ("IncorrectInstanceStatus", 400)


def test_there_are_limits_of_associations(account):
    havip_id, (first, second, third) = create(account), (account.add_instance() for _ in range(3))
    for each in (first, second):
        associate(account, havip_id, each.id)
    full = account.refusal(ASSOCIATE, VPC, HaVipId=havip_id, InstanceId=third.id)
    assert full == ("CountLimitExceeded.HaVipOnECSInstance", 400)
    for _ in range(5):
        associate(account, create(account), third.id)
    full = account.refusal(ASSOCIATE, VPC, HaVipId=create(account), InstanceId=third.id)
    assert full == ("CountLimitExceed.HaVipOnInstance", 400)


# -- what stands on it ---------------------------------------------------------------------------------


def test_what_is_associated_keeps_it(account):
    havip_id, instance = create(account), account.add_instance()
    associate(account, havip_id, instance.id)
    assert account.refusal("DeleteHaVip", VPC, HaVipId=havip_id) == ("IncorrectStatus", 400)
    associate(account, havip_id, instance.id, UNASSOCIATE)
    account.call("DeleteHaVip", VPC, HaVipId=havip_id)
    assert status_of(account) == "Deleting"
    assert account.refusal("DeleteHaVip", VPC, HaVipId=havip_id) == ("IncorrectStatus", 400)
    account.wait()
    gone = account.refusal("DeleteHaVip", VPC, HaVipId=havip_id)
    assert gone == ("InvalidHaVipId.NotFound", 404)


def test_routes_keep_it(account):
    havip_id = create(account)
    hop = {"NextHopType": "HaVip", "NextHopId": havip_id, "DestinationCidrBlock": "172.16.0.0/16"}
    table = {"RouteTableId": account.network.route_table_id}
    absent = account.refusal("CreateRouteEntry", VPC, **table, **{**hop, "NextHopId": "havip-absent"})
    assert absent == ("InvalidNextHopId.NotFound", 404)
    account.call("CreateRouteEntry", VPC, **table, **hop)
    account.wait()
    held = account.refusal("DeleteHaVip", VPC, HaVipId=havip_id)
    assert held == ("DependencyViolation.HaVipReferedByRouteEntry", 400)


def test_an_eip_is_associated_with_it(account):
    havip_id = create(account, IpAddress="10.0.0.77")
    eip = account.client.call("AllocateEipAddress", VPC)
    with_it = {"AllocationId": eip["AllocationId"], "InstanceId": havip_id, "InstanceType": "HaVip"}
    wrong = account.refusal("AssociateEipAddress", VPC, **with_it, PrivateIpAddress="10.0.0.78")
    assert wrong == ("InvalidParameter", 400)
    absent = account.refusal("AssociateEipAddress", VPC, **{**with_it, "InstanceId": "havip-absent"})
    assert absent == ("InvalidInstanId.NotFound", 404)
    account.call("AssociateEipAddress", VPC, **with_it, PrivateIpAddress="10.0.0.77")
    account.wait()
    (found,) = shown(account)
    assert found["AssociatedEipAddresses"] == {"associatedEipAddresse": [eip["EipAddress"]]}
    criteria = {"AssociatedInstanceId": havip_id, "AssociatedInstanceType": "HaVip"}
    (listed,) = account.call("DescribeEipAddresses", VPC, **criteria)["EipAddresses"]["EipAddress"]
    assert (listed["InstanceId"], listed["InstanceType"], listed["Status"]) == (havip_id, "HaVip", "InUse")
    held = account.refusal("DeleteHaVip", VPC, HaVipId=havip_id)
    assert held == ("DependencyViolation.HaVipAssociatedWithEIP", 400)
    account.call("UnassociateEipAddress", VPC, **with_it)
    account.wait()
    account.call("DeleteHaVip", VPC, HaVipId=havip_id)


def test_a_havip_that_is_busy_takes_no_eip(account):
    havip_id = create(account)
    eip = account.client.call("AllocateEipAddress", VPC)["AllocationId"]
    account.call(ASSOCIATE, VPC, HaVipId=havip_id, InstanceId=account.add_instance().id)
    refusal = account.refusal(
        "AssociateEipAddress", VPC, AllocationId=eip, InstanceId=havip_id, InstanceType="HaVip"
    )
    assert refusal == ("IncorrectHaVipStatus", 400)
