"""What is planned comes out in due order, ties in planning order, and cancelled never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duolect_core.engine.timeline import Timeline, Transition
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import Operation, OperationKind

OPERATION = Operation("op", OperationKind.CREATE_NETWORK, ("r",), 0, 0)


def plan(timeline, due):
    return timeline.plan(due, Trigger.STARTED, "r", OPERATION)


def drain(timeline, at):
    while (transition := timeline.pop_due(at)) is not None:
        yield transition


def test_an_empty_timeline_has_nothing_due():
    timeline = Timeline()
    assert timeline.next_due is None
    assert timeline.pop_due(10**18) is None


def test_a_transition_carries_all_that_was_planned():
    timeline = Timeline()
    number = plan(timeline, 5)
    assert timeline.pop_due(5) == Transition(5, number, Trigger.STARTED, "r", OPERATION)


def test_nothing_is_due_a_microsecond_early():
    timeline = Timeline()
    assert not timeline.is_due(5)
    plan(timeline, 5)
    assert not timeline.is_due(4)
    assert timeline.pop_due(4) is None
    assert timeline.next_due == 5
    assert timeline.is_due(5)
    assert timeline.pop_due(5) is not None
    assert not timeline.is_due(5)


@given(dues=st.lists(st.integers(0, 5), max_size=30), data=st.data())
def test_due_order_first_then_planning_order_without_the_cancelled(dues, data):
    timeline = Timeline()
    planned = [(due, plan(timeline, due)) for due in dues]
    cancelled = data.draw(st.sets(st.sampled_from(planned))) if planned else set()
    for due, number in cancelled:
        assert timeline.cancel(number).due == due
    left = sorted(set(planned) - cancelled)
    assert sorted((t.due, t.number) for t in timeline.pending()) == left
    assert timeline.next_due == (left[0][0] if left else None)
    at = data.draw(st.integers(0, 5))
    assert [(t.due, t.number) for t in drain(timeline, at)] == [each for each in left if each[0] <= at]
    assert [(t.due, t.number) for t in drain(timeline, 5)] == [each for each in left if each[0] > at]


def test_a_transition_can_be_cancelled_once():
    timeline = Timeline()
    number = plan(timeline, 5)
    timeline.cancel(number)
    with pytest.raises(KeyError):
        timeline.cancel(number)
