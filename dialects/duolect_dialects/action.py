"""One declaration per action.

A request is an attrs class whose attributes are spelt like the vendor's parameters. ``param`` declares one
of them: its rules, what it is when absent, how it is treated. From these declarations come parsing,
validation, the answer to unknown and missing parameters, and the coverage page. An ``Action`` ties the
request class to the function that carries it out.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs

from duolect_dialects.values import Rule, Unsupported

if TYPE_CHECKING:
    from duolect_dialects.session import Session

_KEY = "duolect.param"
Body = dict[str, Any]
"""The tree of an answer, before it becomes JSON or XML."""


class Treatment(StrEnum):
    """What becomes of a documented parameter."""

    SERVED = "served"
    STORED = "stored"
    IGNORED = "ignored"
    REFUSED = "refused"


@attrs.frozen(eq=False)
class Param:
    """What is declared about a parameter beside its name, type and default."""

    rules: tuple[Rule, ...]
    treatment: Treatment
    code: str | None
    note: str


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
) -> Any:  # noqa: ANN401
    """Declare a parameter that may be absent, and is then ``default``.

    ``code`` is the vendor's code for a value that breaks a rule, where it is not the dialect's usual one.
    """
    return attrs.field(default=default, metadata={_KEY: Param(rules, treatment, code, note)})


def stored(*rules: Rule, default: Any = None, code: str | None = None, note: str = "") -> Any:  # noqa: ANN401
    """Declare a parameter that is kept and shown again, and changes nothing else."""
    return param(*rules, default=default, code=code, treatment=Treatment.STORED, note=note)


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


@attrs.frozen(kw_only=True, eq=False)
class Action:
    """One action of a vendor's API: what it takes and how it is carried out.

    ``product`` is the vendor's name of the service the action belongs to. ``token`` is the request's
    attribute that holds an idempotency token, where the action takes one; ``token_waits`` says whether a
    repeat may be refused while what the first call began is under way. ``regional`` says whether the action
    needs a region.
    """

    name: str
    product: str
    version: str
    request: type[Any]
    run: Callable[["Session", Any], Body]
    token: str | None = None
    token_waits: bool = True
    regional: bool = True

    @property
    def reads(self) -> bool:
        """Whether the action only reads, as the vendors' names of actions tell."""
        return self.name.startswith(("Describe", "Get", "Inquir", "List"))

    @cached_property
    def parameters(self) -> Mapping[str, "attrs.Attribute[Any]"]:
        """The declared parameters by name."""
        return {field.name: field for field in attrs.fields(self.request)}


class Registry(Mapping[tuple[str, str], Action]):
    """Actions by version and name, each declared when it is first asked for.

    To define the request classes of all actions takes longer than everything else at start, and a client
    uses few of them. So each name is listed here under its module, which is imported on first use.
    """

    def __init__(self, package: str, names: Mapping[str, Mapping[str, str]]) -> None:
        """Take the actions' names, separated by blanks, by module and version."""
        self._modules = {
            (version, name): f"{package}.{module}"
            for module, versions in names.items()
            for version, listed in versions.items()
            for name in listed.split()
        }
        self._declared: dict[tuple[str, str], Action] = {}

    def __getitem__(self, key: tuple[str, str]) -> Action:
        """Return the action of a version and name."""
        action = self._declared.get(key)
        if action is None:
            module = import_module(self._modules[key])
            self._declared.update(((each.version, each.name), each) for each in module.ACTIONS)
            action = self._declared[key]
        return action

    def __contains__(self, key: object) -> bool:
        """Say whether an action is served, without declaring it."""
        return key in self._modules

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Iterate over versions and names."""
        return iter(self._modules)

    def __len__(self) -> int:
        """Count the actions."""
        return len(self._modules)
