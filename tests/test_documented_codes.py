"""The exceptions from the vendors' lists of codes are exceptions."""

import pytest
from tests.documented_codes import CHECKS, UNLISTED, is_listed

from duolect.bootstrap import DIALECTS

DIALECT = {dialect.name: dialect for dialect in (make() for make in DIALECTS)}


@pytest.mark.parametrize(("cloud", "name", "code"), sorted(UNLISTED))
def test_what_is_an_exception_is_not_listed_for_the_action(cloud, name, code):
    actions = [action for action in DIALECT[cloud].actions.values() if name in {action.name, "*"}]
    assert actions
    assert not all(is_listed(DIALECT[cloud], action, code) for action in actions)


@pytest.mark.parametrize(("cloud", "name", "code"), sorted(each for each in UNLISTED if each[1] != "*"))
def test_what_is_an_exception_is_listed_for_another_action(cloud, name, code):
    dialect = DIALECT[cloud]
    assert any(is_listed(dialect, each, code) for each in dialect.actions.values() if each.name != name)


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_the_codes_of_requests_to_vpc_are_in_the_lists_of_several_actions(code):
    dialect = DIALECT["tencent"]
    of_vpc = [each for each in dialect.actions.values() if each.product == "vpc"]
    assert sum(code in dialect.documents(each) for each in of_vpc) >= 2
