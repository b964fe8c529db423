"""The vendor's errors for launch templates, and for what they say: as RunInstances has them.

RunInstances itself has another code for a version that is not there than the others.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.instances import errors as instances

_NO_VERSION: Final = "The launch template `{template_id}` has no version {number}."
TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.LaunchTemplateNotFound: ErrorTemplate(
            "InvalidParameterValue.LaunchTemplateIdNotExisted",
            "The launch template `{resource_id}` does not exist.",
        ),
        core.TemplateVersionNotFound: ErrorTemplate(
            "InvalidParameterValue.LaunchTemplateIdVerNotExisted", _NO_VERSION
        ),
        core.TemplateVersionIsDefault: ErrorTemplate(
            "InvalidParameterValue.LaunchTemplateDefaultVersion",
            "The version {number} of the launch template `{template_id}` is its default one.",
        ),
        core.LaunchTemplateNameTaken: ErrorTemplate(
            "InvalidParameterValue.InvalidLaunchTemplateName",
            "The launch template `{taken_by}` is called `{name}` already.",
        ),
        core.LaunchTemplateQuotaExceeded: ErrorTemplate(
            "LimitExceeded.LaunchTemplateQuota", "No more than {limit} launch templates are allowed."
        ),
        core.TemplateVersionQuotaExceeded: ErrorTemplate(
            "LimitExceeded.LaunchTemplateVersionQuota",
            "No more than {limit} versions of a launch template are allowed.",
        ),
    }
)
"""Names may be given again here, so that ``LaunchTemplateNameTaken`` is never raised."""
_CREATING: Final = ("CreateLaunchTemplate", "CreateLaunchTemplateVersion")
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **{
            (action, error): template
            for (name, error), template in instances.BY_ACTION.items()
            for action in _CREATING
            if name == "RunInstances"
        },
        **{
            (action, error): template
            for action in _CREATING
            for error, template in {
                core.KeyPairNotFound: ErrorTemplate(
                    "ResourceNotFound.KeyPairNotFound", "The key pair `{resource_id}` does not exist."
                ),
                core.SnapshotNotFound: ErrorTemplate(
                    "InvalidParameter.SnapshotNotFound", "The snapshot `{resource_id}` does not exist."
                ),
            }.items()
        },
        ("RunInstances", core.TemplateVersionNotFound): ErrorTemplate(
            "InvalidParameterValue.LaunchTemplateVersion", _NO_VERSION
        ),
        ("CreateLaunchTemplate", core.TagQuotaExceeded): ErrorTemplate(
            "InvalidParameterValue", "A launch template can have at most {limit} tags."
        ),
    }
)
