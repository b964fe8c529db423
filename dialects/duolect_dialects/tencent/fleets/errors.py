"""The vendor's errors for launch templates and placement groups; what templates say, as in RunInstances.

RunInstances itself has another code for a version that is not there than the others.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.instances import errors as instances

_NO_GROUP: Final = "The placement group `{resource_id}` does not exist."
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
        # There are no provisioning groups here, so that it is never raised.
        core.ProvisioningGroupNotFound: ErrorTemplate(
            "FailedOperation.DisasterRecoverGroupNotFound", _NO_GROUP
        ),
        core.PlacementGroupNotFound: ErrorTemplate(
            "FailedOperation.DisasterRecoverGroupNotFound", _NO_GROUP
        ),
        core.PlacementGroupInUse: ErrorTemplate(
            "FailedOperation.PlacementSetNotEmpty",
            "The placement group `{resource_id}` has the instance `{held_by}`.",
        ),
        core.PlacementGroupFull: ErrorTemplate(
            "ResourceInsufficient.DisasterRecoverGroupCvmQuota",
            "There is room for {limit} instances in the placement group `{resource_id}`.",
        ),
        core.PartitionNotFound: ErrorTemplate(
            "InvalidParameterValue",
            "The placement group `{group_id}` has {partitions} partitions, but no {number}.",
        ),
        core.PlacementGroupQuotaExceeded: ErrorTemplate(
            "ResourceInsufficient.InsufficientGroupQuota",
            "No more than {limit} placement groups are allowed.",
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
        **{
            (action, core.PlacementGroupNotFound): ErrorTemplate(
                "ResourceNotFound.InvalidPlacementSet", _NO_GROUP
            )
            for action in ("DeleteDisasterRecoverGroups", "ModifyDisasterRecoverGroupAttribute")
        },
        ("DeleteInstancesDisasterRecoverGroups", core.InstanceNotFound): ErrorTemplate(
            "ResourceNotFound.InvalidInstanceIdNotFound", "The instance `{resource_id}` does not exist."
        ),
        ("CreateDisasterRecoverGroup", core.TagQuotaExceeded): ErrorTemplate(
            "InvalidParameterValue.Range", "A placement group can have at most {limit} tags."
        ),
        ("CreateLaunchTemplate", core.TagQuotaExceeded): ErrorTemplate(
            "InvalidParameterValue", "A launch template can have at most {limit} tags."
        ),
    }
)
