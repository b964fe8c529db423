"""The vendor's errors for security groups, their rules and their members."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.request_errors import (
    IN_USE,
    LIMIT,
    MANAGED,
    NOT_FOUND,
    UNSUPPORTED_TYPE,
    VPC_MISMATCH,
)

_REFUSED: Final = "A rule of `{group_id}` cannot name this security group."
_FORM: Final = "Protocol, port and addresses of the rule exclude each other: {rule}."
_SAME: Final = "The rules of `{group_id}` would not all differ: {rule}."
_COEXIST: Final = ErrorTemplate("InvalidParameter.Coexist", _FORM)
_DUPLICATE: Final = ErrorTemplate("UnsupportedOperation.DuplicatePolicy", _SAME)

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.GroupNotFound: NOT_FOUND,
        core.PeerGroupNotFound: NOT_FOUND,
        core.RuleNotFound: NOT_FOUND,
        core.GroupManaged: MANAGED,
        core.GroupClassicNetwork: ErrorTemplate(
            "UnsupportedOperation", "The security group `{resource_id}` is in the classic network."
        ),
        core.GroupHoldsInterfaces: IN_USE,
        core.GroupNamedByRule: ErrorTemplate(
            "UnsupportedOperation", "A rule of `{held_by}` names the security group `{resource_id}`."
        ),
        core.GroupIsDefault: ErrorTemplate(
            "UnsupportedOperation", "The default security group `{group_id}` cannot be deleted."
        ),
        core.TrustFixed: ErrorTemplate("UnsupportedOperation", _REFUSED),
        core.PeerIsGroupItself: ErrorTemplate("UnsupportedOperation", _REFUSED),
        core.EnterpriseGroupNamesGroup: ErrorTemplate("UnsupportedOperation", _REFUSED),
        core.EnterpriseGroupNamed: ErrorTemplate("UnsupportedOperation", _REFUSED),
        core.GroupVersionStale: ErrorTemplate(
            "UnsupportedOperation.VersionMismatch",
            "The rules of `{group_id}` are of the version {version}, not {seen}.",
        ),
        core.RuleUnmatched: ErrorTemplate("ResourceNotFound", "`{group_id}` has no such rule: {rule}."),
        core.RuleExists: _DUPLICATE,
        core.RuleRepeated: _DUPLICATE,
        core.RulePlaceInvalid: ErrorTemplate(
            "InvalidParameterValue.Range", "`{group_id}` has no place {rule} for a rule."
        ),
        core.RulePortsMismatch: _COEXIST,
        core.Ipv4ProtocolWithIpv6Block: _COEXIST,
        core.Ipv6ProtocolWithIpv4Block: _COEXIST,
        core.RuleBlocksMixed: _COEXIST,
        core.RulePeerFixed: ErrorTemplate("UnsupportedOperation", _REFUSED),
        core.GroupNetworkMismatch: VPC_MISMATCH,
        core.PeerGroupNetworkMismatch: VPC_MISMATCH,
        core.GroupKindsMixed: ErrorTemplate(
            "UnsupportedOperation", "The security groups of `{resource_id}` do not fit together."
        ),
        core.GroupKindUnsupported: UNSUPPORTED_TYPE,
        core.RulePortsFixed: _COEXIST,
        core.RuleServicesUnsupported: _COEXIST,
        core.RuleListVersionMismatch: _COEXIST,
        core.ListInClassicNetwork: ErrorTemplate("UnsupportedOperation", _REFUSED),
        core.AddressListNotFound: NOT_FOUND,
        core.RouteListNotFound: NOT_FOUND,
        core.ServiceListNotFound: NOT_FOUND,
        core.AddressListGroupNotFound: NOT_FOUND,
        core.ServiceListGroupNotFound: NOT_FOUND,
        core.RouteListNotAssociated: NOT_FOUND,
        core.ListBusy: ErrorTemplate(
            "UnsupportedOperation.MutexOperationTaskRunning", "A task of `{list_id}` is still running."
        ),
        core.ListNamedByGroup: IN_USE,
        core.ListNamedByRoute: IN_USE,
        core.ListInListGroup: IN_USE,
        core.ListEntryRepeated: ErrorTemplate(
            "InvalidParameterValue.Duplicate", "`{entry}` is named more than once."
        ),
        core.ListEntryPresent: ErrorTemplate(
            "InvalidParameterValue.Duplicate", "`{list_id}` has `{entry}` already."
        ),
        core.ListEntryMissing: ErrorTemplate("ResourceNotFound", "`{list_id}` does not have `{entry}`."),
        core.ListEntryVersionMismatch: ErrorTemplate(
            "InvalidParameterValue", "`{entry}` cannot be in `{list_id}`."
        ),
        core.ListQuotaExceeded: LIMIT,
        core.ListCapacityExceeded: LIMIT,
        core.ListFull: LIMIT,
        core.ListGroupsExceeded: LIMIT,
        core.ListGroupsOfRulesExceeded: LIMIT,
        core.GroupQuotaExceeded: LIMIT,
        core.RuleQuotaExceeded: LIMIT,
        core.NamingRuleQuotaExceeded: LIMIT,
        core.GroupsPerInterfaceExceeded: LIMIT,
        core.GroupMembersExceeded: LIMIT,
        core.GroupInterfacesExceeded: LIMIT,
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("CreateSecurityGroupPolicies", core.RuleQuotaExceeded): ErrorTemplate(
            "LimitExceeded.SecurityGroupPolicySet", LIMIT.template
        ),
        # The list of CreateSecurityGroupWithPolicies has no DuplicatePolicy.
        ("CreateSecurityGroupWithPolicies", core.RuleRepeated): ErrorTemplate(
            "InvalidParameterValue", _SAME
        ),
    }
)
