"""Putting the parts together and serving them."""

import gc
import logging
import signal
import socket
import sys
from collections.abc import Sequence
from typing import NoReturn

import uvicorn

from duolect.app import make_app
from duolect.clock import Clock, RealClock
from duolect.partitions import Partitions
from duolect.pipeline import Pipeline
from duolect.settings import Settings, SettingsError
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.dialect import Dialect
from duolect_dialects.tencent.dialect import TencentDialect

READY = """Duolect is ready on {url}

  Alibaba Cloud   endpoint={address} protocol=http
  Tencent Cloud   endpoint={address} protocol=http
  Health          {url}/_duolect/health

Any access key works, and each key is an account of its own. Stop with Ctrl-C.
"""
_BACKLOG = 2048


def bootstrap(settings: Settings, clock: Clock | None = None) -> Pipeline:
    """Return the pipeline that the settings describe.

    Raises:
        SettingsError: a condition names a code that no action of its cloud documents.

    """
    dialects: Sequence[Dialect] = (AlibabaDialect(), TencentDialect())
    partitions = Partitions(
        settings.seed, {dialect.name: settings.of_cloud(dialect.name) for dialect in dialects}
    )
    conditions = settings.standing_conditions()
    for condition in conditions:
        dialect = next((each for each in dialects if each.name == condition.dialect), None)
        if dialect is None or not any(
            condition.code in dialect.documents(action)
            for action in dialect.actions.values()
            if condition.action in {"*", action.name}
        ):
            raise SettingsError(
                f"conditions: {condition.code} is not documented for {condition.action} "
                f"of {condition.dialect}"
            )
    return Pipeline(dialects, partitions, clock or RealClock(), conditions)


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is under way.

    Raises:
        SettingsError: the settings cannot be used, or the port is taken.

    """
    logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    app = make_app(bootstrap(settings), settings.max_body)
    listener = _listen(settings.host, settings.port)
    address = f"{settings.host}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        app,
        log_level=settings.log_level,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    # uvicorn stops in good order and then raises the signal again: being stopped is no failure.
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, _end)
    # What is there now stays: collections then look only at what requests leave behind.
    gc.collect()
    gc.freeze()
    sys.stdout.write(READY.format(url=f"http://{address}", address=address))
    sys.stdout.flush()
    server.run(sockets=[listener])


def _end(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsError(f"cannot listen on {host}:{port}: {error.strerror}") from None
    # Readiness is announced before the server's loop starts: until then, clients that connect wait here.
    listener.listen(_BACKLOG)
    return listener
