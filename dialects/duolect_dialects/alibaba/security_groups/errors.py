"""The vendor's errors for security groups and their rules.

Sources: the pages of the actions on security groups, those of 2025 where they could be read. Of the codes
that tell the same, the one is taken that the page explains in the words of the situation.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

_QUOTA: Final = "No more than {limit} are allowed"
_FORM: Final = "The protocol, ports and addresses of the rule do not fit together: {rule}."

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.PeerGroupNotFound: ErrorTemplate(
            "InvalidSourceGroupId.NotFound", "The security group {resource_id} does not exist.", 404
        ),
        core.RuleNotFound: ErrorTemplate(
            "InvalidSecurityGroupRuleId.NotFound",
            "The security group rule {resource_id} does not exist.",
            404,
        ),
        core.GroupNamedByRule: ErrorTemplate(
            "DependencyViolation",
            "A rule of the security group {held_by} names the security group {resource_id}.",
            403,
        ),
        core.GroupIsDefault: ErrorTemplate(
            "InvalidOperation.DeletionProtection",
            "The default security group {group_id} cannot be deleted.",
            403,
        ),
        core.TrustFixed: ErrorTemplate(
            "InvalidParameter.InnerAccessPolicy",
            "The InnerAccessPolicy of the enterprise security group {group_id} cannot be modified.",
            404,
        ),
        core.PeerIsGroupItself: ErrorTemplate(
            "InvalidParamter.Conflict", "A rule of {group_id} cannot name that security group itself.", 403
        ),
        core.EnterpriseGroupNamesGroup: ErrorTemplate(
            "InvalidGroupParameter.OperationDenied",
            "A rule of the enterprise security group {group_id} cannot name a security group.",
            400,
        ),
        core.EnterpriseGroupNamed: ErrorTemplate(
            "InvalidGroupAuthParameter.OperationDenied",
            "A rule cannot name the enterprise security group {group_id}.",
            400,
        ),
        core.GroupVersionStale: ErrorTemplate(
            "InvalidParameter", "The rules of {group_id} are of the version {version}, not {seen}.", 400
        ),
        core.RuleUnmatched: ErrorTemplate(
            "InvalidSecurityGroupRule.RuleNotExist",
            "The security group {group_id} has no such rule: {rule}.",
            400,
        ),
        core.RuleExists: ErrorTemplate(
            "InvalidOperation.RuleDuplicate",
            "The security group {group_id} has another such rule: {rule}.",
            400,
        ),
        core.RuleRepeated: ErrorTemplate(
            "InvalidParam.DuplicatePermissions", "A rule is named more than once: {rule}.", 400
        ),
        core.RulePlaceInvalid: ErrorTemplate(
            "InvalidParameter", "The security group {group_id} has no place {rule} for a rule.", 400
        ),
        core.RulePortsMismatch: ErrorTemplate("OperationDenied", _FORM, 400),
        core.Ipv4ProtocolWithIpv6Block: ErrorTemplate(
            "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", _FORM, 400
        ),
        core.Ipv6ProtocolWithIpv4Block: ErrorTemplate(
            "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", _FORM, 400
        ),
        core.RuleBlocksMixed: ErrorTemplate("InvalidParameter.Conflict", _FORM, 400),
        core.RulePeerFixed: ErrorTemplate(
            "InvalidOperation.ModifySgRuleEntityType",
            "The rule keeps the type of its source or destination; it would be: {rule}.",
            400,
        ),
        core.PeerGroupNetworkMismatch: ErrorTemplate(
            "InvalidSourceGroupId.Mismatch",
            "The security group {resource_id} is in another VPC than {other_id}.",
            400,
        ),
        core.RuleQuotaExceeded: ErrorTemplate(
            "AuthorizationLimitExceed", f"{_QUOTA}: rules of the security group {{resource_id}}.", 403
        ),
        core.NamingRuleQuotaExceeded: ErrorTemplate(
            "AuthorizedGroupRule.LimitExceed",
            f"{_QUOTA}: rules of the security group {{resource_id}} that name groups.",
            400,
        ),
    }
)

_NETWORK_TYPE: Final = "The security group {resource_id} is in the classic network."
_EGRESS: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.PeerGroupNotFound: ErrorTemplate(
            "InvalidDestGroupId.NotFound", "The security group {resource_id} does not exist.", 404
        ),
        core.PeerGroupNetworkMismatch: ErrorTemplate(
            "InvalidDestGroupId.Mismatch",
            "The security group {resource_id} is in another VPC than {other_id}.",
            400,
        ),
        core.PeerIsGroupItself: ErrorTemplate(
            "InvalidSecurityGroup.IsSame",
            "A rule of {group_id} cannot name that security group itself.",
            403,
        ),
        core.GroupClassicNetwork: ErrorTemplate("InvalidNetworkType.Conflict", _NETWORK_TYPE, 403),
    }
)
_MODIFY: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.RulePortsMismatch: ErrorTemplate("InvalidParam.ProtocolAndPortRangeMismatch", _FORM, 400),
        core.RuleUnmatched: ErrorTemplate(
            "SecurityGroupRule.NotFound", "The security group {group_id} has no such rule: {rule}.", 404
        ),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{
            (action, core.GroupClassicNetwork): ErrorTemplate(
                "InvalidNetworkType.Mismatch", _NETWORK_TYPE, 403
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
