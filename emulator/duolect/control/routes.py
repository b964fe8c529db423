"""How the control API is declared: one ``Route`` for each method of each path.

A route names the attrs classes of its query, its body and its reply. From them come reading, checking,
refusing, writing and the OpenAPI document, so that these always agree. A handler gets the pipeline and the
request, and returns a value of the reply's class, or raises ``Problem``.
"""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

import attrs

from duolect.calls.pipeline import Pipeline
from duolect.settings.toml_lines import Lines
from duolect.state.placed import Placed

JSON: Final = "application/json"


def everything(_: Placed) -> bool:
    """Say that a partition is needed that was put away."""
    return True


def what_is_to_come(placed: Placed) -> bool:
    """Say whether a partition is needed because something is still to come in it."""
    return len(placed.listed.timeline) > 0


TOML: Final = "application/toml"


@attrs.frozen
class ControlRequest:
    """One request to the control API, checked against its route."""

    path: Mapping[str, str]
    query: Any
    body: Any
    lines: Lines | None = None
    """The lines of a body that came as TOML."""


Handler = Callable[[Pipeline, ControlRequest], Awaitable[Any]]


@attrs.frozen(kw_only=True)
class NoQuery:
    """A request without parameters in its query."""


@attrs.frozen(kw_only=True)
class Route:
    """A method of a path: who answers, what it takes and gives.

    The first line of the handler's docstring is the route's summary, the rest its description. ``query``
    and ``body`` are attrs classes; a ``body`` of None takes none, ``raw`` takes any JSON object as it is,
    and with ``toml`` also as TOML. A ``large`` one is given in the parts in which it came,
    to be read by the handler.
    ``reply`` is an attrs class, None for an answer without a body, or str where ``media`` is not JSON: then
    the handler returns a Starlette response. ``refuses`` says for each status of a ``Problem`` that the
    handler may raise when it does so; those that reading itself can raise need not be named.
    """

    method: str
    path: str
    run: Handler
    query: type[Any] = NoQuery
    body: type[Any] | None = None
    raw: bool = False
    toml: bool = False
    large: bool = False
    reply: Any = None
    status: HTTPStatus = HTTPStatus.OK
    media: str = JSON
    also: Mapping[HTTPStatus, str] = attrs.field(factory=dict)
    """Other statuses that an answer without a body may have, and when it has them."""
    refuses: Mapping[HTTPStatus, str] = attrs.field(factory=dict)
    is_open: bool = False
    """Whether it needs no token: what it tells is no secret."""
    max_body: int = 2**16
    """Bytes that the body may have."""
    wants: Callable[[Placed], bool] | None = None
    """Which partitions it needs of those that were put away, beside those of an account that is named."""
