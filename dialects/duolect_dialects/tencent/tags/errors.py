"""The vendor's errors for tags.

The tag service has a code of its own for nearly everything. Whatever the kind of a resource that does not
exist, its six-part name is invalid, or its id where it was named so.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

_TOO_MANY: Final = "A resource can have at most {limit} tags."

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.TagKeyPresent: ErrorTemplate(
            "ResourceInUse.TagKeyAttached", "The resource `{resource_id}` has the tag key `{key}`."
        ),
        core.TagKeyAbsent: ErrorTemplate(
            "ResourceNotFound.AttachedTagKeyNotFound",
            "The resource `{resource_id}` does not have the tag key `{key}`.",
        ),
        core.TagExists: ErrorTemplate("ResourceInUse.TagDuplicate", "The tag `{key}:{value}` exists."),
        core.TagNotFound: ErrorTemplate(
            "ResourceNotFound.TagNonExist", "The tag `{key}:{value}` does not exist."
        ),
        core.TagInUse: ErrorTemplate(
            "FailedOperation.TagAttachedResource", "The tag `{key}:{value}` is in use."
        ),
        core.TagQuotaExceeded: ErrorTemplate("LimitExceeded.TagKeyPerResourceExceeded", _TOO_MANY),
    }
)

_NOT_FOUND: Final = (
    core.NetworkNotFound,
    core.RouteTableNotFound,
    core.SubnetNotFound,
    core.GroupNotFound,
    core.InstanceNotFound,
    core.KeyPairNotFound,
    core.InterfaceNotFound,
    core.PublicAddressNotFound,
    core.DiskNotFound,
    core.SnapshotNotFound,
    core.ImageNotFound,
    core.NetworkAclNotFound,
    core.VirtualAddressNotFound,
    core.NatGatewayNotFound,
    core.FlowLogNotFound,
    core.BandwidthPackageNotFound,
    core.AddressListNotFound,
    core.ServiceListNotFound,
    core.AddressListGroupNotFound,
    core.ServiceListGroupNotFound,
)
_BY_ID: Final = ("AttachResourcesTag", "DetachResourcesTag", "ModifyResourcesTagValue")
_NO_RESOURCE: Final = "The resource `{resource_id}` does not exist."

BY_PRODUCT: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{
            ("tag", error): ErrorTemplate("InvalidParameterValue.ResourceDescriptionError", _NO_RESOURCE)
            for error in _NOT_FOUND
        },
        ("tag", core.TagQuotaExceeded): ErrorTemplate("LimitExceeded.ResourceAttachedTags", _TOO_MANY),
    }
)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{
            (action, error): ErrorTemplate("InvalidParameterValue.ResourceIdInvalid", _NO_RESOURCE)
            for action in _BY_ID
            for error in _NOT_FOUND
        },
        ("TagResources", core.TagQuotaExceeded): ErrorTemplate("LimitExceeded.TagNumPerRequest", _TOO_MANY),
    }
)
