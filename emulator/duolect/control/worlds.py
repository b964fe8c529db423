"""Control of worlds: creating networks, instances, interfaces in accounts of a running emulator."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

import attrs

from duolect.calls.pipeline import Pipeline
from duolect.control.routes import ControlRequest, Route
from duolect.control.server import PartitionName
from duolect.members import member
from duolect.problems import Problem
from duolect.settings.checks import kebab_case
from duolect.settings.toml_lines import Lines
from duolect.state.world_file import parse
from duolect.state.worlds import ANY_ACCOUNT, World, WorldError
from duolect_dialects.dialect import Dialect


@attrs.frozen(kw_only=True)
class Laid:
    """What a request has laid."""

    worlds: tuple[PartitionName, ...] = member("where; the access key * is every account")
    keys: tuple[str, ...] = member("the access keys that are known now")


@attrs.frozen(kw_only=True)
class Standing:
    """The worlds with which accounts begin."""

    worlds: tuple[PartitionName, ...] = member("where; the access key * is every account")


async def list_worlds(pipeline: Pipeline, _: ControlRequest) -> Standing:
    """List the worlds with which accounts begin: those of files, and those laid for every account."""
    return Standing(worlds=_names(pipeline.partitions.worlds.standing))


async def lay_worlds(pipeline: Pipeline, request: ControlRequest) -> Laid:
    """Lay worlds before accounts, and make access keys known.

    The body is what a world file holds, as JSON or, labelled application/toml, as it is: for each cloud a
    list of worlds, and ``keys``. What is laid for a named account is there at once, and goes when the
    account is reset. A world without an account is one of every account: each begins with it from now on,
    also after a reset, and an account that has been used in its region has it from its next reset on.
    """
    dialects, partitions = {dialect.name: dialect for dialect in pipeline.dialects}, pipeline.partitions
    used = {placed.key for placed in partitions.placed()}
    standing: list[World] = []
    try:
        worlds, keys = parse(request.body, pipeline.dialects)
        standing += (world for world in worlds if world.account == ANY_ACCOUNT)
        named = [world for world in worlds if world.account != ANY_ACCOUNT]
        for world in named:
            _check(world)
        partitions.worlds.put_up(standing)
        _try(pipeline, dialects, standing)
        wanted = [(dialects[world.cloud], world) for world in named]
        partitions.worlds.add(
            [(each, world, partitions.get(each, world.account, world.region)) for each, world in wanted]
        )
    except WorldError as error:
        partitions.worlds.take_down(standing)
        for cloud, access_key, region in {placed.key for placed in partitions.placed()} - used:
            partitions.forget(access_key, cloud, region)
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, _described(error, request.lines)) from None
    for name, key in keys.items():
        pipeline.access.authenticator.put_key(name, key)
    return Laid(worlds=_names(worlds), keys=tuple(keys))


async def drop_worlds(pipeline: Pipeline, _: ControlRequest) -> None:
    """Take away what was laid for every account, but for what a file has laid.

    Accounts that have begun with it keep what they have until they are reset.
    """
    pipeline.partitions.worlds.take_down()


def _try(pipeline: Pipeline, dialects: Mapping[str, Dialect], standing: Sequence[World]) -> None:
    """Raise where an account could not begin with these worlds and with those that it has already."""
    for cloud, account, region in pipeline.partitions.worlds.concerned(standing):
        pipeline.partitions.try_worlds(dialects[cloud], account, region)


def _described(error: WorldError, lines: Lines | None) -> str:
    """Return what is wrong, after its line or, in JSON, its path."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.key_path)
    place = path.removeprefix(".") if lines is None else f"line {lines.of(error.key_path)}"
    return f"{place}: {error}".removeprefix(": ").removesuffix(".") + "."


def _names(worlds: Sequence[World]) -> tuple[PartitionName, ...]:
    return tuple(
        PartitionName(cloud=world.cloud, access_key=world.account, region=world.region) for world in worlds
    )


def _check(world: World) -> None:
    """Raise where a world of a named account has what can only be had from its beginning."""
    for name in map(kebab_case, world.settings):
        reason = f"only a world file, and a world of every account, has {name}"
        raise WorldError((*world.key_path, name), reason)


_PATH: Final = "/_duolect/worlds"
ROUTES: Final = (
    Route(method="GET", path=_PATH, run=list_worlds, reply=Standing),
    Route(
        method="POST",
        path=_PATH,
        run=lay_worlds,
        raw=True,
        toml=True,
        reply=Laid,
        status=HTTPStatus.CREATED,
        max_body=2**20,
    ),
    Route(method="DELETE", path=_PATH, run=drop_worlds, status=HTTPStatus.NO_CONTENT),
)
