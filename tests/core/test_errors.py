"""The hierarchy of refusals: facts only, kept apart by class."""

import inspect

import attrs
import pytest

from duolect_core import errors
from duolect_core.errors import CoreError

CLASSES = [
    found
    for _, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, CoreError) and found is not CoreError
]


@pytest.mark.parametrize("error", CLASSES)
def test_a_refusal_keeps_its_facts_and_can_be_raised_again(error):
    facts = {field.name: f"the {field.name}" for field in attrs.fields(error)}
    assert facts
    refusal = error(**facts)
    with pytest.raises(error) as caught:
        raise attrs.evolve(refusal)
    assert {name: getattr(caught.value, name) for name in facts} == facts


@pytest.mark.parametrize("error", CLASSES)
def test_a_refusal_cannot_be_changed(error):
    name = attrs.fields(error)[0].name
    refusal = error(**{field.name: "x" for field in attrs.fields(error)})
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(refusal, name, "other")


@pytest.mark.parametrize("error", CLASSES)
def test_every_refusal_says_what_it_means(error):
    assert error.__doc__ not in {None, CoreError.__doc__}
    assert [parent for parent in error.__mro__[1:] if error.__doc__ == parent.__doc__] == []


def test_a_busy_token_is_transient_and_a_mismatch_is_final():
    assert errors.IdempotencyProcessing("t").transient
    assert not errors.IdempotencyMismatch("t").transient


def test_a_missing_trunk_is_a_missing_interface():
    with pytest.raises(errors.InterfaceNotFound):
        raise errors.TrunkNotFound("x")
