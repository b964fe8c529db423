"""An account of Tencent Cloud in which every action finds what it needs."""

from tests.dialects.tencent.codes.plausible_copies import copy_requests
from tests.dialects.tencent.codes.plausible_gateways import bandwidth_package_requests, nat_gateway_requests
from tests.dialects.tencent.codes.plausible_ipv6 import ipv6_requests
from tests.dialects.tencent.codes.plausible_requests import Account
from tests.dialects.tencent.networks.plausible_acls import furnish_flow_logs, furnish_network_acls
from tests.dialects.tencent.routes.plausible_policies import furnish_route_policies
from tests.dialects.tencent.security_groups.plausible_templates import furnish_templates
from tests.harness import emulator

from duolect_core.addressing.generator import Generator
from duolect_core.key_pairs.rsa import draw_key

ZONE = "ap-guangzhou-3"
SUBNET = {"SubnetName": "subnet", "Zone": ZONE}
TAG = {"TagKey": "city", "TagValue": "shanghai"}
OTHER_TAG = {"TagKey": "city", "TagValue": "shenzhen"}
FREE_TAG = {"TagKey": "stage", "TagValue": "test"}
PUBLIC_KEYS = tuple(draw_key(Generator(seed), 512).public for seed in range(3))
POLICY = {"Protocol": "TCP", "Port": "80", "CidrBlock": "10.0.0.0/8", "Action": "ACCEPT"}
OTHER_POLICY = {**POLICY, "Port": "443"}


def furnished() -> Account:
    """Return an account in which every action finds what it needs."""
    account = Account(emulator().tencent())
    _furnish_traffic_packages(account)
    _furnish_networks(account)
    _furnish_groups(account)
    furnish_templates(account)
    _furnish_instances(account)
    _furnish_disks(account)
    _furnish_key_pairs(account)
    _furnish_fleets(account)
    _furnish_subscriptions(account)
    _furnish_interfaces(account)
    _furnish_public_addresses(account)
    _furnish_virtual_addresses(account)
    _furnish_routes(account)
    furnish_route_policies(account)
    furnish_network_acls(account)
    furnish_flow_logs(account)
    account.of_action |= copy_requests(account.call, account.values)
    account.of_action |= ipv6_requests(account.call, account.values)
    account.of_action |= nat_gateway_requests(account.call, account.values)
    account.of_action |= bandwidth_package_requests(account.call, account.values)
    _furnish_tags(account)
    return account


def _furnish_traffic_packages(account: Account) -> None:
    create = lambda: account.call("CreateTrafficPackages", TrafficAmount=10)["TrafficPackageSet"]  # noqa: E731
    expired = create()
    account.client.emulator.advance(32 * 24 * 3600 * 1000)
    (package_id,) = create()
    account.values |= {"TrafficPackageId": package_id}
    account.of_action |= {
        "CreateTrafficPackages": {"TrafficAmount": 10},
        "DeleteTrafficPackages": {"TrafficPackageIds": expired},
    }


def _furnish_networks(account: Account) -> None:
    call = account.call
    vpc_id, other_id, empty_id = (
        call("CreateVpc", VpcName="vpc", CidrBlock="10.0.0.0/16", StackType=stack)["Vpc"]["VpcId"]
        for stack in ("DualStack", "DualStack", None)
    )
    subnet = call("CreateSubnet", VpcId=vpc_id, CidrBlock="10.0.0.0/24", StackType="DualStack", **SUBNET)
    bare = call("CreateSubnet", VpcId=vpc_id, CidrBlock="10.0.9.0/24", **SUBNET)["Subnet"]
    unused = call("CreateSubnet", VpcId=vpc_id, CidrBlock="10.0.8.0/24", StackType="DualStack", **SUBNET)
    call("CreateAssistantCidr", VpcId=vpc_id, CidrBlocks=["10.5.0.0/16"])
    whole = call("DescribeVpcs", VpcIds=[vpc_id])["VpcSet"][0]["Ipv6CidrBlock"]
    part = whole.replace("00::/56", "0f::/64")
    account.values |= {
        "VpcId": vpc_id,
        "SubnetId": subnet["Subnet"]["SubnetId"],
        **SUBNET,
        "RouteTableId": subnet["Subnet"]["RouteTableId"],
        "CidrBlock": "10.0.7.0/24",
        "Filters": [{"Name": "vpc-id", "Values": [vpc_id]}],
        "LimitTypes": ["vpc-max-subnets"],
        "Placement": {"Zone": ZONE},
    }
    gives = [{"SubnetId": bare["SubnetId"], "Ipv6CidrBlock": part}]
    account.of_action |= {
        "CreateVpc": {"CidrBlock": "10.0.0.0/16"},
        "CreateSubnet": {"CidrBlock": "10.0.7.0/24"},
        "CreateSubnets": {"Subnets": [{**SUBNET, "CidrBlock": "10.0.7.0/24"}]},
        "DeleteVpc": {"VpcId": empty_id},
        "DeleteSubnet": {"SubnetId": bare["SubnetId"]},
        "CreateAssistantCidr": {"CidrBlocks": ["10.6.0.0/16"]},
        "ModifyAssistantCidr": {"NewCidrBlocks": ["10.6.0.0/16"]},
        "CheckAssistantCidr": {"NewCidrBlocks": ["10.6.0.0/16"]},
        "DeleteAssistantCidr": {"CidrBlocks": ["10.5.0.0/16"]},
        "AssignIpv6CidrBlock": {"VpcId": empty_id},
        "UnassignIpv6CidrBlock": {"VpcId": other_id},
        "AssignIpv6SubnetCidrBlock": {"Ipv6SubnetCidrBlocks": gives},
        "UnassignIpv6SubnetCidrBlock": {
            "Ipv6SubnetCidrBlocks": [{"SubnetId": unused["Subnet"]["SubnetId"]}]
        },
    }


def _furnish_groups(account: Account) -> None:
    group_id, lone_id = (
        account.call("CreateSecurityGroup", GroupName=name, GroupDescription="")["SecurityGroup"][
            "SecurityGroupId"
        ]
        for name in ("group", "lone")
    )
    there = {"SecurityGroupPolicySet": {"Ingress": [OTHER_POLICY]}}
    account.call("CreateSecurityGroupPolicies", SecurityGroupId=group_id, **there)
    policies = [{"PolicyIndex": 0, **POLICY}]
    account.values |= {
        "SecurityGroupId": group_id,
        "SecurityGroupPolicySet": {"Ingress": policies},
        "Ingress": policies,
        "Egress": policies,
    }
    account.of_action |= {
        "DeleteSecurityGroup": {"SecurityGroupId": lone_id},
        "DeleteSecurityGroupPolicies": there,
    }


def _place(account: Account) -> dict[str, str]:
    return {name: account.values[name] for name in ("VpcId", "SubnetId")}


def _furnish_instances(account: Account) -> None:
    run = {
        "Placement": {"Zone": ZONE},
        "ImageId": "img-pmqg1cw7",
        "VirtualPrivateCloud": _place(account),
        "SecurityGroupIds": [account.values["SecurityGroupId"]],
    }
    running, other, stopped = (
        account.call("RunInstances", **run, DataDisks=[{"DiskType": "CLOUD_SSD", "DiskSize": 20}])[
            "InstanceIdSet"
        ][0]
        for _ in range(3)
    )
    (shown,) = account.call("DescribeInstances", InstanceIds=[running])["InstanceSet"]
    disk = {"DiskType": "LOCAL_BASIC", "DiskSize": 50}
    (local,) = account.call("RunInstances", **run, SystemDisk=disk)["InstanceIdSet"]
    account.call("StopInstances", InstanceIds=[stopped, local])
    account.values |= {
        "InstanceId": running,
        "SourceInstanceId": other,
        "DestinationInstanceId": running,
        "InstanceType": "S5.LARGE16",
        "DiskId": shown["DataDisks"][0]["DiskId"],
        "VirtualPrivateCloud": _place(account),
        "NetworkInterfaces": [
            {"InterfaceType": kind, "PrivateIpv4AddressCount": 1, **_place(account)}
            for kind in ("PRIMARY", "SECONDARY")
        ],
    }
    account.of_action |= {
        "RunInstances": run,
        "ResetInstancesInternetMaxBandwidth": {"InternetAccessible": {"InternetMaxBandwidthOut": 9}},
        "StartInstances": {"InstanceIds": [stopped]},
        "ModifyInstancesAttribute": {"InstanceName": "name"},
        "ResizeInstanceDisks": {
            "SystemDisk": {"DiskSize": 60, "DiskId": shown["SystemDisk"]["DiskId"]},
            "ResizeOnline": True,
        },
        "ModifyInstanceDiskType": {"InstanceId": local, "SystemDisk": {"DiskType": "CLOUD_PREMIUM"}},
        "ResetInstance": {"SystemDisk": {"DiskSize": 60}},
        "ResetInstancesPassword": {"Password": "Passw0rd-new", "ForceStop": True},
        "ResizeDisk": {"DiskId": shown["DataDisks"][0]["DiskId"], "DiskSize": 30},
        "ModifyDiskAttributes": {"DiskName": "name"},
        "DetachDisks": {"DiskIds": [shown["DataDisks"][0]["DiskId"]]},
    }


def _furnish_disks(account: Account) -> None:
    new = {
        "Placement": {"Zone": ZONE},
        "DiskChargeType": "POSTPAID_BY_HOUR",
        "DiskType": "CLOUD_PREMIUM",
        "DiskSize": 20,
    }
    (free,) = account.call("CreateDisks", **new)["DiskIdSet"]
    snapshot_id, spare = (account.call("CreateSnapshot", DiskId=free)["SnapshotId"] for _ in range(2))
    fast = {**new, "DiskType": "CLOUD_HSSD", "DiskSize": 500}
    (fast_id,) = account.call("CreateDisks", **fast)["DiskIdSet"]
    of = account.values["InstanceId"]
    image_id = account.call("CreateImage", ImageName="own", InstanceId=of)["ImageId"]
    account.values |= {"DiskId": free, "SnapshotId": snapshot_id, "ImageName": "name"}
    account.of_action |= {
        "CreateDisks": new,
        "CreateSnapshot": {"DiskId": free},
        "DeleteSnapshots": {"SnapshotIds": [spare]},
        "ModifySnapshotAttribute": {"SnapshotName": "name"},
        "CreateImage": {"InstanceId": account.values["InstanceId"]},
        "DeleteImages": {"ImageIds": [image_id]},
        "ModifyImageAttribute": {"ImageId": image_id},
        "InitializeDisks": {"DiskIds": [free]},
        "ModifyDiskExtraPerformance": {"DiskId": fast_id},
        "SyncImages": {"ImageIds": [image_id], "DestinationRegions": ["ap-beijing"]},
        "ModifyImageSharePermission": {"ImageId": image_id, "AccountIds": ["1"], "Permission": "SHARE"},
        "DescribeImageSharePermission": {"ImageId": image_id},
    }


def _furnish_subscriptions(account: Account) -> None:
    paid = {"InstanceChargeType": "PREPAID", "InstanceChargePrepaid": {"Period": 1}}
    by_use = {"InstanceIds": [account.values["SourceInstanceId"]]}
    run = {"Placement": {"Zone": ZONE}, "ImageId": "img-pmqg1cw7", "VirtualPrivateCloud": _place(account)}
    prepaid = {"InstanceIds": account.call("RunInstances", **run, **paid)["InstanceIdSet"]}
    account.of_action |= {
        "RenewInstances": {**prepaid, "InstanceChargePrepaid": {"Period": 1}},
        "ModifyInstancesRenewFlag": {**prepaid, "RenewFlag": "NOTIFY_AND_AUTO_RENEW"},
        "ModifyInstancesChargeType": {**by_use, **paid},
    }


def _furnish_key_pairs(account: Account) -> None:
    free, bound = (
        account.call("ImportKeyPair", KeyName=f"key_{place}", ProjectId=0, PublicKey=key)["KeyId"]
        for place, key in enumerate(PUBLIC_KEYS[:2])
    )
    force = {"InstanceIds": [account.values["SourceInstanceId"]], "ForceStop": True}
    account.call("AssociateInstancesKeyPairs", KeyIds=[bound], **force)
    account.values |= {"KeyId": free, "KeyName": "name", "PublicKey": PUBLIC_KEYS[2]}
    account.of_action |= {
        "AssociateInstancesKeyPairs": force,
        "DisassociateInstancesKeyPairs": {"KeyIds": [bound], **force},
        "ModifyKeyPairAttribute": {"KeyName": "other"},
    }


def _furnish_fleets(account: Account) -> None:
    said = {"Placement": {"Zone": ZONE}, "ImageId": "img-pmqg1cw7"}
    template_id = account.call("CreateLaunchTemplate", LaunchTemplateName="first", **said)[
        "LaunchTemplateId"
    ]
    account.call("CreateLaunchTemplateVersion", LaunchTemplateId=template_id, **said)
    account.values |= {
        "LaunchTemplateId": template_id,
        "LaunchTemplateName": "second",
        "LaunchTemplateVersions": [2],
        "DefaultVersion": 2,
    }
    groups = [
        account.call("CreateDisasterRecoverGroup", Name=name, Type="HOST")["DisasterRecoverGroupId"]
        for name in ("free", "filled")
    ]
    placed = account.values["SourceInstanceId"]
    account.call(
        "ModifyInstancesDisasterRecoverGroup", InstanceIds=[placed], DisasterRecoverGroupId=groups[1]
    )
    account.values |= {"DisasterRecoverGroupId": groups[0], "DisasterRecoverGroupIds": groups[:1]}
    account.of_action |= {
        "ModifyInstancesDisasterRecoverGroup": {"DisasterRecoverGroupId": groups[0]},
        "DeleteInstancesDisasterRecoverGroups": {
            "InstanceIds": [placed],
            "DisasterRecoverGroupIds": groups[1:],
        },
        "CreateDisasterRecoverGroup": {"Name": "third", "Type": "HOST"},
    }
    account.of_action["CreateLaunchTemplate"] = {"ImageId": "img-pmqg1cw7"}


def _furnish_interfaces(account: Account) -> None:
    make = {"NetworkInterfaceName": "eni", "SecondaryPrivateIpAddressCount": 1, "Ipv6AddressCount": 1}
    free, other, attached = (
        account.call("CreateNetworkInterface", **make, **_place(account))["NetworkInterface"]
        for _ in range(3)
    )
    holder = account.values["SourceInstanceId"]
    both = {"NetworkInterfaceId": attached["NetworkInterfaceId"], "InstanceId": holder}
    task_id = account.call("AttachNetworkInterface", **both)["RequestId"]
    secondary = free["PrivateIpAddressSet"][1]["PrivateIpAddress"]
    held = {"PrivateIpAddresses": [{"PrivateIpAddress": secondary}]}
    held_ipv6 = {"Ipv6Addresses": [{"Address": free["Ipv6AddressSet"][0]["Address"]}]}
    account.values |= {
        "NetworkInterfaceId": free["NetworkInterfaceId"],
        "SourceNetworkInterfaceId": free["NetworkInterfaceId"],
        "DestinationNetworkInterfaceId": other["NetworkInterfaceId"],
        "PrivateIpAddress": secondary,
    }
    account.of_action |= {
        "DetachNetworkInterface": both,
        "MigrateNetworkInterface": {"NetworkInterfaceId": attached["NetworkInterfaceId"]},
        "AssignPrivateIpAddresses": {"SecondaryPrivateIpAddressCount": 1},
        "UnassignPrivateIpAddresses": held,
        "ModifyPrivateIpAddressesAttribute": held,
        "DescribeVpcPrivateIpAddresses": {"PrivateIpAddresses": [secondary]},
        "AssignIpv6Addresses": {"Ipv6AddressCount": 1},
        "UnassignIpv6Addresses": held_ipv6,
        "ModifyIpv6AddressesAttribute": held_ipv6,
        "DescribeVpcTaskResult": {"TaskId": task_id},
    }


def _furnish_public_addresses(account: Account) -> None:
    made = account.call("AllocateAddresses", AddressCount=2)
    free, bound = made["AddressSet"]
    instance = {"InstanceId": account.values["InstanceId"]}
    account.call("AssociateAddress", AddressId=bound, InstanceId=account.values["SourceInstanceId"])
    account.values |= {"AddressId": free, "InternetMaxBandwidthOut": 5, "FilterSubAccountUin": [1]}
    account.of_action |= {
        "AssociateAddress": instance,
        "DisassociateAddress": {"AddressId": bound},
        "DescribeTaskResult": {"TaskId": int(made["TaskId"])},
    }


def _furnish_virtual_addresses(account: Account) -> None:
    free, used, bare = (
        account.call("CreateHaVip", HaVipName=name, **_place(account))["HaVip"]["HaVipId"]
        for name in ("free", "used", "bare")
    )
    address_id = account.call("AllocateAddresses")["AddressSet"][0]
    (spare,) = account.call("DescribeAddresses", AddressIds=[account.values["AddressId"]])["AddressSet"]
    (bound,) = account.call("DescribeAddresses", AddressIds=[address_id])["AddressSet"]
    of_instance = {"HaVipId": used, "InstanceId": account.values["InstanceId"]}
    account.call("AssociateHaVipInstance", HaVipAssociationSet=[of_instance])
    account.call("HaVipAssociateAddressIp", HaVipId=used, AddressIp=bound["AddressIp"])
    account.values |= {"HaVipId": free, "HaVipName": "name", "AddressIp": spare["AddressIp"]}
    account.of_action |= {
        "CreateHaVip": _place(account),
        "DeleteHaVip": {"HaVipId": bare},
        "AssociateHaVipInstance": {"HaVipAssociationSet": [{**of_instance, "HaVipId": free}]},
        "DisassociateHaVipInstance": {"HaVipAssociationSet": [of_instance]},
        "HaVipDisassociateAddressIp": {"HaVipId": used},
    }


def _furnish_routes(account: Account) -> None:
    hop = {"GatewayType": "CVM", "GatewayId": account.values["InstanceId"]}
    routes = [{"DestinationCidrBlock": f"172.2{number}.0.0/16", **hop} for number in range(2)]
    own = account.call("CreateRouteTable", VpcId=account.values["VpcId"], RouteTableName="own")
    table_id = account.values["RouteTableId"]
    made = account.call("CreateRoutes", RouteTableId=table_id, Routes=routes)
    (one, other) = (each["RouteItemId"] for each in made["RouteTableSet"][0]["RouteSet"])
    account.call("DisableRoutes", RouteTableId=table_id, RouteItemIds=[other])
    account.values |= {
        "GatewayId": account.values["InstanceId"],
        "RouteItemId": one,
        "Routes": [{"DestinationCidrBlock": "172.30.0.0/16", **hop}],
        "DestinationCidrBlock": "172.20.0.0/16",
    }
    own_id = own["RouteTable"]["RouteTableId"]
    account.of_action |= {
        "DeleteRouteTable": {"RouteTableId": own_id},
        "ReplaceRouteTableAssociation": {
            "RouteTableId": own_id,
            "SubnetId": account.values["SubnetId"],
        },
        "ReplaceRoutes": {"Routes": [{"RouteItemId": one, **hop}]},
        "DeleteRoutes": {"Routes": [{"RouteItemId": one}]},
        "EnableRoutes": {"RouteItemIds": [other]},
        "DisableRoutes": {"RouteItemIds": [one]},
    }


def _furnish_tags(account: Account) -> None:
    vpc_id = account.values["VpcId"]
    named = f"qcs::vpc:ap-guangzhou::vpc/{vpc_id}"
    untagged = account.values["SubnetId"]
    for tag in (OTHER_TAG, FREE_TAG):
        account.call("CreateTag", **tag)
    account.call("AddResourceTag", Resource=named, **TAG)
    account.values |= {
        **TAG,
        "Resource": named,
        "ResourceList": [named],
        "ResourceId": vpc_id,
        "ServiceType": "vpc",
        "ResourcePrefix": "vpc",
        "ResourceRegion": "ap-guangzhou",
        "TagFilters": [{"TagKey": "city"}],
    }
    place = {"ResourcePrefix": "vpc", "ResourceRegion": "ap-guangzhou"}
    account.of_action |= {
        "CreateTag": {"TagValue": "beijing"},
        "DeleteTag": FREE_TAG,
        "DeleteTags": {"Tags": [FREE_TAG]},
        "AddResourceTag": FREE_TAG,
        "TagResources": {"Tags": [FREE_TAG]},
        "ModifyResourceTags": {"ReplaceTags": [FREE_TAG]},
        "AttachResourcesTag": {**OTHER_TAG, **place, "ResourcePrefix": "subnet", "ResourceIds": [untagged]},
        "DetachResourcesTag": place,
        "ModifyResourcesTagValue": {**OTHER_TAG, **place},
    }
