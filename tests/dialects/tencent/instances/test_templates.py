"""Instances run by a launch template: what the call does not say, the template says."""

import pytest

DISK = {"DiskType": "CLOUD_SSD", "DiskSize": 60}


@pytest.fixture
def template(account):
    """A template with two versions, the first of which is the default one."""
    said = account.instance_params(
        InstanceName="by-template",
        SystemDisk=DISK,
        DisableApiTermination=True,
        ClientToken="of-the-template",
        Metadata={"Items": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "1"}]},
        TemplateDataModifyAction="Update",
    )
    made = account.call("CreateLaunchTemplate", LaunchTemplateName="template", **said)
    account.call(
        "CreateLaunchTemplateVersion",
        LaunchTemplateId=made["LaunchTemplateId"],
        Placement=said["Placement"],
        InstanceName="by-version-two",
        TemplateDataModifyAction="Replace",
    )
    return made["LaunchTemplateId"]


def run(account, template_id, version=None, **params):
    named = {"LaunchTemplateId": template_id, "LaunchTemplateVersion": version}
    named = {name: value for name, value in named.items() if value is not None}
    (instance_id,) = account.call("RunInstances", LaunchTemplate=named, **params)["InstanceIdSet"]
    account.wait()
    return account.describe_instance(instance_id)


def test_the_default_version_says_what_the_call_does_not(account, template):
    shown = run(account, template)
    assert shown["InstanceName"] == "by-template"
    assert shown["DisableApiTermination"] is True
    assert (shown["SystemDisk"]["DiskType"], shown["SystemDisk"]["DiskSize"]) == ("CLOUD_SSD", 60)
    assert shown["VirtualPrivateCloud"]["SubnetId"] == account.subnet_id
    assert run(account, template)["InstanceId"] != shown["InstanceId"], "the token is not that of the call"


def test_a_version_can_be_chosen(account, template):
    assert run(account, template, 2)["InstanceName"] == "by-version-two"


def test_what_the_call_says_wins_parameter_by_parameter(account, template):
    shown = run(
        account, template, InstanceName="by-call", DisableApiTermination=False, SystemDisk={"DiskSize": 70}
    )
    assert shown["InstanceName"] == "by-call"
    assert shown["DisableApiTermination"] is False
    assert (shown["SystemDisk"]["DiskType"], shown["SystemDisk"]["DiskSize"]) == ("CLOUD_PREMIUM", 70)


def test_metadata_are_changed_key_by_key_or_all_at_once(account, template):
    own = {"Items": [{"Key": "b", "Value": "2"}]}
    updated = run(account, template, Metadata=own)["Metadata"]["Items"]
    assert [(each["Key"], each["Value"]) for each in updated] == [("a", "1"), ("b", "2")]
    assert run(account, template, 2, Metadata=own)["Metadata"] == own


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"LaunchTemplateId": "lt-absent00"}, "InvalidParameterValue.LaunchTemplateIdNotExisted"),
        ({"LaunchTemplateId": "other"}, "InvalidParameterValue.LaunchTemplateIdMalformed"),
        ({}, "MissingParameter"),
    ],
)
def test_a_template_that_is_not_there_is_refused(account, named, code):
    assert account.refusal("RunInstances", **account.instance_params(LaunchTemplate=named)) == code


def test_a_version_that_is_not_there_is_refused(account, template):
    named = {"LaunchTemplateId": template, "LaunchTemplateVersion": 7}
    code = account.refusal("RunInstances", LaunchTemplate=named)
    assert code == "InvalidParameterValue.LaunchTemplateVersion"


def test_what_a_template_names_must_be_there_where_it_is_used(account):
    group_id = account.call("CreateSecurityGroup", GroupName="g", GroupDescription="d")["SecurityGroup"][
        "SecurityGroupId"
    ]
    said = account.instance_params(SecurityGroupIds=[group_id])
    made = account.call("CreateLaunchTemplate", LaunchTemplateName="template", **said)
    account.call("DeleteSecurityGroup", SecurityGroupId=group_id)
    named = {"LaunchTemplateId": made["LaunchTemplateId"]}
    assert account.refusal("RunInstances", LaunchTemplate=named) == "InvalidSecurityGroupId.NotFound"
