"""The instances of a VPC, as the VPC service lists them.

Source: the definitions in tccli.
"""

import attrs

from duolect_core.graph.graph import Graph
from duolect_core.model.instances import Instance
from duolect_dialects.action import Body
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterTable, vpc_action
from duolect_dialects.tencent.instances import views
from duolect_dialects.tencent.names import local_time


@attrs.frozen(kw_only=True, slots=False)
class DescribeVpcInstances:
    """List instances, newest first, by filters that must all match."""

    Filters: tuple[Filter, ...] = required(*common.non_empty(10))
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_vpc_instances(session: Session, request: DescribeVpcInstances) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _filters(graph), (), request.Filters)
    page = common.page(graph.instances, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "InstanceSet": [_instance(session, shown) for shown in page.items],
    }


def _filters(graph: Graph) -> "FilterTable[Instance]":
    return {
        "vpc-id": common.by(graph.instances_by_network),
        "instance-id": common.by_ids,
        "instance-name": common.named_with(graph.instance_names),
    }


def _instance(session: Session, shown: Instance) -> Body:
    kind = session.rules.instance_types[shown.type_name]
    return {
        "VpcId": shown.network_id,
        "SubnetId": shown.subnet_id,
        "InstanceId": shown.id,
        "InstanceName": shown.name,
        "InstanceState": views.instance_state(shown),
        "CPU": kind.cpu,
        "Memory": int(kind.memory_gib),
        "CreatedTime": local_time(shown.created),
        "InstanceType": shown.type_name,
        "EniLimit": kind.interfaces,
        "EniIpLimit": kind.ipv4_per_interface,
        "InstanceEniCount": len(session.graph.interfaces_by_instance.ids(shown.id)),
    }
