"""The vendor's errors for security groups and their rules.

Sources: the pages of the actions on security groups, those of 2025 where they could be read. Of the codes
that tell the same, the one is taken that the page explains in the words of the situation.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.error_template import ErrorTemplate

_QUOTA: Final = "No more than {limit} are allowed"
_FORM: Final = "The protocol, ports and addresses of the rule do not fit together: {rule}."

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.PeerGroupNotFound: ErrorTemplate(
            "InvalidSourceGroupId.NotFound", 404, "The security group {resource_id} does not exist."
        ),
        core.RuleNotFound: ErrorTemplate(
            "InvalidSecurityGroupRuleId.NotFound",
            404,
            "The security group rule {resource_id} does not exist.",
        ),
        core.GroupNamedByRule: ErrorTemplate(
            "DependencyViolation",
            403,
            "A rule of the security group {held_by} names the security group {resource_id}.",
        ),
        core.GroupIsDefault: ErrorTemplate(
            "InvalidOperation.DeletionProtection",
            403,
            "The default security group {group_id} cannot be deleted.",
        ),
        core.TrustFixed: ErrorTemplate(
            "InvalidParameter.InnerAccessPolicy",
            404,
            "The InnerAccessPolicy of the enterprise security group {group_id} cannot be modified.",
        ),
        core.PeerIsGroupItself: ErrorTemplate(
            "InvalidParamter.Conflict", 403, "A rule of {group_id} cannot name that security group itself."
        ),
        core.EnterpriseGroupNamesGroup: ErrorTemplate(
            "InvalidGroupParameter.OperationDenied",
            400,
            "A rule of the enterprise security group {group_id} cannot name a security group.",
        ),
        core.EnterpriseGroupNamed: ErrorTemplate(
            "InvalidGroupAuthParameter.OperationDenied",
            400,
            "A rule cannot name the enterprise security group {group_id}.",
        ),
        core.GroupVersionStale: ErrorTemplate(
            "InvalidParameter", 400, "The rules of {group_id} are of the version {version}, not {seen}."
        ),
        core.RuleUnmatched: ErrorTemplate(
            "InvalidSecurityGroupRule.RuleNotExist",
            400,
            "The security group {group_id} has no such rule: {rule}.",
        ),
        core.RuleExists: ErrorTemplate(
            "InvalidOperation.RuleDuplicate",
            400,
            "The security group {group_id} has another such rule: {rule}.",
        ),
        core.RuleRepeated: ErrorTemplate(
            "InvalidParam.DuplicatePermissions", 400, "A rule is named more than once: {rule}."
        ),
        core.RulePlaceInvalid: ErrorTemplate(
            "InvalidParameter", 400, "The security group {group_id} has no place {rule} for a rule."
        ),
        core.RulePortsMismatch: ErrorTemplate("OperationDenied", 400, _FORM),
        core.Ipv4ProtocolWithIpv6Block: ErrorTemplate(
            "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", 400, _FORM
        ),
        core.Ipv6ProtocolWithIpv4Block: ErrorTemplate(
            "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", 400, _FORM
        ),
        core.RuleBlocksMixed: ErrorTemplate("InvalidParameter.Conflict", 400, _FORM),
        core.RulePeerFixed: ErrorTemplate(
            "InvalidOperation.ModifySgRuleEntityType",
            400,
            "The rule keeps the type of its source or destination; it would be: {rule}.",
        ),
        core.PeerGroupNetworkMismatch: ErrorTemplate(
            "InvalidSourceGroupId.Mismatch",
            400,
            "The security group {resource_id} is in another VPC than {other_id}.",
        ),
        core.RuleQuotaExceeded: ErrorTemplate(
            "AuthorizationLimitExceed", 403, f"{_QUOTA}: rules of the security group {{resource_id}}."
        ),
        core.NamingRuleQuotaExceeded: ErrorTemplate(
            "AuthorizedGroupRule.LimitExceed",
            400,
            f"{_QUOTA}: rules of the security group {{resource_id}} that name groups.",
        ),
    }
)

_NETWORK_TYPE: Final = "The security group {resource_id} is in the classic network."
_EGRESS: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.PeerGroupNotFound: ErrorTemplate(
            "InvalidDestGroupId.NotFound", 404, "The security group {resource_id} does not exist."
        ),
        core.PeerGroupNetworkMismatch: ErrorTemplate(
            "InvalidDestGroupId.Mismatch",
            400,
            "The security group {resource_id} is in another VPC than {other_id}.",
        ),
        core.PeerIsGroupItself: ErrorTemplate(
            "InvalidSecurityGroup.IsSame",
            403,
            "A rule of {group_id} cannot name that security group itself.",
        ),
        core.GroupClassicNetwork: ErrorTemplate("InvalidNetworkType.Conflict", 403, _NETWORK_TYPE),
    }
)
_MODIFY: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.RulePortsMismatch: ErrorTemplate("InvalidParam.ProtocolAndPortRangeMismatch", 400, _FORM),
        core.RuleUnmatched: ErrorTemplate(
            "SecurityGroupRule.NotFound", 404, "The security group {group_id} has no such rule: {rule}."
        ),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{
            (action, core.GroupClassicNetwork): ErrorTemplate(
                "InvalidNetworkType.Mismatch", 403, _NETWORK_TYPE
            )
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
