"""NAT gateways with their EIPs, SNAT and DNAT rules, from creation to deletion."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount

CREATE_DNAT = "CreateNatGatewayDestinationIpPortTranslationNatRule"
DELETE_DNAT = "DeleteNatGatewayDestinationIpPortTranslationNatRule"
MODIFY_DNAT = "ModifyNatGatewayDestinationIpPortTranslationNatRule"
LIST_DNAT = "DescribeNatGatewayDestinationIpPortTranslationNatRules"
CREATE_SNAT = "CreateNatGatewaySourceIpTranslationNatRule"
DELETE_SNAT = "DeleteNatGatewaySourceIpTranslationNatRule"
MODIFY_SNAT = "ModifyNatGatewaySourceIpTranslationNatRule"
LIST_SNAT = "DescribeNatGatewaySourceIpTranslationNatRules"


def gateway(account, **params):
    """Create a NAT gateway and wait; return its id and its public addresses."""
    wanted = {"NatGatewayName": "nat", "VpcId": account.network.id, "AddressCount": 2, **params}
    made = account.call("CreateNatGateway", **wanted)
    account.wait()
    gateway_id = made["NatGatewaySet"][0]["NatGatewayId"]
    return gateway_id, [each["PublicIpAddress"] for each in show(account, gateway_id)["PublicIpAddressSet"]]


def show(account, gateway_id):
    """Return a NAT gateway as DescribeNatGateways lists it."""
    found = account.call("DescribeNatGateways", NatGatewayIds=[gateway_id])["NatGatewaySet"]
    return found[0] if found else {}


def address(account, ip):
    """Return the EIP of an address."""
    filters = [{"Name": "address-ip", "Values": [ip]}]
    return account.call("DescribeAddresses", Filters=filters)["AddressSet"][0]


def private_ip(account):
    """Run an instance and return its private address."""
    (instance_id,) = account.run_instances()
    account.wait()
    shown = account.call("DescribeInstances", InstanceIds=[instance_id])["InstanceSet"][0]
    return shown["PrivateIpAddresses"][0]


def test_a_gateway_is_created_shown_changed_and_deleted(account):
    made = account.call("CreateNatGateway", NatGatewayName="nat", VpcId=account.network.id, AddressCount=1)
    (shown,) = made["NatGatewaySet"]
    gateway_id = shown["NatGatewayId"]
    assert (made["TotalCount"], shown["State"]) == (1, "PENDING")
    assert account.task_status(made) == "RUNNING"
    account.wait()
    assert account.task_status(made) == "SUCCESS"
    shown = show(account, gateway_id)
    assert (shown["State"], shown["NetworkState"]) == ("AVAILABLE", "AVAILABLE")
    assert (shown["InternetMaxBandwidthOut"], shown["MaxConcurrentConnection"]) == (100, 1_000_000)
    (bound,) = shown["PublicIpAddressSet"]
    eip = address(account, bound["PublicIpAddress"])
    assert (eip["AddressStatus"], eip["InstanceType"], eip["InstanceId"]) == ("BIND", "NAT", gateway_id)
    account.call(
        "ModifyNatGatewayAttribute",
        NatGatewayId=gateway_id,
        NatGatewayName="other",
        InternetMaxBandwidthOut=200,
        DeletionProtectionEnabled=True,
    )
    account.call("ResetNatGatewayConnection", NatGatewayId=gateway_id, MaxConcurrentConnection=3_000_000)
    assert show(account, gateway_id)["State"] == "UPDATING"
    account.wait()
    shown = show(account, gateway_id)
    assert (shown["NatGatewayName"], shown["InternetMaxBandwidthOut"]) == ("other", 200)
    assert (shown["MaxConcurrentConnection"], shown["State"]) == (3_000_000, "AVAILABLE")
    protected = account.refusal("DeleteNatGateway", NatGatewayId=gateway_id)
    assert protected == "UnsupportedOperation.DeletionProtectionEnabled"
    account.call("ModifyNatGatewayAttribute", NatGatewayId=gateway_id, DeletionProtectionEnabled=False)
    account.call("DeleteNatGateway", NatGatewayId=gateway_id)
    assert show(account, gateway_id)["State"] == "DELETING"
    account.wait()
    assert show(account, gateway_id) == {}
    assert address(account, bound["PublicIpAddress"])["AddressStatus"] == "UNBIND"


def test_the_addresses_of_a_gateway_that_is_up_can_be_used():
    account = TencentAccount.furnished(
        durations={"change_nat_gateway": "1s", "change_public_address": "9s"}
    )
    made = account.call("CreateNatGateway", NatGatewayName="nat", VpcId=account.network.id, AddressCount=1)
    account.emulator.advance(1_000)
    assert account.task_status(made) == "SUCCESS"
    (bound,) = show(account, made["NatGatewaySet"][0]["NatGatewayId"])["PublicIpAddressSet"]
    assert address(account, bound["PublicIpAddress"])["AddressStatus"] == "BIND"


def test_addresses_come_and_go_but_for_the_last(account):
    gateway_id, (first, second) = gateway(account)
    eip_id = account.call("AllocateAddresses")["AddressSet"][0]
    account.wait()
    ip = account.call("DescribeAddresses", AddressIds=[eip_id])["AddressSet"][0]["AddressIp"]
    reply = account.call("AssociateNatGatewayAddress", NatGatewayId=gateway_id, PublicIpAddresses=[ip])
    account.wait()
    assert account.task_status(reply) == "SUCCESS"
    assert len(show(account, gateway_id)["PublicIpAddressSet"]) == 3
    account.call("DisassociateNatGatewayAddress", NatGatewayId=gateway_id, PublicIpAddresses=[ip, first])
    account.wait()
    assert [each["PublicIpAddress"] for each in show(account, gateway_id)["PublicIpAddressSet"]] == [second]
    last = account.refusal(
        "DisassociateNatGatewayAddress", NatGatewayId=gateway_id, PublicIpAddresses=[second]
    )
    assert last == "UnsupportedOperation.PublicIpAddressDisassociate"
    held = address(account, second)["AddressId"]
    assert account.refusal("DisassociateAddress", AddressId=held)


def test_snat_rules(account):
    gateway_id, (first, second) = gateway(account)
    subnet = {
        "ResourceId": account.subnet.id,
        "ResourceType": "SUBNET",
        "PrivateIpAddress": str(account.subnet.block),
        "PublicIpAddresses": [first],
        "Description": "all",
    }
    account.call(CREATE_SNAT, NatGatewayId=gateway_id, SourceIpTranslationNatRules=[subnet])

    def rules(**filters):
        chosen = [{"Name": name.replace("_", "-"), "Values": values} for name, values in filters.items()]
        found = account.call(LIST_SNAT, NatGatewayId=gateway_id, Filters=chosen)
        return found["SourceIpTranslationNatRuleSet"]

    (shown,) = rules(resource_id=[account.subnet.id])
    assert {name: shown[name] for name in subnet} == subnet
    assert rules(public_ip_address=[second]) == []
    changed = {**subnet, "NatGatewaySnatId": shown["NatGatewaySnatId"], "PublicIpAddresses": [second]}
    account.call(MODIFY_SNAT, NatGatewayId=gateway_id, SourceIpTranslationNatRule=changed)
    assert rules()[0]["PublicIpAddresses"] == [second]
    again = account.refusal(CREATE_SNAT, NatGatewayId=gateway_id, SourceIpTranslationNatRules=[subnet])
    assert again == "InvalidParameterValue.NatSnatRuleExists"
    unbound = {**changed, "PublicIpAddresses": ["1.2.3.4"]}
    refused = account.refusal(MODIFY_SNAT, NatGatewayId=gateway_id, SourceIpTranslationNatRule=unbound)
    assert refused == "UnsupportedOperation.UnbindEIP"
    account.call(DELETE_SNAT, NatGatewayId=gateway_id, NatGatewaySnatIds=[shown["NatGatewaySnatId"]])
    assert rules() == []
    gone = account.refusal(DELETE_SNAT, NatGatewayId=gateway_id, NatGatewaySnatIds=["snat-absent00"])
    assert gone == "InvalidParameterValue.NatGatewaySnatRuleNotExists"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"ResourceId": ""}, "InvalidParameterValue.Malformed"),
        ({"ResourceId": "eni-absent00"}, "InvalidParameterValue.Malformed"),
        ({"ResourceType": "NETWORKINTERFACE"}, "InvalidParameterValue.Malformed"),
        ({"ResourceId": "cvm-absent00", "ResourceType": "NETWORKINTERFACE"}, "ResourceNotFound"),
        ({"ResourceId": "subnet-absent00"}, "ResourceNotFound"),
        ({"ResourceId": "web"}, "InvalidParameterValue.Malformed"),
    ],
)
def test_a_snat_rule_serves_what_is_there_and_of_its_type(account, wrong, code):
    gateway_id, (first, _) = gateway(account)
    rule = {
        "ResourceId": account.subnet.id,
        "ResourceType": "SUBNET",
        "PrivateIpAddress": str(account.subnet.block),
        "PublicIpAddresses": [first],
        "Description": "",
        **wrong,
    }
    refused = account.refusal(CREATE_SNAT, NatGatewayId=gateway_id, SourceIpTranslationNatRules=[rule])
    assert refused == code
    assert account.call(LIST_SNAT, NatGatewayId=gateway_id)["TotalCount"] == 0


def test_gateways_are_found_by_their_state(account):
    gateway_id, _ = gateway(account)
    for state, count in (("AVAILABLE", 1), ("DELETING", 0)):
        by_state = [{"Name": "nat-state", "Values": [state]}]
        assert account.call("DescribeNatGateways", Filters=by_state)["TotalCount"] == count
    account.call("DeleteNatGateway", NatGatewayId=gateway_id)
    by_state = [{"Name": "nat-state", "Values": ["DELETING", "PENDING"]}]
    assert account.call("DescribeNatGateways", Filters=by_state)["TotalCount"] == 1


def test_a_snat_rule_of_an_instance_shows_its_address(account):
    gateway_id, (first, _) = gateway(account)
    private = private_ip(account)
    (instance,) = account.call("DescribeInstances")["InstanceSet"]
    rule = {
        "ResourceId": instance["InstanceId"],
        "ResourceType": "NETWORKINTERFACE",
        "PrivateIpAddress": private,
        "PublicIpAddresses": [first],
        "Description": "",
    }
    account.call(CREATE_SNAT, NatGatewayId=gateway_id, SourceIpTranslationNatRules=[rule])
    (shown,) = account.call(LIST_SNAT, NatGatewayId=gateway_id)["SourceIpTranslationNatRuleSet"]
    assert (shown["ResourceId"], shown["PrivateIpAddress"]) == (instance["InstanceId"], private)


def test_dnat_rules(account):
    gateway_id, (first, second) = gateway(account)
    rule = {
        "IpProtocol": "TCP",
        "PublicIpAddress": first,
        "PublicPort": 80,
        "PrivateIpAddress": private_ip(account),
        "PrivatePort": 8080,
        "Description": "web",
    }
    named = {"NatGatewayId": gateway_id}
    account.call(CREATE_DNAT, **named, DestinationIpPortTranslationNatRules=[rule])

    def rules(**filters):
        chosen = [{"Name": name.replace("_", "-"), "Values": values} for name, values in filters.items()]
        found = account.call(LIST_DNAT, Filters=chosen)
        return found["NatGatewayDestinationIpPortTranslationNatRuleSet"]

    (shown,) = rules(nat_gateway_id=[gateway_id], public_port=["80"])
    assert {name: shown[name] for name in rule} == rule
    assert show(account, gateway_id)["DestinationIpPortTranslationNatRuleSet"] == [rule]
    again = account.refusal(CREATE_DNAT, **named, DestinationIpPortTranslationNatRules=[rule])
    assert again == "InvalidParameterValue.NatGatewayDnatRuleExisted"
    lonely = {**rule, "PublicPort": 81, "PrivateIpAddress": "10.0.0.250"}
    refused = account.refusal(CREATE_DNAT, **named, DestinationIpPortTranslationNatRules=[lonely])
    assert refused == "InvalidParameterValue.NatGatewayDnatRulePipNeedVm"
    unbound = {**rule, "PublicIpAddress": "1.2.3.4"}
    refused = account.refusal(CREATE_DNAT, **named, DestinationIpPortTranslationNatRules=[unbound])
    assert refused == "UnsupportedOperation.NatGatewayEipNotExists"
    away = {"SourceNatRule": rule, "DestinationNatRule": unbound}
    assert account.refusal(MODIFY_DNAT, **named, **away) == "UnsupportedOperation.NatGatewayEipNotExists"
    moved = {**rule, "PublicIpAddress": second, "Description": "moved"}
    account.call(MODIFY_DNAT, **named, SourceNatRule=rule, DestinationNatRule=moved)
    assert [each["PublicIpAddress"] for each in rules(vpc_id=[account.network.id])] == [second]
    account.call(DELETE_DNAT, **named, DestinationIpPortTranslationNatRules=[moved])
    assert account.call(LIST_DNAT, NatGatewayIds=[gateway_id])["TotalCount"] == 0
    gone = account.refusal(DELETE_DNAT, **named, DestinationIpPortTranslationNatRules=[moved])
    assert gone == "InvalidParameterValue.NatGatewayDnatRuleNotExists"


def test_routes_lead_to_gateways_that_are_there(account):
    gateway_id, _ = gateway(account)
    table_id = account.network.route_table_id

    def route(hop_id):
        return [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayType": "NAT", "GatewayId": hop_id}]

    absent = account.refusal("CreateRoutes", RouteTableId=table_id, Routes=route("nat-absent00"))
    assert absent == "InvalidParameterValue.RouteNextHopInvalid"
    account.call("CreateRoutes", RouteTableId=table_id, Routes=route(gateway_id))
    assert account.refusal("DeleteVpc", VpcId=account.network.id) == "ResourceInUse"
    account.call("DeleteNatGateway", NatGatewayId=gateway_id)
    account.wait()
    (table,) = account.call("DescribeRouteTables", RouteTableIds=[table_id])["RouteTableSet"]
    assert [each for each in table["RouteSet"] if each["GatewayType"] == "NAT"] == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"AddressCount": None}, "MissingParameter"),
        ({"VpcId": "vpc-absent00"}, "InvalidVpcId.NotFound"),
        ({"VpcId": "nat-1"}, "InvalidVpcId.Malformed"),
        ({"Zone": "ap-guangzhou-99"}, "InvalidParameterValue"),
        ({"MaxConcurrentConnection": 5}, "InvalidParameterValue"),
        ({"AddressCount": 11}, "LimitExceeded.PublicIpAddressPerNatGatewayLimitExceeded"),
        ({"PublicIpAddresses": ["1.2.3.4"]}, "UnsupportedOperation.PublicIpAddressIsNotExisted"),
        ({"ExclusiveType": "ExclusiveSmall"}, "UnsupportedOperation"),
    ],
)
def test_a_wrong_gateway_is_refused(account, changes, code):
    good = {"NatGatewayName": "nat", "VpcId": account.network.id, "AddressCount": 1}
    wanted = {name: value for name, value in {**good, **changes}.items() if value is not None}
    assert account.refusal("CreateNatGateway", **wanted) == code


def test_one_vpc_has_few_gateways(account):
    for _ in "123":
        gateway(account, AddressCount=1)
    refused = account.refusal(
        "CreateNatGateway", NatGatewayName="nat", VpcId=account.network.id, AddressCount=1
    )
    assert refused == "LimitExceeded.NatGatewayPerVpcLimitExceeded"


def test_a_standard_gateway_has_its_size(account):
    gateway_id, _ = gateway(account, NatProductVersion=2)
    shown = show(account, gateway_id)
    assert (shown["InternetMaxBandwidthOut"], shown["MaxConcurrentConnection"]) == (5000, 2_000_000)
    refused = account.refusal(
        "ResetNatGatewayConnection", NatGatewayId=gateway_id, MaxConcurrentConnection=3_000_000
    )
    assert refused == "UnsupportedOperation"
