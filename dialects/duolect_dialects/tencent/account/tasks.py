"""Asynchronous tasks: the request id of an asynchronous call is the handle of its task."""

from typing import Final

import attrs

from duolect_dialects.action import Action, Body, required
from duolect_dialects.session import Session
from duolect_dialects.tencent.common import VERSION
from duolect_dialects.tencent.names import TASK_STATUS
from duolect_dialects.values import AtMost


@attrs.frozen(kw_only=True)
class DescribeVpcTaskResult:
    """Show how a task stands."""

    TaskId: str = required(AtMost(128), code="InvalidParameterValue")


def describe_vpc_task_result(session: Session, request: DescribeVpcTaskResult) -> Body:
    """Show RUNNING, SUCCESS or FAILED; ``Result`` is for batches only."""
    session.partition.settle(session.at)
    operation = session.partition.operation(request.TaskId)
    status = TASK_STATUS[operation.state]
    return {"Status": status, "Output": operation.reason or status, "Result": []}


ACTIONS: Final = (
    Action(
        name="DescribeVpcTaskResult",
        product="vpc",
        version=VERSION,
        request=DescribeVpcTaskResult,
        run=describe_vpc_task_result,
    ),
)
