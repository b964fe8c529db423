"""What a VPC or a subnet holds, counted by kind.

Source: the definitions in tccli. Of the kinds that the vendor counts the emulator has instances, subnets,
route tables, network ACLs, flow logs and NAT gateways; of addresses those are counted that are neither an
instance's nor an interface's, by the vendor's own word, which leaves those of HAVIPs.
"""

from typing import Final

import attrs

from duolect_core.graph.graph import Graph
from duolect_core.model.resources import InterfaceKind, Subnet
from duolect_core.networks.flow_logs import network_of
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.values import Each

_NOT_HERE: Final = (
    "Classiclink", "Dcg", "Pcx", "Vpngw", "NetworkDetect", "LB",
    "CDB", "Cmem", "CTSDB", "MariaDB", "SQLServer", "Postgres", "NAS", "Greenplumn", "Ckafka",
    "Grocery", "HSM", "Tcaplus", "Cnas", "TiDB", "Emr", "SEAL", "CFS", "Oracle", "ElasticSearch",
    "TBaaS", "Itop", "DBAudit", "CynosDBPostgres", "Redis", "MongoDB", "DCDB", "CynosDBMySQL",
)  # fmt: skip


@attrs.frozen(kw_only=True)
class DescribeVpcResourceDashboard:
    """Count what VPCs hold."""

    VpcIds: tuple[str, ...] = required(*common.non_empty(100), Each(common.VPC_ID))


@vpc_action()
def describe_vpc_resource_dashboard(session: Session, request: DescribeVpcResourceDashboard) -> Body:
    """Return the counts of each VPC; one that does not exist is an error."""
    graph = session.graph
    networks = [lookup.network(graph, vpc_id) for vpc_id in dict.fromkeys(request.VpcIds)]
    return {"ResourceDashboardSet": [_counts(graph, network.id) for network in networks]}


@attrs.frozen(kw_only=True)
class DescribeSubnetResourceDashboard:
    """Count what subnets hold."""

    SubnetIds: tuple[str, ...] = required(*common.non_empty(100), Each(common.SUBNET_ID))


@vpc_action()
def describe_subnet_resource_dashboard(session: Session, request: DescribeSubnetResourceDashboard) -> Body:
    """Return the used addresses and the counts of each subnet; kinds of which it has none are left out."""
    graph = session.graph
    subnets = [lookup.subnet(graph, subnet_id) for subnet_id in dict.fromkeys(request.SubnetIds)]
    return {"ResourceStatisticsSet": [_statistics(graph, subnet) for subnet in subnets]}


def _statistics(graph: Graph, subnet: Subnet) -> Body:
    there = [graph.interfaces[each] for each in graph.interfaces_by_subnet.ids(subnet.id)]
    instances = sum(each.kind is InterfaceKind.PRIMARY for each in there)
    virtual = len(graph.virtual_addresses_by_subnet.ids(subnet.id))
    counts = (("CVM", instances), ("ENI", len(there) - instances), ("HAVIP", virtual))
    return {
        "VpcId": subnet.network_id,
        "SubnetId": subnet.id,
        "Ip": subnet.pool.usable - subnet.pool.free,
        "ResourceStatisticsItemSet": [
            {"ResourceType": name, "ResourceName": name, "ResourceCount": count}
            for name, count in counts
            if count
        ],
    }


def _counts(graph: Graph, vpc_id: str) -> Body:
    return {
        "VpcId": vpc_id,
        "SubnetId": "",
        **dict.fromkeys(_NOT_HERE, 0),
        "Ip": len(graph.virtual_addresses_by_network.ids(vpc_id)),
        "Nat": len(graph.nat_gateways_by_network.ids(vpc_id)),
        "CVM": len(graph.instances_by_network.ids(vpc_id)),
        "Subnet": len(graph.subnets_by_network.ids(vpc_id)),
        "RouteTable": len(graph.route_tables_by_network.ids(vpc_id)),
        "FlowLog": sum(network_of(graph, log) == vpc_id for log in graph.flow_logs.values()),
        "NetworkACL": len(graph.network_acls_by_network.ids(vpc_id)),
    }
