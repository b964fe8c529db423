"""The vendor's errors for security groups and their rules.

Sources: the pages of the actions on security groups, those of 2025 where they could be read. Of the codes
that tell the same, the one is taken that the page explains in the words of the situation.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_FORM: Final = "The protocol, ports and addresses of the rule do not fit together: {rule}."
_NO_PORTS: Final = ErrorTemplate(
    "InvalidPortRangeListId.NotFound", "The port list {resource_id} does not exist.", 400
)
_LISTS: Final[ErrorTable] = MappingProxyType(
    {
        core.AddressListNotFound: not_found("InvalidPrefixListId.NotFound", "prefix list"),
        core.ServiceListNotFound: _NO_PORTS,
        # There are no groups of lists here.
        core.AddressListGroupNotFound: not_found("InvalidPrefixListId.NotFound", "prefix list"),
        core.ServiceListGroupNotFound: _NO_PORTS,
        core.ListInListGroup: ErrorTemplate(
            "NotAllowed.AssociationExist", "{held_by} still has the list {resource_id}.", 400
        ),
        core.ListGroupsExceeded: quota("LimitExceed.Entry", "groups of the list {resource_id}", 400),
        core.ListNamedByGroup: ErrorTemplate(
            "NotAllowed.AssociationExist",
            "A rule of the security group {held_by} names the prefix list {resource_id}.",
            400,
        ),
        core.ListEntryRepeated: ErrorTemplate(
            "InvalidParameter.CidrDuplicated", "The CIDR block {entry} is named more than once.", 400
        ),
        core.ListEntryPresent: ErrorTemplate(
            "InvalidParameter.CidrDuplicated", "{list_id} has the CIDR block {entry} already.", 400
        ),
        core.ListEntryMissing: ErrorTemplate(
            "InvalidParameter.CidrMalformed", "{list_id} does not have the CIDR block {entry}.", 400
        ),
        core.ListEntryVersionMismatch: ErrorTemplate(
            "InvalidParameter.CidrMalformed",
            "The CIDR block {entry} is not of the AddressFamily of the prefix list.",
            400,
        ),
        core.ListQuotaExceeded: quota(
            "LimitExceed.PrefixListPerRegion", "prefix lists in {resource_id}", 404
        ),
        core.ListCapacityExceeded: quota("InvalidParameter", "MaxEntries of a prefix list", 400),
        core.ListFull: quota("LimitExceed.MaxEntries", "entries of the list {resource_id}", 400),
        core.ListGroupsOfRulesExceeded: quota(
            "LimitExceed.PrefixListAssociationResource",
            "security groups whose rules name the list {resource_id}",
            403,
        ),
    }
)
_OF_VPC: Final[ErrorTable] = MappingProxyType(
    {
        core.ListNamedByGroup: ErrorTemplate(
            "DependencyViolation.PrefixListRelation",
            "A rule of the security group {held_by} names the prefix list {resource_id}.",
            400,
        ),
        core.ListEntryRepeated: ErrorTemplate(
            "DuplicatedParam.CidrBlock", "The CIDR block {entry} is named more than once.", 400
        ),
        core.ListEntryVersionMismatch: ErrorTemplate(
            "IllegalParam.CidrBlock",
            "The CIDR block {entry} is not of the IpVersion of the prefix list.",
            400,
        ),
        core.ListQuotaExceeded: quota(
            "QuotaExceeded.PrefixListCount", "prefix lists in {resource_id}", 400
        ),
        core.ListCapacityExceeded: quota(
            "QuotaExceeded.PrefixListCidrCount", "MaxEntries of a prefix list", 400
        ),
        core.ListFull: quota(
            "OperationFailed.CidrCountExceedMaxCount", "entries of the prefix list {resource_id}", 400
        ),
        core.RuleQuotaExceeded: quota("QuotaExceeded", "rules of the security group {resource_id}", 400),
    }
)
_OF_PORTS: Final[ErrorTable] = MappingProxyType(
    {
        core.ListNamedByGroup: ErrorTemplate(
            "InvalidPortRangeListId.AssociationExist",
            "A rule of the security group {held_by} names the port list {resource_id}.",
            400,
        ),
        core.ListEntryRepeated: ErrorTemplate(
            "InvalidParameter.PortRangeDuplicated", "The PortRange {entry} is named more than once.", 400
        ),
        core.ListQuotaExceeded: quota(
            "InvalidOperation.MaxCountExceed", "port lists in {resource_id}", 400
        ),
        core.ListCapacityExceeded: quota(
            "InvalidOperation.MaxEntriesCountExceed", "MaxEntries of a port list", 400
        ),
    }
)

_CHANGED: Final = (core.ListEntryRepeated, core.ListEntryVersionMismatch, core.ListFull)
_MADE: Final = (*_CHANGED, core.ListQuotaExceeded)
"""What can be wrong with a list that is changed, and with a new one."""


def _of(table: ErrorTable, *errors: type[core.CoreError]) -> ErrorTable:
    """Return what a table says of some errors."""
    return {each: table[each] for each in errors if each in table}


TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.GroupNotFound: not_found("InvalidSecurityGroupId.NotFound", "security group"),
        core.PeerGroupNotFound: not_found("InvalidSourceGroupId.NotFound", "security group"),
        core.RuleNotFound: not_found("InvalidSecurityGroupRuleId.NotFound", "security group rule"),
        core.GroupManaged: ErrorTemplate(
            "InvalidOperation.ResourceManagedByCloudProduct",
            "The security group {resource_id} belongs to a managed service.",
            403,
        ),
        core.GroupClassicNetwork: ErrorTemplate(
            "InvalidSecurityGroupId.NotVpc",
            "The security group {resource_id} is in the classic network.",
            403,
        ),
        core.GroupHoldsInterfaces: ErrorTemplate(
            "DependencyViolation",
            "There is still the network interface {held_by} in the security group {resource_id}.",
            403,
        ),
        core.GroupNamedByRule: ErrorTemplate(
            "DependencyViolation",
            "A rule of the security group {held_by} names the security group {resource_id}.",
            403,
        ),
        core.GroupNetworkMismatch: ErrorTemplate(
            "InvalidOperation.VpcMismatch",
            "The security group {resource_id} is in the VPC {network_id}, not in {other_network_id}.",
            403,
        ),
        core.PeerGroupNetworkMismatch: ErrorTemplate(
            "InvalidSourceGroupId.Mismatch",
            "The security group {resource_id} is in another VPC than {other_id}.",
            400,
        ),
        core.GroupKindsMixed: ErrorTemplate(
            "InvalidOperation.MultiGroupType",
            "Basic and enterprise security groups cannot be joined together.",
            403,
        ),
        core.GroupKindUnsupported: ErrorTemplate(
            "InvalidOperation.NotSupportEnterpriseGroup",
            "Instances of the type {instance_type} cannot join enterprise security groups.",
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
        core.RulePortsFixed: ErrorTemplate(
            "InvalidOperation.ModifyPortRangeType",
            "A rule goes on naming a port list, or none; it would be: {rule}.",
            400,
        ),
        core.RuleServicesUnsupported: ErrorTemplate(
            "InvalidParam.ProtocolNotSupportPortRangeList",
            "The protocol of the rule has no ports, so that it cannot name a port list: {rule}.",
            400,
        ),
        core.RuleListVersionMismatch: ErrorTemplate(
            "InvalidParam.PrefixListAddressFamilyMismatch",
            "The prefix list is of another version of IP than the rule: {rule}.",
            400,
        ),
        core.ListInClassicNetwork: ErrorTemplate(
            "NotSupported.ClassicNetworkPrefixList",
            "The security group {group_id} is in the classic network, where no rule names a prefix list.",
            400,
        ),
        **_LISTS,
        core.GroupQuotaExceeded: quota(
            "QuotaExceed.SecurityGroup", "security groups in {resource_id}", 403
        ),
        core.RuleQuotaExceeded: quota(
            "AuthorizationLimitExceed", "rules of the security group {resource_id}", 403
        ),
        core.NamingRuleQuotaExceeded: quota(
            "AuthorizedGroupRule.LimitExceed",
            "rules of the security group {resource_id} that name groups",
            400,
        ),
        core.GroupsPerInterfaceExceeded: quota(
            "JoinedGroupLimitExceed", "security groups of a network interface", 400
        ),
        core.GroupMembersExceeded: quota(
            "SecurityGroupInstanceLimitExceed", "private addresses in the security group {resource_id}", 403
        ),
        core.GroupInterfacesExceeded: quota(
            "InvalidOperation.EniCountExceeded",
            "network interfaces in the enterprise security group {resource_id}",
            403,
        ),
    }
)

_NETWORK_TYPE: Final = "The security group {resource_id} is in the classic network."
_EGRESS: Final[ErrorTable] = MappingProxyType(
    {
        core.PeerGroupNotFound: not_found("InvalidDestGroupId.NotFound", "security group"),
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
_MODIFY: Final[ErrorTable] = MappingProxyType(
    {
        core.RulePortsMismatch: ErrorTemplate("InvalidParam.ProtocolAndPortRangeMismatch", _FORM, 400),
        core.RuleUnmatched: ErrorTemplate(
            "SecurityGroupRule.NotFound", "The security group {group_id} has no such rule: {rule}.", 404
        ),
    }
)

_JOIN: Final[ErrorTable] = MappingProxyType(
    {
        core.GroupsPerInterfaceExceeded: quota(
            "InstanceSecurityGroupLimitExceeded", "security groups of {resource_id}", 400
        ),
        core.GroupMembersExceeded: quota(
            "SecurityGroupInstanceLimitExceeded",
            "private addresses in the security group {resource_id}",
            403,
        ),
        core.GroupInterfacesExceeded: quota(
            "InvalidOperation.NetworkInterfaceCountExceeded",
            "network interfaces in the enterprise security group {resource_id}",
            403,
        ),
        core.GroupClassicNetwork: ErrorTemplate("InvalidOperation.VpcMismatch", _NETWORK_TYPE, 403),
    }
)

BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        ("DeleteSecurityGroup", core.GroupNotFound): not_found(
            "InvalidSecurityGroup.NotFound", "security group"
        ),
        **for_actions(["JoinSecurityGroup"], _JOIN),
        **for_actions(["CreateVpcPrefixList"], _of(_OF_VPC, *_MADE, core.ListCapacityExceeded)),
        **for_actions(
            ["ModifyVpcPrefixList"],
            _of(_OF_VPC, *_CHANGED, core.ListCapacityExceeded, core.RuleQuotaExceeded),
        ),
        **for_actions(["DeleteVpcPrefixList"], _of(_OF_VPC, core.ListNamedByGroup)),
        **for_actions(["CreatePortRangeList"], _of(_OF_PORTS, *_MADE, core.ListCapacityExceeded)),
        **for_actions(["ModifyPortRangeList"], _of(_OF_PORTS, *_CHANGED, core.ListCapacityExceeded)),
        **for_actions(["DeletePortRangeList"], _of(_OF_PORTS, core.ListNamedByGroup)),
        **for_actions(
            ["AuthorizeSecurityGroup", "ModifySecurityGroupRule"],
            {core.GroupClassicNetwork: ErrorTemplate("InvalidNetworkType.Mismatch", _NETWORK_TYPE, 403)},
        ),
        **for_actions(["AuthorizeSecurityGroupEgress", "ModifySecurityGroupEgressRule"], _EGRESS),
        **for_actions(["ModifySecurityGroupRule", "ModifySecurityGroupEgressRule"], _MODIFY),
    }
)
