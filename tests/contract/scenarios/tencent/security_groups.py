"""How users call the actions on security groups and their members with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount


def associate_network_interface_security_groups(account: SdkAccount) -> dict[str, list[str]]:
    more = account.vpc("CreateSecurityGroup", GroupName="more", GroupDescription="more").SecurityGroup
    members = {"NetworkInterfaceIds": [account.interface_id], "SecurityGroupIds": [more.SecurityGroupId]}
    account.vpc("AssociateNetworkInterfaceSecurityGroups", **members)
    assert account.describe_interfaces()[0].GroupSet == [account.group_id, more.SecurityGroupId]
    return members


def disassociate_network_interface_security_groups(account: SdkAccount) -> None:
    members = associate_network_interface_security_groups(account)
    account.vpc("DisassociateNetworkInterfaceSecurityGroups", **members)
    assert account.describe_interfaces()[0].GroupSet == [account.group_id]


def create_security_group(account: SdkAccount) -> None:
    shown = account.vpc("CreateSecurityGroup", GroupName="web", GroupDescription="web").SecurityGroup
    assert (shown.SecurityGroupName, shown.IsDefault) == ("web", False)


def describe_security_groups(account: SdkAccount) -> None:
    reply = account.vpc("DescribeSecurityGroups", SecurityGroupIds=[account.group_id])
    assert [each.SecurityGroupName for each in reply.SecurityGroupSet] == ["web"]


def delete_security_group(account: SdkAccount) -> None:
    assert account.vpc("DeleteSecurityGroup", SecurityGroupId=account.group_id).RequestId
    assert account.vpc("DescribeSecurityGroups").TotalCount == 0


def associate_security_groups(account: SdkAccount) -> dict[str, list[str]]:
    more = account.vpc("CreateSecurityGroup", GroupName="more", GroupDescription="more").SecurityGroup
    members = {"InstanceIds": [account.instance_id], "SecurityGroupIds": [more.SecurityGroupId]}
    account.cvm("AssociateSecurityGroups", **members)
    (shown,) = account.cvm("DescribeInstances").InstanceSet
    assert shown.SecurityGroupIds == [account.group_id, more.SecurityGroupId]
    return members


def disassociate_security_groups(account: SdkAccount) -> None:
    members = associate_security_groups(account)
    account.cvm("DisassociateSecurityGroups", **members)
    assert account.cvm("DescribeInstances").InstanceSet[0].SecurityGroupIds == [account.group_id]


def create_default_security_group(account: SdkAccount) -> None:
    made = [account.vpc("CreateDefaultSecurityGroup").SecurityGroup for _ in range(2)]
    assert made[0].IsDefault
    assert made[0].SecurityGroupId == made[1].SecurityGroupId


def modify_security_group_attribute(account: SdkAccount) -> None:
    account.vpc("ModifySecurityGroupAttribute", SecurityGroupId=account.group_id, GroupName="renamed")
    (shown,) = account.vpc("DescribeSecurityGroups", SecurityGroupIds=[account.group_id]).SecurityGroupSet
    assert shown.SecurityGroupName == "renamed"


def describe_security_group_association_statistics(account: SdkAccount) -> None:
    assert account.instance_id
    action = "DescribeSecurityGroupAssociationStatistics"
    (shown,) = account.vpc(
        action, SecurityGroupIds=[account.group_id]
    ).SecurityGroupAssociationStatisticsSet
    assert (shown.CVM, shown.ENI, shown.CLB, shown.CDB, shown.SG, shown.TotalCount) == (1, 0, 0, 0, 0, 1)
    counts = {each.InstanceType: each.InstanceCount for each in shown.InstanceStatistics}
    assert counts == {"CVM": 1, "ENI": 0, "CDB": 0, "CLB": 0}
