"""The vendor's words: one for each state and kind of the core that can be shown."""

import pytest

from duolect_core.model.resources import INSTANCE_OPERATIONS, OperationState
from duolect_dialects.tencent import names


@pytest.mark.parametrize("kind", names.WORDS, ids=lambda kind: kind.__name__)
def test_every_state_and_kind_has_a_word(kind):
    assert names.WORDS[kind].keys() == set(kind)


def test_every_state_of_an_operation_has_a_word():
    assert names.TASK_STATUS.keys() == names.OPERATION_STATE.keys() == set(OperationState)


def test_every_operation_that_an_instance_can_show_has_a_word():
    assert names.OPERATION.keys() == INSTANCE_OPERATIONS
