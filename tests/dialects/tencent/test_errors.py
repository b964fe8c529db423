"""The vendor's words for every error of the core."""

import inspect
import string

import pytest

from duolect_core import errors as core
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import GroupKind, InterfaceKind
from duolect_dialects.tencent.actions import ACTIONS
from duolect_dialects.tencent.dialect import TencentDialect
from duolect_dialects.tencent.errors import BY_ACTION, BY_STATE, TABLE, translate
from duolect_dialects.tencent.request_errors import in_request
from duolect_dialects.values import BadValue, Fault, MissingValue, UnknownName

ABSTRACT = {
    core.CoreError,
    core.NotFound,
    core.ResourceManaged,
    core.ClassicNetwork,
    core.DependencyViolation,
    core.RdmaConflict,
    core.AddressError,
    core.GroupError,
    core.RuleError,
    core.ListEntryError,
    core.QuotaExceeded,
    core.IdempotencyError,
}
"""Errors that only gather others."""
CONCRETE = sorted(
    (
        found
        for _, found in inspect.getmembers(core, inspect.isclass)
        if issubclass(found, core.CoreError) and found not in ABSTRACT
    ),
    key=lambda found: found.__name__,
)
DIALECT = TencentDialect()
DOCUMENTED = {action.name: list(DIALECT.documents(action)) for action in ACTIONS.values()}
COMMON = set(DIALECT.common)
"""Codes that the vendor lists for all actions of all services."""
FACTS = {
    "state": InterfaceState.PENDING,
    "allowed": (InterfaceState.AVAILABLE, InterfaceState.IN_USE),
    "kind": InterfaceKind.SECONDARY,
}


def make(error):
    """Return an error of a class, with some value for each fact."""
    facts = {name: FACTS.get(name, f"<{name}>") for name in error.facts}
    if error is core.InstanceWrongState:
        facts |= {"state": InstanceState.PENDING, "allowed": (InstanceState.RUNNING,)}
    if error is core.GroupKindUnsupported:
        facts["kind"] = GroupKind.ENTERPRISE
    return error(**facts)


def actions():
    return {action.name for action in ACTIONS.values()}


def test_the_table_has_an_entry_for_every_error_and_no_other():
    assert set(TABLE) == set(CONCRETE)


@pytest.mark.parametrize("error", CONCRETE, ids=lambda error: error.__name__)
def test_every_error_is_said_with_its_facts(error):
    refusal = translate(make(error), "AnyAction")
    assert refusal.status == 200
    assert refusal.code == TABLE[error].code
    names = {name for _, name, _, _ in string.Formatter().parse(TABLE[error].template) if name}
    assert names <= set(error.facts)
    for name in names - FACTS.keys():
        assert f"<{name}>" in refusal.message


@pytest.mark.parametrize(("action", "error"), BY_ACTION, ids=str)
def test_an_action_says_an_error_in_its_own_way(action, error):
    refusal = translate(make(error), action)
    assert refusal.code == BY_ACTION[action, error].code
    assert "{" not in refusal.message
    assert action in actions()


@pytest.mark.parametrize(("action", "state"), BY_STATE, ids=str)
def test_an_action_says_a_state_in_its_own_way(action, state):
    refusal = translate(core.InstanceWrongState("ins-1", state, (InstanceState.RUNNING,)), action)
    assert refusal.code == BY_STATE[action, state].code
    assert "ins-1" in refusal.message
    assert action in actions()


@pytest.mark.parametrize("error", CONCRETE, ids=lambda error: error.__name__)
def test_every_code_is_common_or_documented_somewhere(error):
    documented = {code for codes in DOCUMENTED.values() for code in codes}
    assert TABLE[error].code in COMMON | documented


@pytest.mark.parametrize(("action", "error"), BY_ACTION, ids=str)
def test_an_actions_own_code_is_documented_for_it(action, error):
    assert BY_ACTION[action, error].code in COMMON | set(DOCUMENTED[action])


def test_the_codes_of_reachable_states_are_documented():
    unreachable = {
        # Its own goal is no obstacle; what is gone is not found.
        ("StopInstances", InstanceState.RUNNING),
        ("StartInstances", InstanceState.STOPPED),
        ("TerminateInstances", InstanceState.RUNNING),
        ("TerminateInstances", InstanceState.STOPPED),
    }
    for (action, state), says in BY_STATE.items():
        if (action, state) not in unreachable:
            assert says.code in DOCUMENTED[action], (action, state)


def test_codes_are_known_for_exactly_the_actions_that_are_served():
    assert actions() <= set(DOCUMENTED)


# -- requests --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "product", "code"),
    [
        (MissingValue("A"), "vpc", "MissingParameter"),
        (UnknownName("A.0.B"), "cvm", "UnknownParameter"),
        (BadValue("A", Fault.FORM, "is bad"), "vpc", "InvalidParameterValue.Malformed"),
        (BadValue("A", Fault.FORM, "is bad"), "cvm", "InvalidParameterValue"),
        (BadValue("A", Fault.COUNT, "is bad"), "cvm", "InvalidParameterValue.LimitExceeded"),
        (BadValue("A", Fault.FORM, "is bad", "Own.Code"), "cvm", "Own.Code"),
        (BadValue("A", Fault.FORM, "is bad", "Own.Code"), "vpc", "Own.Code"),
        (BadValue("Filters.0", Fault.TYPE, "is bad"), "vpc", "InvalidParameter.FilterNotDict"),
        (BadValue("Filters.0.Values", Fault.TYPE, "is bad"), "vpc", "InvalidParameter.FilterValuesNotList"),
        (BadValue("Filters.0.Name", Fault.TYPE, "is bad"), "vpc", "InvalidParameter"),
        (BadValue("Filters.0", Fault.TYPE, "is bad"), "cvm", "InvalidParameter"),
    ],
)
def test_a_wrong_request_is_said_with_its_parameter(fault, product, code):
    refusal = in_request(fault, product)
    assert refusal.code == code
    assert f"`{fault.parameter}`" in refusal.message
