"""The life of a network interface of Alibaba Cloud, as two clients of one account see it."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.interfaces.outcomes import (
    ATTACH,
    ATTRIBUTE,
    CREATE,
    DELETE,
    DETACH,
    listed,
    outcome,
)

from duolect_core.instances.lifecycle import StartInstances, StopInstances
from duolect_core.model.resources import GroupKind

# -- a life --------------------------------------------------------------------------------------------


def test_an_interface_is_seen_in_every_state_of_its_life(account):
    instance = account.add_instance()
    eni = account.create_interface()

    def seen() -> tuple[str, str, str, str]:
        shown = account.describe_interface(eni)
        attachment = shown["Attachment"]
        return shown["Status"], shown["Type"], shown["InstanceId"], attachment.get("InstanceId", "")

    alone, bound = ("Secondary", "", ""), ("Secondary", instance.id, instance.id)
    assert seen() == ("Available", *alone)
    account.client.call(ATTACH, NetworkInterfaceId=eni, InstanceId=instance.id)
    account.emulator.advance(199)
    assert seen() == ("Attaching", *bound)
    account.emulator.advance(1)
    assert seen() == ("InUse", *bound)
    account.client.call(DETACH, NetworkInterfaceId=eni, InstanceId=instance.id)
    account.emulator.advance(199)
    assert seen() == ("Detaching", *bound)
    account.emulator.advance(1)
    assert seen() == ("Available", *alone)
    account.client.call(DELETE, NetworkInterfaceId=eni)
    account.emulator.advance(199)
    assert seen() == ("Deleting", *alone)
    account.emulator.advance(1)
    assert account.describe_interface(eni) == {}
    assert outcome(account, ATTRIBUTE, NetworkInterfaceId=eni) == "InvalidEniId.NotFound"


def test_nothing_changes_because_somebody_looks(account):
    eni = account.create_interface()
    account.client.call(ATTACH, NetworkInterfaceId=eni, InstanceId=account.add_instance().id)
    for _ in range(50):
        assert account.describe_interface(eni)["Status"] == "Attaching"


@pytest.mark.parametrize("state", ["running", "stopped"])
def test_an_interface_comes_and_goes_while_the_instance_is_running_or_stopped(account, state):
    instance = account.add_instance() if state == "running" else account.add_stopped_instance()
    eni = account.create_interface()
    account.client.call(ATTACH, NetworkInterfaceId=eni, InstanceId=instance.id)
    account.wait()
    account.client.call(DETACH, NetworkInterfaceId=eni, InstanceId=instance.id)
    account.wait()
    assert account.describe_interface(eni)["Status"] == "Available"


def test_a_stopped_instance_keeps_its_interfaces_in_use(account):
    instance = account.add_instance()
    eni = account.attach(account.create_interface(), instance)
    account.complete(StopInstances((instance.id,)))
    assert account.describe_interface(eni)["Status"] == "InUse"


def in_state(account: AlibabaAccount, status: str) -> tuple[str, str]:
    """Return an interface in this state, and the instance that it is or could be attached to."""
    instance, eni = account.add_instance(), account.create_interface()
    both = {"NetworkInterfaceId": eni, "InstanceId": instance.id}
    if status == "Deleting":
        account.client.call(DELETE, NetworkInterfaceId=eni)
    elif status != "Available":
        account.client.call(ATTACH, **both)
        if status != "Attaching":
            account.wait()
        if status == "Detaching":
            account.client.call(DETACH, **both)
    assert account.describe_interface(eni)["Status"] == status
    return eni, instance.id


STATE = "InvalidOperation.InvalidEniState"


@pytest.mark.parametrize(
    ("status", "delete", "lenient", "strict"),
    [
        ("Available", "OK", ("OK", "OK"), ("OK", STATE)),
        ("Attaching", STATE, ("OK", STATE), (STATE, STATE)),
        ("InUse", STATE, ("OK", "OK"), (STATE, "OK")),
        ("Detaching", STATE, (STATE, "OK"), (STATE, "OK")),
        ("Deleting", "OK", (STATE, STATE), (STATE, STATE)),
    ],
)
def test_each_state_allows_what_it_allows(status, delete, lenient, strict):
    """Terway repeats what it began without looking first, so that this must pass unless it is set."""
    for settings, action, expected in (
        ({}, DELETE, delete),
        ({}, ATTACH, lenient[0]),
        ({}, DETACH, lenient[1]),
        ({"strict_repeats": True}, ATTACH, strict[0]),
        ({"strict_repeats": True}, DETACH, strict[1]),
    ):
        account = AlibabaAccount.furnished(**settings)
        eni, instance_id = in_state(account, status)
        more = {} if action == DELETE else {"InstanceId": instance_id}
        assert outcome(account, action, NetworkInterfaceId=eni, **more) == expected


@pytest.mark.parametrize(
    ("status", "action"), [("Attaching", ATTACH), ("Detaching", DETACH), ("Deleting", DELETE)]
)
def test_a_repeated_request_changes_nothing_and_delays_nothing(account, status, action):
    eni, instance_id = in_state(account, status)
    account.emulator.advance(150)
    more = {} if action == DELETE else {"InstanceId": instance_id}
    account.client.call(action, NetworkInterfaceId=eni, **more)
    account.emulator.advance(50)
    assert (
        account.describe_interface(eni).get("Status", "gone")
        == {ATTACH: "InUse", DETACH: "Available", DELETE: "gone"}[action]
    )


def test_detaching_from_another_instance_is_refused(account):
    eni, _ = in_state(account, "InUse")
    wrong = {"NetworkInterfaceId": eni, "InstanceId": account.add_instance().id}
    assert outcome(account, DETACH, **wrong) == "InvalidParameter.EniNotBelongEcs"
    assert account.client.last.status == 400


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (ATTACH, "InvalidOperation.InvalidEniType"),
        (DETACH, "InvalidOperation.DetachPrimaryEniNotAllowed"),
        (DELETE, "InvalidOperation.DetachPrimaryEniNotAllowed"),
    ],
)
def test_a_primary_interface_stays_with_its_instance(account, action, code):
    instance = account.add_instance()
    more = {} if action == DELETE else {"InstanceId": instance.id}
    assert (
        outcome(account, action, NetworkInterfaceId=account.primary_interface_id(instance), **more) == code
    )


def test_a_primary_interface_is_shown_in_use_from_the_start(account):
    instance = account.add_starting_instance()
    shown = account.describe_interface(account.primary_interface_id(instance))
    assert (shown["Type"], shown["Status"], shown["InstanceId"]) == ("Primary", "InUse", instance.id)
    assert shown["Attachment"]["DeviceIndex"] == 0


@pytest.mark.parametrize(
    ("wanted", "status"), [(None, None), ("true", None), ("false", "Available"), (False, "Available")]
)
def test_an_interface_goes_with_its_instance_unless_told_to_stay(account, wanted, status):
    instance = account.add_instance()
    eni = account.attach(account.create_interface(DeleteOnRelease=wanted), instance)
    before = account.describe_interface(eni)
    account.delete_instance(instance)
    after = account.describe_interface(eni)
    assert after.get("Status") == status
    if status is not None:
        kept = ("PrivateIpAddress", "SecurityGroupIds", "MacAddress", "Tags", "VSwitchId")
        assert [after[name] for name in kept] == [before[name] for name in kept]
        assert (after["InstanceId"], after["DeleteOnRelease"]) == ("", False)
    assert listed(account, Type="Primary") == []


def test_what_is_deleted_gives_its_address_back(account):
    eni = account.create_interface(PrimaryIpAddress="10.0.0.9")
    account.client.call(DELETE, NetworkInterfaceId=eni)
    taken = account.interface_params(PrimaryIpAddress="10.0.0.9")
    assert outcome(account, CREATE, **taken) == "InvalidPrivateIpAddress.Duplicated"
    account.wait()
    assert outcome(account, CREATE, **taken) == "OK"


# -- wrong input of every kind -------------------------------------------------------------------------


INVALID, CONFLICT = "InvalidParameter", "InvalidParameter.Conflict"
ENI, INSTANCE = "eni-bp1absent", "i-bp1absent"
WRONG = [
    (ATTACH, {"InstanceId": None}, "MissingParameter"),
    (ATTACH, {"NetworkInterfaceId": "eni"}, "InvalidParams.EniId"),
    (ATTACH, {}, "InvalidEniId.NotFound"),
    (DETACH, {"NetworkInterfaceId": None}, "MissingParameter"),
    (DETACH, {"RegionId": None}, "MissingParameter"),
    (DETACH, {"NetworkInterfaceId": "nic-1"}, "InvalidParams.EniId"),
    (DETACH, {"InstanceId": "host"}, "InvalidInstanceID.Malformed"),
    (DETACH, {"TrunkNetworkInstanceId": "trunk"}, "InvalidParams.EniId"),
    (DETACH, {"Force": "true"}, "UnsupportedParameter"),
    (DETACH, {}, "InvalidEniId.NotFound"),
    (DELETE, {"InstanceId": None, "NetworkInterfaceId": None}, "MissingParameter"),
    (DELETE, {"InstanceId": None, "NetworkInterfaceId": "eni-" + "1" * 65}, "InvalidParams.EniId"),
    (DELETE, {}, "UnsupportedParameter"),
    (DELETE, {"InstanceId": None}, "InvalidEniId.NotFound"),
    (DELETE, {"InstanceId": None, "NetworkInterfaceId": ["a", "b"]}, INVALID),
    (ATTRIBUTE, {"InstanceId": None, "NetworkInterfaceId": None}, "MissingParameter"),
    (ATTRIBUTE, {"InstanceId": None, "NetworkInterfaceId": "eni"}, INVALID),
    (ATTRIBUTE, {"InstanceId": None}, "InvalidEniId.NotFound"),
    (ATTRIBUTE, {}, "UnsupportedParameter"),
    (ATTACH, {"RegionId": "mars"}, "InvalidRegionId.NotFound"),
    ("EatNetworkInterface", {}, "InvalidAction.NotFound"),
]


@pytest.mark.parametrize(("action", "changes", "code"), WRONG, ids=[f"{w[0]}-{w[2]}" for w in WRONG])
def test_wrong_input_is_refused_with_the_vendors_code_and_leaves_no_trace(account, action, changes, code):
    params = {"NetworkInterfaceId": ENI, "InstanceId": INSTANCE, **changes}
    assert outcome(account, action, **params) == code


@pytest.mark.parametrize("name", ["InstanceId", "TrunkNetworkInstanceId", "NetworkInterfaceId"])
def test_what_does_not_exist_is_not_found_with_status_404(account, name):
    good = account.attachment_params(account.create_interface(), account.add_instance())
    outcome(account, ATTACH, **{**good, name: INSTANCE if name == "InstanceId" else ENI})
    assert account.client.last.status == 404


@pytest.mark.parametrize("action", [DETACH, DELETE])
def test_a_managed_interface_is_not_the_callers_to_touch(account, action):
    more = {} if action == DELETE else {"InstanceId": account.add_instance().id}
    eni = account.add_managed_interface()
    assert outcome(account, action, NetworkInterfaceId=eni, **more) == "InvalidOperation.EniServiceManaged"


def test_an_instance_that_must_be_stopped_first_gives_nothing_back_while_running(account):
    instance = account.add_stopped_instance(account.subnet, "ecs.t5-lc1m2.small")
    both = {
        "NetworkInterfaceId": account.attach(account.create_interface(), instance),
        "InstanceId": instance.id,
    }
    account.complete(StartInstances((instance.id,)))
    assert outcome(account, DETACH, **both) == "InvalidOperation.HotPlugNotSupport"
    account.complete(StopInstances((instance.id,)))
    assert outcome(account, DETACH, **both) == "OK"


def test_an_enterprise_group_alone_is_as_good_as_a_basic_one(account):
    group = account.add_group(kind=GroupKind.ENTERPRISE)
    instance = account.add_instance(account.subnet, "", group.id)
    eni = account.create_interface(SecurityGroupId=group.id)
    assert outcome(account, ATTACH, NetworkInterfaceId=eni, InstanceId=instance.id) == "OK"
