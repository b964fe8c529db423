"""How users call the actions on network ACLs with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount

WEB = {"Protocol": "TCP", "Port": "80", "CidrBlock": "10.0.0.0/8", "Action": "ACCEPT", "Description": "web"}
FIVE = {
    "Protocol": "TCP",
    "SourceCidr": "192.168.0.0/24",
    "DestinationPort": "80",
    "DestinationCidr": "10.0.0.0/8",
    "Action": "ACCEPT",
    "Description": "demo",
}


def _acl(account: SdkAccount, **more: Any) -> str:
    made = account.vpc("CreateNetworkAcl", VpcId=account.vpc_id, NetworkAclName="demo", Tags=[CITY], **more)
    acl_id: str = made.NetworkAcl.NetworkAclId
    return acl_id


def _shown(account: SdkAccount, acl_id: str) -> Any:
    (shown,) = account.vpc("DescribeNetworkAcls", NetworkAclIds=[acl_id]).NetworkAclSet
    return shown


def _associated(account: SdkAccount) -> str:
    acl_id = _acl(account)
    account.vpc("AssociateNetworkAclSubnets", NetworkAclId=acl_id, SubnetIds=[account.subnet_id])
    return acl_id


def _five(account: SdkAccount) -> str:
    acl_id = _acl(account, NetworkAclType="QUINTUPLE")
    account.vpc(
        "CreateNetworkAclQuintupleEntries",
        NetworkAclId=acl_id,
        NetworkAclQuintupleSet={"Ingress": [FIVE, {**FIVE, "Action": "DROP"}]},
    )
    return acl_id


def _rows(account: SdkAccount, acl_id: str) -> Any:
    reply = account.vpc("DescribeNetworkAclQuintupleEntries", NetworkAclId=acl_id, Limit=20, Offset=0)
    return reply.NetworkAclQuintupleSet


def create_network_acl(account: SdkAccount) -> None:
    shown = _shown(account, _acl(account))
    assert (shown.VpcId, shown.NetworkAclType) == (account.vpc_id, "TRIPLE")


def describe_network_acls(account: SdkAccount) -> None:
    acl_id = _associated(account)
    by_vpc = {"Name": "vpc-id", "Values": [account.vpc_id]}
    reply = account.vpc("DescribeNetworkAcls", Filters=[by_vpc], Limit=10, Offset=0)
    (shown,) = reply.NetworkAclSet
    assert (reply.TotalCount, shown.NetworkAclId) == (1, acl_id)
    assert [each.SubnetId for each in shown.SubnetSet] == [account.subnet_id]


def modify_network_acl_attribute(account: SdkAccount) -> None:
    acl_id = _acl(account)
    account.vpc("ModifyNetworkAclAttribute", NetworkAclId=acl_id, NetworkAclName="renamed")
    assert _shown(account, acl_id).NetworkAclName == "renamed"


def modify_network_acl_entries(account: SdkAccount) -> None:
    acl_id = _acl(account)
    account.vpc("ModifyNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet={"Ingress": [WEB]})
    web, *_ = (each for each in _shown(account, acl_id).IngressEntries if each.ModifyTime)
    assert (web.Port, web.CidrBlock, web.Description) == ("80", "10.0.0.0/8", "web")


def create_network_acl_entries(account: SdkAccount) -> None:
    acl_id = _acl(account)
    account.vpc("CreateNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet={"Egress": [WEB]})
    assert len([each for each in _shown(account, acl_id).EgressEntries if each.ModifyTime]) == 1


def delete_network_acl_entries(account: SdkAccount) -> None:
    acl_id = _acl(account)
    account.vpc("CreateNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet={"Egress": [WEB]})
    (web,) = (each for each in _shown(account, acl_id).EgressEntries if each.ModifyTime)
    named = [{"NetworkAclIpv4EntryId": web.NetworkAclIpv4EntryId}]
    account.vpc("DeleteNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet={"Egress": named})
    assert not any(each.ModifyTime for each in _shown(account, acl_id).EgressEntries)


def create_network_acl_quintuple_entries(account: SdkAccount) -> None:
    assert [each.Action for each in _rows(account, _five(account))] == ["ACCEPT", "DROP"]


def describe_network_acl_quintuple_entries(account: SdkAccount) -> None:
    first, _ = _rows(account, _five(account))
    assert (first.NetworkAclDirection, first.Priority, first.DestinationPort) == ("INGRESS", 1, "80")


def modify_network_acl_quintuple_entries(account: SdkAccount) -> None:
    acl_id = _five(account)
    first, second = _rows(account, acl_id)
    moved = [{"NetworkAclQuintupleEntryId": first.NetworkAclQuintupleEntryId, "Priority": 2}]
    account.vpc(
        "ModifyNetworkAclQuintupleEntries", NetworkAclId=acl_id, NetworkAclQuintupleSet={"Ingress": moved}
    )
    ids = [each.NetworkAclQuintupleEntryId for each in _rows(account, acl_id)]
    assert ids == [second.NetworkAclQuintupleEntryId, first.NetworkAclQuintupleEntryId]


def delete_network_acl_quintuple_entries(account: SdkAccount) -> None:
    acl_id = _five(account)
    first, _ = _rows(account, acl_id)
    gone = [{"NetworkAclQuintupleEntryId": first.NetworkAclQuintupleEntryId}]
    account.vpc(
        "DeleteNetworkAclQuintupleEntries", NetworkAclId=acl_id, NetworkAclQuintupleSet={"Ingress": gone}
    )
    assert len(_rows(account, acl_id)) == 1


def associate_network_acl_subnets(account: SdkAccount) -> None:
    acl_id = _associated(account)
    (subnet,) = account.vpc("DescribeSubnets", SubnetIds=[account.subnet_id]).SubnetSet
    assert subnet.NetworkAclId == acl_id


def disassociate_network_acl_subnets(account: SdkAccount) -> None:
    acl_id = _associated(account)
    account.vpc("DisassociateNetworkAclSubnets", NetworkAclId=acl_id, SubnetIds=[account.subnet_id])
    assert _shown(account, acl_id).SubnetSet == []


def delete_network_acl(account: SdkAccount) -> None:
    acl_id = _acl(account)
    account.vpc("DeleteNetworkAcl", NetworkAclId=acl_id)
    assert account.vpc("DescribeNetworkAcls").TotalCount == 0
