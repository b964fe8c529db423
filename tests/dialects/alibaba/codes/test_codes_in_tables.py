"""What an action says is wrong is what its own list has.

Every code in the tables of errors is listed for the action; ``test_codes_of_errors`` calls the actions.
"""

import pytest

from duolect_dialects.action import Action
from duolect_dialects.alibaba.actions import ACTIONS
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.alibaba.errors import BY_ACTION, OVERRIDES, TABLE, template
from duolect_dialects.alibaba.instances.errors import BY_STATE

DIALECT = AlibabaDialect()


def listed(action: Action) -> dict[str, int]:
    """Return the codes of an action itself, with their status: what all may say does not count."""
    return {**DIALECT.gives_beyond(action), **DIALECT.documents(action)}


@pytest.mark.parametrize(
    ("action", "words"),
    [
        *((action, words) for (action, _), words in BY_ACTION.items()),
        *((action, words) for (action, _), words in BY_STATE.items()),
    ],
    ids=lambda each: getattr(each, "code", each),
)
def test_what_an_action_says_in_its_own_way_is_in_its_list(action, words):
    """Every version of the action that can meet the error lists the code."""
    versions = [each for each in ACTIONS.values() if each.name == action]
    assert versions
    assert all(words.code in listed(each) for each in versions)


@pytest.mark.parametrize(
    ("subject", "error"),
    [(subject, error) for subject, table in OVERRIDES.items() for error in table],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_what_a_subject_says_in_its_own_way_is_listed_for_an_action_of_it(subject, error):
    code = OVERRIDES[subject][error].code
    of_subject = [each for key, each in ACTIONS.items() if ACTIONS.subject_of(*key) == subject]
    assert any(code in listed(each) for each in of_subject)
    assert code != TABLE[error].code or OVERRIDES[subject][error].status != TABLE[error].status


@pytest.mark.parametrize("subject", sorted({ACTIONS.subject_of(*key) for key in ACTIONS}))
def test_the_words_of_an_action_count_before_those_of_its_subject(subject):
    names = {name for version, name in ACTIONS if ACTIONS.subject_of(version, name) == subject}
    for name in names:
        for error in TABLE:
            first = BY_ACTION.get((name, error)) or OVERRIDES.get(subject, {}).get(error)
            assert template(error, name, subject) is (first or TABLE[error])
