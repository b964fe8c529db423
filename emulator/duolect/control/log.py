"""Control of the log of commands that a store keeps: what was done to a partition, and what it was then."""

from functools import partial
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import attrs
import orjson

from duolect.calls.background import in_background
from duolect.calls.pipeline import Pipeline
from duolect.control.clock import iso
from duolect.control.routes import ControlRequest, Route
from duolect.control.server import Scope
from duolect.members import Cloud, member
from duolect.problems import Problem, nearest
from duolect.record.commands import commands
from duolect.state.partitions import Key
from duolect_core.engine.partition import Partition

if TYPE_CHECKING:  # most states end with their process
    from duolect.store.interface import Record
    from duolect.store.keeper import Keeper

_MOST: Final = 1_000
"""How many commands one answer holds at most."""
_NO_STORE: Final = "No store keeps the past: start the emulator with --store sqlite:///FILE."


@attrs.frozen(kw_only=True)
class LogQuery:
    """Which partition is meant, and which of its commands."""

    access_key: str = member("the account")
    cloud: Cloud = member("its cloud")
    region: str = member("the region")
    since: int = member("only commands with a higher version", default=0)
    command: str | None = member("only commands of this name, such as CreateInterface", default=None)
    limit: int = member(f"how many at most, up to {_MOST}", default=100)


@attrs.frozen(kw_only=True)
class LoggedCommand:
    """A command that a partition has carried out."""

    version: int = member("its number in the partition's log: the partition's version after it")
    at: str = member("when, ISO 8601 in UTC")
    command: str = member("what it is, as the core names it")
    request_id: str = member("the request that it came of, which the journal has; empty where it was none")
    told: dict[str, Any] = member("all of it, as the log has it")


@attrs.frozen(kw_only=True)
class Log:
    """A part of the log of a partition."""

    latest: int = member("the version of the partition's latest command")
    reach: int = member("the oldest version that can still be seen; commands after it are in the log")
    commands: tuple[LoggedCommand, ...] = member("the commands, oldest first")


async def show_log(pipeline: Pipeline, request: ControlRequest) -> Log:
    """Show the commands of a partition, oldest first.

    A log begins anew where a partition is reset or restored. How far it reaches back is ``reach``.
    """
    query: LogQuery = request.query
    await in_background(partial(import_module, "duolect.store.past"))
    from duolect.store.past import NoPast, log_of  # noqa: PLC0415 - only a store has one

    if query.command is not None and query.command not in (names := await in_background(commands)):
        hint = nearest(query.command, names)
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"There is no command {query.command[:100]}; {hint}."
        )
    if not 1 <= query.limit <= _MOST:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"limit must be from 1 to {_MOST}.")
    wanted = query.command

    def is_wanted(record: "Record") -> bool:
        return wanted in {None, record.command}

    keeper, key = _found(pipeline, query.cloud, query.access_key, query.region)
    try:
        part = await log_of(keeper, key, query.since, query.limit, is_wanted)
    except NoPast as reason:
        raise Problem(HTTPStatus.CONFLICT, f"{reason}.") from None
    return Log(latest=part.latest, reach=part.reach, commands=tuple(map(_told, part.records)))


def _told(record: "Record") -> LoggedCommand:
    tree = orjson.loads(record.entry)
    return LoggedCommand(
        version=record.version,
        at=iso(record.at),
        command=record.command,
        request_id=tree.get("operation_id", ""),
        told=tree,
    )


def _found(pipeline: Pipeline, cloud: str, access_key: str, region: str) -> tuple["Keeper", Key]:
    """Return who keeps a partition, and its key, or raise where nobody does."""
    key = cloud, access_key, region
    if pipeline.keeper is None:
        raise Problem(HTTPStatus.CONFLICT, _NO_STORE)
    if key not in pipeline.keeper.kept:
        detail = f"{access_key[:100]} has used nothing in {cloud} {region[:100]}."
        raise Problem(HTTPStatus.NOT_FOUND, detail)
    return pipeline.keeper, key


async def past(pipeline: Pipeline, scope: Scope, version: int) -> tuple[Key, Partition]:
    """Return a partition as it was after a version, at that instant, and its key.

    Raises:
        Problem: the scope names no partition, or what it was is not kept.
    """
    if scope.cloud is None or scope.access_key is None or scope.region is None:
        detail = "at goes with cloud, access_key and region: a version is theirs."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    keeper, key = _found(pipeline, scope.cloud, scope.access_key, scope.region)
    await in_background(partial(import_module, "duolect.store.past"))
    from duolect.store.interface import StoreError  # noqa: PLC0415 - only a store has a past
    from duolect.store.past import NoPast, past_of  # noqa: PLC0415 - likewise

    try:
        return key, await in_background(await past_of(keeper, key, version))
    except (NoPast, StoreError) as reason:
        raise Problem(HTTPStatus.CONFLICT, f"{reason}.") from None


ROUTES: Final = (
    Route(
        method="GET",
        path="/_duolect/log",
        run=show_log,
        query=LogQuery,
        reply=Log,
        refuses={
            HTTPStatus.NOT_FOUND: "There is no such partition.",
            HTTPStatus.CONFLICT: "No store keeps the log.",
            HTTPStatus.UNPROCESSABLE_ENTITY: "There is no such command.",
        },
    ),
)
