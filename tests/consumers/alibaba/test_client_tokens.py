"""How programs repeat a request."""

from typing import Any

import pytest
from tests.consumers.alibaba.interfaces import listed
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.harness import ApiError


def test_a_token_repeats_the_answer_of_the_call_that_it_was_used_for(account):
    """terway keeps a token until a call with it succeeds, and must not get a second interface."""
    params = account.interface_params(ClientToken="t-1", SecondaryPrivateIpAddressCount=4)
    made, again = (
        account.call("CreateNetworkInterface", **params),
        account.call("CreateNetworkInterface", **params),
    )
    assert again.pop("RequestId") != made.pop("RequestId")
    assert again == made
    assert len(listed(account)) == 1


def test_a_token_with_other_parameters_is_refused_and_makes_nothing(account):
    """terway makes its token of the parameters, so that this never happens to it."""
    account.call("CreateNetworkInterface", **account.interface_params(ClientToken="t-1"))
    refusal = account.refusal(
        "CreateNetworkInterface", **account.interface_params(ClientToken="t-1", Description="other")
    )
    assert refusal == ("IdempotentParameterMismatch", 400)
    assert len(listed(account)) == 1


def test_the_token_of_a_refused_request_is_used_up_and_another_one_is_granted(account):
    """terway keeps a token after any error but IdempotentFailed; then it takes another, as bosh does."""
    small = account.add_subnet(block="10.0.1.0/29")
    other = account.create_interface(VSwitchId=small.id, SecondaryPrivateIpAddressCount=3)
    params = account.interface_params(VSwitchId=small.id, ClientToken="t-1")
    refusals = []
    for _ in range(2):
        with pytest.raises(ApiError) as refusal:
            account.client.call("CreateNetworkInterface", **params)
        refusals.append((refusal.value.code, refusal.value.status))
        account.client.call("UnassignPrivateIpAddresses", **one_secondary(account, other))
    assert refusals == [("InvalidVSwitchId.IpNotEnough", 403), ("IdempotentFailed", 400)]
    account.call("CreateNetworkInterface", **{**params, "ClientToken": "t-2"})


def one_secondary(account: AlibabaAccount, interface_id: str) -> dict[str, Any]:
    """Return the parameters that take one secondary address of an interface away."""
    address = account.describe_interface(interface_id)["PrivateIpSets"]["PrivateIpSet"][1][
        "PrivateIpAddress"
    ]
    return {"NetworkInterfaceId": interface_id, "PrivateIpAddress": [address]}


def test_the_token_of_a_request_that_came_too_soon_is_not_used_up(account):
    """terraform repeats IncorrectVSwitchStatus with the token that it has."""
    vswitch = account.execute(account.subnet_command(block="10.0.1.0/24"))
    params = account.interface_params(VSwitchId=vswitch.id, ClientToken="t-1")
    assert account.refusal("CreateNetworkInterface", **params) == ("IncorrectVSwitchStatus", 400)
    account.wait()
    account.call("CreateNetworkInterface", **params)


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("AssignPrivateIpAddresses", {"Ipv4PrefixCount": 1}),
        ("AssignPrivateIpAddresses", {"SecondaryPrivateIpAddressCount": 1}),
        ("AssignIpv6Addresses", {"Ipv6AddressCount": 1}),
    ],
)
def test_a_token_assigns_once(account, action, params):
    """terraform sends one with IPv6 and prefixes, terway with all."""
    eni = account.call("CreateNetworkInterface", **account.ipv6_interface_params())["NetworkInterfaceId"]
    first, second = (
        account.call(action, NetworkInterfaceId=eni, ClientToken="t-1", **params) for _ in range(2)
    )
    assert first.pop("RequestId") != second.pop("RequestId")
    assert first == second
