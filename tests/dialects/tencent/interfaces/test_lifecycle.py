"""The life of a network interface of Tencent Cloud, as two clients of one account see it."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.dialects.tencent.interfaces.outcomes import (
    ATTACH,
    CREATE,
    DELETE,
    DETACH,
    TASK,
    in_state,
    outcome,
    task,
)
from tests.harness import ApiError

from duolect_core.instances.lifecycle import StopInstances

# -- a life --------------------------------------------------------------------------------------------


def test_an_interface_and_its_tasks_are_seen_in_every_state_of_their_lives(account):
    instance = account.add_instance()
    created = account.client.call(CREATE, **account.interface_params())
    eni = created["NetworkInterface"]["NetworkInterfaceId"]
    both = {"NetworkInterfaceId": eni, "InstanceId": instance.id}

    def seen() -> tuple[str, str, str | None]:
        shown = account.describe_interface(eni)
        attachment = shown["Attachment"]
        return shown["State"], shown["NetworkInterfaceState"], attachment and attachment["InstanceId"]

    # The zone and the time are known to later calls only: a reply of 2024 that was recorded from the cloud.
    early = {"Zone": "", "CreatedTime": ""}
    assert created["NetworkInterface"] == {**account.describe_interface(eni), **early}
    for action, params, during, after in (
        (None, created, ("PENDING", "PENDING", None), ("AVAILABLE", "AVAILABLE", None)),
        (ATTACH, both, ("ATTACHING", "ATTACHING", None), ("AVAILABLE", "INUSE", instance.id)),
        (DETACH, both, ("DETACHING", "DETACHING", instance.id), ("AVAILABLE", "AVAILABLE", None)),
        (DELETE, {"NetworkInterfaceId": eni}, ("DELETING", "DELETING", None), None),
    ):
        answer = params if action is None else account.client.call(action, **params)
        account.emulator.advance(199)
        assert (seen(), task(account, answer["RequestId"])) == (during, "RUNNING")
        account.emulator.advance(1)
        assert task(account, answer["RequestId"]) == "SUCCESS"
        if after is not None:
            assert seen() == after
    assert account.describe_interface(eni) == {}
    assert outcome(account, DELETE, NetworkInterfaceId=eni) == "ResourceNotFound"


def test_nothing_changes_because_somebody_looks(account):
    eni = account.begin_to_create_interface()
    for _ in range(50):
        assert account.describe_interface(eni)["State"] == "PENDING"


def test_addresses_are_pending_as_long_as_their_interface_is(account):
    eni = account.begin_to_create_interface(SecondaryPrivateIpAddressCount=1)
    for state in ("PENDING", "AVAILABLE"):
        assert [each["State"] for each in account.describe_interface(eni)["PrivateIpAddressSet"]] == [
            state
        ] * 2
        account.wait()


@pytest.mark.parametrize("state", ["running", "stopped"])
def test_an_interface_comes_and_goes_while_the_instance_is_running_or_stopped(account, state):
    instance = account.add_instance() if state == "running" else account.add_stopped_instance()
    both = {"NetworkInterfaceId": account.create_interface(), "InstanceId": instance.id}
    for action in (ATTACH, DETACH):
        account.client.call(action, **both)
        account.wait()
    assert account.describe_interface(both["NetworkInterfaceId"])["Attachment"] is None


def test_a_stopped_instance_keeps_its_interfaces(account):
    instance = account.add_instance()
    eni = account.attach(account.create_interface(), instance)
    account.complete(StopInstances((instance.id,)))
    assert account.describe_interface(eni)["Attachment"]["InstanceId"] == instance.id


STATE = "UnsupportedOperation.InvalidState"


@pytest.mark.parametrize(
    ("state", "attach", "detach", "delete"),
    [
        ("PENDING", STATE, STATE, STATE),
        ("AVAILABLE", "OK", STATE, "OK"),
        ("ATTACHING", STATE, STATE, STATE),
        ("INUSE", "UnsupportedOperation.AttachmentAlreadyExists", "OK", STATE),
        ("DETACHING", STATE, STATE, STATE),
        ("DELETING", STATE, STATE, STATE),
    ],
)
def test_each_state_allows_what_it_allows(state, attach, detach, delete):
    for action, expected in ((ATTACH, attach), (DETACH, detach), (DELETE, delete)):
        account = TencentAccount.furnished()
        eni, instance_id = in_state(account, state)
        more = {} if action == DELETE else {"InstanceId": instance_id}
        assert outcome(account, action, NetworkInterfaceId=eni, **more) == expected


def test_detaching_from_another_instance_is_refused(account):
    eni, _ = in_state(account, "INUSE")
    assert outcome(account, DETACH, NetworkInterfaceId=eni, InstanceId=account.add_instance().id) == STATE


@pytest.mark.parametrize(
    ("action", "code"), [(ATTACH, "UnsupportedOperation"), (DETACH, STATE), (DELETE, STATE)]
)
def test_a_primary_interface_stays_with_its_instance(account, action, code):
    instance = account.add_instance()
    more = {} if action == DELETE else {"InstanceId": instance.id}
    assert (
        outcome(account, action, NetworkInterfaceId=account.primary_interface_id(instance), **more) == code
    )


def test_a_primary_interface_is_there_from_the_start(account):
    instance = account.add_starting_instance()
    shown = account.describe_interface(account.primary_interface_id(instance))
    assert (shown["Primary"], shown["EniType"], shown["State"]) == (True, 1, "AVAILABLE")
    assert shown["NetworkInterfaceName"] == f"{instance.id} Primary ENI"
    assert (shown["Attachment"]["InstanceId"], shown["Attachment"]["DeviceIndex"]) == (instance.id, 0)


@pytest.mark.parametrize("wanted", [True, "true"])
def test_a_protected_interface_is_not_deleted(account, wanted):
    eni = account.create_interface(TerminationProtection=wanted)
    assert outcome(account, DELETE, NetworkInterfaceId=eni) == "UnsupportedOperation"


def test_a_secondary_interface_outlives_its_instance_and_the_primary_does_not(account):
    instance = account.add_instance()
    primary, eni = (
        account.primary_interface_id(instance),
        account.attach(account.create_interface(), instance),
    )
    before = account.describe_interface(eni)
    account.delete_instance(instance)
    after = account.describe_interface(eni)
    assert account.describe_interface(primary) == {}
    assert (after["State"], after["Attachment"], after["ResourceId"]) == ("AVAILABLE", None, "")
    kept = ("PrivateIpAddressSet", "GroupSet", "MacAddress", "SubnetId", "TagSet")
    assert [after[name] for name in kept] == [before[name] for name in kept]


def test_an_attachment_that_is_overtaken_by_the_end_of_its_instance_fails():
    account = TencentAccount.furnished(durations={"delete_instance": "100ms"})
    instance, eni = account.add_instance(), account.create_interface()
    task_id = account.client.call(ATTACH, **account.attachment_params(eni, instance))["RequestId"]
    account.delete_instance(instance)
    assert (account.describe_interface(eni)["State"], account.describe_interface(eni)["Attachment"]) == (
        "AVAILABLE",
        None,
    )
    answer = account.client.call(TASK, TaskId=task_id)
    assert answer["Status"] == "FAILED"
    assert instance.id in answer["Output"]


def test_what_is_deleted_gives_its_address_back(account):
    wanted = {"PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.9"}]}
    eni = account.create_interface(**wanted)
    account.client.call(DELETE, NetworkInterfaceId=eni)
    assert outcome(account, CREATE, **account.interface_params(**wanted)) == "ResourceInUse"
    account.wait()
    assert outcome(account, CREATE, **account.interface_params(**wanted)) == "OK"


# -- wrong input of every kind -------------------------------------------------------------------------


WRONG, RANGE = "InvalidParameterValue", "InvalidParameterValue.Range"
LONG, MANY = "InvalidParameterValue.TooLong", "InvalidParameterValue.LimitExceeded"
FORM, TYPE = "InvalidParameterValue.Malformed", "InvalidParameter"
ENI, INSTANCE = "eni-absent01", "ins-absent01"


@pytest.mark.parametrize(
    ("action", "changes", "code"),
    [
        (ATTACH, {"InstanceId": None}, "MissingParameter"),
        (ATTACH, {"NetworkInterfaceId": 7}, TYPE),
        (ATTACH, {"AttachType": "one"}, TYPE),
        (ATTACH, {"DeviceIndex": 1}, "UnknownParameter"),
        (ATTACH, {}, "ResourceNotFound"),
        (DETACH, {"NetworkInterfaceId": None}, "MissingParameter"),
        (DETACH, {"NetworkInterfaceId": "nic-1"}, FORM),
        (DETACH, {"InstanceId": "i-1"}, FORM),
        (DETACH, {"ClientToken": "t" * 65}, FORM),
        (DETACH, {"Force": True}, "UnknownParameter"),
        (DETACH, {}, "ResourceNotFound"),
        (DELETE, {}, "UnknownParameter"),
        (DELETE, {"InstanceId": None}, "ResourceNotFound"),
        (DELETE, {"InstanceId": None, "NetworkInterfaceId": "eni-" + "1" * 21}, FORM),
        (DELETE, {"InstanceId": None, "NetworkInterfaceId": ["eni-12345678"]}, TYPE),
        ("EatNetworkInterface", {}, "InvalidAction"),
    ],
)
def test_wrong_input_is_refused_with_the_vendors_code_and_leaves_no_trace(account, action, changes, code):
    params = {"NetworkInterfaceId": ENI, "InstanceId": INSTANCE, **changes}
    assert outcome(account, action, **params) == code


@pytest.mark.parametrize("name", ["NetworkInterfaceId", "InstanceId"])
def test_the_message_names_what_does_not_exist(account, name):
    good = account.attachment_params(account.create_interface(), account.add_instance())
    good[name] = ENI if name == "NetworkInterfaceId" else INSTANCE
    with pytest.raises(ApiError) as refused:
        account.client.call(ATTACH, **good)
    assert good[name] in refused.value.message


@pytest.mark.parametrize("action", [DETACH, DELETE])
def test_a_managed_interface_is_not_the_callers_to_touch(account, action):
    more = {} if action == DELETE else {"InstanceId": account.add_instance().id}
    assert outcome(account, action, NetworkInterfaceId=account.add_managed_interface(), **more) == (
        "UnsupportedOperation"
    )
