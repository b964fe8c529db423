"""Instances run by a launch template: what the call does not say, the template says."""

import pytest


@pytest.fixture
def template(account):
    """A template with two versions, the first of which is the default one."""
    said = account.instance_params(
        InstanceName="by-template",
        HostName="host",
        DeletionProtection=True,
        SystemDisk={"Category": "cloud_essd", "Size": 40, "Iops": 1000},
        Tag=[{"Key": "of", "Value": "template"}],
        VpcId="vpc-any",
        NetworkType="vpc",
    )
    template_id = account.call("CreateLaunchTemplate", LaunchTemplateName="template", **said)[
        "LaunchTemplateId"
    ]
    changed = {**said, "InstanceName": "by-version-two", "SystemDisk": {"Category": "cloud_auto"}}
    account.call("CreateLaunchTemplateVersion", LaunchTemplateId=template_id, **changed)
    return template_id  # fmt: skip


def run(account, **params):
    (instance_id,) = account.call("RunInstances", **params)["InstanceIdSets"]["InstanceIdSet"]
    account.wait()
    (shown,) = account.describe_instances(InstanceIds=f'["{instance_id}"]')
    disks = account.call("DescribeDisks", InstanceId=instance_id)["Disks"]["Disk"]
    return shown, disks[0]


def test_the_default_version_says_what_the_call_does_not(account, template):
    shown, disk = run(account, LaunchTemplateId=template)
    assert (shown["InstanceName"], shown["HostName"]) == ("by-template", "host")
    assert shown["DeletionProtection"] is True
    assert shown["Tags"] == {"Tag": [{"TagKey": "of", "TagValue": "template"}]}
    assert (disk["Category"], disk["Size"]) == ("cloud_essd", 40)
    assert shown["VpcAttributes"]["VSwitchId"] == account.subnet.id


def test_a_version_can_be_chosen_and_a_template_named(account, template):
    shown, disk = run(account, LaunchTemplateName="template", LaunchTemplateVersion=2)
    assert (shown["InstanceName"], disk["Category"]) == ("by-version-two", "cloud_auto")
    account.call("ModifyLaunchTemplateDefaultVersion", LaunchTemplateId=template, DefaultVersionNumber=2)
    shown, _ = run(account, LaunchTemplateId=template)
    assert shown["InstanceName"] == "by-version-two"


def test_what_the_call_says_wins_parameter_by_parameter(account, template):
    shown, disk = run(
        account,
        LaunchTemplateId=template,
        InstanceName="by-call",
        DeletionProtection=False,
        SystemDisk={"Size": 60},
        Tag=[{"Key": "of", "Value": "call"}],
        HostNames=["other"],
        SecurityGroupIds=[account.group.id],
    )
    assert (shown["InstanceName"], shown["HostName"]) == ("by-call", "other")
    assert shown["DeletionProtection"] is False
    assert shown["Tags"] == {"Tag": [{"TagKey": "of", "TagValue": "call"}]}
    assert (disk["Category"], disk["Size"]) == ("cloud_essd", 60)


def test_a_primary_interface_of_the_call_leaves_the_flat_form_of_the_template_aside(account, template):
    primary = {
        "InstanceType": "Primary",
        "VSwitchId": account.subnet.id,
        "SecurityGroupIds": [account.group.id],
        "NetworkInterfaceName": "primary",
    }
    shown, _ = run(account, LaunchTemplateId=template, NetworkInterface=[primary])
    assert shown["InstanceName"] == "by-template"


def test_instances_stay_when_their_template_goes(account, template):
    shown, _ = run(account, LaunchTemplateId=template)
    account.call("DeleteLaunchTemplate", LaunchTemplateId=template)
    (after,) = account.describe_instances()
    assert after == shown


def test_a_token_is_that_of_the_call_whatever_becomes_of_the_template(account, template):
    params = {"LaunchTemplateId": template, "ClientToken": "once"}
    first, _ = run(account, **params)
    account.call("ModifyLaunchTemplateDefaultVersion", LaunchTemplateId=template, DefaultVersionNumber=2)
    again, _ = run(account, **params)
    assert again["InstanceId"] == first["InstanceId"]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"InstanceName": "!"}, ("InvalidInstanceName.Malformed", 400)),
        ({"NetworkInterface": [{"InstanceType": "Third"}]}, ("InvalidParameter.EniType", 403)),
        ({"InstanceType": "ecs.none"}, ("InvalidInstanceType.ValueNotSupported", 403)),
        ({"VSwitchId": None}, ("OperationDenied.InvalidNetworkType", 403)),
        ({"ImageId": None}, ("MissingParameter", 400)),
        ({"KeyPairName": "absent"}, ("InvalidKeyPairName.NotFound", 404)),
    ],
)
def test_what_a_template_says_is_checked_where_it_is_used(account, said, refusal):
    params = {name: value for name, value in account.instance_params(**said).items() if value is not None}
    account.call("CreateLaunchTemplate", LaunchTemplateName="wrong", **params)
    assert account.refusal("RunInstances", LaunchTemplateName="wrong") == refusal


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"LaunchTemplateId": "lt-0"}, ("InvalidLaunchTemplate.NotFound", 404)),
        ({"LaunchTemplateName": "none"}, ("InvalidLaunchTemplate.NotFound", 404)),
        (
            {"LaunchTemplateName": "template", "LaunchTemplateVersion": 3},
            ("InvalidLaunchTemplateVersion.NotFound", 400),
        ),
    ],
)
@pytest.mark.usefixtures("template")
def test_a_template_that_is_not_there_is_refused(account, params, refusal):
    assert account.refusal("RunInstances", **account.instance_params(**params)) == refusal
