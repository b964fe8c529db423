"""The vendor's errors for security groups and their rules."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.tencent.says import Says

_REFUSED: Final = "A rule of `{group_id}` cannot name this security group."
_FORM: Final = "Protocol, port and addresses of the rule exclude each other: {rule}."
_SAME: Final = "The rules of `{group_id}` would not all differ: {rule}."
_LIMIT: Final = "The quota of {limit} would be exceeded on `{resource_id}`."
_COEXIST: Final = Says("InvalidParameter.Coexist", _FORM)
_DUPLICATE: Final = Says("UnsupportedOperation.DuplicatePolicy", _SAME)

TABLE: Final[Mapping[type[core.CoreError], Says]] = MappingProxyType(
    {
        core.PeerGroupNotFound: Says("ResourceNotFound", "The resource `{resource_id}` does not exist."),
        core.RuleNotFound: Says("ResourceNotFound", "The resource `{resource_id}` does not exist."),
        core.GroupNamedByRule: Says(
            "UnsupportedOperation", "A rule of `{held_by}` names the security group `{resource_id}`."
        ),
        core.GroupIsDefault: Says(
            "UnsupportedOperation", "The default security group `{group_id}` cannot be deleted."
        ),
        core.TrustFixed: Says("UnsupportedOperation", _REFUSED),
        core.PeerIsGroupItself: Says("UnsupportedOperation", _REFUSED),
        core.EnterpriseGroupNamesGroup: Says("UnsupportedOperation", _REFUSED),
        core.EnterpriseGroupNamed: Says("UnsupportedOperation", _REFUSED),
        core.GroupVersionStale: Says(
            "UnsupportedOperation.VersionMismatch",
            "The rules of `{group_id}` are of the version {version}, not {seen}.",
        ),
        core.RuleUnmatched: Says("ResourceNotFound", "`{group_id}` has no such rule: {rule}."),
        core.RuleExists: _DUPLICATE,
        core.RuleRepeated: _DUPLICATE,
        core.RulePlaceInvalid: Says(
            "InvalidParameterValue.Range", "`{group_id}` has no place {rule} for a rule."
        ),
        core.RulePortsMismatch: _COEXIST,
        core.Ipv4ProtocolWithIpv6Block: _COEXIST,
        core.Ipv6ProtocolWithIpv4Block: _COEXIST,
        core.RuleBlocksMixed: _COEXIST,
        core.RulePeerFixed: Says("UnsupportedOperation", _REFUSED),
        core.PeerGroupNetworkMismatch: Says(
            "UnsupportedOperation.VpcMismatch",
            "`{resource_id}` is in the VPC `{network_id}`, `{other_id}` in `{other_network_id}`.",
        ),
        core.RuleQuotaExceeded: Says("LimitExceeded", _LIMIT),
        core.NamingRuleQuotaExceeded: Says("LimitExceeded", _LIMIT),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], Says]] = MappingProxyType(
    {
        ("CreateSecurityGroupPolicies", core.RuleQuotaExceeded): Says(
            "LimitExceeded.SecurityGroupPolicySet", _LIMIT
        ),
        # The list of CreateSecurityGroupWithPolicies has no DuplicatePolicy.
        ("CreateSecurityGroupWithPolicies", core.RuleRepeated): Says("InvalidParameterValue", _SAME),
    }
)
