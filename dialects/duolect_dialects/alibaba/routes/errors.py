"""The vendor's errors for route tables and their entries.

Sources: the pages of the actions on them, of the VPC product.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.networks import errors as networks
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_TAKEN: Final = ErrorTemplate(
    "InvalidCIDRBlock.Duplicate", "The route table has a route to {address} already.", 400
)
_BAD_BLOCK: Final = "InvalidCidrBlock"
_IS_MAIN: Final = "The route table {resource_id} is the system's."

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.RouteTableNotFound: not_found("InvalidRouteTableId.NotFound", "route table"),
        core.RouteNotFound: ErrorTemplate(
            "InvalidRouteEntryId.NotFound", "The route entry {resource_id} does not exist.", 400
        ),
        core.NextHopNotFound: not_found("InvalidNextHopId.NotFound", "next hop"),
        core.NextHopNetworkMismatch: ErrorTemplate(
            "OperationFailed.InstanceDismatchCurrentVpc",
            "The next hop {resource_id} is in the VPC {network_id}, not in {other_network_id}.",
            404,
        ),
        core.RouteTableBusy: ErrorTemplate(
            "IncorrectStatus.RouteTableStatus", "The route table {table_id} is not Available.", 400
        ),
        core.RouteBusy: ErrorTemplate(
            "IncorrectRouteEntryStatus", "The route entry {route_id} is not Available.", 400
        ),
        core.RouteTableIsMain: ErrorTemplate("IncorrectRouteTableType", _IS_MAIN, 400),
        core.RouteTableAssociated: ErrorTemplate(
            "ResourceAlreadyAssociated.RouteTable",
            "The vSwitch {subnet_id} is associated with the route table {table_id} already.",
            400,
        ),
        core.SubnetUsesOtherTable: ErrorTemplate(
            "Forbidden.VSwitchAlreadyAssociatedRouteTable",
            "The vSwitch {subnet_id} is associated with the route table {table_id}.",
            404,
        ),
        core.RouteTableNotAssociated: ErrorTemplate(
            "OperationFailed.VSwitchNotAssociate",
            "The vSwitch {subnet_id} is not associated with the route table {table_id}.",
            404,
        ),
        core.RouteTableNetworkMismatch: ErrorTemplate(
            "Forbidden.NotInSameVpc",
            "{resource_id} is in the VPC {network_id}, {other_id} in {other_network_id}.",
            404,
        ),
        core.RouteTableHoldsSubnets: ErrorTemplate(
            "DependencyViolation.VSwitch",
            "The route table {resource_id} is still associated with the vSwitch {held_by}.",
            400,
        ),
        core.RouteTableHoldsRoutes: ErrorTemplate(
            "IncorrectRouteTableStatus.RouteEntryExist",
            "The route table {resource_id} still has the route entry {held_by}.",
            400,
        ),
        core.NetworkHoldsRouteTables: ErrorTemplate(
            "DependencyViolation.RouteTable",
            "The VPC {resource_id} still has the route table {held_by}.",
            400,
        ),
        core.NetworkHoldsRoutes: ErrorTemplate(
            "DependencyViolation.RouteEntry",
            "The VPC {resource_id} still has the route entry {held_by}.",
            400,
        ),
        core.SubnetHoldsRouteTable: ErrorTemplate(
            "DependencyViolation.RouteTable",
            "The vSwitch {resource_id} is still associated with the route table {held_by}.",
            400,
        ),
        core.InstanceHoldsRoutes: ErrorTemplate(
            "DependencyViolation.RouteEntry",
            "The route entry {held_by} still leads to the instance {resource_id}.",
            400,
        ),
        core.RouteBlockInvalid: ErrorTemplate(
            _BAD_BLOCK, "No route can lead to {address}, where the services of the cloud are.", 400
        ),
        core.RouteBlockInNetwork: ErrorTemplate(
            _BAD_BLOCK, "A vSwitch of the VPC has all of the CIDR block {address}.", 400
        ),
        core.RouteBlockTaken: _TAKEN,
        core.RouteBlockListed: ErrorTemplate(
            "OperationFailed.CidrConflictWithPrefixList",
            "The route table has a route to a prefix list with {address}.",
            400,
        ),
        core.RouteListTaken: ErrorTemplate(
            "ResourceAlreadyAssociated.PrefixList",
            "The route table {table_id} has a route to {list_id} already.",
            400,
        ),
        core.RouteListNotFound: ErrorTemplate(
            "ResourceNotFound.PrefixList", "The prefix list {resource_id} does not exist.", 400
        ),
        core.RouteListNotAssociated: ErrorTemplate(
            "ResourceNotFound.PrefixlistAssociation",
            "The route table {resource_id} has no route to the prefix list.",
            400,
        ),
        core.ListNamedByRoute: ErrorTemplate(
            "DependencyViolation.PrefixListRelation",
            "The route entry {held_by} still leads to the prefix list {resource_id}.",
            400,
        ),
        core.ListBusy: ErrorTemplate(
            "IncorrectStatus.PrefixList", "The prefix list {list_id} is not Created.", 400
        ),
        core.RouteHopsDiffer: _TAKEN,
        core.RouteTargetGroupNotFound: not_found("ResourceNotFound.RouteTargetGroup", "route target group"),
        core.RouteTargetGroupBusy: ErrorTemplate(
            "TaskConflict", "The route target group {group_id} is being changed.", 400
        ),
        core.RouteTargetActive: ErrorTemplate(
            "OperationDenied",
            "The member {member_id} of the route target group {group_id} is enabled.",
            400,
        ),
        core.RouteTargetWeightFixed: ErrorTemplate(
            "OperationDenied", "The members of the route target group {group_id} keep their weights.", 400
        ),
        core.RouteTargetGroupHoldsRoutes: ErrorTemplate(
            "DependencyViolation.RouteEntry",
            "The route entry {held_by} still leads to the route target group {resource_id}.",
            400,
        ),
        core.NetworkHoldsRouteTargetGroups: ErrorTemplate(
            "OperationDenied", "The VPC {resource_id} still has the route target group {held_by}.", 403
        ),
        core.RoutePublished: ErrorTemplate(
            "OperationDenied", "The route entry {route_id} is published.", 400
        ),
        core.RouteNotPublished: ErrorTemplate(
            "ResourceNotAssociated.TargetInstance",
            "The route entry {route_id} is not published to the target.",
            400,
        ),
        core.RouteHasNoEffect: ErrorTemplate(
            "OperationDenied", "The route entry {route_id} has no effect.", 400
        ),
        **dict.fromkeys(
            (
                *(core.RoutePolicyNotFound, core.PolicyEntryNotFound, core.PolicyPriorityTaken),
                *(core.RoutePolicyAssociated, core.RoutePolicyNotAssociated, core.RoutePolicyHoldsTables),
                *(core.RoutePolicyQuotaExceeded, core.PolicyEntryQuotaExceeded),
                core.TablePolicyQuotaExceeded,
            ),
            ErrorTemplate("OperationDenied", "No route table has a policy.", 400),
        ),
        core.RouteTableQuotaExceeded: quota(
            "QuotaExceeded.RouteTable", "route tables of {resource_id}", 400
        ),
        core.RouteQuotaExceeded: quota("QuotaExceeded", "route entries of {resource_id}", 400),
    }
)
OF_ENTRIES: Final[ErrorTable] = MappingProxyType({**networks.TABLE, **TABLE})
"""What can be wrong with an entry: the VPC and its vSwitches are looked at too."""

BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        ("AssociateRouteTable", core.RouteTableBusy): ErrorTemplate(
            "IncorrectStatus.RouteTable", "The route table {table_id} is not Available.", 404
        ),
        ("AssociateRouteTable", core.RouteTableIsMain): ErrorTemplate(
            "OperationDenied.SwitchToSystemRouteTable", _IS_MAIN, 400
        ),
        ("UnassociateRouteTable", core.RouteTableIsMain): ErrorTemplate(
            "OperationUnsupported.SystemRouteTable", _IS_MAIN, 404
        ),
        ("DeleteRouteTable", core.RouteTableBusy): ErrorTemplate(
            "IncorrectRouteTableStatus", "The route table {table_id} is not Available.", 404
        ),
        **for_actions(
            ["CreateRouteTargetGroup", "PublishVpcRouteEntries", "WithdrawVpcPublishedRouteEntries"],
            {
                core.NetworkBusy: ErrorTemplate(
                    "IncorrectStatus.Vpc", "The VPC {network_id} is not Available.", 400
                )
            },
        ),
        **for_actions(
            ["DescribeRouteEntryList"],
            {
                core.RouteTableNotFound: ErrorTemplate(
                    "InvalidRouteTable.NotFound", "The route table {resource_id} does not exist.", 400
                )
            },
        ),
    }
)
