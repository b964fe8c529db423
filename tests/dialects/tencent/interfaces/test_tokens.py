"""Client tokens of requests on network interfaces."""

import pytest
from tests.dialects.tencent.interfaces.outcomes import (
    ATTACH,
    CREATE,
    DAY,
    DELETE,
    DETACH,
    in_state,
    listed,
    outcome,
    task,
)

PROCESSING = "UnsupportedOperation.IdempotentProcessing"
MISMATCH = "UnsupportedOperation.IdempotentParameterMismatch"


def test_a_token_waits_for_its_task_and_then_gives_the_first_answer_again(account):
    good = account.interface_params(ClientToken="once")
    first = account.client.call(CREATE, **good)
    account.emulator.advance(199)
    assert outcome(account, CREATE, **good) == PROCESSING
    account.emulator.advance(1)
    again = account.new_client().call(CREATE, **good)
    assert again["NetworkInterface"] == first["NetworkInterface"]
    assert again["RequestId"] != first["RequestId"]
    assert len(listed(account)) == 1


def test_every_answer_to_a_token_names_the_one_task(account):
    good = account.interface_params(ClientToken="once")
    ids = [account.client.call(CREATE, **good)["RequestId"]]
    account.wait()
    ids.append(account.client.call(CREATE, **good)["RequestId"])
    assert [task(account, each) for each in ids] == ["SUCCESS", "SUCCESS"]


@pytest.mark.parametrize("action", [ATTACH, DETACH])
def test_attach_and_detach_take_a_token_too(account, action):
    eni, instance_id = in_state(account, "AVAILABLE" if action == ATTACH else "INUSE")
    wanted = {"NetworkInterfaceId": eni, "InstanceId": instance_id, "ClientToken": "once"}
    account.client.call(action, **wanted)
    assert outcome(account, action, **wanted) == PROCESSING
    assert outcome(account, action, **{**wanted, "InstanceId": "ins-absent01"}) == MISMATCH
    account.wait()
    before = account.describe_interface(eni)
    again = account.client.call(action, **wanted)
    assert account.describe_interface(eni) == before
    assert task(account, again["RequestId"]) == "SUCCESS"


def test_delete_takes_no_token(account):
    wanted = {"NetworkInterfaceId": account.create_interface(), "ClientToken": "once"}
    assert outcome(account, DELETE, **wanted) == "UnknownParameter"


@pytest.mark.parametrize(
    "change",
    [
        {"NetworkInterfaceName": "other"},
        {"SecondaryPrivateIpAddressCount": 1},
        {"Tags": [{"Key": "a", "Value": "b"}]},
        {"TerminationProtection": True},
    ],
    ids=str,
)
@pytest.mark.parametrize("ended", [False, True])
def test_a_token_with_other_parameters_is_refused_before_and_after_the_end(account, change, ended):
    account.client.call(CREATE, **account.interface_params(ClientToken="once"))
    if ended:
        account.wait()
    assert outcome(account, CREATE, **account.interface_params(ClientToken="once", **change)) == MISMATCH


def test_a_token_is_forgotten_after_a_day(account):
    first = account.begin_to_create_interface(ClientToken="once")
    account.emulator.advance(DAY - 1)
    assert account.begin_to_create_interface(ClientToken="once") == first
    account.emulator.advance(1)
    assert account.begin_to_create_interface(ClientToken="once") != first


def test_a_refusal_is_not_remembered_for_its_token(account):
    wanted = {"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}]}
    eni = account.create_interface(**wanted)
    good = account.interface_params(ClientToken="once", **wanted)
    assert outcome(account, CREATE, **good) == "ResourceInUse"
    account.client.call(DELETE, NetworkInterfaceId=eni)
    account.wait()
    assert outcome(account, CREATE, **good) == "OK"


@pytest.mark.parametrize(("first", "second"), [("once", "Once"), (None, None), ("", "")])
def test_other_tokens_and_none_make_other_interfaces(account, first, second):
    assert account.create_interface(ClientToken=first) != account.create_interface(ClientToken=second)


def test_the_same_token_for_another_action_is_another_token(account):
    eni = account.create_interface(ClientToken="once")
    assert (
        outcome(
            account, ATTACH, **account.attachment_params(eni, account.add_instance(), ClientToken="once")
        )
        == "OK"
    )
