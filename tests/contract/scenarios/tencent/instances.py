"""How users call the actions on instances with Tencent Cloud's SDK."""

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.contract.sdks.tencent import ZONE

_AUTO, _MANUAL = "NOTIFY_AND_AUTO_RENEW", "NOTIFY_AND_MANUAL_RENEW"


def describe_vpc_instances(account: SdkAccount) -> None:
    by_id = {"Name": "instance-id", "Values": [account.instance_id]}
    (shown,) = account.vpc("DescribeVpcInstances", Filters=[by_id]).InstanceSet
    assert (shown.VpcId, shown.InstanceState, shown.InstanceEniCount) == (account.vpc_id, "RUNNING", 1)


def run_instances(account: SdkAccount) -> None:
    instance_id = account.new_instance(
        DataDisks=[{"DiskSize": 10}],
        LoginSettings={"Password": "Passw0rd-new"},
        InternetAccessible={"InternetMaxBandwidthOut": 1},
    )
    assert instance_id.startswith("ins-")


def describe_instances(account: SdkAccount) -> None:
    (shown,) = account.cvm("DescribeInstances", InstanceIds=[account.instance_id]).InstanceSet
    assert (shown.InstanceState, shown.Placement.Zone) == ("RUNNING", ZONE)
    (primary,) = account.describe_interfaces(is_primary="true")
    assert shown.PrivateIpAddresses == [primary.PrivateIpAddressSet[0].PrivateIpAddress]
    assert primary.Attachment.InstanceId == account.instance_id


def describe_instances_status(account: SdkAccount) -> None:
    reply = account.cvm("DescribeInstancesStatus", InstanceIds=[account.instance_id])
    (shown,) = reply.InstanceStatusSet
    assert (reply.TotalCount, shown.InstanceId, shown.InstanceState) == (1, account.instance_id, "RUNNING")


def describe_instances_operation_limit(account: SdkAccount) -> None:
    reply = account.cvm(
        "DescribeInstancesOperationLimit", InstanceIds=[account.instance_id], Operation="INSTANCE_DEGRADE"
    )
    (shown,) = reply.InstanceOperationLimitSet
    assert (shown.InstanceId, shown.CurrentCount, shown.LimitCount) == (account.instance_id, -1, -1)


def stop_instances(account: SdkAccount) -> None:
    account.cvm("StopInstances", InstanceIds=[account.instance_id])
    poll(lambda: account.instance_state(account.instance_id), "STOPPED")


def start_instances(account: SdkAccount) -> None:
    stop_instances(account)
    account.cvm("StartInstances", InstanceIds=[account.instance_id])
    poll(lambda: account.instance_state(account.instance_id), "RUNNING")


def reboot_instances(account: SdkAccount) -> None:
    account.cvm("RebootInstances", InstanceIds=[account.instance_id], StopType="SOFT")
    assert account.instance_state(account.instance_id) == "REBOOTING"
    poll(lambda: account.instance_state(account.instance_id), "RUNNING")


def modify_instances_attribute(account: SdkAccount) -> None:
    account.cvm("ModifyInstancesAttribute", InstanceIds=[account.instance_id], InstanceName="renamed")
    assert account.cvm("DescribeInstances").InstanceSet[0].InstanceName == "renamed"


def reset_instances_type(account: SdkAccount) -> None:
    account.cvm("ResetInstancesType", InstanceIds=[account.instance_id], InstanceType="S5.LARGE8")
    poll(lambda: account.instance_state(account.instance_id), "RUNNING")
    (shown,) = account.cvm("DescribeInstances").InstanceSet
    assert (shown.InstanceType, shown.LatestOperation, shown.LatestOperationState) == (
        "S5.LARGE8",
        "ResetInstancesType",
        "SUCCESS",
    )


def describe_instances_modification(account: SdkAccount) -> None:
    sold = [{"Name": "status", "Values": ["SELL"]}]
    reply = account.cvm("DescribeInstancesModification", InstanceIds=[account.instance_id], Filters=sold)
    assert reply.TotalCount == len(reply.InstanceTypeConfigStatusSet)
    types = {each.InstanceTypeConfig.InstanceType for each in reply.InstanceTypeConfigStatusSet}
    assert "S5.LARGE8" in types


def modify_instances_project(account: SdkAccount) -> None:
    account.cvm("ModifyInstancesProject", InstanceIds=[account.instance_id], ProjectId=7)
    assert account.cvm("DescribeInstances").InstanceSet[0].Placement.ProjectId == 7


def modify_instances_vpc_attribute(account: SdkAccount) -> None:
    place = {"VpcId": account.vpc_id, "SubnetId": account.subnet_id, "PrivateIpAddresses": ["10.0.0.99"]}
    account.cvm("ModifyInstancesVpcAttribute", InstanceIds=[account.instance_id], VirtualPrivateCloud=place)
    poll(lambda: account.instance_state(account.instance_id), "RUNNING")
    (shown,) = account.cvm("DescribeInstances").InstanceSet
    assert shown.PrivateIpAddresses == ["10.0.0.99"]


def reset_instances_password(account: SdkAccount) -> None:
    reset = {"Password": "Passw0rd-new", "ForceStop": True}
    account.cvm("ResetInstancesPassword", InstanceIds=[account.instance_id], **reset)
    poll(lambda: account.instance_state(account.instance_id), "RUNNING")
    (shown,) = account.cvm("DescribeInstances").InstanceSet
    assert (shown.LatestOperation, shown.LatestOperationState) == ("ResetInstancesPassword", "SUCCESS")


def reset_instance(account: SdkAccount) -> None:
    login = {"Password": "Passw0rd-new"}
    account.cvm("ResetInstance", InstanceId=account.instance_id, LoginSettings=login, HostName="anew")
    poll(lambda: account.instance_state(account.instance_id), "RUNNING")
    (shown,) = account.cvm("DescribeInstances").InstanceSet
    assert (shown.LatestOperation, shown.LatestOperationState) == ("ResetInstance", "SUCCESS")


def terminate_instances(account: SdkAccount) -> None:
    account.cvm("TerminateInstances", InstanceIds=[account.instance_id])
    poll(lambda: account.instance_state(account.instance_id), None)


def describe_instances_attributes(account: SdkAccount) -> None:
    instance_id = account.new_instance(UserData="ZWNobw==")
    reply = account.cvm("DescribeInstancesAttributes", InstanceIds=[instance_id], Attributes=["UserData"])
    (shown,) = reply.InstanceSet
    assert (shown.InstanceId, shown.Attributes.UserData) == (instance_id, "ZWNobw==")


def reset_instances_internet_max_bandwidth(account: SdkAccount) -> None:
    account.cvm(
        "ResetInstancesInternetMaxBandwidth",
        InstanceIds=[account.instance_id],
        InternetAccessible={"InternetMaxBandwidthOut": 20},
    )
    (shown,) = account.cvm("DescribeInstances").InstanceSet
    assert shown.InternetAccessible.InternetMaxBandwidthOut == 20


# -- launch templates ----------------------------------------------------------------------------------


IMAGE = "img-487zeit5"


def _new_template(account: SdkAccount) -> str:
    template_id: str = account.cvm(
        "CreateLaunchTemplate",
        LaunchTemplateName="nodes",
        Placement={"Zone": ZONE},
        ImageId=IMAGE,
        InstanceName="node",
        DataDisks=[{"DiskSize": 20, "DiskType": "CLOUD_PREMIUM"}],
        SecurityGroupIds=[account.group_id],
        VirtualPrivateCloud={"VpcId": account.vpc_id, "SubnetId": account.subnet_id},
    ).LaunchTemplateId
    return template_id


def _second_version(account: SdkAccount, template_id: str) -> None:
    made = account.cvm(
        "CreateLaunchTemplateVersion",
        LaunchTemplateId=template_id,
        Placement={"Zone": ZONE},
        InstanceName="other",
    )
    assert made.LaunchTemplateVersionNumber == 2


def _versions_of(account: SdkAccount, template_id: str) -> dict[int, str]:
    reply = account.cvm("DescribeLaunchTemplateVersions", LaunchTemplateId=template_id)
    return {
        each.LaunchTemplateVersion: each.LaunchTemplateVersionData.InstanceName
        for each in reply.LaunchTemplateVersionSet
    }


def create_launch_template(account: SdkAccount) -> None:
    named = {"LaunchTemplateId": _new_template(account)}
    (instance_id,) = account.cvm("RunInstances", LaunchTemplate=named).InstanceIdSet
    (shown,) = account.cvm("DescribeInstances", InstanceIds=[instance_id]).InstanceSet
    assert (shown.InstanceName, shown.ImageId) == ("node", IMAGE)


def create_launch_template_version(account: SdkAccount) -> None:
    template_id = _new_template(account)
    _second_version(account, template_id)
    assert _versions_of(account, template_id) == {2: "other", 1: "node"}


def describe_launch_templates(account: SdkAccount) -> None:
    template_id = _new_template(account)
    filters = [{"Name": "LaunchTemplateName", "Values": ["nodes"]}]
    (shown,) = account.cvm("DescribeLaunchTemplates", Filters=filters).LaunchTemplateSet
    assert (shown.LaunchTemplateId, shown.LaunchTemplateVersionCount) == (template_id, 1)


def describe_launch_template_versions(account: SdkAccount) -> None:
    assert _versions_of(account, _new_template(account)) == {1: "node"}


def modify_launch_template_default_version(account: SdkAccount) -> None:
    template_id = _new_template(account)
    _second_version(account, template_id)
    account.cvm("ModifyLaunchTemplateDefaultVersion", LaunchTemplateId=template_id, DefaultVersion=2)
    (shown,) = account.cvm("DescribeLaunchTemplates", LaunchTemplateIds=[template_id]).LaunchTemplateSet
    assert (shown.DefaultVersionNumber, shown.LatestVersionNumber) == (2, 2)


def delete_launch_template_versions(account: SdkAccount) -> None:
    template_id = _new_template(account)
    _second_version(account, template_id)
    account.cvm("DeleteLaunchTemplateVersions", LaunchTemplateId=template_id, LaunchTemplateVersions=[2])
    assert _versions_of(account, template_id) == {1: "node"}


def delete_launch_template(account: SdkAccount) -> None:
    account.cvm("DeleteLaunchTemplate", LaunchTemplateId=_new_template(account))
    assert account.cvm("DescribeLaunchTemplates").TotalCount == 0


# -- placement groups ----------------------------------------------------------------------------------


def _new_group(account: SdkAccount) -> str:
    tagged = [{"ResourceType": "ps", "Tags": [{"Key": "of", "Value": "nodes"}]}]
    made = account.cvm("CreateDisasterRecoverGroup", Name="spread", Type="HOST", TagSpecification=tagged)
    assert (made.CvmQuotaTotal, made.CurrentNum) == (50, 0)
    group_id: str = made.DisasterRecoverGroupId
    return group_id


def _members(account: SdkAccount) -> list[list[str]]:
    reply = account.cvm("DescribeDisasterRecoverGroups")
    return [each.InstanceIds for each in reply.DisasterRecoverGroupSet]


def create_disaster_recover_group(account: SdkAccount) -> None:
    assert _new_group(account).startswith("ps-")


def describe_disaster_recover_groups(account: SdkAccount) -> None:
    group_id = _new_group(account)
    filters = [{"Name": "tag:of", "Values": ["nodes"]}]
    (shown,) = account.cvm("DescribeDisasterRecoverGroups", Filters=filters).DisasterRecoverGroupSet
    assert (shown.DisasterRecoverGroupId, shown.Name) == (group_id, "spread")


def describe_disaster_recover_group_quota(account: SdkAccount) -> None:
    assert account.cvm("DescribeDisasterRecoverGroupQuota").CvmInHostGroupQuota == 50


def modify_disaster_recover_group_attribute(account: SdkAccount) -> None:
    group_id = _new_group(account)
    account.cvm("ModifyDisasterRecoverGroupAttribute", DisasterRecoverGroupId=group_id, Name="other")
    (shown,) = account.cvm("DescribeDisasterRecoverGroups").DisasterRecoverGroupSet
    assert shown.Name == "other"


def modify_instances_disaster_recover_group(account: SdkAccount) -> None:
    named = {"InstanceIds": [account.instance_id], "DisasterRecoverGroupId": _new_group(account)}
    account.cvm("ModifyInstancesDisasterRecoverGroup", **named)
    assert _members(account) == [[account.instance_id]]


def delete_instances_disaster_recover_groups(account: SdkAccount) -> None:
    group_id, named = _new_group(account), {"InstanceIds": [account.instance_id]}
    account.cvm("ModifyInstancesDisasterRecoverGroup", DisasterRecoverGroupId=group_id, **named)
    account.cvm("DeleteInstancesDisasterRecoverGroups", DisasterRecoverGroupIds=[group_id], **named)
    assert _members(account) == [[]]


def delete_disaster_recover_groups(account: SdkAccount) -> None:
    account.cvm("DeleteDisasterRecoverGroups", DisasterRecoverGroupIds=[_new_group(account)])
    assert _members(account) == []


# -- prepaid -----------------------------------------------------------------------------------------------


def _prepaid(account: SdkAccount) -> str:
    instance_id: str = account.new_instance(
        InstanceChargeType="PREPAID", InstanceChargePrepaid={"Period": 1, "RenewFlag": _MANUAL}
    )
    poll(lambda: account.instance_state(instance_id), "RUNNING")
    return instance_id


def _paid(account: SdkAccount, instance_id: str) -> tuple[str, str | None, str | None]:
    (shown,) = account.cvm("DescribeInstances", InstanceIds=[instance_id]).InstanceSet
    return shown.InstanceChargeType, shown.RenewFlag, shown.ExpiredTime


def renew_instances(account: SdkAccount) -> None:
    instance_id = _prepaid(account)
    *before, expires = _paid(account, instance_id)
    renewal = {"Period": 12, "RenewFlag": _AUTO}
    account.cvm("RenewInstances", InstanceIds=[instance_id], InstanceChargePrepaid=renewal)
    *after, later = _paid(account, instance_id)
    assert (before, after) == (["PREPAID", _MANUAL], ["PREPAID", _AUTO])
    assert str(expires) < str(later)


def modify_instances_renew_flag(account: SdkAccount) -> None:
    instance_id = _prepaid(account)
    account.cvm("ModifyInstancesRenewFlag", InstanceIds=[instance_id], RenewFlag=_AUTO)
    assert _paid(account, instance_id)[1] == _AUTO


def modify_instances_charge_type(account: SdkAccount) -> None:
    ids = {"InstanceIds": [account.instance_id]}
    prepaid = {"InstanceChargeType": "PREPAID", "InstanceChargePrepaid": {"Period": 1}}
    account.cvm("ModifyInstancesChargeType", **ids, **prepaid)
    assert _paid(account, account.instance_id)[:2] == ("PREPAID", _MANUAL)
    account.cvm("ModifyInstancesChargeType", **ids, InstanceChargeType="POSTPAID_BY_HOUR")
    assert _paid(account, account.instance_id) == ("POSTPAID_BY_HOUR", None, None)
