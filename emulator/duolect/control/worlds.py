"""Control of worlds: creating networks, instances, interfaces in accounts of a running emulator."""

from http import HTTPStatus
from typing import Final

import attrs

from duolect.calls.pipeline import Pipeline
from duolect.control.routes import ControlRequest, Route
from duolect.control.server import PartitionName
from duolect.members import member
from duolect.problems import Problem
from duolect.settings.settings import kebab_case
from duolect.state.world_file import parse
from duolect.state.worlds import ANY_ACCOUNT, World, WorldError


@attrs.frozen(kw_only=True)
class Laid:
    """What a request has laid."""

    worlds: tuple[PartitionName, ...] = member("where")
    keys: tuple[str, ...] = member("the access keys that are known now")


async def lay_worlds(pipeline: Pipeline, request: ControlRequest) -> Laid:
    """Lay worlds before accounts, and make access keys known.

    The body is what a world file holds, as JSON: for each cloud a list of worlds, each of one account, and
    ``keys``. What is laid is there at once, and goes when the account is reset.
    """
    dialects, partitions = {dialect.name: dialect for dialect in pipeline.dialects}, pipeline.partitions
    used = {key for key, _ in partitions.items()}
    try:
        worlds, keys = parse(request.body, pipeline.dialects)
        for world in worlds:
            _check(world)
        wanted = [(dialects[world.cloud], world) for world in worlds]
        partitions.worlds.add(
            [(each, world, partitions.get(each, world.account, world.region)) for each, world in wanted]
        )
    except WorldError as error:
        for cloud, access_key, region in {key for key, _ in partitions.items()} - used:
            partitions.forget(access_key, cloud, region)
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.key_path)
        detail = f"{path.removeprefix('.')}: {error}".removeprefix(": ")
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{detail.removesuffix('.')}.") from None
    pipeline.access.authenticator.keys.update(keys)
    return Laid(
        worlds=tuple(
            PartitionName(cloud=world.cloud, access_key=world.account, region=world.region)
            for world in worlds
        ),
        keys=tuple(keys),
    )


def _check(world: World) -> None:
    """Raise where a world is for a file only."""
    if world.account == ANY_ACCOUNT:
        raise WorldError(
            world.key_path, "account is missing: only a world file has worlds of every account"
        )
    for name in map(kebab_case, world.settings):
        raise WorldError((*world.key_path, name), f"only a world file has {name}")


ROUTES: Final = (
    Route(
        method="POST",
        path="/_duolect/worlds",
        run=lay_worlds,
        raw=True,
        reply=Laid,
        status=HTTPStatus.CREATED,
        max_body=2**20,
    ),
)
