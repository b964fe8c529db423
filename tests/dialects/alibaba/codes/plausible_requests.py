"""A request for each action with which it is granted, made from its declaration and a furnished account.

What a parameter holds goes by its name; what one action alone needs stands under the action's name.
"""

import json
from collections.abc import Callable
from typing import Any

import attrs
from tests.dialects.alibaba.codes import plausible_fleets, plausible_ipv6, plausible_networks
from tests.dialects.alibaba.codes.plausible_gateways import with_gateways
from tests.dialects.alibaba.codes.plausible_lists import OF_VPC, with_lists
from tests.harness import AlibabaClient, emulator

from duolect_dialects.action import Action
from duolect_dialects.alibaba.common import ECS, VPC
from duolect_dialects.declarations import declared
from duolect_dialects.values import Between, OneOf

# -- a furnished account ---------------------------------------------------------------------------------


@attrs.define
class Account:
    """An account with one of everything, by the names of the parameters that name it."""

    client: AlibabaClient
    ids: dict[str, Any]

    def call(self, action: str, version: str = ECS, **params: Any) -> dict[str, Any]:
        """Call an action, and let whatever it began end."""
        answer = self.client.call(action, version, **params)
        self.client.emulator.advance()
        return answer


def _disks(call: Callable[..., dict[str, Any]], instances: list[str]) -> dict[str, str]:
    """Make disks, one of them on a running instance, snapshots and an image; return their ids by name."""
    sold = {"ZoneId": "cn-hangzhou-h", "DiskCategory": "cloud_efficiency", "Size": 20}
    free, held = (call("CreateDisk", **sold)["DiskId"] for _ in "12")
    call("AttachDisk", DiskId=held, InstanceId=instances[0])
    shown = call("DescribeDisks", InstanceId=instances[1])["Disks"]["Disk"]
    snapshot, of_system = (
        call("CreateSnapshot", DiskId=each)["SnapshotId"] for each in (held, shown[0]["DiskId"])
    )
    essd = call("CreateDisk", ZoneId="cn-hangzhou-h", DiskCategory="cloud_essd", Size=20)["DiskId"]
    call("AttachDisk", DiskId=essd, InstanceId=instances[0])
    locked = call("CreateSnapshot", DiskId=essd)["SnapshotId"]
    lock = {"LockMode": "compliance", "LockDuration": 9, "CoolOffPeriod": 9}
    call("LockSnapshot", SnapshotId=locked, **lock)
    days = {"timePoints": '["1"]', "repeatWeekdays": '["1"]', "retentionDays": 1}
    return {
        "locked snapshot": locked,
        "disk of a group": essd,
        "SnapshotGroupId": call("CreateSnapshotGroup", DiskId=[essd])["SnapshotGroupId"],
        "autoSnapshotPolicyId": call("CreateAutoSnapshotPolicy", **days)["AutoSnapshotPolicyId"],
        "DiskId": free,
        "held disk": held,
        "stopped disk": shown[0]["DiskId"],
        "SnapshotId": snapshot,
        "snapshot of the system": of_system,
        "Disk": [{"DiskId": shown[0]["DiskId"], "SnapshotId": of_system}],
        "ImageId": call("CreateImage", InstanceId=instances[0])["ImageId"],
    }


TARGET = {"TargetType": "ECR", "TargetInstanceId": "ecr-1"}
"""Whom entries of route tables are published to."""


def _rules(call: Any, group: str) -> dict[str, str]:
    """Give a group a rule of each direction, and return their ids."""
    for direction, side in (("", "Source"), ("Egress", "Dest")):
        rule = {"IpProtocol": "tcp", "PortRange": "22/22", f"{side}CidrIp": "10.0.0.0/8"}
        call(f"AuthorizeSecurityGroup{direction}", SecurityGroupId=group, **rule)
    shown = call("DescribeSecurityGroupAttribute", SecurityGroupId=group)["Permissions"]["Permission"]
    return {each["Direction"]: each["SecurityGroupRuleId"] for each in shown}


def furnished() -> Account:
    world = emulator()
    account = Account(world.alibaba(), {})
    call, zone = account.call, {"ZoneId": "cn-hangzhou-h"}
    vpc = call("CreateVpc", VPC, CidrBlock="10.0.0.0/8", EnableIpv6=True)
    place = {"VpcId": vpc["VpcId"], **zone}
    vswitch = call("CreateVSwitch", VPC, CidrBlock="10.0.0.0/16", Ipv6CidrBlock=0, **place)["VSwitchId"]
    groups = [call("CreateSecurityGroup", VpcId=vpc["VpcId"])["SecurityGroupId"] for _ in range(4)]
    running = {"ImageId": "m-1", "InstanceType": "ecs.g7.large", "VSwitchId": vswitch, "Amount": 2}
    instances = call("RunInstances", **running, SecurityGroupId=groups[0])["InstanceIdSets"][
        "InstanceIdSet"
    ]
    paid = {**running, "Amount": 1, "InstanceChargeType": "PrePaid", "Period": 1}
    (paid_id,) = call("RunInstances", **paid, SecurityGroupId=groups[0])["InstanceIdSets"]["InstanceIdSet"]
    call("JoinSecurityGroup", SecurityGroupId=groups[1], InstanceId=instances[0])
    call("StopInstance", InstanceId=instances[1])
    call("ModifyInstanceNetworkSpec", InstanceId=instances[1], InternetMaxBandwidthOut=5)
    creating = {"VSwitchId": vswitch, "SecurityGroupId": groups[0]}
    free, attached = (call("CreateNetworkInterface", **creating)["NetworkInterfaceId"] for _ in "12")
    call("AttachNetworkInterface", NetworkInterfaceId=attached, InstanceId=instances[0])
    eips = [call("AllocateEipAddress", VPC)["AllocationId"] for _ in "123"]
    call("AssociateEipAddress", VPC, AllocationId=eips[1], InstanceId=instances[0])
    of_eni = {"InstanceId": attached, "InstanceType": "NetworkInterface"}
    call("AssociateEipAddress", VPC, AllocationId=eips[2], **of_eni)
    call("AssignPrivateIpAddresses", NetworkInterfaceId=free, PrivateIpAddress=["10.0.0.99"])
    ipv6 = call("AssignIpv6Addresses", NetworkInterfaceId=free, Ipv6AddressCount=1)["Ipv6Sets"][
        "Ipv6Address"
    ]
    call(
        "TagResources", ResourceType="instance", ResourceId=[instances[0]], Tag=[{"Key": "a", "Value": "b"}]
    )
    granted = call(
        "CreateNetworkInterfacePermission",
        NetworkInterfaceId=free,
        Permission="InstanceAttach",
        AccountId=1,
    )
    call("AssociateVpcCidrBlock", VPC, VpcId=vpc["VpcId"], SecondaryCidrBlock="192.168.0.0/16")
    rules = _rules(call, groups[2])
    hop = {"NextHopType": "VpnGateway", "NextHopId": "vpn-bp1"}
    of_table = {"RouteTableId": vpc["RouteTableId"], "DestinationCidrBlock": "172.20.0.0/16"}
    entry = call("CreateRouteEntry", VPC, **of_table, **hop)["RouteEntryId"]
    call("PublishVpcRouteEntries", VPC, RouteEntries=[of_table], **TARGET)
    own_table, used_table = (
        call("CreateRouteTable", VPC, VpcId=vpc["VpcId"])["RouteTableId"] for _ in "12"
    )
    bound = call("CreateVSwitch", VPC, CidrBlock="10.2.0.0/16", **place)["VSwitchId"]
    call("AssociateRouteTable", VPC, RouteTableId=used_table, VSwitchId=bound)
    havips = [call("CreateHaVip", VPC, VSwitchId=vswitch)["HaVipId"] for _ in "12"]
    call("AssociateHaVip", VPC, HaVipId=havips[1], InstanceId=instances[0])
    acl, used_acl = (call("CreateNetworkAcl", VPC, VpcId=vpc["VpcId"])["NetworkAclId"] for _ in "12")
    unbound = call("CreateVSwitch", VPC, CidrBlock="10.3.0.0/16", **place)["VSwitchId"]
    resources = {each: [{"ResourceType": "VSwitch", "ResourceId": each}] for each in (bound, unbound)}
    call("AssociateNetworkAcl", VPC, NetworkAclId=used_acl, Resource=resources[bound])
    for name in ("pair", "bound"):
        call("CreateKeyPair", KeyPairName=name)
    call("AttachKeyPair", KeyPairName="bound", InstanceIds=json.dumps(instances))
    place_of_gateway = {"VpcId": vpc["VpcId"], "VSwitchId": vswitch}
    account.ids = {
        **_disks(call, instances),
        **with_gateways(call, place_of_gateway, bound),
        **with_lists(call, used_table),
        **plausible_fleets.with_fleets(call, vswitch, groups[0]),
        **plausible_networks.with_networks(call),
        **plausible_ipv6.with_ipv6(call),
        "VpcId": vpc["VpcId"],
        "RouteEntryId": entry,
        "published": [of_table],
        "HaVipId": havips[0],
        "associated HaVip": havips[1],
        "own table": own_table,
        "used table": used_table,
        "bound vswitch": bound,
        "NetworkAclId": acl,
        "used acl": used_acl,
        "bound resource": resources[bound],
        "unbound resource": resources[unbound],
        "RouteTableId": vpc["RouteTableId"],
        "bound to an interface": eips[2],
        "VRouterId": vpc["VRouterId"],
        "VSwitchId": vswitch,
        "SecurityGroupId": groups[0],
        "second group": groups[1],
        "group of the rules": groups[2],
        "empty group": groups[3],
        "InstanceId": instances[0],
        "stopped": instances[1],
        "paid": paid_id,
        "NetworkInterfaceId": free,
        "attached": attached,
        "AllocationId": eips[0],
        "associated": eips[1],
        "NetworkInterfacePermissionId": granted["NetworkInterfacePermission"][
            "NetworkInterfacePermissionId"
        ],
        "ingress rule": rules["ingress"],
        "egress rule": rules["egress"],
        "ResourceId": instances[0],
        "ipv6": ipv6[0],
        "empty vpc": call("CreateVpc", VPC)["VpcId"],
        "empty vswitch": call("CreateVSwitch", VPC, CidrBlock="10.1.0.0/16", **place)["VSwitchId"],
    }
    call("CreateDefaultVpc", VPC, RegionId="cn-beijing")
    call("EnableDiskEncryptionByDefault", RegionId="cn-beijing")
    image_id = account.ids["ImageId"]
    account.ids["copy that is coming"] = account.client.call("CopyImage", ImageId=image_id)["ImageId"]
    return account


# -- good requests ---------------------------------------------------------------------------------------

ENTRY = {"DstCidrBlock": "172.21.0.0/16", "NextHopType": "VpnGateway", "NextHop": "vpn-bp1"}
ENTRIES = {
    "CreateRouteEntries": ENTRY,
    "DeleteRouteEntries": {"DstCidrBlock": "172.20.0.0/16", "NextHop": "vpn-bp1"},
}
"""What an entry is like in the actions that say of each that fails why: with the codes of one alone."""
VALUES: dict[str, Any] = {
    "ImageFamily": "acs:ubuntu_22_04_x64",
    **plausible_networks.VALUES,
    **plausible_ipv6.VALUES,
    "RouteEntries": [{**ENTRY, "RouteTableId": "vtb-bp1"}],
    **plausible_fleets.VALUES,
    "RegionId": "cn-hangzhou",
    "ZoneId": "cn-hangzhou-h",
    "CidrBlock": "10.9.0.0/16",
    "InstanceIds": "InstanceId",
    "InstanceType": "ecs.g7.large",
    "ResourceType": "instance",
    "Tag": [{"Key": "k", "Value": "v"}],
    "StartTime": "2026-09-21T14:00:00Z",
    "EndTime": "2026-09-21T14:10:00Z",
    "Bandwidth": "7",
    "DestinationResource": "InstanceType",
    "InnerAccessPolicy": "Drop",
    "Id": "cn-hangzhou",
    "KeyPairName": "pair", "PrefixListName": "named", "PortRangeListName": "named",
    "KeyPairNames": '["pair"]',
    "PublicKeyBody": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAACQC+8tJRUpc81w==",
    "ServiceCode": "ecs", "RamRoleName": "role",
    "NewSize": 100, "KMSKeyId": "key",
    "DiskIds": "held disk",
    "diskIds": "held disk",
    "timePoints": '["1"]',
    "repeatWeekdays": '["1"]',
    "retentionDays": 1,
    "DestinationRegionId": "cn-shanghai",
    "DestinationSnapshotName": "copy",
    "DestinationSnapshotDescription": "copy",
    "Type": "openAPI",
    "PrivateIpAddress": "10.0.0.200", "ProtectionEnable": False, "NewResourceGroupId": "rg-other",
    "RouteTableId": "vtb-bp1", "ResourceGroupId": "rg-bp1", "TargetType": "CEN",
    "DestinationCidrBlock": "172.20.0.0/16", "SourceNetworkAclId": "used acl",
    "IpInstanceId": "AllocationId", "IpInstanceIds": "AllocationId", "EipId": "packed",
    "ExternalIp": "public of DNAT", "ExternalPort": "81", "InternalIp": "10.2.0.9",
    "InternalPort": "8081", "IpProtocol": "tcp",
}  # fmt: skip
"""Values of parameters that no declaration tells."""
RULE = {"IpProtocol": "tcp", "PortRange": "80/80"}
INBOUND = {**RULE, "SourceCidrIp": "10.0.0.0/8"}
OUTBOUND = {**RULE, "DestCidrIp": "10.0.0.0/8"}
TAGGED = {"ResourceType": "VPC", "ResourceId": "VpcId"}
IN_VPC = {(VPC, name): TAGGED for name in ("TagResources", "UnTagResources", "ListTagResources")}
MORE: dict[str, dict[str, Any]] = {
    **OF_VPC,
    **plausible_fleets.MORE,
    **plausible_networks.MORE,
    **plausible_ipv6.MORE,
    "CreateDisk": {"ZoneId": "cn-hangzhou-h", "Size": 20},
    "CancelCopyImage": {"ImageId": "copy that is coming"},
    "CopyImage": {"DestinationRegionId": "cn-beijing"},
    "CreateImage": {"InstanceId": "InstanceId"},
    **{
        f"{verb}KMSKeyId": {"RegionId": "cn-beijing"}
        for verb in ("DescribeDiskDefault", "ModifyDiskDefault", "ResetDiskDefault")
    },
    "DisableDiskEncryptionByDefault": {"RegionId": "cn-beijing"},
    "CreateSnapshot": {"DiskId": "held disk"},
    "DetachDisk": {"DiskId": "held disk"},
    "ModifyDiskAttribute": {"DiskId": "DiskId", "DiskName": "called"},
    "ModifyDiskChargeType": {"InstanceId": "InstanceId"},
    "ModifySnapshotAttribute": {"SnapshotName": "called"},
    "ReInitDisk": {"DiskId": "stopped disk"},
    "ReplaceSystemDisk": {"InstanceId": "stopped", "ImageId": "m-1"},
    "CreateSnapshotGroup": {"DiskId": "disk of a group"},
    "UnlockSnapshot": {"SnapshotId": "locked snapshot"},
    "ResetDisk": {"DiskId": "stopped disk", "SnapshotId": "snapshot of the system"},
    "AssociateRouteTable": {"RouteTableId": "own table", "VSwitchId": "VSwitchId"},
    "CreateRouteEntry": {
        "RouteTableId": "RouteTableId", "DestinationCidrBlock": "172.22.0.0/16", "NextHopId": "InstanceId",
    },
    "DeleteRouteEntry": {"RouteTableId": "RouteTableId", "DestinationCidrBlock": "172.20.0.0/16"},
    "DeleteRouteEntries": {"RouteEntries": [{"RouteTableId": "vtb-bp1", "RouteEntryId": "rte-bp1"}]},
    "DeleteRouteTable": {"RouteTableId": "own table"},
    "PublishVpcRouteEntries": {"RouteEntries": "published", **TARGET},
    "WithdrawVpcPublishedRouteEntries": {"RouteEntries": "published", **TARGET},
    "ModifyRouteEntry": {
        "RouteEntryId": "RouteEntryId", "NewNextHopType": "Instance", "NewNextHopId": "InstanceId",
    },
    "AssociateNetworkAcl": {"Resource": "unbound resource"},
    "UpdateNetworkAclEntries": {"UpdateIngressAclEntries": True, "UpdateEgressAclEntries": True},
    "UnassociateNetworkAcl": {"NetworkAclId": "used acl", "Resource": "bound resource"},
    "UnassociateRouteTable": {"RouteTableId": "used table", "VSwitchId": "bound vswitch"},
    "UnassociateHaVip": {"HaVipId": "associated HaVip"},
    "CreateNatGateway": {"VSwitchId": "VSwitchId"},
    "CreateSnatEntry": {"SnatIp": "public of SNAT", "SourceVSwitchId": "VSwitchId"},
    "DeleteCommonBandwidthPackage": {"BandwidthPackageId": "empty package"},
    "DeleteNatGateway": {"NatGatewayId": "bare gateway"},
    "DescribeForwardTableEntries": {"ForwardTableId": "ForwardTableId"},
    "DescribeSnatTableEntries": {"SnatTableId": "SnatTableId"},
    "ModifyNatGatewaySpec": {"NatGatewayId": "bare gateway", "Spec": "Middle"},
    "RemoveCommonBandwidthPackageIp": {"IpInstanceId": "packed"},
    "AllocatePublicIpAddress": {"InstanceId": "stopped"},
    "AssignIpv6Addresses": {"Ipv6AddressCount": 1},
    "CreateDefaultVSwitch": {"RegionId": "cn-beijing", "ZoneId": "cn-beijing-h"},
    "AssignPrivateIpAddresses": {"SecondaryPrivateIpAddressCount": 1},
    "AssociateVpcCidrBlock": {"SecondaryCidrBlock": "172.16.0.0/16"},
    "AuthorizeSecurityGroup": INBOUND,
    "AuthorizeSecurityGroupEgress": OUTBOUND,
    "CreateInstance": {"VSwitchId": "VSwitchId", "SecurityGroupId": "SecurityGroupId", "ImageId": "m-1"},
    "CreateNetworkInterface": {"SecurityGroupId": "SecurityGroupId"},
    "CreateSecurityGroup": {"VpcId": "VpcId"},
    "DeleteInstance": {"InstanceId": "stopped"},
    "DeleteInstances": {"InstanceId": "stopped"},
    "DeleteSecurityGroup": {"SecurityGroupId": "empty group"},
    "DeleteVSwitch": {"VSwitchId": "empty vswitch"},
    "DeleteVpc": {"VpcId": "empty vpc"},
    "DescribeInstanceAutoRenewAttribute": {"InstanceId": "InstanceId"},
    "CreateKeyPair": {"KeyPairName": "another"}, "ImportKeyPair": {"KeyPairName": "another"},
    "DescribeInstanceRamRole": {"InstanceIds": "InstanceId"},
    "AttachInstanceRamRole": {"InstanceIds": "InstanceId", "RamRoleName": "role"},
    "DetachInstanceRamRole": {"InstanceIds": "InstanceId"},
    "ModifyInstanceMetadataOptions": {"InstanceId": "InstanceId"},
    "ModifyInstanceVpcAttribute": {"InstanceId": "stopped"},
    "ModifyInstanceAutoRenewAttribute": {"InstanceId": "paid"},
    "RenewInstance": {"InstanceId": "paid", "Period": 1},
    "ModifyInstanceChargeType": {"InstanceIds": "InstanceId", "Period": 1},
    "ModifyPrepayInstanceSpec": {"InstanceId": "paid", "InstanceType": "ecs.g7.xlarge"},
    "DescribeNetworkInterfacePermissions": {"NetworkInterfaceId": "NetworkInterfaceId"},
    "DescribeRouteTables": {"RouteTableId": "RouteTableId"},
    "DetachNetworkInterface": {"NetworkInterfaceId": "attached"},
    "JoinResourceGroup": {
        "ResourceType": "instance", "ResourceId": "ResourceId", "ResourceGroupId": "rg-bp1",
    },
    "JoinSecurityGroup": {"SecurityGroupId": "empty group", "InstanceId": "InstanceId"},
    "LeaveSecurityGroup": {"SecurityGroupId": "second group", "InstanceId": "InstanceId"},
    "AssociateEipAddress": {"InstanceId": "stopped"},
    "ListTagResources": {"ResourceId": "ResourceId"},
    "ModifyInstanceSpec": {"InstanceId": "stopped", "InstanceType": "ecs.g7.xlarge"},
    "DeletionProtection": {"InstanceId": "AllocationId", "Type": "EIP"},
    "ModifyEipForwardMode": {"InstanceId": "bound to an interface", "Mode": "NAT"},
    "MoveResourceGroup": {"ResourceType": "vpc", "ResourceId": "VpcId"},
    "ModifySecurityGroupEgressRule": {
        "SecurityGroupId": "group of the rules", "SecurityGroupRuleId": "egress rule", "Description": "e",
    },
    "ModifySecurityGroupRule": {
        "SecurityGroupId": "group of the rules", "SecurityGroupRuleId": "ingress rule", "Description": "i",
    },
    "RevokeSecurityGroup": {
        "SecurityGroupId": "group of the rules", "SecurityGroupRuleId": "ingress rule",
    },
    "RevokeSecurityGroupEgress": {
        "SecurityGroupId": "group of the rules", "SecurityGroupRuleId": "egress rule",
    },
    "RunInstances": {
        "VSwitchId": "VSwitchId", "SecurityGroupId": "SecurityGroupId",
        "ImageId": "m-1", "InstanceType": "ecs.g7.large",
    },
    "StartInstance": {"InstanceId": "stopped"},
    "StartInstances": {"InstanceId": "stopped"},
    "UnassignIpv6Addresses": {"Ipv6Address": "ipv6"},
    "UnassignPrivateIpAddresses": {"PrivateIpAddress": ["10.0.0.99"]},
    "UnassociateEipAddress": {"AllocationId": "associated", "InstanceId": "InstanceId"},
    "UnassociateVpcCidrBlock": {"SecondaryCidrBlock": "192.168.0.0/16"},
}  # fmt: skip
"""What an action needs besides, or instead; ids go by their name in the account."""
NAMED = (
    "AllocationId", "AutoProvisioningGroupId", "BandwidthPackageId", "DhcpOptionsSetId", "DiskId",
    "FlowLogId",
    "ForwardEntryId", "ForwardTableId",
    "HaVipId", "ImageId", "InstanceId", "Ipv4GatewayId", "Ipv6GatewayId", "NatGatewayId",
    "NetworkAclId", "NetworkInterfaceId", "NetworkInterfacePermissionId", "PortRangeListId",
    "PrefixListId", "ResourceId", "RouteTargetGroupId", "SecurityGroupId", "SegmentInstanceId",
    "SnapshotGroupId", "autoSnapshotPolicyId",
    "VSwitchCidrReservationId",
    "SnapshotId", "SnatEntryId", "SnatTableId", "VRouterId", "VSwitchId", "VpcId",
)  # fmt: skip
"""The ids that requests must have."""


def written(field: "attrs.Attribute[Any]", value: Any) -> Any:
    """Return a value as its parameter takes it: a text, a list, or a list in JSON."""
    if isinstance(value, str) and str(field.type).startswith("tuple"):
        return [value]
    if isinstance(value, str) and field.name.endswith("Ids"):
        return json.dumps([value])
    return value


def good(action: Action, ids: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of a request that is granted."""
    found = {}
    for name, field in action.parameters.items():
        if field.default is attrs.NOTHING:
            rules = declared(field).rules
            choices = [rule.choices[0] for rule in rules if isinstance(rule, OneOf)]
            numbers = [rule.low for rule in rules if isinstance(rule, Between)]
            known = [table[name] for table in (ids, VALUES) if name in table]
            found[name] = (known or choices or numbers)[0]
    found.update(IN_VPC.get((action.version, action.name)) or MORE.get(action.name, {}))
    return {
        name: written(action.parameters[name], ids.get(value, value) if isinstance(value, str) else value)
        for name, value in found.items()
    }
