"""Changes of an interface: its name, description, groups and quality of service."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, TencentAccount

from duolect_core.addressing.pools import parse_ipv4
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.relations.address_plans import AddressPlan, AddressRequest

NO_ENI = "eni-absent00"


@pytest.fixture
def account():
    account = TencentAccount.furnished()
    assert account.instance_id
    return account


def modify(account, eni, **changes):
    account.call("ModifyNetworkInterfaceAttribute", NetworkInterfaceId=eni, **changes)
    return account.describe_interface(eni)


# -- modify --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("attached", [False, True])
def test_name_description_and_groups_change_at_once(account, attached):
    eni = account.create_attached_interface() if attached else account.create_interface()
    before = account.describe_interface(eni)
    shown = modify(account, eni, NetworkInterfaceName="n" * 60, NetworkInterfaceDescription="d" * 60)
    assert shown == {
        **before,
        "NetworkInterfaceName": "n" * 60,
        "NetworkInterfaceDescription": "d" * 60,
    }
    groups = [account.create_group(), account.create_group()]
    assert modify(account, eni, SecurityGroupIds=groups, style="get")["GroupSet"] == groups
    assert modify(account, eni, SecurityGroupIds=[account.group_id])["GroupSet"] == [account.group_id]
    assert modify(account, eni, SecurityGroupIds=[], TrunkingFlag="Enable")["GroupSet"] == [
        account.group_id
    ]
    assert modify(account, eni, NetworkInterfaceDescription="")["NetworkInterfaceDescription"] == ""
    assert account.describe_interface(eni)["NetworkInterfaceName"] == "n" * 60


def test_a_primary_interface_can_be_modified_too(account):
    filters = [{"Name": "is-primary", "Values": ["true"]}]
    (primary,) = account.call("DescribeNetworkInterfaces", Filters=filters)["NetworkInterfaceSet"]
    eni, group = primary["NetworkInterfaceId"], account.create_group()
    shown = modify(account, eni, NetworkInterfaceName="first", SecurityGroupIds=[group])
    assert (shown["NetworkInterfaceName"], shown["GroupSet"]) == ("first", [group])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"NetworkInterfaceId": "eni"}, "InvalidParameterValue.Malformed"),
        ({"NetworkInterfaceId": NO_ENI}, "ResourceNotFound"),
        ({"NetworkInterfaceName": "n" * 61}, "InvalidParameterValue.TooLong"),
        ({"NetworkInterfaceName": ""}, "InvalidParameterValue.Malformed"),
        ({"NetworkInterfaceDescription": "d" * 61}, "InvalidParameterValue.TooLong"),
        ({"SecurityGroupIds": ["group"]}, "InvalidParameterValue.Malformed"),
        ({"SecurityGroupIds": [ABSENT["sg"]]}, "ResourceNotFound"),
        ({"TrunkingFlag": "On"}, "InvalidParameterValue.Malformed"),
    ],
)
def test_modifying_is_refused_for(account, changes, code):
    params = {"NetworkInterfaceId": account.create_interface(), **changes}
    assert account.refusal("ModifyNetworkInterfaceAttribute", **params) == code


def test_an_interface_is_in_at_most_five_groups(account):
    groups = [account.create_group() for _ in range(6)]
    params = {"NetworkInterfaceId": account.create_interface(), "SecurityGroupIds": groups}
    assert account.refusal("ModifyNetworkInterfaceAttribute", **params) == "LimitExceeded"


# -- quality of service --------------------------------------------------------------------------------


def test_the_service_level_of_many_changes_together(account):
    enis = [account.create_interface(), account.create_attached_interface(QosLevel="PT")]
    account.call(
        "ModifyNetworkInterfaceQos",
        style="get",
        NetworkInterfaceIds=enis,
        QosLevel="AG",
        DirectSendMaxPort=1024,
    )
    for eni in enis:
        shown = account.describe_interface(eni)
        assert shown["QosLevel"] == "AG"
        assert {each["QosLevel"] for each in shown["PrivateIpAddressSet"]} == {"AG"}
    account.call("ModifyNetworkInterfaceQos", NetworkInterfaceIds=enis, DirectSendMaxPort=0)
    assert account.describe_interface(enis[0])["QosLevel"] == "AG"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"NetworkInterfaceIds": [NO_ENI]}, "ResourceNotFound"),
        ({"NetworkInterfaceIds": ["eni"]}, "InvalidParameterValue"),
        ({"NetworkInterfaceIds": []}, "MissingParameter"),
        ({"NetworkInterfaceIds": "eni-12345678"}, "InvalidParameter"),
        ({"NetworkInterfaceIds": [NO_ENI] * 101}, "InvalidParameterValue.LimitExceeded"),
        ({"QosLevel": "GOLD"}, "InvalidParameterValue"),
        ({"DirectSendMaxPort": 65536}, "InvalidParameterValue"),
    ],
)
def test_changing_the_level_is_refused_for(account, changes, code):
    params = {"NetworkInterfaceIds": [account.create_interface()], "QosLevel": "PT", **changes}
    assert account.refusal("ModifyNetworkInterfaceQos", **params) == code


def test_all_levels_change_or_none(account):
    eni = account.create_interface()
    params = {"NetworkInterfaceIds": [eni, NO_ENI], "QosLevel": "PT"}
    assert account.refusal("ModifyNetworkInterfaceQos", **params) == "ResourceNotFound"
    assert account.describe_interface(eni)["QosLevel"] == "DEFAULT"


# -- what is not the caller's --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("ModifyNetworkInterfaceAttribute", {"NetworkInterfaceName": "mine"}),
        ("AssignPrivateIpAddresses", {"SecondaryPrivateIpAddressCount": 1}),
        ("UnassignPrivateIpAddresses", {"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}]}),
        ("ModifyPrivateIpAddressesAttribute", {"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}]}),
        ("AssignIpv6Addresses", {"Ipv6AddressCount": 1}),
        ("UnassignIpv6Addresses", {"Ipv6Addresses": [{"Address": "2402:4e00::9"}]}),
        ("ModifyNetworkInterfaceQos", {"QosLevel": "AU"}),
        ("AssociateNetworkInterfaceSecurityGroups", {}),
        ("DisassociateNetworkInterfaceSecurityGroups", {}),
    ],
)
def test_an_interface_of_a_managed_service_is_not_the_callers_to_change(account, action, params):
    own = account.create_interface()
    address = AddressPlan(primary=AddressRequest(parse_ipv4("10.0.0.9")))
    command = CreateInterface(subnet_id=account.subnet_id, managed=True, addresses=address)
    managed = account.client.partition.execute(command, account.emulator.clock.now()).id
    account.wait()
    named = {"NetworkInterfaceId": managed}
    if action == "ModifyNetworkInterfaceQos" or "SecurityGroups" in action:
        named = {"NetworkInterfaceIds": [own, managed]}
    if "SecurityGroups" in action:
        named["SecurityGroupIds"] = [account.group_id]
    assert account.refusal(action, **named, **params) == "UnsupportedOperation"
