"""Asynchronous tasks: the request id of an asynchronous call is the handle of its task."""

import attrs

from duolect_dialects.action import Body
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.names import TASK_STATUS
from duolect_dialects.values import AtMost


@attrs.frozen(kw_only=True)
class DescribeVpcTaskResult:
    """Show how a task stands."""

    TaskId: str = required(AtMost(128), code="InvalidParameterValue")


@vpc_action()
def describe_vpc_task_result(session: Session, request: DescribeVpcTaskResult) -> Body:
    """Show RUNNING, SUCCESS or FAILED; ``Result`` is for batches only."""
    operation = session.partition.operation(request.TaskId)
    status = TASK_STATUS[operation.state]
    return {"Status": status, "Output": operation.reason or status, "Result": []}
