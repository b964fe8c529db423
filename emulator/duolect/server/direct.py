"""Calls that are answered in their connection's protocol, without the ASGI application.

Most calls arrive at once and are answered at once: for them an ASGI scope, a task, events and messages are
half of the work. So the protocol holds a request back until it is whole, and asks here for its answer. The
answer is the one that the application would give, byte for byte. What is not as plain as that goes by the
application, which can do everything:

- requests that are no calls: other paths and methods, what no dialect recognises;
- bodies that come in parts, are announced (``Expect``) or chunked, or too large;
- all requests while there are faults, which may delay or spoil an answer;
- those of a large account that was put away, which wait until it is there;
- what comes with many others at once (``protocol``), so that other clients have their turns between them.
"""

from collections.abc import Callable, Iterable
from typing import Final

from duolect.calls.pipeline import Pipeline
from duolect.calls.recalling import PutAway
from duolect.server.app import answered, unkept
from duolect_dialects.exchange import HttpAnswer, HttpRequest

_METHODS: Final = frozenset({b"GET", b"POST"})
_NOT_PLAIN: Final = frozenset({"expect", "transfer-encoding"})
"""Headers of requests that the application reads."""
_LONGEST_URL: Final = 2**16 - 1
"""Bytes up to which the application takes a URL."""


class DirectAnswers:
    """Answers whole requests."""

    def __init__(self, pipeline: Pipeline, max_body: int) -> None:
        """Take the pipeline, and how many bytes a body may have."""
        self._pipeline = pipeline
        self._max_body = max_body

    def may_answer(self, method: bytes, url: bytes) -> bool:
        """Say whether a request may have an answer here, as far as its first line tells."""
        return (
            method in _METHODS
            and (url[:2] == b"/?" or url == b"/")
            and b"#" not in url
            and len(url) <= _LONGEST_URL
            and not self._pipeline.faults
        )

    def answer(
        self, method: bytes, url: bytes, headers: Iterable[tuple[bytes, bytes]], body: bytes
    ) -> tuple[HttpAnswer, HttpRequest] | None:
        """Answer a request that is whole, or return None where the application must."""
        fields = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
        if not _NOT_PLAIN.isdisjoint(fields) or not self._pipeline.bodies.have_room(
            len(body), self._max_body
        ):
            return None
        request = HttpRequest(
            method=method.decode("ascii"), path="/", query=url[2:], headers=fields, body=body
        )
        try:
            response = answered(self._pipeline, request)
        except PutAway:
            return None
        return (response, request) if isinstance(response, HttpAnswer) else None

    @property
    def are_kept(self) -> bool:
        """Whether an answer can be sent now: what it may tell of is kept, or it says that it is not."""
        keeper = self._pipeline.keeper
        return keeper is None or keeper.commits.durable or bool(keeper.commits.failure)

    def when_kept(self, waiter: Callable[[bool], None]) -> None:
        """Call somebody once all that has changed so far is kept (True), or cannot be (False)."""
        keeper = self._pipeline.keeper
        if keeper is None:
            waiter(True)  # noqa: FBT003 - as the waiter has it
        else:
            keeper.commits.when_durable(waiter)

    def unkept(self, request: HttpRequest) -> HttpAnswer:
        """Return the answer to a request when what came of it cannot be kept."""
        return unkept(self._pipeline, request)
