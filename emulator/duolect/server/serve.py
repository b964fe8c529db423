"""The process: one listening socket, one event loop, until SIGTERM or SIGINT."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from duolect.bootstrap import bootstrap
from duolect.record.logs import configure
from duolect.server.app import CONNECTION, make_app
from duolect.settings.settings import Settings, SettingsError
from duolect.snapshots import files as snapshot_files

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

READY: Final = """Duolect is ready on http://{address}

  export DUOLECT_ENDPOINT={address}

  Alibaba Cloud   Config(endpoint="{address}", protocol="http", ...)
  Tencent Cloud   HttpProfile(endpoint="{address}", protocol="http")
  tccli           --endpoint http://{address}

Any access key works, and each key is an account of its own. Ctrl-C stops.
"""
_BACKLOG: Final = 2048
_KEEP_ALIVE: Final = 75
"""Seconds for which an idle connection stays open: longer than the pools of SDKs keep theirs."""
_MAX_HEAD: Final = 2**20
"""Bytes of request line, headers or trailers from which on a connection is refused."""
_SHUTDOWN_TIMEOUT: Final = 2.0
"""Seconds in which, when the server is stopped, clients can send and read what is still under way."""
_LOOPBACK_OF: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what is shown in place of a wildcard


def serve(settings: Settings) -> None:
    """Serve until stopped, then finish the requests under way.

    Raises:
        SettingsError: the settings cannot be used, the port is taken, or the snapshot cannot be written.
    """
    configure(settings.log_level, settings.log_format)
    pipeline = bootstrap(settings)
    if settings.snapshot_on_exit:
        snapshot_files.check(Path(settings.snapshot_on_exit))
    app = make_app(pipeline, settings.max_body)
    listener = listen(settings.host, settings.port)
    server = _Server(
        uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE,
        ),
        ready=READY.format(address=client_address(settings.host, listener.getsockname()[1])),
        on_shutdown=(pipeline.journal.close, pipeline.waiting.stop),
    )
    # uvicorn shuts down gracefully and then raises the signal once more, for the handler that was there
    # before: it must not end the process with the signal's status.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.handle_exit)
    server.run(sockets=[listener])
    if settings.snapshot_on_exit:
        snapshot_files.save(pipeline.state, Path(settings.snapshot_on_exit))


class _Protocol(HttpToolsProtocol):
    """uvicorn's fast HTTP protocol, which by itself would keep a head of any size."""

    _head_size = 0
    """Bytes since the last that began a message or belonged to a body: head, trailers, framing."""

    _running: RequestResponseCycle | None = None
    """The request that is being answered: with pipelining not the latest that came, which uvicorn keeps."""

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: "ASGI3Application") -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        running = self._running
        if running is not None and not running.response_complete:
            running.disconnected = True
            running.message_event.set()

    def data_received(self, data: bytes) -> None:
        self._head_size += len(data)
        if self._head_size > _MAX_HEAD:
            self.send_400_response("Request head too large.")
        else:
            super().data_received(data)

    def on_message_begin(self) -> None:
        self._head_size = 0
        super().on_message_begin()
        self.scope["extensions"] = {CONNECTION: {"close": self.transport.close}}

    def on_body(self, body: bytes) -> None:
        self._head_size = 0
        super().on_body(body)


class _Server(uvicorn.Server):
    """A server that says when it is ready, and first ends what would keep it from stopping."""

    def __init__(
        self, config: uvicorn.Config, *, ready: str, on_shutdown: Sequence[Callable[[], None]]
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._on_shutdown = on_shutdown

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for end in self._on_shutdown:
            end()
        asyncio.get_running_loop().call_later(_SHUTDOWN_TIMEOUT, self._abort_connections)
        await super().shutdown(sockets)

    def _abort_connections(self) -> None:
        """End what clients neither finish sending nor read: uvicorn would take its end for an error."""
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        tune_garbage_collection()
        sys.stdout.write(self._ready)
        sys.stdout.flush()


def tune_garbage_collection() -> None:
    """Keep the collector away from long-lived objects, so that no request waits for it.

    Resources hold no cycles and go when they are deleted. A full collection would find nothing and look at
    everything: 0.1 s with 100,000 interfaces. The young generations are collected as ever.
    """
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, 1_000_000)
    gc.enable()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that takes connections from now on.

    Raises:
        SettingsError: host or port cannot be used.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise SettingsError(f"cannot listen on host {host}, port {port}: {error.strerror}") from None
    return listener


def client_address(host: str, port: int) -> str:
    """Return the ``host:port`` under which a client of this machine reaches the server."""
    host = _LOOPBACK_OF.get(host, host)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
