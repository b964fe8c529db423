"""Which partition is meant, now or as it was."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

import attrs

from duolect.calls.pipeline import Pipeline
from duolect.control.console.history import NoPast
from duolect.control.console.viewing import viewing_of
from duolect.members import Cloud, member
from duolect.problems import Problem
from duolect_core.engine.partition import Partition

_NO_PAST: Final = "The past of this partition is not recorded."
NO_PLACE: Final = {
    HTTPStatus.NOT_FOUND: "There is no such partition or resource, or its past is not known.",
}


@attrs.frozen(kw_only=True)
class Place:
    """A partition, now or as it was."""

    cloud: Cloud = member("alibaba or tencent")
    access_key: str = member("the account")
    region: str = member("the region, as its cloud calls it")
    version: int | None = member("as it was after so many of the recorded commands", default=None)
    instant: int | None = member(
        "with a version: as it was at an instant after it, in microseconds since 1970", default=None
    )


@asynccontextmanager
async def partition_at(pipeline: Pipeline, place: Place) -> AsyncIterator[Partition]:
    """Let the partition that is meant be read.

    Raises:
        Problem: there is none, or its past was not recorded.
    """
    found = pipeline.partitions.items(place.access_key, place.cloud, place.region)
    partition = next((each for _, each in found), None)
    if partition is None:
        raise Problem(HTTPStatus.NOT_FOUND, "There is no such partition.")
    if place.version is None:
        partition.settle(pipeline.state.now(place.access_key))
        yield partition
        return
    history = viewing_of(pipeline).history(partition)
    if history is None:
        raise Problem(HTTPStatus.NOT_FOUND, _NO_PAST)
    try:
        async with history.past(place.version, place.instant) as past:
            yield past
    except NoPast:
        raise Problem(HTTPStatus.NOT_FOUND, _NO_PAST) from None
