"""Declaring the parameters of a request.

A request is an attrs class whose attributes are spelt like the vendor's parameters. ``param`` declares one
of them: its rules, what it is when absent, how it is treated. From these declarations come parsing,
validation, the answer to unknown and missing parameters, and the coverage page.
"""

from enum import StrEnum
from typing import Any

import attrs

from duolect_core.by_fields import Shown
from duolect_dialects.values import Rule, Unsupported

_KEY = "duolect.param"


class Treatment(StrEnum):
    """What becomes of a documented parameter."""

    SERVED = "served"
    STORED = "stored"
    IGNORED = "ignored"
    REFUSED = "refused"


@attrs.frozen(eq=False, repr=False)
class Param(Shown):
    """What is declared about a parameter beside its name, type and default.

    ``clearable`` says that an empty text clears what there is: elsewhere it is as good as absent.
    """

    rules: tuple[Rule, ...]
    treatment: Treatment
    code: str | None
    note: str
    clearable: bool = False


def required(
    *rules: Rule,
    code: str | None = None,
    treatment: Treatment = Treatment.SERVED,
    note: str = "",
) -> Any:  # noqa: ANN401
    """Declare a parameter that must be there."""
    return attrs.field(metadata={_KEY: Param(rules, treatment, code, note)})


def param(
    *rules: Rule,
    default: Any = None,  # noqa: ANN401
    code: str | None = None,
    treatment: Treatment = Treatment.SERVED,
    note: str = "",
    clearable: bool = False,
) -> Any:  # noqa: ANN401
    """Declare a parameter that may be absent, and is then ``default``.

    ``code`` is the vendor's code for a value that breaks a rule, where it is not the dialect's usual one.
    ``clearable`` says that an empty text is given to take away what was there; no rule holds for it.
    """
    return attrs.field(default=default, metadata={_KEY: Param(rules, treatment, code, note, clearable)})


def stored(
    *rules: Rule,
    default: Any = None,  # noqa: ANN401
    code: str | None = None,
    note: str = "",
    clearable: bool = False,
) -> Any:  # noqa: ANN401
    """Declare a parameter that is kept and shown again, and changes nothing else."""
    return param(
        *rules, default=default, code=code, treatment=Treatment.STORED, note=note, clearable=clearable
    )


def ignored(*rules: Rule, default: Any = None, note: str = "") -> Any:  # noqa: ANN401
    """Declare a parameter without effect.

    Either the vendor itself documents it so, or it concerns what no client of a network API can see.
    """
    return param(*rules, default=default, treatment=Treatment.IGNORED, note=note)


def refused(why: str, *, default: Any = None, code: str | None = None) -> Any:  # noqa: ANN401
    """Declare a documented parameter that is refused, and why."""
    return param(Unsupported(why), default=default, code=code, treatment=Treatment.REFUSED, note=why)


def declared(field: "attrs.Attribute[Any]") -> Param:
    """Return what was declared about a request's attribute."""
    found: Param = field.metadata[_KEY]
    return found
