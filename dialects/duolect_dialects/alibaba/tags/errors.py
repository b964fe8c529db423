"""The vendor's errors for tags.

Sources: the pages TagResources, UntagResources and ListTagResources of ECS. Whatever the kind of a resource
that does not exist, the actions on tags have one code for it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.TagKeyPresent: ErrorTemplate(
            "TagKey.Duplication", "The resource {resource_id} has a tag with the key {key}.", 403
        ),
        core.TagKeyAbsent: ErrorTemplate(
            "InvalidTagKey.Malformed", "The resource {resource_id} has no tag with the key {key}.", 400
        ),
        core.TagExists: ErrorTemplate("Duplicate.TagKey", "The tag {key}:{value} exists.", 400),
        core.TagNotFound: ErrorTemplate(
            "InvalidTagKey.Malformed", "The tag {key}:{value} does not exist.", 400
        ),
        core.TagInUse: ErrorTemplate(
            "OperationDenied.QuotaExceed", "The tag {key}:{value} is in use.", 400
        ),
    }
)

_ACTIONS: Final = ("TagResources", "UntagResources", "UnTagResources", "AddTags", "RemoveTags")
_NO_RESOURCE = ErrorTemplate(
    "InvalidResourceId.NotFound", "The resource {resource_id} does not exist.", 404
)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        (action, error): _NO_RESOURCE
        for action in _ACTIONS
        for error in (
            core.NetworkNotFound,
            core.RouteTableNotFound,
            core.SubnetNotFound,
            core.GroupNotFound,
            core.InstanceNotFound,
            core.InterfaceNotFound,
            core.PublicAddressNotFound,
        )
    }
)
"""What the actions on tags say in their own way."""
