"""Client tokens of requests on network interfaces."""

from typing import Any

import pytest
from tests.dialects.alibaba.interfaces.outcomes import ATTACH, CREATE, DAY, DELETE, DETACH, listed, outcome
from tests.harness import ApiError


def without_request_id(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "RequestId"}


def test_a_token_gives_the_same_answer_again_and_one_interface(account):
    good = account.interface_params(ClientToken="once", SecondaryPrivateIpAddressCount=2)
    first, again = account.client.call(CREATE, **good), account.new_client().call(CREATE, **good)
    assert without_request_id(again) == without_request_id(first)
    assert again["RequestId"] != first["RequestId"]
    assert listed(account) == [first["NetworkInterfaceId"]]


def test_a_token_gives_the_first_answer_even_when_the_interface_has_changed_or_gone(account):
    good = account.interface_params(ClientToken="once")
    first = account.client.call(CREATE, **good)
    eni = account.attach(first["NetworkInterfaceId"], account.add_instance())
    again = account.client.call(CREATE, **good)
    assert without_request_id(again) == without_request_id(first)
    assert account.describe_interface(eni)["Status"] == "InUse"


@pytest.mark.parametrize(
    ("first", "second"),
    [("once", "Once"), ("once", "twice"), (None, None), ("", "")],
)
def test_other_tokens_and_none_make_other_interfaces(account, first, second):
    made = {account.create_interface(ClientToken=first), account.create_interface(ClientToken=second)}
    assert len(made) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"NetworkInterfaceName": "other"},
        {"PrimaryIpAddress": "10.0.0.9"},
        {"Tag": [{"Key": "a", "Value": "b"}]},
        {"DeleteOnRelease": "false"},
    ],
)
def test_a_token_with_other_parameters_is_refused(account, change):
    account.create_interface(ClientToken="once")
    changed = account.interface_params(ClientToken="once", **change)
    assert outcome(account, CREATE, **changed) == "IdempotentParameterMismatch"


def test_a_token_is_forgotten_after_a_day(account):
    first = account.create_interface(ClientToken="once")
    account.emulator.advance(DAY - 1)
    assert account.create_interface(ClientToken="once") == first
    account.emulator.advance(1)
    assert account.create_interface(ClientToken="once") != first


@pytest.mark.parametrize("who", [{"key": "AKOTHER"}, {"region": "cn-beijing"}])
def test_a_token_counts_for_one_account_and_region(account, who):
    first = account.create_interface(ClientToken="once")
    account.client = account.new_client(**who)
    account.network = account.add_network()
    account.subnet = account.add_subnet()
    account.group = account.add_group()
    assert account.create_interface(ClientToken="once") != first


def test_the_token_of_a_refused_request_has_failed_even_when_the_cause_is_gone(account):
    eni = account.create_interface(PrimaryIpAddress="10.0.0.9")
    wanted = account.interface_params(PrimaryIpAddress="10.0.0.9", ClientToken="once")
    with pytest.raises(ApiError):
        account.client.call(CREATE, **wanted)
    account.client.call(DELETE, NetworkInterfaceId=eni)
    account.wait()
    assert outcome(account, CREATE, **wanted) == "IdempotentFailed"
    assert outcome(account, CREATE, **{**wanted, "ClientToken": "anew"}) == "OK"


def test_where_no_code_says_that_a_token_has_failed_the_refusal_is_repeated(account):
    wanted = {"VpcId": "vpc-bp1absent", "ClientToken": "once"}
    for _ in range(2):
        with pytest.raises(ApiError) as refusal:
            account.client.call("CreateSecurityGroup", **wanted)
        assert (refusal.value.code, refusal.value.status) == ("InvalidVpcId.NotFound", 404)


def test_a_refusal_that_asks_to_wait_is_not_repeated(account):
    subnet = account.execute(account.subnet_command(block="10.0.1.0/24"))
    wanted = account.interface_params(VSwitchId=subnet.id, ClientToken="once")
    assert outcome(account, CREATE, **wanted) == "IncorrectVSwitchStatus"
    account.wait()
    assert outcome(account, CREATE, **wanted) == "OK"


@pytest.mark.parametrize("action", [ATTACH, DETACH, DELETE])
def test_the_other_actions_overlook_a_token(account, action):
    """The vendor's Terraform provider sends one with whatever changes something."""
    for _ in range(2):
        params = {"NetworkInterfaceId": account.create_interface(), "ClientToken": "once"}
        if action != DELETE:
            params["InstanceId"] = account.add_instance().id
        assert outcome(account, action, **params) == "OK"
