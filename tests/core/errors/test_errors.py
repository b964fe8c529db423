"""The hierarchy of refusals: facts only, kept apart by class."""

import inspect
from copy import deepcopy

import pytest

from duolect_core import errors
from duolect_core.errors import CoreError, every

CLASSES = [
    found
    for _, found in inspect.getmembers(every, inspect.isclass)
    if issubclass(found, CoreError) and found is not CoreError
]


@pytest.mark.parametrize("error", CLASSES)
def test_a_refusal_keeps_its_facts_and_can_be_raised_again(error):
    facts = {name: f"the {name}" for name in error.facts}
    assert facts
    refusal = error(**facts)
    with pytest.raises(error) as caught:
        raise refusal.copy()
    assert {name: getattr(caught.value, name) for name in facts} == facts
    assert caught.value == refusal == deepcopy(refusal)
    assert len({caught.value, refusal}) == 1


@pytest.mark.parametrize("error", CLASSES)
def test_a_refusal_cannot_be_changed(error):
    name = error.facts[0]
    refusal = error(*("x" for _ in error.facts))
    with pytest.raises(AttributeError):
        setattr(refusal, name, "other")


@pytest.mark.parametrize("error", CLASSES)
def test_every_refusal_says_what_it_means(error):
    assert error.__doc__ not in {None, CoreError.__doc__}
    assert [parent for parent in error.__mro__[1:] if error.__doc__ == parent.__doc__] == []


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        (("x",), {}),
        (("x", "y", "z"), {}),
        (("x",), {"zone": "y"}),
        (("x",), {"interface_zone": "y"}),
    ],
)
def test_a_refusal_carries_all_its_facts_and_no_others(values, named):
    with pytest.raises(TypeError, match="ZoneMismatch takes interface_zone, instance_zone"):
        errors.ZoneMismatch(*values, **named)


def test_refusals_are_equal_if_they_are_of_one_class_and_carry_the_same_facts():
    assert errors.NetworkNotFound("x") == errors.NetworkNotFound(resource_id="x")
    assert errors.NetworkNotFound("x") != errors.NetworkNotFound("y")
    assert errors.NetworkNotFound("x") != errors.SubnetNotFound("x")


def test_a_refusal_shows_its_facts():
    assert repr(errors.ZoneMismatch("a", "b")) == "ZoneMismatch(interface_zone='a', instance_zone='b')"


def test_a_busy_token_is_transient_and_a_mismatch_is_final():
    assert errors.IdempotencyProcessing("t").transient
    assert not errors.IdempotencyMismatch("t").transient


def test_a_missing_trunk_is_a_missing_interface():
    with pytest.raises(errors.InterfaceNotFound):
        raise errors.TrunkNotFound("x")
