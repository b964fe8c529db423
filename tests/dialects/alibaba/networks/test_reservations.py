"""Reserved CIDR blocks of vSwitches of Alibaba Cloud, and the prefixes that come from them."""

import pytest
from tests.dialects.alibaba.sdk_models import VPC

CREATE = "CreateVSwitchCidrReservation"


def create(account, vswitch_id, mask=26, **more):
    """Reserve a block; return its id once it is Assigned."""
    wanted = {"VSwitchId": vswitch_id, "VSwitchCidrReservationMask": str(mask), **more}
    reservation_id = account.call(CREATE, VPC, **wanted)["VSwitchCidrReservationId"]
    account.wait()
    return reservation_id


def listing(account, **criteria):
    return account.call("ListVSwitchCidrReservations", VPC, **criteria)


def rows(account, **criteria):
    return listing(account, **criteria)["VSwitchCidrReservations"]


def listed(account, **criteria):
    return [each["VSwitchCidrReservationId"] for each in rows(account, **criteria)]


def show(account, reservation_id):
    (shown,) = rows(account, VSwitchCidrReservationIds=[reservation_id])
    return shown


def available(account):
    shown = account.call("DescribeVSwitchAttributes", VPC, VSwitchId=account.subnet.id)
    return shown["AvailableIpAddressCount"]


def test_a_new_one_is_assigning_then_assigned(account):
    before = available(account)
    created = account.call(
        CREATE,
        VPC,
        VSwitchId=account.subnet.id,
        VSwitchCidrReservationCidr="10.0.0.64/26",
        VSwitchCidrReservationMask="26",
        VSwitchCidrReservationName="n",
        VSwitchCidrReservationDescription="d",
        VSwitchCidrReservationType="Prefix",
        Tag=[{"Key": "k", "Value": "v"}],
    )
    reservation_id = created["VSwitchCidrReservationId"]
    assert reservation_id.startswith("vcr-")
    assert show(account, reservation_id)["Status"] == "Assigning"
    account.wait()
    shown = show(account, reservation_id)
    assert shown.pop("CreationTime").endswith("Z")
    assert shown == {
        "AssignedCidrCount": 0,
        "AvailableCidrCount": 4,
        "IpVersion": "IPv4",
        "Status": "Assigned",
        "Tags": [{"Key": "k", "Value": "v"}],
        "Type": "Prefix",
        "VSwitchCidrReservationCidr": "10.0.0.64/26",
        "VSwitchCidrReservationDescription": "d",
        "VSwitchCidrReservationId": reservation_id,
        "VSwitchCidrReservationName": "n",
        "VSwitchId": account.subnet.id,
        "VpcId": account.network.id,
    }
    assert available(account) == before - 64


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"VSwitchId": None}, ("MissingParameter", 400)),
        ({"VSwitchId": "vsw-none"}, ("InvalidVSwitchId.NotFound", 404)),
        ({"VSwitchCidrReservationMask": None}, ("MissingParameter", 400)),
        ({"VSwitchCidrReservationMask": "x"}, ("InvalidParameter", 400)),
        ({"VSwitchCidrReservationMask": "29"}, ("InvalidCirdrBlock.MaskLength", 400)),
        ({"VSwitchCidrReservationMask": "25"}, ("InvalidCirdrBlock.MaskLength", 400)),
        ({"VSwitchCidrReservationType": "explicit"}, ("InvalidParameter", 400)),
        ({"VSwitchCidrReservationName": "http://n"}, ("InvalidParameter", 400)),
        ({"VSwitchCidrReservationDescription": "d" * 257}, ("InvalidParameter", 400)),
        ({"IpVersion": "IPv5"}, ("InvalidParameter", 400)),
        ({"IpVersion": "IPv6"}, ("InvalidVSwitch.Ipv6NotTurnOn", 403)),
        ({"IpPrefixNumber": 4}, ("UnsupportedParameter", 400)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
        ({"Tag": [{"Key": "k"}, {"Key": "k"}]}, ("Duplicate.TagKey", 400)),
        ({"VSwitchCidrReservationCidr": "10.0.0.1/26"}, ("InvalidCidrBlock.Malformed", 400)),
        ({"VSwitchCidrReservationCidr": "2001:db8::/66"}, ("InvalidCidrBlock.Malformed", 400)),
        ({"VSwitchCidrReservationCidr": "10.0.0.0/26"}, ("InvalidParameter", 400)),
        ({"VSwitchCidrReservationCidr": "10.0.0.192/26"}, ("InvalidParameter", 400)),
        ({"VSwitchCidrReservationCidr": "10.0.9.0/26"}, ("InvalidParameter", 400)),
        (
            {"VSwitchCidrReservationCidr": "10.0.0.64/27"},
            ("Conflict.VSwitchCidrReservationMaskAndVSwitchCidrReservationCidr", 400),
        ),
    ],
)
def test_what_is_wrong_with_a_new_one(account, changes, refusal):
    wanted = {"VSwitchId": account.subnet.id, "VSwitchCidrReservationMask": "26", **changes}
    assert account.refusal(CREATE, VPC, **wanted) == refusal
    assert listed(account) == []


def test_blocks_overlap_neither_each_other_nor_what_is_in_use(account):
    account.create_interface(PrimaryIpAddress="10.0.0.70")
    first = create(account, account.subnet.id)
    assert show(account, first)["VSwitchCidrReservationCidr"] == "10.0.0.128/26"
    for block in ("10.0.0.64/26", "10.0.0.144/28"):
        wanted = {"VSwitchId": account.subnet.id, "VSwitchCidrReservationCidr": block}
        assert account.refusal(CREATE, VPC, **wanted) == ("InvalidCidrBlock.Overlapped", 400)


def test_prefixes_come_from_it_and_addresses_do_not(account):
    reservation_id = create(account, account.subnet.id, 27)
    check = {"VSwitchId": account.subnet.id, "PrivateIpAddress": "10.0.0.33"}
    assert account.call("CheckCanAllocateVpcPrivateIpAddress", VPC, **check)["CanAllocate"] is False
    inside = account.interface_params(PrimaryIpAddress="10.0.0.33")
    assert account.refusal("CreateNetworkInterface", **inside) == (
        "InvalidPrivateIpAddress.Duplicated",
        400,
    )
    interface_id = account.create_interface(Ipv4PrefixCount=2)
    account.wait()
    shown = show(account, reservation_id)
    assert (shown["AssignedCidrCount"], shown["AvailableCidrCount"]) == (2, 0)
    usage = {"VSwitchCidrReservationId": reservation_id}
    first = account.call("GetVSwitchCidrReservationUsage", VPC, **usage, MaxResults=1)
    assert (first["TotalCount"], first["MaxResults"]) == (2, 1)
    assert first["CidrReservationUsages"] == [
        {
            "IpPrefixCidr": "10.0.0.32/28",
            "IpPrefixId": "",
            "ResourceId": interface_id,
            "ResourceType": "NetworkInterface",
            "VSwitchCidrReservationId": reservation_id,
            "VSwitchId": account.subnet.id,
        }
    ]
    rest = account.call("GetVSwitchCidrReservationUsage", VPC, **usage, NextToken=first["NextToken"])
    assert [each["IpPrefixCidr"] for each in rest["CidrReservationUsages"]] == ["10.0.0.48/28"]
    assert rest["NextToken"] == ""
    more = account.interface_params(Ipv4PrefixCount=1)
    assert account.refusal("CreateNetworkInterface", **more) == ("InvalidVSwitchId.IpNotEnough", 403)
    delete = "DeleteVSwitchCidrReservation"
    assert account.refusal(delete, VPC, **usage) == ("DependencyViolation.IpPrefix", 400)
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.wait()
    account.call(delete, VPC, **usage)
    assert show(account, reservation_id)["Status"] == "Releasing"
    assert account.refusal(delete, VPC, **usage) == ("IncorrectStatus", 400)
    account.wait()
    assert listed(account, VSwitchCidrReservationIds=[reservation_id]) == []
    assert account.refusal(delete, VPC, **usage) == ("InvalidResourceId.NotFound", 404)
    gone = account.refusal("GetVSwitchCidrReservationUsage", VPC, **usage)
    assert gone == ("InvalidResourceId.NotFound", 404)


def test_one_is_renamed_and_described(account):
    reservation_id = create(account, account.subnet.id, VSwitchCidrReservationName="a")
    modify = "ModifyVSwitchCidrReservationAttribute"
    names = {"VSwitchCidrReservationId": reservation_id, "VSwitchCidrReservationDescription": "d"}
    assert account.refusal(modify, VPC, **names, DryRun=True) == ("DryRunOperation", 400)
    account.call(modify, VPC, **names)
    shown = show(account, reservation_id)
    assert shown["VSwitchCidrReservationName"] == "a"
    assert shown["VSwitchCidrReservationDescription"] == "d"
    names["VSwitchCidrReservationId"] = "vcr-none"
    assert account.refusal(modify, VPC, **names) == ("InvalidResourceId.NotFound", 404)


def test_they_are_listed_by_version_type_vswitch_tags_and_pages(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    other = account.create_vswitch(vpc_id, Ipv6CidrBlock=0)
    account.wait()
    tag = [{"Key": "k", "Value": "v"}]
    one = create(account, account.subnet.id, Tag=tag)
    two = create(account, other)
    six = create(account, other, 66, IpVersion="IPv6")
    assert listed(account) == [two, one]
    assert listed(account, IpVersion="IPv6") == [six]
    assert listed(account, VSwitchCidrReservationIds=[one, six]) == [six, one]
    assert listed(account, VSwitchCidrReservationIds=[one, six], IpVersion="IPv4") == [one]
    assert listed(account, VSwitchId=other, VSwitchCidrReservationType="prefix") == [two]
    assert listed(account, Tags=tag) == [one]
    page = listing(account, MaxResults=1)
    assert (page["TotalCount"], page["MaxResults"]) == (2, 1)
    assert listed(account, MaxResults=1, NextToken=page["NextToken"]) == [one]
    shown = show(account, six)
    assert (shown["IpVersion"], shown["AvailableCidrCount"], shown["Type"]) == ("IPv6", 1 << 14, "prefix")


def test_one_keeps_its_vswitch(account):
    vswitch_id = account.create_vswitch(account.network.id, CidrBlock="10.0.40.0/24")
    account.wait()
    reservation_id = create(account, vswitch_id)
    assert account.refusal("DeleteVSwitch", VPC, VSwitchId=vswitch_id) == ("DependencyViolation", 400)
    account.call("DeleteVSwitchCidrReservation", VPC, VSwitchCidrReservationId=reservation_id)
    account.wait()
    account.call("DeleteVSwitch", VPC, VSwitchId=vswitch_id)
    account.wait()


def test_a_vswitch_that_is_on_its_way_reserves_nothing(account):
    vswitch_id = account.create_vswitch(account.network.id, CidrBlock="10.0.41.0/24")
    wanted = {"VSwitchId": vswitch_id, "VSwitchCidrReservationMask": "26"}
    account.wait()
    account.call("DeleteVSwitch", VPC, VSwitchId=vswitch_id)
    assert account.refusal(CREATE, VPC, **wanted) == ("IncorrectStatus", 400)
