"""How users call the actions on IPv6 blocks and assistant CIDRs with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.contract.sdks.tencent import ZONE


def assign_ipv6_cidr_block(account: SdkAccount) -> str:
    given = account.vpc("AssignIpv6CidrBlock", VpcId=account.vpc_id)
    (shown,) = account.vpc("DescribeVpcs", VpcIds=[account.vpc_id]).VpcSet
    assert (shown.Ipv6CidrBlock, given.AddressType) == (given.Ipv6CidrBlock, "GUA")
    return str(given.Ipv6CidrBlock)


def unassign_ipv6_cidr_block(account: SdkAccount) -> None:
    block = assign_ipv6_cidr_block(account)
    account.vpc("UnassignIpv6CidrBlock", VpcId=account.vpc_id, Ipv6CidrBlock=block)
    (shown,) = account.vpc("DescribeVpcs", VpcIds=[account.vpc_id]).VpcSet
    assert shown.Ipv6CidrBlockSet == []


def assign_ipv6_subnet_cidr_block(account: SdkAccount) -> None:
    block = assign_ipv6_cidr_block(account).replace("/56", "/64")
    wanted = {"SubnetId": account.subnet_id, "Ipv6CidrBlock": block}
    reply = account.vpc("AssignIpv6SubnetCidrBlock", VpcId=account.vpc_id, Ipv6SubnetCidrBlocks=[wanted])
    (given,) = reply.Ipv6SubnetCidrBlockSet
    assert (given.SubnetId, given.Ipv6CidrBlock) == (account.subnet_id, block)


def unassign_ipv6_subnet_cidr_block(account: SdkAccount) -> None:
    assign_ipv6_subnet_cidr_block(account)
    named = [{"SubnetId": account.subnet_id}]
    account.vpc("UnassignIpv6SubnetCidrBlock", VpcId=account.vpc_id, Ipv6SubnetCidrBlocks=named)
    (shown,) = account.vpc("DescribeSubnets", SubnetIds=[account.subnet_id]).SubnetSet
    assert shown.Ipv6CidrBlock == ""


def create_assistant_cidr(account: SdkAccount) -> None:
    made = account.vpc("CreateAssistantCidr", VpcId=account.vpc_id, CidrBlocks=["172.16.0.0/16"])
    (shown,) = account.vpc("DescribeVpcs", VpcIds=[account.vpc_id]).VpcSet
    for blocks in (made.AssistantCidrSet, shown.AssistantCidrSet):
        assert [each.CidrBlock for each in blocks] == ["172.16.0.0/16"]


def describe_assistant_cidr(account: SdkAccount) -> None:
    create_assistant_cidr(account)
    account.vpc("CreateSubnet", VpcId=account.vpc_id, SubnetName="s", Zone=ZONE, CidrBlock="172.16.0.0/24")
    reply = account.vpc("DescribeAssistantCidr", VpcIds=[account.vpc_id], Offset=0, Limit=10)
    (shown,) = reply.AssistantCidrSet
    assert (reply.TotalCount, [each.CidrBlock for each in shown.SubnetSet]) == (1, ["172.16.0.0/24"])


def modify_assistant_cidr(account: SdkAccount) -> None:
    create_assistant_cidr(account)
    changed = account.vpc(
        "ModifyAssistantCidr",
        VpcId=account.vpc_id,
        NewCidrBlocks=["10.8.0.0/16"],
        OldCidrBlocks=["172.16.0.0/16"],
    )
    assert [each.CidrBlock for each in changed.AssistantCidrSet] == ["10.8.0.0/16"]


def delete_assistant_cidr(account: SdkAccount) -> None:
    create_assistant_cidr(account)
    account.vpc("DeleteAssistantCidr", VpcId=account.vpc_id, CidrBlocks=["172.16.0.0/16"])
    assert account.vpc("DescribeAssistantCidr").AssistantCidrSet == []


def check_assistant_cidr(account: SdkAccount) -> None:
    reply = account.vpc("CheckAssistantCidr", VpcId=account.vpc_id, NewCidrBlocks=["10.0.0.0/12"])
    (source,) = reply.ConflictSourceSet
    assert (source.ConflictSourceId, source.SourceItem) == (account.vpc_id, "10.0.0.0/16")
    assert source.ConflictItemSet[0].DestinationItem == "10.0.0.0/12"
