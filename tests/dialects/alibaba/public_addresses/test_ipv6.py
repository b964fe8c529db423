"""IPv6 addresses of Alibaba Cloud: free ones and those of interfaces, bandwidth and egress-only rules."""

import pytest
from tests.dialects.alibaba.networks.gateways import ipv6_gateway
from tests.dialects.alibaba.sdk_models import VPC


@pytest.fixture
def place(account):
    """Return an IPv6 gateway, a vSwitch of its VPC, and the ids of an interface's two IPv6 addresses."""
    params = account.ipv6_interface_params(Ipv6AddressCount=2)
    subnet = account.partition.graph.subnets[params["VSwitchId"]]
    gateway_id = ipv6_gateway(account, subnet.network_id)
    interface_id = account.client.call("CreateNetworkInterface", **params)["NetworkInterfaceId"]
    account.wait()
    found = listed(account, AssociatedInstanceId=interface_id)
    return gateway_id, subnet.id, [each["Ipv6AddressId"] for each in found]


def listed(account, **criteria):
    found = account.call("DescribeIpv6Addresses", VPC, **criteria)
    assert found["TotalCount"] >= len(found["Ipv6Addresses"]["Ipv6Address"])
    return found["Ipv6Addresses"]["Ipv6Address"]


def show(account, address_id):
    (shown,) = listed(account, Ipv6AddressId=address_id)
    return shown


def give(account, address_id, **changes):
    params = {"Ipv6AddressId": address_id, "Bandwidth": 5, **changes}
    return account.call("AllocateIpv6InternetBandwidth", VPC, **params)["InternetBandwidthId"]


def free(account, vswitch_id, **changes):
    made = account.call("AllocateIpv6Address", VPC, VSwitchId=vswitch_id, **changes)
    account.wait()
    return made["Ipv6AddressId"]


def rule_of(account, gateway_id, address_id, **changes):
    params = {"Ipv6GatewayId": gateway_id, "InstanceId": address_id, **changes}
    made = account.call("CreateIpv6EgressOnlyRule", VPC, **params)["Ipv6EgressRuleId"]
    account.wait()
    return made


def rules(account, gateway_id, **criteria):
    found = account.call("DescribeIpv6EgressOnlyRules", VPC, Ipv6GatewayId=gateway_id, **criteria)
    return found["Ipv6EgressOnlyRules"]["Ipv6EgressOnlyRule"]


# -- addresses ---------------------------------------------------------------------------------------------


def test_an_address_of_an_interface_has_an_id_that_stays(account, place):
    gateway_id, vswitch_id, (address_id, _) = place
    shown = show(account, address_id)
    assert (address_id[:5], len(address_id)) == ("ipv6-", 26)
    assert (shown["VSwitchId"], shown["Ipv6GatewayId"], shown["Status"]) == (
        vswitch_id,
        gateway_id,
        "Available",
    )
    assert (shown["NetworkType"], shown["RealBandwidth"]) == ("Private", 0)
    assert shown["Ipv6InternetBandwidth"]["Ipv6InternetBandwidthId"] == ""
    assert listed(account, Ipv6Address=shown["Ipv6Address"]) == [shown]
    assert listed(account, VSwitchId=vswitch_id, PageSize=1, PageNumber=3) == []


def test_an_address_of_an_interface_is_named_tagged_and_moved(account, place):
    _, _, (address_id, other) = place
    named = {"Name": "mine", "Description": "said"}
    account.call("ModifyIpv6AddressAttribute", VPC, Ipv6AddressId=address_id, **named)
    tagging = {"ResourceType": "ipv6address", "Tag": [{"Key": "k", "Value": "v"}]}
    account.call("TagResources", VPC, ResourceId=[address_id, other], **tagging)
    moving = {"ResourceType": "ipv6address", "NewResourceGroupId": "rg-mine"}
    account.call("MoveResourceGroup", VPC, ResourceId=address_id, **moving)
    shown = show(account, address_id)
    assert (shown["Ipv6AddressName"], shown["Ipv6AddressDescription"]) == ("mine", "said")
    assert (shown["Tags"]["Tag"], shown["ResourceGroupId"]) == ([{"Key": "k", "Value": "v"}], "rg-mine")
    assert listed(account, Name="mine") == listed(account, ResourceGroupId="rg-mine") == [shown]
    assert len(listed(account, Tag=[{"Key": "k", "Value": "v"}])) == 2
    assert listed(account, Tag=[{"Key": "k", "Value": "w"}]) == []


def test_a_free_address_is_pending_then_available_and_nobody_s(account, place):
    _, vswitch_id, _ = place
    named = {"Ipv6AddressName": "n", "ResourceGroupId": "rg-mine", "Tag": [{"Key": "k", "Value": "v"}]}
    made = account.call("AllocateIpv6Address", VPC, VSwitchId=vswitch_id, **named)
    assert made["ResourceGroupId"] == "rg-mine"
    assert show(account, made["Ipv6AddressId"])["Status"] == "Pending"
    account.wait()
    shown = show(account, made["Ipv6AddressId"])
    assert (shown["Status"], shown["AssociatedInstanceId"]) == ("Available", "")
    assert shown["Ipv6Address"] == made["Ipv6Address"]
    again = {"VSwitchId": vswitch_id, "Ipv6Address": made["Ipv6Address"]}
    assert account.refusal("AllocateIpv6Address", VPC, **again)[0] == "InvalidIp.IpAssigned"
    assert account.refusal("DeleteVSwitch", VPC, VSwitchId=vswitch_id)
    account.call("ReleaseIpv6Address", VPC, Ipv6AddressId=made["Ipv6AddressId"])
    account.wait()
    assert listed(account, Ipv6AddressId=made["Ipv6AddressId"]) == []
    assert free(account, vswitch_id, Ipv6Address=made["Ipv6Address"]) == made["Ipv6AddressId"]


def test_what_keeps_an_address(account, place):
    _, vswitch_id, (held, _) = place
    refused = lambda found: account.refusal("ReleaseIpv6Address", VPC, Ipv6AddressId=found)  # noqa: E731
    assert refused(held) == ("IncorrectStatus.Ipv6Instance", 400)
    assert refused("ipv6-absent") == ("ResourceNotFound.Ipv6Address", 404)
    made = free(account, vswitch_id)
    give(account, made)
    assert refused(made) == ("DependencyViolation.Ipv6InternetBandwidth", 400)


def test_prefixes_are_listed_by_their_type(account):
    params = account.ipv6_interface_params(Ipv6PrefixCount=1)
    account.client.call("CreateNetworkInterface", **params)
    account.wait()
    assert listed(account) == []
    (shown,) = listed(account, AddressType="IPv6Prefix")
    assert (shown["AddressType"], shown["Ipv6Address"][-3:]) == ("IPv6Prefix", "/80")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"VSwitchId": "vsw-none"}, "InvalidVSwitchId.NotFound"),
        ({"Ipv6Address": "nothing"}, "IllegalParam.Ipv6Address"),
        ({"Ipv6Address": "2001:db8::1"}, "InvalidIp.Address"),
        ({"Ipv6AddressName": "http://n"}, "IllegalParam.Name"),
        ({"Ipv6AddressDescription": "http://d"}, "IllegalParam.Description"),
        ({"ResourceGroupId": "none"}, "IllegalParam.ResourceGroupId"),
        ({"DryRun": True}, "DryRunOperation"),
    ],
)
def test_what_is_wrong_with_a_free_address(account, place, changes, refusal):
    params = {"VSwitchId": place[1], **changes}
    assert account.refusal("AllocateIpv6Address", VPC, **params)[0] == refusal


def test_a_vswitch_without_ipv6_has_none(account):
    params = {"VSwitchId": account.subnet.id}
    assert account.refusal("AllocateIpv6Address", VPC, **params)[0] == "InvalidVSwitch.Ipv6NotTurnOn"


# -- bandwidth ---------------------------------------------------------------------------------------------


def test_an_address_reaches_the_internet_by_its_bandwidth(account, place):
    gateway_id, _, (address_id, _) = place
    bandwidth_id = give(account, address_id, Ipv6GatewayId=gateway_id, InternetChargeType="PayByTraffic")
    shown = show(account, address_id)
    assert (shown["NetworkType"], shown["RealBandwidth"]) == ("Public", 5)
    its = shown["Ipv6InternetBandwidth"]
    assert (its["Bandwidth"], its["InternetChargeType"]) == (5, "PayByTraffic")
    assert (its["Ipv6InternetBandwidthId"], its["BusinessStatus"]) == (bandwidth_id, "Normal")
    assert listed(account, Ipv6InternetBandwidthId=bandwidth_id) == [shown]
    assert listed(account, NetworkType="Public") == [shown]
    changing = {"Ipv6AddressId": address_id, "Ipv6InternetBandwidthId": bandwidth_id, "Bandwidth": 9}
    account.call("ModifyIpv6InternetBandwidth", VPC, **changing)
    assert show(account, address_id)["RealBandwidth"] == 9
    account.call("DeleteIpv6InternetBandwidth", VPC, Ipv6AddressId=address_id)
    assert show(account, address_id)["NetworkType"] == "Private"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"Ipv6AddressId": "ipv6-absent"}, ("ResourceNotFound.Ipv6Address", 404)),
        ({"Ipv6GatewayId": "ipv6gw-absent"}, ("InvalidIpv6GatewayId.NotFound", 400)),
        ({"Bandwidth": 0}, ("IllegalParam.Bandwidth", 400)),
        ({"Bandwidth": 1001, "InternetChargeType": "PayByTraffic"}, ("IllegalParam.Bandwidth", 400)),
        ({"InternetChargeType": "PayByOld95"}, ("IllegalParam.InternetChargeType", 400)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
    ],
)
def test_what_is_wrong_with_bandwidth(account, place, changes, refusal):
    params = {"Ipv6AddressId": place[2][0], "Bandwidth": 5, **changes}
    assert account.refusal("AllocateIpv6InternetBandwidth", VPC, **params) == refusal


def test_bandwidth_needs_the_gateway_of_its_vpc_and_is_given_once(account, place):
    _, _, (address_id, other) = place
    elsewhere = ipv6_gateway(account)
    params = {"Ipv6AddressId": address_id, "Bandwidth": 5}
    refused = lambda **more: account.refusal("AllocateIpv6InternetBandwidth", VPC, **params, **more)  # noqa: E731
    assert refused(Ipv6GatewayId=elsewhere)[0] == "OperationFailed.Ipv6GatewayDisMatchIpv6Address"
    bandwidth_id = give(account, address_id)
    assert refused() == ("OperationFailed.InternetBandwidthAlreadyExisted", 400)
    changing = {"Ipv6AddressId": other, "Bandwidth": 9}
    refused = lambda **more: account.refusal("ModifyIpv6InternetBandwidth", VPC, **more)  # noqa: E731
    assert refused(**changing) == ("OperationFailed.InternetBandwidthNonExist", 400)
    both = {**changing, "Ipv6InternetBandwidthId": bandwidth_id}
    assert refused(**both)[0] == "ParamExclusive.Ipv6AddressIdAndIpv6InternetBandwidthId"
    assert refused(Bandwidth=9) == ("MissingParam.Ipv6InstanceId", 400)
    absent = {"Ipv6InternetBandwidthId": "ipv6bw-absent", "Bandwidth": 9}
    assert refused(**absent) == ("InvalidIpv6Instance.NotFound", 400)
    assert refused(Ipv6AddressId="ipv6-absent", Bandwidth=9) == ("InvalidIpv6Instance.NotFound", 400)


def test_a_vpc_without_gateway_gives_none(account):
    params = account.ipv6_interface_params(Ipv6AddressCount=1)
    account.client.call("CreateNetworkInterface", **params)
    account.wait()
    (shown,) = listed(account)
    asked = {"Ipv6AddressId": shown["Ipv6AddressId"], "Bandwidth": 5}
    refusal = account.refusal("AllocateIpv6InternetBandwidth", VPC, **asked)
    assert refusal == ("OperationFailed.Ipv6GatewayNotExist", 400)


# -- egress-only rules -------------------------------------------------------------------------------------


def test_a_rule_is_created_listed_and_deleted(account, place):
    gateway_id, _, (address_id, _) = place
    give(account, address_id)
    creating = {"Ipv6GatewayId": gateway_id, "InstanceId": address_id, "Name": "out", "Description": "d"}
    rule_id = account.call("CreateIpv6EgressOnlyRule", VPC, **creating)["Ipv6EgressRuleId"]
    assert [each["Status"] for each in rules(account, gateway_id)] == ["Creating"]
    account.wait()
    (shown,) = rules(account, gateway_id, InstanceId=address_id, Name="out")
    assert (shown["Status"], shown["InstanceId"], shown["InstanceType"]) == (
        "Available",
        address_id,
        "Ipv6Address",
    )
    assert rules(account, gateway_id, Name="in") == rules(account, "ipv6gw-absent") == []
    assert rules(account, gateway_id, InstanceType="IPv6Prefix") == []
    account.call("DeleteIpv6EgressOnlyRule", VPC, Ipv6EgressOnlyRuleId=rule_id)
    assert rules(account, gateway_id, Ipv6EgressOnlyRuleId=rule_id)[0]["Status"] == "Deleting"
    account.wait()
    assert rules(account, gateway_id) == []


def test_what_is_wrong_with_a_rule(account, place):
    gateway_id, _, (address_id, other) = place
    refused = lambda **more: account.refusal(  # noqa: E731
        "CreateIpv6EgressOnlyRule", VPC, **{"Ipv6GatewayId": gateway_id, "InstanceId": address_id, **more}
    )
    assert refused() == ("OperationFailed.InternetBandwidthNonExist", 400)
    give(account, address_id)
    rule_of(account, gateway_id, address_id)
    assert refused() == ("ResourceAlreadyAssociated.IpAddress", 400)
    assert refused(InstanceId="ipv6-absent") == ("ResourceNotFound.Ipv6Address", 404)
    assert refused(Ipv6GatewayId="ipv6gw-absent")[0] == "InvalidIpv6GatewayId.NotFound"
    assert refused(Ipv6GatewayId=ipv6_gateway(account), InstanceId=other)[0] == (
        "OperationFailed.Ipv6GatewayDisMatchIpv6Address"
    )
    absent = {"Ipv6EgressOnlyRuleId": "ipv6py-absent"}
    refusal = account.refusal("DeleteIpv6EgressOnlyRule", VPC, **absent)
    assert refusal == ("InvalidIpv6Instance.NotFound", 400)


def test_bandwidth_and_rules_keep_a_gateway(account, place):
    gateway_id, _, (address_id, _) = place
    bandwidth_id = give(account, address_id)
    refused = lambda: account.refusal("DeleteIpv6Gateway", VPC, Ipv6GatewayId=gateway_id)  # noqa: E731
    assert refused() == ("DependencyViolation.Ipv6InternetBandwidth", 400)
    rule_of(account, gateway_id, address_id)
    assert refused() == ("DependencyViolation.EgressRules", 400)
    account.call("DeleteIpv6InternetBandwidth", VPC, Ipv6InternetBandwidthId=bandwidth_id)
    assert rules(account, gateway_id) == []
    account.call("DeleteIpv6Gateway", VPC, Ipv6GatewayId=gateway_id)


def test_what_an_address_has_goes_with_it(account, place):
    gateway_id, _, (address_id, _) = place
    shown = show(account, address_id)
    give(account, address_id)
    rule_of(account, gateway_id, address_id)
    leaving = {"NetworkInterfaceId": shown["AssociatedInstanceId"], "Ipv6Address": [shown["Ipv6Address"]]}
    account.client.call("UnassignIpv6Addresses", **leaving)
    account.wait()
    assert rules(account, gateway_id) == listed(account, NetworkType="Public") == []
    account.call("DeleteIpv6Gateway", VPC, Ipv6GatewayId=gateway_id)
