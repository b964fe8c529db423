"""Instances as DescribeInstances lists them.

What concerns disks, images, billing and guests is not modelled: those fields hold what was asked for when
the instance was created, or else the value of an instance that has nothing of the kind. An instance's
``extras`` hold that, under the names of the answer. Recorded answers (43 instances, 2024) leave out Tags,
KeyPairName, the bandwidth of the EIP and local storage where there is none, show ImageOptions and
PrivateDnsNameOptions without members, and HttpEndpoint and HttpTokens empty, where nothing was said; and
footmark, under ansible's modules, depends on EipAddress before PublicIpAddress.
"""

from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import Interface
from duolect_core.model.rules import InstanceType
from duolect_dialects.action import Body
from duolect_dialects.alibaba.images import catalog as images
from duolect_dialects.alibaba.images.catalog import Image
from duolect_dialects.alibaba.instances.type_views import local_disks, threads_per_core
from duolect_dialects.alibaba.instances.types import hardware
from duolect_dialects.alibaba.interfaces.public_addresses import address_of
from duolect_dialects.alibaba.interfaces.views import ipv4_prefixes, ipv6_prefixes
from duolect_dialects.alibaba.names import INSTANCE_STATUS, INTERFACE_TYPE, minute
from duolect_dialects.alibaba.views import tags
from duolect_dialects.exchange import exactly
from duolect_dialects.session import Session

_NEVER: Final = "2099-12-31T15:59Z"
"""When an instance that is paid by use expires."""
_SHOWN: Final = frozenset({InterfaceState.IN_USE, InterfaceState.DETACHING})
_SHOWN_EXTRAS: Final = (
    "AdditionalInfo", "AutoReleaseTime", "ClockOptions", "CpuOptions", "CreditSpecification",
    "DedicatedHostAttribute", "DedicatedInstanceAttribute",
    "EcsCapacityReservationAttr", "HibernationOptions", "HostName", "HpcClusterId", "ISP", "ImageId",
    "ImageOptions", "InstanceChargeType", "InternetChargeType", "InternetMaxBandwidthIn",
    "InternetMaxBandwidthOut", "IoOptimized",
    "MetadataOptions", "PrivateDnsNameOptions", "ResourceGroupId", "SecurityOptions",
    "SpotDuration", "SpotInterruptionBehavior", "SpotPriceLimit", "SpotStrategy", "StoppedMode",
)  # fmt: skip
"""What DescribeInstances shows of an instance's extras; the rest other actions show."""
_ID_PLACE: Final = "${instance_id}"
"""What stands for the instance's own id in a host name."""


def interfaces_of(session: Session, shown: Instance) -> list[Interface]:
    """Return the interfaces that an instance has, the primary one first."""
    graph = session.graph
    primary_id = graph.primary_interfaces[shown.id]
    ids = (primary_id, *(each for each in graph.interfaces_by_instance.ids(shown.id) if each != primary_id))
    return [graph.interfaces[each] for each in ids if graph.interfaces[each].state in _SHOWN]


def instance(session: Session, shown: Instance) -> Body:
    """Return an instance with all that is known of it."""
    body: Body = {
        **_identity(session, shown),
        **_hardware(session.rules.instance_types[shown.type_name]),
        **_network(session, shown),
        **_system(images.of(session, shown.extras.get("ImageId") or "")),
        **_billing(shown),
    }
    for name in shown.extras.keys() & _SHOWN_EXTRAS:
        value = shown.extras[name]
        body[name] = {**body[name], **value} if isinstance(value, dict) else value
    body["SpotPriceLimit"] = exactly(body["SpotPriceLimit"])
    body["HostName"] = body["HostName"].replace(_ID_PLACE, shown.id)
    if shown.state is not InstanceState.STOPPED:
        body["StoppedMode"] = "Not-applicable"
    return body


def _identity(session: Session, shown: Instance) -> dict[str, Any]:
    return {
        "InstanceId": shown.id,
        "InstanceName": shown.name or shown.id,
        "HostName": f"iZ{shown.id.removeprefix('i-')}Z",
        "Description": shown.description,
        "SerialNumber": str(uuid5(NAMESPACE_OID, shown.id)),
        "RegionId": session.call.region,
        "ZoneId": shown.zone,
        "ClusterId": "",
        "HpcClusterId": "",
        "ResourceGroupId": "",
        "Status": INSTANCE_STATUS[shown.state],
        "StoppedMode": "KeepCharging",
        "CreationTime": minute(shown.created),
        "StartTime": "" if shown.started is None else minute(shown.started),
        "DeletionProtection": shown.protected,
        "DeviceAvailable": True,
        "Recyclable": False,
        "OperationLocks": {
            "LockReason": [{"LockReason": each, "LockMsg": ""} for each in lock_reasons(shown)]
        },
        "DeploymentSetId": shown.placement_group_id,
        "DeploymentSetGroupNo": shown.partition,
        **({"Tags": tags(shown.tags)} if shown.tags else {}),
        **_key_pair(session, shown),
    }


def _key_pair(session: Session, shown: Instance) -> dict[str, str]:
    """Return the name of the key pair that opens an instance; where there is none it is absent."""
    if not shown.key_pair_ids:
        return {}
    return {"KeyPairName": session.graph.key_pairs[shown.key_pair_ids[0]].name}


def _hardware(instance_type: InstanceType) -> dict[str, Any]:
    runs_on, threads = hardware(instance_type), threads_per_core(instance_type)
    return {
        "InstanceType": instance_type.name,
        "InstanceTypeFamily": instance_type.family,
        "Cpu": instance_type.cpu,
        "Memory": int(instance_type.memory_gib * 1024),
        "GPUAmount": runs_on.gpus,
        "GPUSpec": runs_on.gpu,
        **local_disks(runs_on),
        "IoOptimized": True,
        "CpuOptions": {
            "CoreCount": instance_type.cpu // threads,
            "ThreadsPerCore": threads,
            "Numa": "",
            "TopologyType": "",
            "TurboMode": "",
            "NestedVirtualization": "",
            "EnableVISST": False,
            "EnableVRDT": False,
        },
        "ClockOptions": {"PtpStatus": "disabled"},
        "AdditionalInfo": {"EnableHighDensityMode": False, "ManagedHostId": "", "NodeSerialNumber": ""},
        "EnableNVS": False,
    }


def _network(session: Session, shown: Instance) -> dict[str, Any]:
    found = interfaces_of(session, shown)
    primary = session.graph.interfaces[session.graph.primary_interfaces[shown.id]]
    return {
        "InstanceNetworkType": "classic" if shown.classic else "vpc",
        "VpcAttributes": {
            "VpcId": shown.network_id,
            "VSwitchId": shown.subnet_id,
            "PrivateIpAddress": {"IpAddress": [format_ipv4(primary.primary_ip)]},
            "NatIpAddress": "",
        },
        "NetworkInterfaces": {"NetworkInterface": [_interface(each) for each in found]},
        "SecurityGroupIds": {"SecurityGroupId": list(primary.group_ids)},
        "EipAddress": _eip(session, primary),
        "PublicIpAddress": {"IpAddress": [] if shown.public_ip is None else [format_ipv4(shown.public_ip)]},
        "InnerIpAddress": {"IpAddress": []},
        "RdmaIpAddress": {"IpAddress": []},
        "InternetChargeType": "PayByTraffic",
        "InternetMaxBandwidthIn": 0,
        "InternetMaxBandwidthOut": 0,
        "ISP": "",
        "VlanId": "",
        "PrivateDnsNameOptions": {},
    }


def _eip(session: Session, primary: Interface) -> Body:
    """Return the EipAddress of the instance with this primary interface."""
    found = address_of(session, primary, primary.primary_ip)
    if found is None:
        return {
            "AllocationId": "",
            "IpAddress": "",
            "InternetChargeType": "",
            "IsSupportUnassociate": False,
        }
    return {
        "AllocationId": found.id,
        "IpAddress": format_ipv4(found.ip),
        "Bandwidth": int(found.extras["Bandwidth"]),
        "InternetChargeType": found.extras["InternetChargeType"],
        "IsSupportUnassociate": True,
    }


def _interface(shown: Interface) -> Body:
    return {
        "NetworkInterfaceId": shown.id,
        "Type": INTERFACE_TYPE[shown.kind],
        "MacAddress": shown.mac,
        "PrimaryIpAddress": format_ipv4(shown.primary_ip),
        "PrivateIpSets": {
            "PrivateIpSet": [
                {
                    "PrivateIpAddress": format_ipv4(address.ip),
                    "PrivateDnsName": "",
                    "Primary": address.primary,
                }
                for address in shown.ipv4
            ]
        },
        "Ipv6Sets": {
            "Ipv6Set": [{"Ipv6Address": format_ipv6(each.ip), "Primary": False} for each in shown.ipv6]
        },
        "Ipv4PrefixSets": ipv4_prefixes(shown),
        "Ipv6PrefixSets": ipv6_prefixes(shown),
    }


def _system(image: Image) -> dict[str, Any]:
    return {
        "ImageId": "",
        "ImageOptions": {},
        "OSName": image.name,
        "OSNameEn": image.name_in_english,
        "OSType": "windows" if image.windows else "linux",
        "SecurityOptions": {"EnableSecureBoot": False},
        "HibernationOptions": {"Configured": False},
        "MetadataOptions": {
            "HttpEndpoint": "",
            "HttpTokens": "",
            "HttpPutResponseHopLimit": 1,
            "InstanceMetadataTags": "",
        },
        "DedicatedHostAttribute": {
            "DedicatedHostClusterId": "",
            "DedicatedHostId": "",
            "DedicatedHostName": "",
        },
        "DedicatedInstanceAttribute": {"Affinity": "", "Tenancy": ""},
    }


def lock_reasons(shown: Instance) -> list[str]:
    """Return what keeps an instance from being used: that it has expired, or is about to be taken back.

    That the lock of an expired subscription is called as that of an account in debt is assumed.
    """
    held = shown.subscription
    found = [] if held is None or held.is_paid else ["financial"]
    return found if shown.reclaim is None else [*found, "Recycling"]


def expiry(shown: Instance) -> str:
    """Return when an instance expires."""
    return _NEVER if shown.subscription is None else minute(shown.subscription.expires)


def _billing(shown: Instance) -> dict[str, Any]:
    return {
        "InstanceChargeType": "PostPaid",
        "ExpiredTime": expiry(shown),
        "AutoReleaseTime": "",
        "SaleCycle": "",
        "CreditSpecification": "",
        "SpotStrategy": "NoSpot",
        "SpotDuration": 0,
        "SpotPriceLimit": 0.0,
        "SpotInterruptionBehavior": "",
        "EcsCapacityReservationAttr": {"CapacityReservationId": "", "CapacityReservationPreference": ""},
    }
