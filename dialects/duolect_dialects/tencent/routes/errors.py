"""The vendor's errors for route tables and routes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.request_errors import IN_USE, LIMIT, NOT_FOUND, VPC_MISMATCH

_UNDER_WAY: Final = "UnsupportedOperation"
_NO_HOP: Final = ErrorTemplate(
    "InvalidParameterValue", "The next hop `{resource_id}` does not exist in the VPC."
)
_OTHER_HOP: Final = ErrorTemplate(
    "InvalidParameterValue",
    "The next hop `{resource_id}` is in `{network_id}`, the route table in `{other_network_id}`.",
)
_LISTED: Final = ErrorTemplate("UnsupportedOperation", "No route leads to a list.")
"""There are no lists for routes here."""
_PUBLISHED: Final = "The route `{route_id}` is published, and has to be withdrawn first."
_PRIORITY_TAKEN: Final = "The priority {priority} is taken in `{resource_id}`."
_HAS_POLICY: Final = "The route table `{table_id}` has the policy `{policy_id}` already."

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.RouteTableNotFound: NOT_FOUND,
        core.RouteNotFound: NOT_FOUND,
        core.NextHopNotFound: _NO_HOP,
        core.NextHopNetworkMismatch: _OTHER_HOP,
        core.RouteTableBusy: ErrorTemplate(_UNDER_WAY, "The route table `{table_id}` is being changed."),
        core.RouteBusy: ErrorTemplate(_UNDER_WAY, "The route `{route_id}` is being changed."),
        core.RouteTableIsMain: ErrorTemplate(
            "UnsupportedOperation.DelDefaultRoute", "`{resource_id}` is the default route table of its VPC."
        ),
        core.RouteTableAssociated: ErrorTemplate(
            _UNDER_WAY, "The subnet `{subnet_id}` uses the route table `{table_id}` already."
        ),
        core.SubnetUsesOtherTable: ErrorTemplate(
            _UNDER_WAY, "The subnet `{subnet_id}` uses the route table `{table_id}`."
        ),
        core.RouteTableNotAssociated: ErrorTemplate(
            _UNDER_WAY, "The subnet `{subnet_id}` does not use the route table `{table_id}`."
        ),
        core.RouteTableNetworkMismatch: VPC_MISMATCH,
        core.RouteTableHoldsSubnets: ErrorTemplate(
            "UnsupportedOperation.DelRouteWithSubnet",
            "The route table `{resource_id}` is used by the subnet `{held_by}`.",
        ),
        core.RouteTableHoldsRoutes: IN_USE,
        core.NetworkHoldsRouteTables: IN_USE,
        core.NetworkHoldsRoutes: IN_USE,
        core.SubnetHoldsRouteTable: IN_USE,
        core.InstanceHoldsRoutes: IN_USE,
        core.RouteBlockInvalid: ErrorTemplate(
            "InvalidParameterValue", "No route can lead to the CIDR block `{address}`."
        ),
        core.RouteBlockInNetwork: ErrorTemplate(
            "InvalidParameterValue.VpcCidrConflict", "The CIDR block `{address}` lies in the VPC's own."
        ),
        core.RouteBlockListed: _LISTED,
        core.RouteListTaken: _LISTED,
        core.RouteBlockTaken: ErrorTemplate(
            "InvalidParameterValue.Duplicate", "The route table has this route to `{address}` already."
        ),
        core.RouteHopsDiffer: ErrorTemplate(
            "UnsupportedOperation.Ecmp", "The route table has a route to `{address}` by another next hop."
        ),
        core.RouteTableQuotaExceeded: LIMIT,
        core.RouteQuotaExceeded: LIMIT,
        core.RoutePublished: ErrorTemplate("UnsupportedOperation.DisabledNotifyCcn", _PUBLISHED),
        core.RouteNotPublished: ErrorTemplate(
            "UnsupportedOperation.NotifyCcn", "The route `{route_id}` is not published."
        ),
        core.RouteHasNoEffect: ErrorTemplate(
            "UnsupportedOperation.NotifyCcn", "The route `{route_id}` is disabled."
        ),
        core.RoutePolicyNotFound: NOT_FOUND,
        core.PolicyEntryNotFound: NOT_FOUND,
        core.PolicyPriorityTaken: ErrorTemplate(
            "InvalidParameterValue.RoutePolicyPriorityConflict", _PRIORITY_TAKEN
        ),
        core.RoutePolicyAssociated: ErrorTemplate(
            "InvalidParameterValue.RoutePolicyAssociationExists", _HAS_POLICY
        ),
        core.RoutePolicyNotAssociated: ErrorTemplate(
            "ResourceNotFound", "The route table `{table_id}` does not have the policy `{policy_id}`."
        ),
        core.RoutePolicyHoldsTables: ErrorTemplate(
            "UnsupportedOperation.RoutePolicyAssociation",
            "The route table `{held_by}` has the policy `{resource_id}`.",
        ),
        core.RoutePolicyQuotaExceeded: LIMIT,
        core.PolicyEntryQuotaExceeded: LIMIT,
        core.TablePolicyQuotaExceeded: LIMIT,
        **dict.fromkeys(
            (
                *(core.RouteTargetGroupNotFound, core.RouteTargetGroupBusy, core.RouteTargetActive),
                *(core.RouteTargetWeightFixed, core.RouteTargetGroupHoldsRoutes),
                core.NetworkHoldsRouteTargetGroups,
            ),
            ErrorTemplate("UnsupportedOperation", "No VPC has a group of route targets."),
        ),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("CreateRoutes", core.NextHopNotFound): ErrorTemplate(
            "InvalidParameterValue.RouteNextHopInvalid", _NO_HOP.template
        ),
        ("CreateRoutes", core.NextHopNetworkMismatch): ErrorTemplate(
            "InvalidParameterValue.RouteNextHopInvalid", _OTHER_HOP.template
        ),
        **{
            (action, core.RoutePublished): ErrorTemplate("UnsupportedOperation", _PUBLISHED)
            for action in ("ReplaceRoutes", "ResetRoutes", "ReplaceRoutesWithRoutePolicy")
        },
        **{
            (action, core.PolicyPriorityTaken): ErrorTemplate("InvalidParameterValue", _PRIORITY_TAKEN)
            for action in ("ResetRoutePolicyEntries", "ResetRoutePolicyAssociations")
        },
        ("ResetRoutePolicyAssociations", core.RoutePolicyAssociated): ErrorTemplate(
            "InvalidParameterValue.Duplicate", _HAS_POLICY
        ),
        **{
            ("ReplaceRoutesWithRoutePolicy", error): ErrorTemplate(_UNDER_WAY, TABLE[error].template)
            for error in (
                core.RouteHopsDiffer,
                core.NextHopNotFound,
                core.NextHopNetworkMismatch,
                core.RouteBlockInvalid,
                core.RouteBlockInNetwork,
            )
        },
        **{
            (action, error): ErrorTemplate(code, NOT_FOUND.template)
            for action in ("NotifyRoutes", "WithdrawNotifyRoutes")
            for error, code in (
                (core.RouteTableNotFound, "InvalidRouteTableId.NotFound"),
                (core.RouteNotFound, "InvalidRouteId.NotFound"),
            )
        },
    }
)
