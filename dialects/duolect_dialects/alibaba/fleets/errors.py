"""The vendor's errors for launch templates and deployment sets.

That InvalidLaunchTemplate.NotFound goes out with 404 is what the newest pages that have it say. No page
tells what is said of the default version where it shall be deleted: InvalidParameter, which the page lists,
is assumed.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_NO_SET: Final = ErrorTemplate(
    "InvalidDeploymentSetId.NotFound", "The deployment set {resource_id} does not exist.", 400
)
"""As the actions on sets have it; those on instances say 404."""

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.LaunchTemplateNotFound: not_found("InvalidLaunchTemplate.NotFound", "launch template"),
        core.TemplateVersionNotFound: ErrorTemplate(
            "InvalidLaunchTemplateVersion.NotFound",
            "The launch template {template_id} has no version {number}.",
            400,
        ),
        core.TemplateVersionIsDefault: ErrorTemplate(
            "InvalidParameter",
            "The version {number} of the launch template {template_id} is its default one, which stays.",
            400,
        ),
        core.LaunchTemplateNameTaken: ErrorTemplate(
            "LaunchTemplateName.Duplicated", "The launch template {taken_by} is called {name} already.", 403
        ),
        core.LaunchTemplateQuotaExceeded: quota(
            "LaunchTemplateLimitExceed", "launch templates in {resource_id}", 403
        ),
        core.TemplateVersionQuotaExceeded: quota(
            "LaunchTemplateVersionLimitExceed", "versions of {resource_id}", 403
        ),
        core.ProvisioningGroupNotFound: not_found(
            "InvalidAutoProvisioningGroupId.NotFound", "auto provisioning group"
        ),
        core.PlacementGroupNotFound: _NO_SET,
        core.PlacementGroupInUse: ErrorTemplate(
            "DependencyViolation.NotEmpty",
            "The deployment set {resource_id} has instances: {held_by}.",
            403,
        ),
        core.PlacementGroupFull: ErrorTemplate(
            "DeploymentSet.NoRoom", "There is room for {limit} instances in {resource_id}.", 403
        ),
        core.PartitionNotFound: ErrorTemplate(
            "InvalidParameter",
            "The deployment set {group_id} has {partitions} groups, but no {number}.",
            400,
        ),
        core.PlacementGroupQuotaExceeded: quota(
            "DEPLOYMENTSET.QUOTA_FULL", "deployment sets in {resource_id}", 400
        ),
    }
)
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                (action, core.PlacementGroupNotFound)
                for action in ("CreateInstance", "ModifyInstanceDeployment", "RunInstances")
            ),
            not_found("InvalidDeploymentSetId.NotFound", "deployment set"),
        ),
        ("ModifyInstanceDeployment", core.PlacementGroupFull): ErrorTemplate(
            "QuotaExceed.DeploymentSetInstanceQuotaFull",
            "There is room for {limit} instances in {resource_id}.",
            403,
        ),
        ("ModifyInstanceDeployment", core.InstanceWrongState): ErrorTemplate(
            "IncorrectInstanceStatus", "The instance {instance_id} is {state}.", 403
        ),
    }
)
