"""Interrupting spot instances, as their cloud does when it needs them for others."""

from http import HTTPStatus
from typing import Final

import attrs

from duolect.calls.pipeline import Pipeline
from duolect.control.clock import iso
from duolect.control.routes import ControlRequest, Route, everything
from duolect.members import Cloud, member
from duolect.problems import Problem
from duolect.settings import durations
from duolect_core.errors import CoreError
from duolect_core.instances.lifecycle import ReclaimInstance


@attrs.frozen(kw_only=True)
class InterruptionWanted:
    """Which spot instance is interrupted, and how long before it is taken back."""

    instance_id: str = member("its id")
    notice: str | None = member("such as 30s; without it as long as the cloud's", default=None)
    access_key: str | None = member("only if it is one account's", default=None)
    cloud: Cloud | None = member("only if it is on one cloud", default=None)
    region: str | None = member("only if it is in one region", default=None)


@attrs.frozen(kw_only=True)
class Interruption:
    """A spot instance that is about to be taken back."""

    instance_id: str = member("its id")
    cloud: str = member("alibaba or tencent")
    access_key: str = member("the account")
    region: str = member("the region, as its cloud calls it")
    due: str = member("when it is taken back, ISO 8601 in UTC")


async def interrupt(pipeline: Pipeline, request: ControlRequest) -> Interruption:
    """Let a cloud announce that it takes a spot instance back, which it does when the notice is over."""
    wanted: InterruptionWanted = request.body
    dialects = {each.name: each for each in pipeline.dialects}
    for key, partition in pipeline.partitions.items(wanted.access_key, wanted.cloud, wanted.region):
        cloud, account, region = key
        at = pipeline.state.now(account)
        partition.settle(at)
        instance = partition.graph.instances.get(wanted.instance_id)
        if instance is None:
            continue
        notice = dialects[cloud].spot_notice(instance)
        if notice is None:
            raise Problem(HTTPStatus.CONFLICT, "The instance is no spot instance.")
        try:
            notice = notice if wanted.notice is None else durations.parse(wanted.notice)
            partition.execute(ReclaimInstance(instance.id, notice), at)
        except durations.DurationError as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"notice: {error}.") from None
        except CoreError:
            raise Problem(HTTPStatus.CONFLICT, "The instance is not up, or interrupted already.") from None
        return Interruption(
            instance_id=instance.id, cloud=cloud, access_key=account, region=region, due=iso(at + notice)
        )
    raise Problem(HTTPStatus.NOT_FOUND, "There is no such instance.")


ROUTES: Final = (
    Route(
        method="POST",
        path="/_duolect/interruptions",
        run=interrupt,
        body=InterruptionWanted,
        wants=everything,
        reply=Interruption,
        status=HTTPStatus.CREATED,
        refuses={
            HTTPStatus.NOT_FOUND: "There is no such instance.",
            HTTPStatus.CONFLICT: "It is no spot instance, not up, or interrupted already.",
        },
    ),
)
