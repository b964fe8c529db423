"""The vendor's errors for security groups and their rules."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

_REFUSED: Final = "A rule of `{group_id}` cannot name this security group."
_FORM: Final = "Protocol, port and addresses of the rule exclude each other: {rule}."
_SAME: Final = "The rules of `{group_id}` would not all differ: {rule}."
_LIMIT: Final = "The quota of {limit} would be exceeded on `{resource_id}`."
_COEXIST: Final = ErrorTemplate("InvalidParameter.Coexist", _FORM)
_DUPLICATE: Final = ErrorTemplate("UnsupportedOperation.DuplicatePolicy", _SAME)

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.PeerGroupNotFound: ErrorTemplate(
            "ResourceNotFound", "The resource `{resource_id}` does not exist."
        ),
        core.RuleNotFound: ErrorTemplate(
            "ResourceNotFound", "The resource `{resource_id}` does not exist."
        ),
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
        core.PeerGroupNetworkMismatch: ErrorTemplate(
            "UnsupportedOperation.VpcMismatch",
            "`{resource_id}` is in the VPC `{network_id}`, `{other_id}` in `{other_network_id}`.",
        ),
        core.RuleQuotaExceeded: ErrorTemplate("LimitExceeded", _LIMIT),
        core.NamingRuleQuotaExceeded: ErrorTemplate("LimitExceeded", _LIMIT),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("CreateSecurityGroupPolicies", core.RuleQuotaExceeded): ErrorTemplate(
            "LimitExceeded.SecurityGroupPolicySet", _LIMIT
        ),
        # The list of CreateSecurityGroupWithPolicies has no DuplicatePolicy.
        ("CreateSecurityGroupWithPolicies", core.RuleRepeated): ErrorTemplate(
            "InvalidParameterValue", _SAME
        ),
    }
)
