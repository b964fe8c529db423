"""Instances and their types as cvm shows them: every documented field, and those that were recorded.

What the caller gave and the emulator only keeps stands in the instance's extras, as the tree that goes
out; here stands what is shown where nothing was given. What is null there was recorded so, in 2022, from
cloud-custodian's cassettes of DescribeInstances (tools/c7n_tencentcloud/tests/cassettes); where the
vendor's newer sample (tccli, 2025-12) differs, that wins: ``RdmaIpAddresses`` is an empty list.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from duolect_core.addressing.pools import format_ipv4, format_ipv6
from duolect_core.graph.graph import Graph
from duolect_core.model.instances import Instance, SubscriptionState
from duolect_core.model.lifecycles import InstanceState, Trigger
from duolect_core.model.resources import Interface, OperationKind, OperationState
from duolect_core.model.rules import InstanceType
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.images import catalog as images
from duolect_dialects.tencent.images.catalog import Image
from duolect_dialects.tencent.instances.disks import data_disks, system_disk
from duolect_dialects.tencent.instances.types import hardware, speed
from duolect_dialects.tencent.interfaces.public_addresses import public_ips
from duolect_dialects.tencent.names import INSTANCE_STATE, OPERATION, OPERATION_STATE, utc_time
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.tencent.wire import translation

DEFAULT_NAME: Final = "未命名"
"""The vendor's word for "unnamed"."""
POSTPAID: Final = "POSTPAID_BY_HOUR"
PREPAID: Final = "PREPAID"
CHARGE_TYPES: Final = (POSTPAID, "SPOTPAID")
"""The ways to pay for an instance by use."""
INTERNET: Final[Body] = {
    "InternetChargeType": "TRAFFIC_POSTPAID_BY_HOUR",
    "InternetMaxBandwidthOut": 0,
    "PublicIpAssigned": False,
    "InternetServiceProvider": "",
    "IPv4AddressType": "",
    "IPv6AddressType": "",
    "AntiDDoSPackageId": "",
}
_EVERY_INSTANCE: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "PublicIPv6Addresses": [],
        "HpcClusterId": "",
        "RdmaIpAddresses": [],
        "DedicatedClusterId": "",
        "LicenseType": "TencentCloud",
    }
)
_UNDOCUMENTED: Final[Mapping[str, Any]] = MappingProxyType(
    # Nobody operates an instance here for its owner, and there is no platform that would have projects.
    {"OperatorUin": "", "PlatformProjectId": None}
)
"""Members that no document has, of every instance that is paid by the hour: see the cassettes."""


def instance(session: Session, shown: Instance) -> Body:
    """Return an instance, with the addresses and groups of its primary interface."""
    kind = session.rules.instance_types[shown.type_name]
    extras, primary = shown.extras, primary_interface(session.graph, shown)
    source = images.of(session, extras.get("ImageId", ""))
    ipv4 = [format_ipv4(address.ip) for address in primary.ipv4]
    public = [*_own_public_ip(session, shown), *public_ips(session.graph, primary)]
    return {
        **_EVERY_INSTANCE,
        **_UNDOCUMENTED,
        "Placement": _placement(shown),
        "InstanceId": shown.id,
        "InstanceType": shown.type_name,
        "CPU": kind.cpu,
        "Memory": int(kind.memory_gib),
        "InstanceName": shown.name,
        "InstanceChargeType": charge_type(shown),
        "SystemDisk": system_disk(session.graph, shown),
        "DataDisks": data_disks(session.graph, shown),
        "PrivateIpAddresses": ipv4,
        "PublicIpAddresses": public or None,
        "InternetAccessible": _internet(shown, is_reachable=bool(public)),
        "VirtualPrivateCloud": {
            "VpcId": shown.network_id,
            "SubnetId": shown.subnet_id,
            "AsVpcGateway": extras.get("VirtualPrivateCloud", {}).get("AsVpcGateway", False),
            "PrivateIpAddresses": ipv4,
            "Ipv6AddressCount": len(primary.ipv6),
        },
        "ImageId": source.id,
        "OsName": source.named(in_chinese=session.call.language == translation.LANGUAGE),
        "DefaultLoginUser": source.login_user,
        "DefaultLoginPort": source.login_port,
        "CreatedTime": utc_time(shown.created),
        "SecurityGroupIds": list(primary.group_ids),
        "LoginSettings": {"KeyIds": login_keys(shown) or None},
        "InstanceState": instance_state(shown),
        **_subscription(shown),
        "DisasterRecoverGroupId": shown.placement_group_id,
        "DisasterRecoverGroupIds": [shown.placement_group_id] if shown.placement_group_id else [],
        "PartitionNumber": shown.partition,
        "Tags": _tags(shown),
        "StopChargingMode": stop_mode(shown),
        "Uuid": uuid(shown),
        "IPv6Addresses": [format_ipv6(address.ip) for address in primary.ipv6] or None,
        "CamRoleName": extras.get("CamRoleName", ""),
        "DisableApiTermination": shown.protected,
        "HostName": _host_name(shown, source, ipv4[0]),
        "EnableJumboFrame": extras.get("EnableJumboFrame", False),
        "Metadata": extras.get("Metadata", {"Items": []}),
        "CpuTopology": {"CoreCount": None, "ThreadPerCore": None, **extras.get("CpuTopology", {})},
        **_latest_operation(session, shown),
    }


def _own_public_ip(session: Session, of: Instance) -> list[str]:
    """Return the public address of its own; one that is given back is gone as soon as the stop succeeds."""
    if of.public_ip is None or (of.public_ip_returns and _has_stopped(session, of)):
        return []
    return [format_ipv4(of.public_ip)]


def primary_interface(graph: Graph, of: Instance) -> Interface:
    """Return an instance's primary interface."""
    return graph.interfaces[graph.primary_interfaces[of.id]]


def project(of: Instance) -> int:
    """Return the project that an instance belongs to: 0 unless it was created in another."""
    number: int = of.extras.get("Placement", {}).get("ProjectId", 0)
    return number


def charge_type(of: Instance) -> str:
    """Return how an instance is paid for."""
    word: str = of.extras.get("InstanceChargeType", POSTPAID)
    return word


def instance_state(of: Instance) -> str:
    """Return the state of an instance: one in the recycle bin is SHUTDOWN as soon as it is stopped."""
    if of.state is InstanceState.STOPPED and of.subscription is not None and not of.subscription.is_paid:
        return "SHUTDOWN"
    return INSTANCE_STATE[of.state]


def _subscription(of: Instance) -> Body:
    """Return until when an instance is paid; one that is paid by the hour neither renews nor expires.

    That one is EXPIRED whose term is over, and PROTECTIVELY_ISOLATED one that was returned, is assumed.
    """
    held = of.subscription
    restricted, source = _RESTRICTED[SubscriptionState.PAID if held is None else held.state]
    return {
        "RestrictState": restricted,
        "RenewFlag": None if held is None else of.extras.get("RenewFlag"),
        "ExpiredTime": None if held is None else utc_time(held.expires),
        "IsolatedSource": source,
    }


_RESTRICTED: Final[Mapping[SubscriptionState, tuple[str, str]]] = MappingProxyType(
    {
        SubscriptionState.PAID: ("NORMAL", "NOTISOLATED"),
        SubscriptionState.EXPIRED: ("EXPIRED", "EXPIRE"),
        SubscriptionState.RETURNED: ("PROTECTIVELY_ISOLATED", "MANMADE"),
    }
)


def stop_mode(of: Instance) -> str:
    """Return whether an instance that is stopped is paid for."""
    if of.state is not InstanceState.STOPPED or of.subscription is not None:
        return "NOT_APPLICABLE"
    word: str = of.extras.get("StoppedMode", "KEEP_CHARGING")
    return word


def login_keys(of: Instance) -> list[str]:
    """Return the keys that open an instance: those that are there, or else those that it came with."""
    return list(of.key_pair_ids or of.extras.get("LoginSettings", {}).get("KeyIds", ()))


def uuid(of: Instance) -> str:
    """Return an instance's other id, which follows from the first."""
    return str(uuid5(NAMESPACE_OID, of.id))


def _internet(of: Instance, *, is_reachable: bool) -> Body:
    """Return how an instance reaches the Internet; without a public address it is charged for no way."""
    shown = {**INTERNET, **of.extras.get("InternetAccessible", {})}
    return shown if is_reachable else {**shown, "InternetChargeType": None}


def _tags(of: Instance) -> list[Body]:
    """Return an instance's tags, each under the documented names and under those that were recorded too."""
    return [{**each, "tagKey": each["Key"], "tagValue": each["Value"]} for each in tags(of.tags)]


def _placement(of: Instance) -> Body:
    return {
        "Zone": of.zone,
        "ProjectId": project(of),
        "HostIds": [],
        "HostId": None,
        "DedicatedResourcePackTenancy": "",
        "DedicatedResourcePackIds": [],
        "RackId": "",
    }


def _host_name(of: Instance, source: Image, ip: str) -> str:
    """Return the host name; without one given, the vendor makes one of the system and the address."""
    given: str = of.extras.get("HostName", "")
    return given.replace("{IP}", ip) if given else source.host_name(ip)


def _latest_operation(session: Session, of: Instance) -> Body:
    """Return the latest operation on an instance; one that was only created shows none.

    That there is none after a creation was recorded (cloud-custodian's cassettes, 2022); that it is shown
    where the creation fails is what terraform-provider-tencentcloud reads. The error is newer than those
    recordings, and an empty text in the vendor's sample (tccli, 2025-12).
    """
    latest = of.operation
    if latest is None or (
        latest.kind is OperationKind.RUN_INSTANCES and latest.state is not OperationState.FAILED
    ):
        return {**dict.fromkeys(_LATEST_OPERATION), "LatestOperationErrorMsg": ""}
    return {
        "LatestOperation": latest.detail or OPERATION[latest.kind],
        "LatestOperationState": OPERATION_STATE[
            OperationState.SUCCEEDED if _has_stopped(session, of) else latest.state
        ],
        "LatestOperationRequestId": latest.id,
        "LatestOperationErrorMsg": latest.reason,
    }


_LATEST_OPERATION: Final = ("LatestOperation", "LatestOperationState", "LatestOperationRequestId")


def _has_stopped(session: Session, of: Instance) -> bool:
    """Say whether the operation that stops an instance succeeds already: before the instance is STOPPED.

    Recorded 11 seconds after StopInstances, where it was OPERATING still after 6 (cloud-custodian,
    test_tc_cvm, 2022). Where between them it succeeds is not known: here halfway.
    """
    partition, latest = session.partition, of.operation
    if of.state is not InstanceState.STOPPING or of.pending is None or latest is None or latest.held:
        return False
    ends_well = partition.timeline.planned_as(of.pending).trigger is Trigger.STOPPED
    return ends_well and 2 * partition.now >= latest.started + latest.due


def instance_type(shown: InstanceType, zone: str) -> Body:
    """Return an instance type, as one zone offers it."""
    gpus, runs_on = speed(shown).gpus, hardware(shown.family)
    return {
        "Zone": zone,
        "InstanceType": shown.name,
        "InstanceFamily": shown.family,
        "GPU": gpus,
        "CPU": shown.cpu,
        "Memory": int(shown.memory_gib),
        "FPGA": 0,
        "GpuCount": gpus,
        "GpuType": runs_on.gpu,
        "GpuMemory": runs_on.gpu_memory_gib,
    }
