"""The protocol of a connection: HTTP, by itself or within TLS, as the first byte says."""

import logging
from typing import TYPE_CHECKING, ClassVar, Final

from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from duolect.access.certificates import CertificateAuthority, NoTls
from duolect.server.app import CONNECTION

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

    from duolect.server.tls import TlsTransport

_log = logging.getLogger("duolect")

MAX_HEAD: Final = 2**20
"""Bytes of request line, headers or trailers from which on a connection is refused."""
_HELLO: Final = 0x16
"""The first byte of whatever speaks TLS: the type of a handshake record. No HTTP request begins with it."""


class Protocol(HttpToolsProtocol):
    """uvicorn's fast HTTP protocol, which by itself would know no TLS, and keep a head of any size."""

    authority: ClassVar[CertificateAuthority]
    """Vouches for the server where clients want TLS."""

    _tls: "TlsTransport | None" = None
    _speaks_http = False
    _head_size = 0
    """Bytes since the last that began a message or belonged to a body: head, trailers, framing."""

    _running: RequestResponseCycle | None = None
    """The request that is being answered: with pipelining not the latest that came, which uvicorn keeps."""

    def data_received(self, data: bytes) -> None:
        """Read what has arrived."""
        if self._speaks_http:
            self._read_http(data)
        elif self._tls is not None:
            for said in self._tls.read(data):
                self._read_http(said)
        elif data[0] == _HELLO:
            self._begin_tls(data)
        else:
            self._speaks_http = True
            self._read_http(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the request that is being answered know."""
        super().connection_lost(exc)
        running = self._running
        if running is not None and not running.response_complete:
            running.disconnected = True
            running.message_event.set()

    def on_message_begin(self) -> None:
        """Count anew, and let a fault close the connection."""
        self._head_size = 0
        super().on_message_begin()
        self.scope["extensions"] = {CONNECTION: {"close": self.transport.close}}

    def on_body(self, body: bytes) -> None:
        """Take a part of a body, which is no head."""
        self._head_size = 0
        super().on_body(body)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: "ASGI3Application") -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def _read_http(self, data: bytes) -> None:
        self._head_size += len(data)
        if self._head_size > MAX_HEAD:
            self.send_400_response("Request head too large.")
        else:
            super().data_received(data)

    def _begin_tls(self, hello: bytes) -> None:
        """Go on in TLS, or say why not: to the log, and as HTTP to the client, for whoever looks."""
        try:
            context = self.authority.context(self._address())
        except NoTls as reason:
            _log.warning("%s began TLS, which cannot be had: %s", self.client, reason)
            self.send_400_response("This emulator speaks no TLS; its log says why. Use http.")
            return
        from duolect.server.tls import TlsTransport  # noqa: PLC0415 - most clients speak plain HTTP

        self._tls = TlsTransport(self.transport, context)
        self.transport, self.flow, self.scheme = self._tls, FlowControl(self._tls), "https"
        self.data_received(hello)

    def _address(self) -> str:
        """Return the address that the client has dialled, for those that name no host."""
        named = self.server[0] if self.server else ""
        return named.partition("%")[0] or "localhost"


def make_protocol(authority: CertificateAuthority) -> type[Protocol]:
    """Return the protocol of a server for which an authority vouches."""

    class _Protocol(Protocol):
        pass

    _Protocol.authority = authority
    return _Protocol
