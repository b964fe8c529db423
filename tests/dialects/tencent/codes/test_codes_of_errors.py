"""A wrong code cannot pass: an action answers with codes of its own list, or beyond it with a reason.

The tables of errors and the declarations are read; then every action is called with each resource that it
names absent. What the vendor lists for all actions counts for what is wrong with a request, and never for
what a resource keeps from being done. The codes that all of vpc shares stand in common_codes.json.
"""

import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from tests.dialects.tencent.codes.plausible_account import furnished
from tests.dialects.tencent.codes.plausible_requests import ABSENT, Account, parts
from tests.dialects.tencent.definitions import by_name
from tests.harness import ApiError

from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.action import Action
from duolect_dialects.declarations import Param, Treatment, declared
from duolect_dialects.tencent.actions import ACTIONS
from duolect_dialects.tencent.dialect import TencentDialect
from duolect_dialects.tencent.errors import BY_ACTION, BY_PRODUCT, BY_STATE
from duolect_dialects.tencent.request_errors import in_request
from duolect_dialects.values import BadValue, Coded

DIALECT = TencentDialect()
BY_NAME = by_name(ACTIONS)


def own_codes(action: Action) -> set[str]:
    """Return the codes that the vendor lists for an action itself, and those beyond with a reason."""
    return {*DIALECT.documents(action), *DIALECT.gives_beyond(action)}


# -- the tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("action", "error"), BY_ACTION, ids=str)
def test_the_code_of_an_action_is_in_its_own_list(action, error):
    assert BY_ACTION[action, error].code in own_codes(BY_NAME[action])


@pytest.mark.parametrize(("product", "error"), BY_PRODUCT, ids=str)
def test_the_code_of_a_product_is_in_the_list_of_one_of_its_actions(product, error):
    actions = [action for action in ACTIONS.values() if action.product == product]
    assert any(BY_PRODUCT[product, error].code in DIALECT.documents(action) for action in actions)


GOALS = {
    ("StopInstances", InstanceState.RUNNING),
    ("StartInstances", InstanceState.STOPPED),
    ("TerminateInstances", InstanceState.RUNNING),
    ("TerminateInstances", InstanceState.STOPPED),
}
"""The states in which an action does what it is for: no refusal is worded for them."""


@pytest.mark.parametrize(("action", "state"), sorted(BY_STATE.keys() - GOALS), ids=str)
def test_the_code_of_a_state_is_in_the_actions_own_list(action, state):
    assert BY_STATE[action, state].code in own_codes(BY_NAME[action])


# -- the declarations ----------------------------------------------------------------------------------


def declarations(
    request: type[Any], above: tuple[tuple[str, Param], ...] = ()
) -> Iterator[tuple[tuple[str, Param], ...]]:
    """Yield each parameter with its declaration, behind those of the parts that it is in."""
    for field in attrs.fields(request):
        here = (*above, (field.name, declared(field)))
        yield here
        if declared(field).treatment is not Treatment.REFUSED:
            for part in parts(field.type):
                yield from declarations(part, here)


@pytest.mark.parametrize("action", BY_NAME)
def test_the_codes_for_wrong_values_are_listed_for_the_action_or_for_all(action):
    allowed = own_codes(BY_NAME[action]) | DIALECT.common.keys()
    for *_, (name, param) in declarations(BY_NAME[action].request):
        for rule in param.rules:
            code = rule.code if isinstance(rule, Coded) else param.code
            fault = BadValue(name, rule.fault, rule.reason, code)
            assert in_request(fault, BY_NAME[action].product).code in allowed, name


# -- every action, called -------------------------------------------------------------------------------

NAMES_A_RESOURCE = re.compile(r"Ids?$|^Resource(List)?$")
ALL_EXIST = {"ProjectId", "CosResourceId", "ImageId", "ImageIds"}
"""Names that are not looked up: every project and every image exists."""
COMPARED = ("RoutePolicyEntrySet", "GatewayId")
"""What is only compared with what routes lead to."""


def names_of_resources() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each action with the path of each parameter that names a resource, and not only to show it."""
    for action in BY_NAME.values():
        for path in declarations(action.request):
            names, params = zip(*path, strict=True)
            without_effect = params[-1].treatment is Treatment.STORED or any(
                param.treatment is Treatment.IGNORED for param in params
            )
            if (
                NAMES_A_RESOURCE.search(names[-1])
                and names[-1] not in ALL_EXIST
                and not without_effect
                and names[-2:] != COMPARED
            ):
                yield action.name, names


CASES = list(names_of_resources())


@pytest.mark.parametrize("action", BY_NAME)
def test_an_action_succeeds_with_what_is_there(action):
    account = furnished()
    account.call(action, **account.plausible(BY_NAME[action]))


@pytest.fixture(scope="module")
def account() -> Account:
    """One account for all: what is refused changes nothing."""
    return furnished()


@pytest.mark.parametrize(
    ("name", "path"), CASES, ids=lambda each: ".".join(each) if isinstance(each, tuple) else each
)
def test_what_is_absent_is_told_with_a_code_of_the_action(account, name, path):
    action = BY_NAME[name]
    try:
        reply = account.client.call(name, **account.without(action, path))
    except ApiError as refusal:
        codes = {refusal.code}
    else:
        codes = {each["Code"] for each in reply.get("FailedResources", ())}
        assert codes or action.reads
        assert reply.get("TotalCount", 0) == 0
        assert codes or ABSENT not in str(reply)
    assert codes <= own_codes(action)
    assert "InternalError" not in codes


def test_most_actions_name_resources():
    assert len(CASES) > 150


# -- the checks can fail --------------------------------------------------------------------------------


def test_what_the_vendor_lists_for_all_actions_is_not_an_actions_own():
    action = BY_NAME["DescribeUsedIpAddress"]
    assert "ResourceInUse" in DIALECT.common
    assert "ResourceInUse" not in own_codes(action)
    assert {"InvalidParameterValue.ParameterMismatch", "ResourceNotFound"} <= own_codes(action)
