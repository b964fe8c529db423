"""Who may use the control API: nobody's web page, and where a token is set, only those who have it.

A page that someone opens in a browser can send requests to the developer's own machine, and can be made to
believe that a name of its own stands for that machine (DNS rebinding). Both are told by what browsers send:
``Origin`` says which page asks, and ``Host`` by which name. Programs are not affected.
"""

from hmac import compare_digest
from http import HTTPStatus
from typing import Final

import attrs
from starlette.requests import Request

from duolect.access.hosts import PROXIED, ServerNames, host_of, is_address
from duolect.problems import Problem

_LOCAL: Final = ServerNames(["localhost", "*.localhost"])
_BEARER: Final = "bearer "


@attrs.frozen
class Guard:
    """Whom the control API answers."""

    names: ServerNames = ServerNames()
    """The names by which it is called, besides addresses, ``localhost`` and names without a dot."""
    token: str = ""
    """What callers have to know, if anything."""

    def check(self, request: Request, *, is_open: bool) -> None:
        """Let a request pass; one to an ``is_open`` route needs no token.

        Raises:
            Problem: it comes from a web page (403), or lacks the token (401).
        """
        proxied = request.scope.get("extensions", {}).get(PROXIED, {}).get("host")
        authority = proxied or request.headers.get("host", "")
        if authority and not self._is_ours(host_of(authority)):
            raise Problem(
                HTTPStatus.FORBIDDEN,
                "The control API is called by an address, by localhost or by a name without a dot; other "
                f"names have to be in --server-names, and {authority[:100]!r} is not.",
            )
        origin = request.headers.get("origin")
        if origin is not None and origin.partition("://")[2].lower() != authority.lower():
            raise Problem(
                HTTPStatus.FORBIDDEN, f"The control API is not for web pages such as {origin[:100]!r}."
            )
        if self.token and not is_open and not self._is_known(request.headers.get("authorization", "")):
            raise Problem(
                HTTPStatus.UNAUTHORIZED,
                "The control API has a token (--control-token): send Authorization: Bearer TOKEN.",
            )

    def _is_ours(self, host: str | None) -> bool:
        if host is None:
            return False
        return "." not in host or host in _LOCAL or host in self.names or is_address(host)

    def _is_known(self, authorization: str) -> bool:
        scheme, given = authorization[: len(_BEARER)], authorization[len(_BEARER) :]
        return scheme.lower() == _BEARER and compare_digest(given.strip().encode(), self.token.encode())
