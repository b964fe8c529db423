"""The table of Alibaba Cloud's errors: an entry for every error of the core, as documented."""

import string

import pytest

from duolect_core import errors as core
from duolect_dialects.alibaba.actions import ACTIONS
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.alibaba.errors import BY_ACTION, OVERRIDES, TABLE, translate
from duolect_dialects.alibaba.request_errors import in_request
from duolect_dialects.values import BadValue, Fault, MissingValue, UnknownName


def concrete(root=core.CoreError):
    """Return the errors that the core may raise: the leaves of the tree, and what is raised besides."""
    children = [
        child for child in root.__subclasses__() if child.__module__.startswith(f"{core.__name__}.")
    ]
    below = [found for child in children for found in concrete(child)]
    return below + ([] if children and root not in RAISED_ROOTS else [root])


RAISED_ROOTS = {
    core.AddressOutsideSubnet,
    core.AddressInUse,
    core.BlockInvalid,
    core.GroupNotFound,
    core.InterfaceNotFound,
    core.NetworkMismatch,
    core.PublicAddressWrongState,
}
"""Errors that are raised themselves although others are kinds of them."""


def sample(error):
    """Return an error with a value for each of its facts."""
    values = []
    for name in error.facts:
        if name == "state":
            kind = core.InstanceState if error is core.InstanceWrongState else core.InterfaceState
            values.append(next(iter(kind)))
        elif name == "allowed":
            kind = core.InstanceState if error is core.InstanceWrongState else core.InterfaceState
            values.append(tuple(kind)[:2])
        elif name == "kind":
            enumeration = core.GroupKind if error is core.GroupKindUnsupported else core.InterfaceKind
            values.append(next(iter(enumeration)))
        elif name in {"limit", "wanted", "free", "index", "cards"}:
            values.append(7)
        else:
            values.append("fact")
    return error(*values)


def test_there_is_an_entry_for_every_error_of_the_core():
    assert set(concrete()) == set(TABLE)


@pytest.mark.parametrize("error", TABLE, ids=lambda each: each.__name__)
def test_every_template_holds_facts_that_its_error_carries(error):
    facts = set(error.facts)
    overrides = (table[error] for table in OVERRIDES.values() if error in table)
    by_action = (says for (_, of), says in BY_ACTION.items() if of is error)
    for says in [TABLE[error], *overrides, *by_action]:
        assert {name for _, name, _, _ in string.Formatter().parse(says.template) if name} <= facts


@pytest.mark.parametrize("error", TABLE, ids=lambda each: each.__name__)
def test_every_error_is_told_in_the_vendors_words(error):
    for key, action in ACTIONS.items():
        listed = AlibabaDialect().documents(action)
        told = translate(sample(error), action.name, ACTIONS.subject_of(*key), listed)
        assert 400 <= told.status < 500
        assert told.message.endswith(".")
        assert "{" not in told.message


def documented_statuses():
    """Return the statuses with which each code is documented, whatever the action."""
    found = {}
    for action in ACTIONS.values():
        for code, status in AlibabaDialect().documents(action).items():
            found.setdefault(code, set()).add(status)
    return found


@pytest.mark.parametrize("error", TABLE, ids=lambda each: each.__name__)
def test_the_status_of_a_code_is_a_documented_one(error):
    says = TABLE[error]
    documented = documented_statuses().get(says.code, {says.status})
    assert says.status in documented


@pytest.mark.parametrize(("action", "error"), BY_ACTION, ids=str)
def test_the_status_that_an_action_has_of_its_own_is_the_documented_one(action, error):
    says = BY_ACTION[action, error]
    documented = {
        status
        for each in ACTIONS.values()
        if each.name == action
        for codes in (AlibabaDialect().documents(each), AlibabaDialect().gives_beyond(each))
        for code, status in codes.items()
        if code == says.code
    }
    assert documented == {says.status}


def test_exceptions_are_for_actions_that_exist():
    assert {action for action, _ in BY_ACTION} <= {name for _, name in ACTIONS}


def test_a_documented_status_wins_over_the_usual_one():
    fault = BadValue("Size", Fault.RANGE, "must be small", "Its.Own")
    assert in_request(fault).status == 400
    assert in_request(fault, {"Its.Own": 404}).status == 404


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (MissingValue("Size"), "MissingParameter"),
        (UnknownName("Size"), "UnsupportedParameter"),
        (BadValue("Size", Fault.UNSUPPORTED, "is not served here: no size"), "UnsupportedParameter"),
        (BadValue("Size", Fault.RANGE, "must be small"), "InvalidParameter"),
        (BadValue("Size", Fault.RANGE, "must be small", "Its.Own"), "Its.Own"),
    ],
)
def test_what_is_wrong_with_a_request_is_told_with_the_parameters_name(fault, code):
    told = in_request(fault)
    assert (told.code, told.status) == (code, 400)
    assert "Size" in told.message
