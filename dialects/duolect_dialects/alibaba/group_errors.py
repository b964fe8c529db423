"""The vendor's errors for security groups and their rules.

Sources: the pages of the actions on security groups, those of 2025 where they could be read. Of the codes
that tell the same, the one is taken that the page explains in the words of the situation.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.says import Says

_QUOTA: Final = "No more than {limit} are allowed"
_FORM: Final = "The protocol, ports and addresses of the rule do not fit together: {rule}."

TABLE: Final[Mapping[type[core.CoreError], Says]] = MappingProxyType(
    {
        core.PeerGroupNotFound: Says(
            "InvalidSourceGroupId.NotFound", 404, "The security group {resource_id} does not exist."
        ),
        core.RuleNotFound: Says(
            "InvalidSecurityGroupRuleId.NotFound",
            404,
            "The security group rule {resource_id} does not exist.",
        ),
        core.GroupNamedByRule: Says(
            "DependencyViolation",
            403,
            "A rule of the security group {held_by} names the security group {resource_id}.",
        ),
        core.GroupIsDefault: Says(
            "InvalidOperation.DeletionProtection",
            403,
            "The default security group {group_id} cannot be deleted.",
        ),
        core.TrustFixed: Says(
            "InvalidParameter.InnerAccessPolicy",
            404,
            "The InnerAccessPolicy of the enterprise security group {group_id} cannot be modified.",
        ),
        core.PeerIsGroupItself: Says(
            "InvalidParamter.Conflict", 403, "A rule of {group_id} cannot name that security group itself."
        ),
        core.EnterpriseGroupNamesGroup: Says(
            "InvalidGroupParameter.OperationDenied",
            400,
            "A rule of the enterprise security group {group_id} cannot name a security group.",
        ),
        core.EnterpriseGroupNamed: Says(
            "InvalidGroupAuthParameter.OperationDenied",
            400,
            "A rule cannot name the enterprise security group {group_id}.",
        ),
        core.GroupVersionStale: Says(
            "InvalidParameter", 400, "The rules of {group_id} are of the version {version}, not {seen}."
        ),
        core.RuleUnmatched: Says(
            "InvalidSecurityGroupRule.RuleNotExist",
            400,
            "The security group {group_id} has no such rule: {rule}.",
        ),
        core.RuleExists: Says(
            "InvalidOperation.RuleDuplicate",
            400,
            "The security group {group_id} has another such rule: {rule}.",
        ),
        core.RuleRepeated: Says(
            "InvalidParam.DuplicatePermissions", 400, "A rule is named more than once: {rule}."
        ),
        core.RulePlaceInvalid: Says(
            "InvalidParameter", 400, "The security group {group_id} has no place {rule} for a rule."
        ),
        core.RulePortsMismatch: Says("OperationDenied", 400, _FORM),
        core.Ipv4ProtocolWithIpv6Block: Says(
            "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", 400, _FORM
        ),
        core.Ipv6ProtocolWithIpv4Block: Says(
            "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", 400, _FORM
        ),
        core.RuleBlocksMixed: Says("InvalidParameter.Conflict", 400, _FORM),
        core.RulePeerFixed: Says(
            "InvalidOperation.ModifySgRuleEntityType",
            400,
            "The rule keeps the type of its source or destination; it would be: {rule}.",
        ),
        core.PeerGroupNetworkMismatch: Says(
            "InvalidSourceGroupId.Mismatch",
            400,
            "The security group {resource_id} is in another VPC than {other_id}.",
        ),
        core.RuleQuotaExceeded: Says(
            "AuthorizationLimitExceed", 403, f"{_QUOTA}: rules of the security group {{resource_id}}."
        ),
        core.NamingRuleQuotaExceeded: Says(
            "AuthorizedGroupRule.LimitExceed",
            400,
            f"{_QUOTA}: rules of the security group {{resource_id}} that name groups.",
        ),
    }
)

_NETWORK_TYPE: Final = "The security group {resource_id} is in the classic network."
_EGRESS: Final[Mapping[type[core.CoreError], Says]] = MappingProxyType(
    {
        core.PeerGroupNotFound: Says(
            "InvalidDestGroupId.NotFound", 404, "The security group {resource_id} does not exist."
        ),
        core.PeerGroupNetworkMismatch: Says(
            "InvalidDestGroupId.Mismatch",
            400,
            "The security group {resource_id} is in another VPC than {other_id}.",
        ),
        core.PeerIsGroupItself: Says(
            "InvalidSecurityGroup.IsSame",
            403,
            "A rule of {group_id} cannot name that security group itself.",
        ),
        core.GroupClassicNetwork: Says("InvalidNetworkType.Conflict", 403, _NETWORK_TYPE),
    }
)
_MODIFY: Final[Mapping[type[core.CoreError], Says]] = MappingProxyType(
    {
        core.RulePortsMismatch: Says("InvalidParam.ProtocolAndPortRangeMismatch", 400, _FORM),
        core.RuleUnmatched: Says(
            "SecurityGroupRule.NotFound", 404, "The security group {group_id} has no such rule: {rule}."
        ),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], Says]] = MappingProxyType(
    {
        **{
            (action, core.GroupClassicNetwork): Says("InvalidNetworkType.Mismatch", 403, _NETWORK_TYPE)
            for action in ("AuthorizeSecurityGroup", "ModifySecurityGroupRule")
        },
        **{
            (action, error): says
            for action in ("AuthorizeSecurityGroupEgress", "ModifySecurityGroupEgressRule")
            for error, says in _EGRESS.items()
        },
        **{
            (action, error): says
            for action in ("ModifySecurityGroupRule", "ModifySecurityGroupEgressRule")
            for error, says in _MODIFY.items()
        },
    }
)
