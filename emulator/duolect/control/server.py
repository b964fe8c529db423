"""Control of the server as a whole: its health, what it serves, and forgetting."""

from functools import partial
from http import HTTPStatus
from importlib import import_module
from typing import Any, Final

import attrs
from starlette.responses import JSONResponse, Response

from duolect import __version__
from duolect.calls.background import in_background, let_go
from duolect.calls.pipeline import Pipeline
from duolect.control import reading
from duolect.control.answers import answer
from duolect.control.routes import ControlRequest, Route
from duolect.coverage import coverage
from duolect.members import Cloud, member
from duolect.record.metrics import exposition


@attrs.frozen(kw_only=True)
class StoreHealth:
    """How the store does that outlives the process."""

    name: str = member("what it is: the file")
    sync: str = member("what an answer waits for: normal or full")
    reason: str = member("why it cannot be written, in which case calls are refused; empty where it can")
    commands: int = member("how many commands the next start would repeat, slow ones counted for more")


@attrs.frozen(kw_only=True)
class Health:
    """That the emulator serves."""

    status: str = member("ok, or failing where the state cannot be kept and calls are refused")
    version: str = member("the emulator's version")
    dialects: dict[str, int] = member("how many actions of each cloud are served")
    store: StoreHealth | None = member("the store that outlives the process; null where there is none")
    detail: str = member("why it is failing; empty where it is not")


async def health(pipeline: Pipeline, _: ControlRequest) -> Response:
    """Say that the emulator serves, and how many actions of each cloud.

    While its store cannot be written, calls are refused: then the status is 503.
    """
    store = None
    if (keeper := pipeline.keeper) is not None:
        store = StoreHealth(
            name=str(keeper.store),
            sync=keeper.store.sync,
            reason=keeper.commits.failure,
            commands=keeper.work,
        )
    failing = store is not None and bool(store.reason)
    tree = Health(
        status="failing" if failing else "ok",
        version=__version__,
        dialects={each.name: len(each.actions) for each in pipeline.dialects},
        store=store,
        detail="" if store is None else store.reason,
    )
    return JSONResponse(reading.write(tree), HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK)


async def show_coverage(pipeline: Pipeline, _: ControlRequest) -> dict[str, Any]:
    """Show every action with its parameters and codes."""
    return await in_background(partial(coverage.tree, pipeline.dialects))


async def show_metrics(pipeline: Pipeline, _: ControlRequest) -> Response:
    """Show counts and durations of calls, and what exists, in Prometheus's text format."""
    await in_background(partial(import_module, "prometheus_client"))
    make = partial(exposition, pipeline.metrics, pipeline.partitions)
    return await answer(lambda: (make(),), pipeline.partitions.used, _PROMETHEUS)


@attrs.frozen(kw_only=True)
class Scope:
    """Which partitions are meant: without any parameter, all."""

    access_key: str | None = member("one account", default=None)
    cloud: Cloud | None = member("one cloud", default=None)
    region: str | None = member("one region", default=None)


@attrs.frozen(kw_only=True)
class PartitionName:
    """The name of a partition: an account's world in one region of one cloud."""

    cloud: str = member("alibaba or tencent")
    access_key: str = member("the account")
    region: str = member("the region, as its cloud calls it")


@attrs.frozen(kw_only=True)
class Forgotten:
    """What a reset forgot."""

    forgotten: tuple[PartitionName, ...] = member("the partitions that are gone")


async def reset(pipeline: Pipeline, request: ControlRequest) -> Forgotten:
    """Forget everything, or with parameters one account, cloud or region.

    What is forgotten begins anew at the next request, with the same ids as the first time. Calls that a
    fault lets wait are forgotten too: they are refused, and never carried out. An account of which all is
    forgotten has the common clock and durations again.
    """
    scope: Scope = request.query
    forgotten = pipeline.partitions.forget(scope.access_key, scope.cloud, scope.region)
    if scope.cloud is None and scope.region is None:
        pipeline.partitions.forget_durations(scope.access_key)
    await pipeline.waiting.settled()
    await let_go(forgotten.values())
    return Forgotten(
        forgotten=tuple(
            PartitionName(cloud=cloud, access_key=access_key, region=region)
            for cloud, access_key, region in forgotten
        )
    )


_PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"
ROUTES: Final = (
    Route(method="GET", path="/_duolect/metrics", run=show_metrics, reply=str, media=_PROMETHEUS),
    Route(method="GET", path="/_duolect/health", run=health, reply=Health, is_open=True),
    Route(method="GET", path="/_duolect/coverage", run=show_coverage, reply=dict),
    Route(
        method="POST", path="/_duolect/reset", run=reset, query=Scope, reply=Forgotten, status=HTTPStatus.OK
    ),
)
