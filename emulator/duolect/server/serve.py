"""The process: one listening socket, one event loop, until it is asked to end."""

import asyncio
import logging
import socket
import sys
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import uvicorn

from duolect.access.authentication import Mode
from duolect.bootstrap import bootstrap
from duolect.calls.pipeline import Pipeline
from duolect.clock import Clock
from duolect.record.logs import configure, json_line
from duolect.server import stopping
from duolect.server.app import make_app
from duolect.server.descriptors import most_connections
from duolect.server.direct import DirectAnswers
from duolect.server.garbage import tune_garbage_collection
from duolect.server.protocol import make_protocol
from duolect.server.unix_socket import listen_on_path, remove
from duolect.settings import sources
from duolect.settings.checks import SettingsError
from duolect.settings.settings import Settings
from duolect.snapshots import files as snapshot_files

if TYPE_CHECKING:
    from duolect.calls.idle import IdleAccounts  # most servers keep all accounts
    from duolect.server.replica import Replica  # most emulators share nothing
    from duolect.snapshots.periodic import PeriodicSnapshots  # most servers write none while they run
    from duolect.store.housekeeping import Housekeeping  # most states end with their process

_log = logging.getLogger("duolect")

READY: Final = """Duolect is ready on http://{address}

  export DUOLECT_ENDPOINT={address}

  Alibaba Cloud   Config(endpoint="{address}", protocol="http", ...)
  Tencent Cloud   HttpProfile(endpoint="{address}", protocol="http")
  tccli           --endpoint http://{address}

{keys} Ctrl-C stops.{https}
"""
READY_ON_PATH: Final = """Duolect is ready on unix:{path}

  export DUOLECT_ENDPOINT=unix:{path}
  curl --unix-socket {path} 'http://duolect/_duolect/health'

{keys} Ctrl-C stops.
"""
_FOLLOWS: Final = "It passes everything on to the emulator at {}, until that ends."
_HTTPS: Final = "\nhttps works on the same port: `duolect ca` writes the certificate to trust."
_BACKLOG: Final = 2048
_CONTROL_HOST: Final = "127.0.0.1"
_KEEP_ALIVE: Final = 75
"""Seconds for which an idle connection stays open: longer than the pools of SDKs keep theirs."""
_SWITCH: Final = 0.0005
"""Seconds after which the loop lets the thread go on that commits to a database; Python has 0.005."""
_SHUTDOWN_TIMEOUT: Final = 2.0
"""Seconds in which, when the server is stopped, clients can send and read what is still under way."""
_LOOPBACK_OF: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what is shown in place of a wildcard


def serve(settings: Settings) -> None:
    """Serve until stopped, then finish the requests under way.

    Raises:
        SettingsError: the settings cannot be used, the port is taken, or the snapshot cannot be written.
    """
    configure(settings.log_level, settings.log_format)
    for remark in sources.overlooked():
        _log.warning("%s", remark)
    if settings.stop_on_eof:
        stopping.with_standard_input()
    if settings.is_shared:
        _serve_shared(settings)
        return
    pipeline = bootstrap(settings)
    _check_snapshots(settings)
    socket_path = Path(settings.uds) if settings.uds else None
    listener = (
        listen_on_path(socket_path, _BACKLOG) if socket_path else listen(settings.host, settings.port)
    )
    server = _made(settings, pipeline, _ready(pipeline, settings, listener))
    listeners = [listener]
    if settings.control_port:
        listeners.append(listen(_CONTROL_HOST, settings.control_port))
    else:
        _warn_of_control(settings)
    server.run(sockets=listeners)
    _finish(settings, pipeline)
    if socket_path:
        remove(socket_path)


def _serve_shared(settings: Settings) -> None:
    """Serve as one of several emulators: pass on what clients say, or execute it."""
    from duolect.server import replica  # noqa: PLC0415 - most emulators share nothing

    _check_snapshots(settings)
    sys.setswitchinterval(_SWITCH)
    seat = replica.open_seat(settings)
    try:
        listener = listen(settings.host, settings.port)
        _warn_of_control(settings)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_share(settings, replica.Replica(settings, seat, listener, most_connections())))
    finally:
        seat.close()


async def _share(settings: Settings, one: "Replica") -> None:
    loop = asyncio.get_running_loop()

    def stop(*_: object) -> None:
        loop.call_soon_threadsafe(one.stopped.set)

    stopping.on_signals(stop)
    endpoint = client_address(settings.host, one.listener.getsockname()[1])

    def say(leader: str) -> None:
        text = READY.format(address=endpoint, https=_https(settings), keys=_FOLLOWS.format(leader))
        _say(
            text if settings.log_format != "json" else json_line(text.partition("\n")[0], endpoint=endpoint)
        )

    async def lead() -> None:
        from duolect.store.interface import StoreError  # noqa: PLC0415 - most states end with their process
        from duolect.store.postgres import PostgresStore  # noqa: PLC0415 - it needs a driver

        try:
            store = PostgresStore(settings.store, settings.store_sync, one.seat)
        except StoreError as reason:
            raise SettingsError(f"store: {reason}") from None
        pipeline = bootstrap(settings, Clock(settings.clock_rate, machine=one.seat.time), store)
        assert pipeline.keeper is not None  # noqa: S101 - for the type checker
        pipeline.keeper.commits.when_fenced = one.end
        ready = "" if one.has_followed else _ready(pipeline, settings, one.listener)
        server = _made(settings, pipeline, ready)
        await one.begin()
        if one.stopped.is_set():
            server.should_exit = True
        await server.serve(sockets=[one.listener])
        _finish(settings, pipeline)

    await one.run(say, lead)


def _loop_factory() -> "Callable[[], asyncio.AbstractEventLoop] | None":
    """Return what makes the event loop that uvicorn would take."""
    try:
        import uvloop  # noqa: PLC0415 - not on Windows
    except ImportError:
        return None
    return uvloop.new_event_loop


def _check_snapshots(settings: Settings) -> None:
    if settings.snapshot_on_exit:
        snapshot_files.check(Path(settings.snapshot_on_exit))
    elif settings.snapshot_every:
        raise SettingsError("snapshot-every needs snapshot-on-exit, which names the file")


def _warn_of_control(settings: Settings) -> None:
    if not (settings.control_token or settings.uds or _is_loopback(settings.host)):
        _log.warning(
            "the control API can be used from other machines: see --control-token and --control-port"
        )


def _made(settings: Settings, pipeline: Pipeline, ready: str) -> "_Server":
    """Return the server around a pipeline, which signals stop from now on."""
    app = make_app(
        pipeline,
        settings.max_body,
        names=settings.names(),
        control_token=settings.control_token,
        control_port=settings.control_port,
    )
    server = _Server(
        uvicorn.Config(
            app,
            http=make_protocol(
                pipeline.authority,
                _names(pipeline, settings),
                most_connections(),
                DirectAnswers(pipeline, settings.max_body),
            ),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE,
        ),
        ready=ready,
        snapshots=_periodic_snapshots(pipeline, settings),
        pipeline=pipeline,
        forget_after=settings.forget_seconds,
        shared=settings.is_shared,
    )
    # uvicorn shuts down gracefully and then raises the signal once more, for the handler that was there
    # before: it must not end the process with the signal's status.
    stopping.on_signals(server.handle_exit)
    return server


def _finish(settings: Settings, pipeline: Pipeline) -> None:
    """Keep what is to outlast the server, which has stopped."""
    try:
        if settings.snapshot_on_exit:
            deque(pipeline.partitions.items(), 0)  # what was put away comes back while it can
    finally:
        if pipeline.keeper is not None:
            from duolect.store.opening import close  # noqa: PLC0415 - most states end with their process

            close(pipeline.keeper)
    if settings.snapshot_on_exit:
        snapshot_files.save(pipeline.state, Path(settings.snapshot_on_exit))


def _names(pipeline: Pipeline, settings: Settings) -> Sequence[str]:
    """Return the hosts whose part the emulator plays: the clouds' and the tester's own."""
    return (*(host for dialect in pipeline.dialects for host in dialect.hosts), *settings.names())


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def _ready(pipeline: Pipeline, settings: Settings, listener: socket.socket) -> str:
    """Return what is written once the server is ready."""
    if settings.uds:
        endpoint = f"unix:{settings.uds}"
        text = READY_ON_PATH.format(path=settings.uds, keys=_who_may_call(pipeline))
    else:
        endpoint = client_address(settings.host, listener.getsockname()[1])
        text = READY.format(address=endpoint, https=_https(settings), keys=_who_may_call(pipeline))
    if settings.log_format != "json":
        return text
    return json_line(text.partition("\n")[0], endpoint=endpoint)


def _https(settings: Settings) -> str:
    return _HTTPS if settings.tls == "on" else ""


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _who_may_call(pipeline: Pipeline) -> str:
    """Return sentences about the access keys that work."""
    authenticator = pipeline.access.authenticator
    if authenticator.mode is not Mode.STRICT:
        return "Any access key works, and each key is an account of its own."
    count = len(authenticator.keys)
    if not count:
        return (
            "No access key works: signatures are verified, and no key is known yet. --keys ID:SECRET makes "
            "one known,\na world file, or PUT /_duolect/keys/ID."
        )
    known = (
        "The one access key that is known works"
        if count == 1
        else f"The {count} access keys that are known work"
    )
    return f"{known}, with its signature: others are refused."


def _periodic_snapshots(pipeline: Pipeline, settings: Settings) -> "PeriodicSnapshots | None":
    if not settings.snapshot_every:
        return None
    from duolect.snapshots.periodic import PeriodicSnapshots  # noqa: PLC0415 - most servers write none

    path = Path(settings.snapshot_on_exit)

    async def save() -> None:
        if pipeline.idle is None:
            await snapshot_files.save_meanwhile(pipeline.state, path)
            return
        async with pipeline.idle.held(None, lambda _: True):
            await snapshot_files.save_meanwhile(pipeline.state, path)

    return PeriodicSnapshots(settings.snapshot_seconds, save)


class _Server(uvicorn.Server):
    """A server that says when it is ready, and first ends what would keep it from stopping."""

    def __init__(  # noqa: PLR0913 - what it ends when it ends
        self,
        config: uvicorn.Config,
        *,
        ready: str,
        snapshots: "PeriodicSnapshots | None",
        pipeline: Pipeline,
        forget_after: float,
        shared: bool,
    ) -> None:
        super().__init__(config)
        self._pipeline = pipeline
        self._forget_after = forget_after
        self._shared = shared
        self._idle: IdleAccounts | None = None
        self._housekeeping: Housekeeping | None = None
        self._ready = ready
        self._snapshots = snapshots

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._pipeline.journal.close()
        self._pipeline.waiting.stop()
        if self._snapshots:
            await self._snapshots.stop()
        if self._idle:
            await self._idle.stop()
        if self._housekeeping:
            await self._housekeeping.stop()
        asyncio.get_running_loop().call_later(_SHUTDOWN_TIMEOUT, self._abort_connections)
        await super().shutdown(sockets)

    def _abort_connections(self) -> None:
        """End what clients neither finish sending nor read: uvicorn would take its end for an error."""
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        keeper = self._pipeline.keeper
        if keeper is not None:
            from duolect.store import housekeeping  # noqa: PLC0415 - as above

            keeper.commits.start()
            self._housekeeping = (
                housekeeping.Housekeeping(keeper, enough=housekeeping.SHARED)
                if self._shared
                else housekeeping.Housekeeping(keeper)
            )
            self._housekeeping.start()
        if self._forget_after:
            from duolect.calls.idle import IdleAccounts  # noqa: PLC0415 - most servers keep all accounts

            self._idle = IdleAccounts(self._pipeline, self._forget_after, self._housekeeping)
            self._idle.start()
        await super().startup(sockets)
        tune_garbage_collection()
        if self._snapshots:
            self._snapshots.start()
        _say(self._ready)


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
