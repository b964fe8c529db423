"""What the tag service says: it has a code of its own for nearly everything.

Source: the lists of codes in the vendor's SDK for Go, package tag v20180813. Whatever the kind of a
resource that does not exist, its id is invalid, or its six-part name where it was named so.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

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
    }
)

_NOT_FOUND: Final = (
    core.NetworkNotFound,
    core.RouteTableNotFound,
    core.SubnetNotFound,
    core.GroupNotFound,
    core.InstanceNotFound,
    core.InterfaceNotFound,
    core.PublicAddressNotFound,
)
_BY_NAME: Final = (
    "AddResourceTag",
    "UpdateResourceTagValue",
    "DeleteResourceTag",
    "ModifyResourceTags",
    "TagResources",
    "UnTagResources",
)
_BY_ID: Final = ("AttachResourcesTag", "DetachResourcesTag", "ModifyResourcesTagValue")
_NO_RESOURCE: Final = "The resource `{resource_id}` does not exist."
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{
            (action, error): ErrorTemplate("InvalidParameterValue.ResourceDescriptionError", _NO_RESOURCE)
            for action in _BY_NAME
            for error in _NOT_FOUND
        },
        **{
            (action, error): ErrorTemplate("InvalidParameterValue.ResourceIdInvalid", _NO_RESOURCE)
            for action in _BY_ID
            for error in _NOT_FOUND
        },
        **{
            (action, core.TagQuotaExceeded): ErrorTemplate(
                code, "A resource can have at most {limit} tags."
            )
            for action, code in (
                ("AddResourceTag", "LimitExceeded.ResourceAttachedTags"),
                ("AttachResourcesTag", "LimitExceeded.ResourceAttachedTags"),
                ("ModifyResourceTags", "LimitExceeded.ResourceAttachedTags"),
                ("TagResources", "LimitExceeded.TagNumPerRequest"),
            )
        },
    }
)
"""What the actions of the tag service say in their own way."""
