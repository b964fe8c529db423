"""The exceptions from the vendors' lists of codes are exceptions."""

import pytest
from tests.documented_codes import is_listed, may_answer

from duolect.bootstrap import DIALECTS

DIALECT = {dialect.name: dialect for dialect in (make() for make in DIALECTS)}
BEYOND = sorted(
    {
        (name, *key, code)
        for name, dialect in DIALECT.items()
        for key, action in dialect.actions.items()
        for code in dialect.gives_beyond(action)
    }
)
"""What actions answer with although their lists lack it: cloud, version, action and code."""


def test_there_are_exceptions():
    assert len(BEYOND) > 50


@pytest.mark.parametrize(("cloud", "version", "name", "code"), BEYOND)
def test_what_is_an_exception_may_be_answered(cloud, version, name, code):
    dialect = DIALECT[cloud]
    assert may_answer(dialect, dialect.actions[version, name], code)


@pytest.mark.parametrize(
    ("cloud", "code"),
    sorted({(each[0], each[3]) for each in BEYOND if each[3] not in DIALECT[each[0]].common}),
)
def test_an_exception_is_not_one_for_every_action(cloud, code):
    dialect = DIALECT[cloud]
    assert not all(is_listed(dialect, action, code) for action in dialect.actions.values())


@pytest.mark.parametrize("code", ["NoSuchCode", ""])
def test_any_other_code_may_not_be_answered(code):
    for dialect in DIALECT.values():
        assert not any(may_answer(dialect, action, code) for action in dialect.actions.values())
