"""Launch templates and deployment sets for requests that shall be granted."""

from collections.abc import Callable
from typing import Any

VALUES: dict[str, Any] = {
    "DeploymentSetId": "DeploymentSetId",
    "LaunchTemplateName": "another",
    "DefaultVersionNumber": 2,
    "DeleteVersion": [2],
}
MORE: dict[str, dict[str, Any]] = {
    "ModifyInstanceDeployment": {"DeploymentSetId": "DeploymentSetId"},
    **{
        name: {"LaunchTemplateId": "LaunchTemplateId"}
        for name in (
            "CreateLaunchTemplateVersion",
            "DeleteLaunchTemplate",
            "DeleteLaunchTemplateVersion",
            "DescribeLaunchTemplateVersions",
            "ModifyLaunchTemplateDefaultVersion",
        )
    },
}


def with_fleets(call: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """Make a launch template of two versions and a deployment set; return ids by name."""
    template = call("CreateLaunchTemplate", LaunchTemplateName="template")["LaunchTemplateId"]
    call("CreateLaunchTemplateVersion", LaunchTemplateId=template)
    deployment_set = call("CreateDeploymentSet")["DeploymentSetId"]
    return {"LaunchTemplateId": template, "DeploymentSetId": deployment_set}
