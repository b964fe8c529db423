"""The vendor's errors for launch templates.

That InvalidLaunchTemplate.NotFound goes out with 404 is what the newest pages that have it say. No page
tells what is said of the default version where it shall be deleted: InvalidParameter, which the page lists,
is assumed.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ErrorTable, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

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
    }
)
