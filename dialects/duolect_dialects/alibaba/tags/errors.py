"""The vendor's errors for tags.

Sources: the pages TagResources, UntagResources and ListTagResources of ECS.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ErrorTable, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.TagQuotaExceeded: quota("QuotaExceed.Tags", "tags of a resource", 403),
        core.TagKeyPresent: ErrorTemplate(
            "TagKey.Duplication", "The resource {resource_id} has a tag with the key {key}.", 403
        ),
        core.TagKeyAbsent: ErrorTemplate(
            "InvalidTagKey.Malformed", "The resource {resource_id} has no tag with the key {key}.", 400
        ),
        core.TagExists: ErrorTemplate("Duplicate.TagKey", "The tag {key}:{value} exists.", 400),
        core.TagInUse: ErrorTemplate(
            "OperationDenied.QuotaExceed", "The tag {key}:{value} is in use.", 400
        ),
        core.TagNotFound: ErrorTemplate(
            "InvalidTagKey.Malformed", "The tag {key}:{value} does not exist.", 400
        ),
    }
)

_TAGGED: Final = (
    core.NetworkNotFound,
    core.RouteTableNotFound,
    core.SubnetNotFound,
    core.GroupNotFound,
    core.InstanceNotFound,
    core.KeyPairNotFound,
    core.DiskNotFound,
    core.SnapshotNotFound,
    core.ImageNotFound,
    core.InterfaceNotFound,
    core.PublicAddressNotFound,
    core.SnapshotPolicyNotFound,
    core.SnapshotGroupNotFound,
    core.LaunchTemplateNotFound,
    core.RouteListNotFound,
    core.RouteTargetGroupNotFound,
    core.NetworkAclNotFound,
    core.VirtualAddressNotFound,
    core.NatGatewayNotFound,
    core.Ipv4GatewayNotFound,
    core.Ipv6GatewayNotFound,
    core.Ipv6AddressNotFound,
    core.DhcpOptionsSetNotFound,
    core.FlowLogNotFound,
    core.BandwidthPackageNotFound,
)
OVERRIDES: Final[ErrorTable] = MappingProxyType(
    dict.fromkeys(_TAGGED, not_found("InvalidResourceId.NotFound", "resource"))
)
"""Whatever the kind of a resource that does not exist, the actions on tags have one code for it."""
