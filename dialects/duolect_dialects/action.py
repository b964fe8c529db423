"""An action of a vendor's API, and how a function is declared to be one.

    @action("Ecs", "2014-05-26", idempotent_by="ClientToken")
    def create_network_interface(session: Session, request: CreateNetworkInterface) -> Body: ...

The request's class is read from the annotation, and names the action. A module of actions lists them
nowhere: ``declared_in`` finds what its functions were declared to be.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import ModuleType
from typing import Any, Final, TypeVar, get_origin

import attrs

from duolect_core.by_fields import Shown
from duolect_dialects.declarations import declared
from duolect_dialects.session import Session, TokenParameter

Body = dict[str, Any]
"""The tree of an answer, before it becomes JSON or XML."""
_ACTIONS: Final = "duolect_actions"
_READING: Final = ("Describe", "Get", "Inquir", "List")
F = TypeVar("F", bound=Callable[[Session, Any], Body])


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Action(Shown):
    """One action of a vendor's API: what it takes and how it is carried out.

    ``product`` is the vendor's name of the service the action belongs to. ``token`` is the request's
    attribute that holds an idempotency token, where the action takes one; ``token_waits`` says whether a
    repeat may be refused while what the first call began is under way. ``regional`` says whether the action
    needs a region. ``reads`` says whether it only reads: it carries no command out.
    """

    name: str
    product: str
    version: str
    request: type[Any]
    run: Callable[[Session, Any], Body]
    token: str | None = None
    token_waits: bool = True
    regional: bool = True
    reads: bool = False

    @cached_property
    def parameters(self) -> Mapping[str, "attrs.Attribute[Any]"]:
        """The declared parameters by name."""
        return {field.name: field for field in attrs.fields(self.request)}

    @cached_property
    def clearable(self) -> frozenset[str]:
        """The parameters of which an empty text says something."""
        return frozenset(name for name, field in self.parameters.items() if declared(field).clearable)

    @cached_property
    def lists(self) -> frozenset[str]:
        """The parameters that are lists."""
        return frozenset(name for name, field in self.parameters.items() if get_origin(field.type) is tuple)

    @cached_property
    def deprecated(self) -> frozenset[str]:
        """The parameters that the vendor calls deprecated."""
        return frozenset(
            name for name, field in self.parameters.items() if declared(field).note.startswith("deprecated")
        )

    @cached_property
    def token_parameter(self) -> TokenParameter | None:
        """Which parameter is the idempotency token, and what a session must know about it."""
        return None if self.token is None else TokenParameter(self.name, self.token, self.token_waits)


def action(  # noqa: PLR0913 - all that can be said of an action
    product: str,
    version: str,
    *,
    name: str | None = None,
    request: type[Any] | None = None,
    idempotent_by: str | None = None,
    token_waits: bool = True,
    regional: bool = True,
    reads: bool | None = None,
) -> Callable[[F], F]:
    """Declare a function to carry out an action; several declarations make it several actions.

    ``name`` is that of the request's class unless given; ``request`` is the class in the function's
    annotation unless given. ``idempotent_by`` is the parameter that holds an idempotency token. Whether it
    only ``reads`` is told by the vendors' way of naming actions, unless given.
    """

    def declare(function: F) -> F:
        kind = request or function.__annotations__["request"]
        called = name or kind.__name__
        declared = Action(
            name=called,
            product=product,
            version=version,
            request=kind,
            run=function,
            token=idempotent_by,
            token_waits=token_waits,
            regional=regional,
            reads=called.startswith(_READING) if reads is None else reads,
        )
        vars(function).setdefault(_ACTIONS, []).insert(0, declared)
        return function

    return declare


def declared_in(module: ModuleType) -> Iterator[Action]:
    """Yield the actions that the functions of a module were declared to be, in their order."""
    for value in vars(module).values():
        if getattr(value, "__module__", None) == module.__name__:
            yield from getattr(value, _ACTIONS, ())
