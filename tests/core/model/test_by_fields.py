"""What takes its methods from ``by_fields`` compares, hashes and shows itself as attrs would have it."""

import attrs
import pytest

from duolect_core.by_fields import Changeable, Value, statically_frozen


@attrs.frozen
class Point:
    x: int
    secret: str = attrs.field(repr=False, default="s")


own = Point


@attrs.frozen(eq=False, repr=False)
class Point(Value):
    x: int
    secret: str = attrs.field(repr=False, default="s")


@attrs.frozen(eq=False, repr=False)
class Point3(Point):
    z: int = 0


@statically_frozen(eq=False, repr=False)
class Made(Value):
    x: int
    secret: str = attrs.field(repr=False, default="s")


@attrs.define(eq=False, repr=False)
class Counter(Changeable):
    count: int


@pytest.mark.parametrize("make", [own, Point, Made])
def test_values_are_equal_by_their_fields(make):
    assert make(1) == make(1)
    assert hash(make(1)) == hash(make(1))
    assert make(1) != make(2)
    assert make(1) != make(1, secret="other")
    assert make(1) != 1
    assert len({make(1), make(1), make(2)}) == 2


@pytest.mark.parametrize("make", [own, Point])
def test_values_show_their_fields_without_those_that_are_hidden(make):
    assert repr(make(1)) == "Point(x=1)"


def test_values_of_a_class_and_of_one_beneath_it_differ():
    assert Point3(1) != Point(1)
    assert Point(1) != Point3(1)
    assert repr(Point3(1, z=2)) == "Point3(x=1, z=2)"


def test_values_cannot_be_changed_and_take_no_further_attributes():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Point(1).x = 2
    assert not hasattr(Point(1), "__dict__")


def test_what_can_change_is_equal_by_its_fields_and_has_no_hash():
    counter = Counter(1)
    counter.count = 2
    assert counter == Counter(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(counter)


def test_classes_in_functions_show_their_own_name():
    @attrs.frozen(eq=False, repr=False)
    class Inner(Value):
        x: int

    assert repr(Inner(1)) == "Inner(x=1)"
