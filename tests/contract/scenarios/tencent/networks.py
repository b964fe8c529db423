"""How users call the actions on VPCs and subnets with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount
from tests.contract.sdks.tencent import ZONE


def create_vpc(account: SdkAccount) -> None:
    shown = account.vpc("CreateVpc", VpcName="shop", CidrBlock="172.16.0.0/12").Vpc
    assert (shown.VpcName, shown.CidrBlock, shown.IsDefault) == ("shop", "172.16.0.0/12", False)


def describe_vpcs(account: SdkAccount) -> None:
    reply = account.vpc("DescribeVpcs", VpcIds=[account.vpc_id])
    assert (reply.TotalCount, reply.VpcSet[0].CidrBlock) == (1, "10.0.0.0/16")
    assert account.vpc("DescribeVpcs", Limit="10", Offset="1").VpcSet == []


def delete_vpc(account: SdkAccount) -> None:
    assert account.vpc("DeleteVpc", VpcId=account.vpc_id).RequestId
    assert account.vpc("DescribeVpcs").TotalCount == 0


def create_subnet(account: SdkAccount) -> None:
    shown = account.vpc(
        "CreateSubnet", VpcId=account.vpc_id, SubnetName="web", Zone=ZONE, CidrBlock="10.0.7.0/24"
    ).Subnet
    assert (shown.Zone, shown.CidrBlock, shown.AvailableIpAddressCount) == (ZONE, "10.0.7.0/24", 253)


def describe_subnets(account: SdkAccount) -> None:
    reply = account.vpc("DescribeSubnets", SubnetIds=[account.subnet_id])
    assert (reply.TotalCount, reply.SubnetSet[0].VpcId) == (1, account.vpc_id)


def delete_subnet(account: SdkAccount) -> None:
    assert account.vpc("DeleteSubnet", SubnetId=account.subnet_id).RequestId
    assert account.vpc("DescribeSubnets").TotalCount == 0


def create_subnets(account: SdkAccount) -> None:
    places = [{"SubnetName": "web", "Zone": ZONE, "CidrBlock": f"10.0.{octet}.0/24"} for octet in range(2)]
    made = account.vpc("CreateSubnets", VpcId=account.vpc_id, Subnets=places, Tags=[CITY]).SubnetSet
    assert [each.CidrBlock for each in made] == ["10.0.0.0/24", "10.0.1.0/24"]


def modify_vpc_attribute(account: SdkAccount) -> None:
    account.vpc("ModifyVpcAttribute", VpcId=account.vpc_id, VpcName="new", EnableMulticast="true")
    (shown,) = account.vpc("DescribeVpcs", VpcIds=[account.vpc_id]).VpcSet
    assert (shown.VpcName, shown.EnableMulticast) == ("new", True)


def modify_subnet_attribute(account: SdkAccount) -> None:
    account.vpc(
        "ModifySubnetAttribute", SubnetId=account.subnet_id, SubnetName="new", EnableBroadcast="true"
    )
    (shown,) = account.vpc("DescribeSubnets", SubnetIds=[account.subnet_id]).SubnetSet
    assert (shown.SubnetName, shown.EnableBroadcast) == ("new", True)


def create_default_vpc(account: SdkAccount) -> None:
    made = account.vpc("CreateDefaultVpc", Zone=ZONE, Force=True).Vpc
    (shown,) = account.vpc("DescribeSubnets", SubnetIds=[made.SubnetId]).SubnetSet
    assert (shown.VpcId, shown.IsDefault, shown.CidrBlock) == (made.VpcId, True, made.CidrBlock)


def describe_vpc_resource_dashboard(account: SdkAccount) -> None:
    assert account.instance_id
    (shown,) = account.vpc("DescribeVpcResourceDashboard", VpcIds=[account.vpc_id]).ResourceDashboardSet
    assert (shown.VpcId, shown.CVM, shown.Subnet, shown.RouteTable) == (account.vpc_id, 1, 1, 1)


def describe_subnet_resource_dashboard(account: SdkAccount) -> None:
    assert account.instance_id
    reply = account.vpc("DescribeSubnetResourceDashboard", SubnetIds=[account.subnet_id])
    (shown,) = reply.ResourceStatisticsSet
    assert (shown.SubnetId, shown.Ip) == (account.subnet_id, 1)
    assert [(item.ResourceType, item.ResourceCount) for item in shown.ResourceStatisticsItemSet] == [
        ("CVM", 1)
    ]


def check_default_subnet(account: SdkAccount) -> None:
    assert account.vpc("CheckDefaultSubnet", Zone=ZONE).Result is True
