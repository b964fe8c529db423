"""Equality, hash and text by the fields of a class of attrs, for all such classes at once.

attrs writes and compiles these methods anew for every class. That is more than half of what it takes to
define one, and every start waits for it. A class that a start needs and that is seldom compared or shown
says ``@attrs.frozen(eq=False, repr=False)`` and has these methods instead, which do the same.

A frozen class of attrs sets its fields by a way around itself, which takes several times as long. What
every call makes says ``@statically_frozen(eq=False, repr=False)``: there it is mypy that lets nobody write
a field.
"""

from typing import TYPE_CHECKING, Any, cast

import attrs

if TYPE_CHECKING:
    from attrs import frozen as statically_frozen
else:
    statically_frozen = attrs.define

__all__ = ["Changeable", "Value", "statically_frozen"]


class Shown:
    """Shown with its fields: for ``@attrs.frozen(eq=False, repr=False)``, equal to itself alone."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show the fields by name."""
        fields = (f"{each.name}={getattr(self, each.name)!r}" for each in _fields(self) if each.repr)
        return f"{type(self).__qualname__.rpartition('>.')[2]}({', '.join(fields)})"


class Value(Shown):
    """Equal to another of the same class whose fields are equal."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Compare class and fields."""
        if not isinstance(other, Value) or type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        """Fit ``__eq__``."""
        return hash((type(self), self._values()))

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, each.name) for each in _fields(self))


class Changeable(Value):
    """A value that can change, and so has no hash: for ``@attrs.define(eq=False, repr=False)``."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # as Python has it where only equality is defined


def _fields(value: Shown) -> "tuple[attrs.Attribute[Any], ...]":
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cast("type[attrs.AttrsInstance]", type(value)))
    return fields
