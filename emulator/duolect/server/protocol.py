"""The protocol of a connection: HTTP, by itself or within TLS, as the first byte says.

A call on a cloud that arrives at once is answered at once (``direct``); every other request becomes one of
the application's, as uvicorn does it.

A client that takes the emulator for its proxy opens a tunnel (``CONNECT``) to a host whose part the
emulator plays: then the connection begins anew, with TLS or without, and the emulator is that host.
"""

import asyncio
import logging
import socket
import struct
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from duolect.access.certificates import CertificateAuthority, NoTls
from duolect.server.app import CONNECTION
from duolect.server.direct import DirectAnswers
from duolect_dialects.exchange import HttpAnswer, HttpRequest

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

    from duolect.server.tls import TlsTransport

_log = logging.getLogger("duolect")

MAX_HEAD: Final = 2**20
"""Bytes of request line, headers or trailers from which on a connection is refused."""
NO_LINGER: Final = struct.pack("ii", 1, 0)
"""Lets the system reset a connection that is closed, not say goodbye."""
_HELLO: Final = 0x16
"""The first byte of whatever speaks TLS: the type of a handshake record. No HTTP request begins with it."""
_CONNECT: Final = b"CONNECT"
_SLASH: Final = b"/"
_CLOSES: Final = b"connection: close\r\n"
_AT_ONCE: Final = 16
"""How many requests that arrive together are answered before anybody else is served."""
FULL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\ncontent-length: 30\r\n"
    b"connection: close\r\n\r\nThere are too many connections"
)
"""What a client gets where there are too many connections."""


class Protocol(HttpToolsProtocol):
    """uvicorn's fast HTTP protocol, which by itself would know no TLS, and keep a head of any size."""

    authority: ClassVar[CertificateAuthority]
    """Vouches for the server where clients want TLS."""
    names: ClassVar[Sequence[str]]
    """The hosts whose part the emulator plays for those who take it for their proxy."""
    most_connections: ClassVar[int]
    """How many connections there may be: one more is told so, and closed."""
    direct: ClassVar[DirectAnswers]
    """Answers what need not go by the application."""

    _layers: Sequence["TlsTransport"] = ()
    """TLS, from the outside in: two where the proxy itself is spoken to by TLS."""
    _speaks_http = False
    """Whether what arrives, or what the innermost layer gives back, is known to be HTTP."""
    _tunnel_host: str | None = None
    _head_size = 0
    """Bytes since the last that began a message or belonged to a body: head, trailers, framing."""
    _has_read_head = False
    """Whether any request has come as far as the end of its head."""
    _held_body: bytes | None = None
    """What there is of the body of a request that is held back, as it may be answered directly."""
    _at_once = 0
    """How many requests were answered directly of what has arrived last."""

    _ends = False
    """Whether nothing more is answered than what waits to be."""

    _running: RequestResponseCycle | None = None
    """The request that is being answered: with pipelining not the latest that came, which uvicorn keeps."""

    _waiting: deque[Callable[[bool], None]] | None = None
    """What is done once all that has changed is kept: answers are written, in their order."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or refuse it where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            transport.write(FULL)
            transport.close()

    def data_received(self, data: bytes) -> None:
        """Read what has arrived."""
        if self._ends:
            return
        self._at_once = 0
        if self._speaks_http and not self._layers:
            self._read_http(data)
        else:
            self._read(data, 0)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the request that is being answered know, and let go of whatever refers back to this.

        Circles would stay until the garbage collector looks at all that there is, which it seldom does.
        """
        super().connection_lost(exc)
        self._unset_keepalive_if_required()
        running = self._running
        if running is not None and not running.response_complete:
            running.disconnected = True
            running.message_event.set()
        self.pipeline.clear()
        self._waiting = None
        self.scope = self.cycle = self._running = None  # type: ignore[assignment]
        self._layers = ()

    def on_message_begin(self) -> None:
        """Begin a request, which is no more than its head for now."""
        self._head_size = 0
        self.url = b""
        self.headers = []

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self.headers.append((name.lower(), value))

    def _reset(self) -> None:
        """End the connection at once, and with a reset: whatever was not sent is dropped."""
        below = self.transport.get_extra_info("socket")
        if below is not None:
            below.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        self.transport.abort()

    def on_headers_complete(self) -> None:
        """Hold a request back that may be answered directly; others are the application's from here on.

        One that comes after the last of its connection is held back too, and never answered.
        """
        self._has_read_head = True
        if self._is_over or (
            self._at_once < _AT_ONCE
            and self._is_free()
            and self.direct.may_answer(self.parser.get_method(), self.url)
        ):
            self._held_body = b""
        else:
            self._begin_cycle()

    def on_body(self, body: bytes) -> None:
        """Take a part of a body, which is no head."""
        self._head_size = 0
        if self._held_body is None:
            super().on_body(body)
        else:
            self._held_body += body

    def on_message_complete(self) -> None:
        """Answer a request that was held back, now that it is whole."""
        if self._held_body is None:
            super().on_message_complete()
            return
        if self._is_over:
            self._held_body = None
            return
        answered = self.direct.answer(self.parser.get_method(), self.url, self.headers, self._held_body)
        if answered is None:
            self._release()
            super().on_message_complete()
            return
        self._held_body = None
        self._at_once += 1
        keep_alive = self.parser.get_http_version() != "1.0" and self.parser.should_keep_alive()
        if self.direct.are_kept:
            self._write(answered[0], keep_alive=keep_alive)
        else:
            self._write_later(*answered, keep_alive=keep_alive)

    @property
    def _is_over(self) -> bool:
        """Whether the last request of the connection was answered, or will be without a further one."""
        return self._ends or self.transport.is_closing()

    def shutdown(self) -> None:
        """Close once what was answered is sent."""
        if self._waiting:
            self._ends = True
            self._later(lambda _: super(Protocol, self).shutdown())
        else:
            super().shutdown()

    def _refuse(self, message: str) -> None:
        """Say that what has come is no request, after what was answered before."""
        if self._waiting:
            self._ends = True
            self._later(lambda _: self.send_400_response(message))
        else:
            self.send_400_response(message)

    def _is_free(self) -> bool:
        """Say whether an answer could be written now: none is under way, and the client reads."""
        running = self._running
        under_way = running is not None and not running.response_complete
        return not (under_way or self.pipeline or self.flow.write_paused)

    def _later(self, deed: Callable[[bool], None]) -> None:
        """Do something once all that has changed so far is kept, or cannot be, after what waits already."""
        if self._waiting is None:
            self._waiting = deque()
        self._waiting.append(deed)
        self.direct.when_kept(self._do_next)

    def _do_next(self, kept: bool) -> None:  # noqa: FBT001 - as ``when_kept`` has it
        if self._waiting and not self.transport.is_closing():
            self._waiting.popleft()(kept)

    def _write_later(self, answer: HttpAnswer, request: HttpRequest, *, keep_alive: bool) -> None:
        """Write the answer to a request once what came of it is kept; where it cannot be, say so."""
        self._ends = not keep_alive
        self._later(
            lambda kept: self._write(answer if kept else self.direct.unkept(request), keep_alive=keep_alive)
        )

    def _write(self, answer: HttpAnswer, *, keep_alive: bool) -> None:
        """Write an answer in the same bytes as uvicorn does, but in one go."""
        lines = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        own = "".join([f"{name}: {value}\r\n" for name, value in answer.headers.items()])
        end = b"content-length: %d\r\n%b\r\n" % (len(answer.body), b"" if keep_alive else _CLOSES)
        self.transport.write(
            b"".join((STATUS_LINE[answer.status], *lines, own.encode("latin-1"), end, answer.body))
        )
        if not keep_alive:
            self.transport.close()
        self.on_response_complete()

    def _release(self) -> None:
        """Leave a request that was held back, and the body so far, to the application."""
        body, self._held_body = self._held_body, None
        self._begin_cycle()
        if body:
            super().on_body(body)

    def _begin_cycle(self) -> None:
        """Let uvicorn begin with a request, up to the end of its head, and a fault close the connection."""
        self._unset_keepalive_if_required()
        url, headers = self.url, self.headers
        super().on_message_begin()
        self.url = url
        for name, value in headers:
            super().on_header(name, value)
        transport = self.transport
        self.scope["extensions"] = {
            CONNECTION: {"close": transport.close, "write": transport.write, "reset": self._reset}
        }
        if url[:1] != _SLASH and self.parser.get_method() != _CONNECT:
            from duolect.access.hosts import PROXIED  # noqa: PLC0415 - most clients use no proxy
            from duolect.server import proxy  # noqa: PLC0415 - likewise

            host, self.url = proxy.parted(url)
            self.scope["extensions"][PROXIED] = {"host": host}
        super().on_headers_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: "ASGI3Application") -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def _should_upgrade(self) -> bool:
        """Say whether the request leaves HTTP, in which case uvicorn does not answer it."""
        return bool(self.parser.get_method() == _CONNECT)

    def _read(self, data: bytes, depth: int) -> None:
        """Read what has arrived at a layer; 0 is the outermost."""
        if depth < len(self._layers):
            for said in self._layers[depth].read(data):
                self._read(said, depth + 1)
        elif self._speaks_http:
            self._read_http(data)
        elif data[0] == _HELLO and depth <= (self._tunnel_host is not None):
            self._begin_tls(data)
        else:
            self._speaks_http = True
            self._read_http(data)

    def _read_http(self, data: bytes) -> None:
        first = self._head_size == 0 and not self._has_read_head
        self._head_size += len(data)
        if self._head_size > MAX_HEAD:
            self._refuse("Request head too large.")
            return
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except HttpParserError:
            from duolect.server.explanations import invalid_http  # noqa: PLC0415 - most clients speak HTTP

            message = invalid_http(data if first else b"")
            self.logger.warning("%s (%s)", message, self.client)
            self._held_body = None
            self._refuse(message)
        except HttpParserUpgrade as upgrade:
            if self._should_upgrade():
                self._begin_tunnel(data[upgrade.args[0] :])
        if self._held_body is not None and not self._is_over:
            self._release()  # the rest of it is still on its way

    def _begin_tls(self, hello: bytes) -> None:
        """Go on in TLS, or say why not: to the log, and as HTTP to the client, for whoever looks."""
        try:
            context = self.authority.context(self._tunnel_host or self._address())
        except NoTls as reason:
            _log.warning("%s began TLS, which cannot be had: %s", self.client, reason)
            self.send_400_response("This emulator speaks no TLS; its log says why. Use http.")
            return
        from duolect.server.tls import TlsTransport  # noqa: PLC0415 - most clients speak plain HTTP

        layer = TlsTransport(self.transport, context)
        self.transport, self.flow, self.scheme = layer, FlowControl(layer), "https"
        self._layers = (*self._layers, layer)
        self._read(hello, len(self._layers) - 1)

    def _begin_tunnel(self, early: bytes) -> None:
        """Begin anew as the host that the client wants, or refuse it; ``early`` is what it sent along."""
        from duolect.access.hosts import ServerNames, host_of  # noqa: PLC0415 - most clients use no proxy
        from duolect.server import proxy  # noqa: PLC0415 - likewise

        host = host_of(self.url.decode("latin-1"), port_needed=True)
        running = self._running
        under_way = bool(self._waiting) or (running is not None and not running.response_complete)
        if host is None or self._tunnel_host is not None or under_way:
            self._refuse("A tunnel is for host:port, by the only request under way.")
        elif host in ServerNames(self.names):
            self._tunnel_host = host
            self._speaks_http = False
            self._head_size = 0
            self.parser = HttpRequestParser(self)
            self.parser.set_dangerous_leniencies(lenient_data_after_close=True)  # as uvicorn has it
            self.transport.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            if early:
                self._read(early, len(self._layers))
        else:
            _log.info("%s wants a tunnel to %.100r, which is refused", self.client, host)
            self.transport.write(proxy.refusal(host))
            self.transport.close()

    def _address(self) -> str:
        """Return the address that the client has dialled, for those that name no host."""
        host, port = self.server or ("", None)
        return host.partition("%")[0] if port is not None else "localhost"


def make_protocol(
    authority: CertificateAuthority, names: Sequence[str], most_connections: int, direct: DirectAnswers
) -> type[Protocol]:
    """Return the protocol of a server for which an authority vouches, and that is known by ``names``."""

    class _Protocol(Protocol):
        pass

    _Protocol.authority, _Protocol.names = authority, names
    _Protocol.most_connections = most_connections
    _Protocol.direct = direct
    return _Protocol
