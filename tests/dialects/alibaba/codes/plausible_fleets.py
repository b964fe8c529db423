"""Launch templates, deployment sets and groups for requests that shall be granted."""

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
    "CreateAutoProvisioningGroup": {
        "LaunchConfiguration": "launch configuration",
        "LaunchTemplateConfig": "launch options",
    },
}


def with_fleets(call: Callable[..., dict[str, Any]], vswitch: str, group: str) -> dict[str, Any]:
    """Make a launch template of two versions, a deployment set and a group; return what they go by."""
    template = call("CreateLaunchTemplate", LaunchTemplateName="template")["LaunchTemplateId"]
    call("CreateLaunchTemplateVersion", LaunchTemplateId=template)
    deployment_set = call("CreateDeploymentSet")["DeploymentSetId"]
    launch = {"ImageId": "m-1", "SecurityGroupId": group}
    options = [{"VSwitchId": vswitch, "InstanceType": "ecs.g7.large", "WeightedCapacity": 1}]
    made = call(
        "CreateAutoProvisioningGroup",
        TotalTargetCapacity=1,
        LaunchConfiguration=launch,
        LaunchTemplateConfig=options,
    )
    return {
        "LaunchTemplateId": template,
        "DeploymentSetId": deployment_set,
        "AutoProvisioningGroupId": made["AutoProvisioningGroupId"],
        "launch configuration": launch,
        "launch options": options,
    }
