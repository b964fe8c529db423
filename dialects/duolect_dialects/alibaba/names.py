"""The vendor's words for the core's states and kinds."""

from collections.abc import Mapping
from functools import lru_cache
from time import gmtime, strftime
from types import MappingProxyType
from typing import Final

from duolect_core.model.disk_lifecycles import CopyState, DiskState
from duolect_core.model.lifecycles import (
    InstanceState,
    InterfaceState,
    ProvisionState,
    PublicAddressState,
    RouteState,
    ServiceState,
    VirtualAddressState,
)
from duolect_core.model.resources import SECOND, GroupKind, Instant, InterfaceKind
from duolect_dialects.wording import Words

INTERFACE_STATUS: Final[Mapping[InterfaceState, str]] = MappingProxyType(
    {
        InterfaceState.PENDING: "Creating",
        InterfaceState.AVAILABLE: "Available",
        InterfaceState.ATTACHING: "Attaching",
        InterfaceState.IN_USE: "InUse",
        InterfaceState.DETACHING: "Detaching",
        InterfaceState.DELETING: "Deleting",
        InterfaceState.CREATE_FAILED: "CreateFailed",
        InterfaceState.GONE: "Deleted",
    }
)
INSTANCE_STATUS: Final[Mapping[InstanceState, str]] = MappingProxyType(
    {
        InstanceState.PENDING: "Pending",
        InstanceState.STARTING: "Starting",
        InstanceState.RUNNING: "Running",
        InstanceState.STOPPING: "Stopping",
        InstanceState.STOPPED: "Stopped",
        InstanceState.REBOOTING: "Starting",
        InstanceState.DELETING: "Stopping",
        InstanceState.LAUNCH_FAILED: "Stopped",
        InstanceState.GONE: "Stopped",
    }
)
"""The vendor shows no state of its own for an instance that reboots or is being deleted."""
PUBLIC_ADDRESS_STATUS: Final[Mapping[PublicAddressState, str]] = MappingProxyType(
    {
        PublicAddressState.PENDING: "Allocating",
        PublicAddressState.AVAILABLE: "Available",
        PublicAddressState.ASSOCIATING: "Associating",
        PublicAddressState.IN_USE: "InUse",
        PublicAddressState.DISASSOCIATING: "Unassociating",
        PublicAddressState.RELEASING: "Releasing",
        PublicAddressState.GONE: "Released",
    }
)
NETWORK_STATUS: Final[Mapping[ProvisionState, str]] = MappingProxyType(
    {
        ProvisionState.PENDING: "Pending",
        ProvisionState.AVAILABLE: "Available",
        ProvisionState.DELETING: "Deleting",
    }
)
"""What a VPC's state is called; one that is being deleted is Deleting (the page DeleteVpc)."""
SUBNET_STATUS: Final[Mapping[ProvisionState, str]] = MappingProxyType(
    {**NETWORK_STATUS, ProvisionState.DELETING: "Pending"}
)
"""What a vSwitch's state is called; one that is being deleted is Pending (the page DeleteVSwitch)."""
ROUTE_STATUS: Final[Mapping[RouteState, str]] = MappingProxyType(
    {
        RouteState.PENDING: "Pending",
        RouteState.AVAILABLE: "Available",
        RouteState.MODIFYING: "Modifying",
        RouteState.DELETING: "Deleting",
        RouteState.GONE: "Deleted",
    }
)
VIRTUAL_ADDRESS_STATUS: Final[Mapping[VirtualAddressState, str]] = MappingProxyType(
    {
        VirtualAddressState.PENDING: "Creating",
        VirtualAddressState.AVAILABLE: "Available",
        VirtualAddressState.ASSOCIATING: "Associating",
        VirtualAddressState.DISASSOCIATING: "Unassociating",
        VirtualAddressState.DELETING: "Deleting",
        VirtualAddressState.GONE: "Deleted",
    }
)
"""What a HaVip's state is called; one with which something is associated is InUse, not Available."""
GATEWAY_STATUS: Final[Mapping[ServiceState, str]] = MappingProxyType(
    {
        ServiceState.PENDING: "Creating",
        ServiceState.AVAILABLE: "Available",
        ServiceState.MODIFYING: "Modifying",
        ServiceState.DELETING: "Deleting",
        ServiceState.GONE: "Deleted",
    }
)
"""What the state of a NAT gateway or a bandwidth package is called."""
NAT_RULE_STATUS: Final[Mapping[ServiceState, str]] = MappingProxyType(
    {**GATEWAY_STATUS, ServiceState.PENDING: "Pending", ServiceState.MODIFYING: "Pending"}
)
"""What the state of an entry is called; one that is modified is Pending (the page ModifySnatEntry)."""
DISK_STATUS: Final[Mapping[DiskState, str]] = MappingProxyType(
    {
        DiskState.PENDING: "Creating",
        DiskState.AVAILABLE: "Available",
        DiskState.ATTACHING: "Attaching",
        DiskState.IN_USE: "In_use",
        DiskState.DETACHING: "Detaching",
        DiskState.RESIZING: "Available",
        DiskState.RESTORING: "ReIniting",
        DiskState.DELETING: "Available",
        DiskState.GONE: "Available",
    }
)
"""No word is documented for a disk that is resized, which takes no time, or deleted: it is Available until
it is gone (assumed)."""
SNAPSHOT_STATUS: Final[Mapping[CopyState, str]] = MappingProxyType(
    {
        CopyState.PENDING: "progressing",
        CopyState.AVAILABLE: "accomplished",
        CopyState.CREATE_FAILED: "failed",
    }
)
IMAGE_STATUS: Final[Mapping[CopyState, str]] = MappingProxyType(
    {
        CopyState.PENDING: "Creating",
        CopyState.AVAILABLE: "Available",
        CopyState.CREATE_FAILED: "CreateFailed",
    }
)
INTERFACE_TYPE: Final[Mapping[InterfaceKind, str]] = MappingProxyType(
    {
        InterfaceKind.PRIMARY: "Primary",
        InterfaceKind.SECONDARY: "Secondary",
        InterfaceKind.TRUNK: "Trunk",
        InterfaceKind.MEMBER: "Member",
    }
)
GROUP_TYPE: Final[Mapping[GroupKind, str]] = MappingProxyType(
    {GroupKind.BASIC: "normal", GroupKind.ENTERPRISE: "enterprise"}
)

WORDS: Final[Words] = MappingProxyType(
    {
        InterfaceState: INTERFACE_STATUS,
        InstanceState: INSTANCE_STATUS,
        PublicAddressState: PUBLIC_ADDRESS_STATUS,
        VirtualAddressState: VIRTUAL_ADDRESS_STATUS,
        DiskState: DISK_STATUS,
        InterfaceKind: INTERFACE_TYPE,
        GroupKind: GROUP_TYPE,
        ServiceState: GATEWAY_STATUS,
    }
)
"""The vendor's words for whatever an error may carry."""


@lru_cache(maxsize=4096)
def _second(second: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(second))


def moment(at: Instant) -> str:
    """Return an instant as the vendor writes it: ``2026-11-20T08:00:00Z``."""
    return _second(at // SECOND)


def minute(at: Instant) -> str:
    """Return an instant without its seconds, as instances show it: ``2026-11-20T08:00Z``."""
    return _second(at // SECOND)[:16] + "Z"
