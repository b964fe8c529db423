"""Network ACLs and flow logs for plausible requests, and what the actions on them take."""

from typing import Any


def furnish_network_acls(account: Any) -> None:
    """Give the account of ``plausible_requests`` network ACLs, and the actions on them what they take."""
    call, vpc_id = account.call, account.values["VpcId"]
    free, bound, five = (
        call("CreateNetworkAcl", VpcId=vpc_id, NetworkAclName="acl", **more)["NetworkAcl"]["NetworkAclId"]
        for more in ({}, {}, {"NetworkAclType": "QUINTUPLE"})
    )
    zone = {"Zone": "ap-guangzhou-3", "SubnetName": "subnet"}
    subnet = {"VpcId": vpc_id, "CidrBlock": "10.0.77.0/24", **zone}
    used = call("CreateSubnet", **subnet)["Subnet"]["SubnetId"]
    call("AssociateNetworkAclSubnets", NetworkAclId=bound, SubnetIds=[used])
    triple = {"Protocol": "TCP", "Port": "80", "CidrBlock": "10.0.0.0/8", "Action": "ACCEPT"}
    quintuple = {"Protocol": "ALL", "Action": "DROP"}
    both = {"Ingress": [triple], "Egress": [triple]}
    five_parts = {"Ingress": [quintuple], "Egress": [quintuple]}
    call("CreateNetworkAclEntries", NetworkAclId=free, NetworkAclEntrySet=both)
    call("CreateNetworkAclQuintupleEntries", NetworkAclId=five, NetworkAclQuintupleSet=five_parts)
    (shown,) = call("DescribeNetworkAcls", NetworkAclIds=[free])["NetworkAclSet"]
    entries = {
        side: [
            {"NetworkAclIpv4EntryId": each["NetworkAclIpv4EntryId"]}
            for each in shown[f"{side}Entries"]
            if each["ModifyTime"]
        ]
        for side in both
    }
    rows = call("DescribeNetworkAclQuintupleEntries", NetworkAclId=five)["NetworkAclQuintupleSet"]
    named = {
        each["NetworkAclDirection"].capitalize(): [
            {"NetworkAclQuintupleEntryId": each["NetworkAclQuintupleEntryId"]}
        ]
        for each in rows
    }
    account.values |= {"NetworkAclId": free}
    of_five = {"NetworkAclId": five, "NetworkAclQuintupleSet": named}
    account.of_action |= {
        "AssociateNetworkAclSubnets": {"SubnetIds": [account.values["SubnetId"]]},
        "DisassociateNetworkAclSubnets": {"NetworkAclId": bound, "SubnetIds": [used]},
        "ModifyNetworkAclEntries": {"NetworkAclEntrySet": both},
        "CreateNetworkAclEntries": {"NetworkAclEntrySet": both},
        "DeleteNetworkAclEntries": {"NetworkAclEntrySet": entries},
        "CreateNetworkAclQuintupleEntries": {"NetworkAclId": five, "NetworkAclQuintupleSet": five_parts},
        "ModifyNetworkAclQuintupleEntries": of_five,
        "DeleteNetworkAclQuintupleEntries": of_five,
        "DescribeNetworkAclQuintupleEntries": {"NetworkAclId": five},
    }


def furnish_flow_logs(account: Any) -> None:
    """Give the account of ``plausible_requests`` a flow log, and the actions on them what they take."""
    vpc_id = account.values["VpcId"]
    of_vpc = {"VpcId": vpc_id, "ResourceType": "VPC", "ResourceId": vpc_id, "CloudLogId": "topic"}
    (made,) = account.call("CreateFlowLog", FlowLogName="log", TrafficType="ALL", **of_vpc)["FlowLog"]
    account.values |= {"FlowLogId": made["FlowLogId"]}
    account.of_action |= {"CreateFlowLog": {**of_vpc, "TrafficType": "REJECT"}}
