"""The vendor's words for the core's states and kinds, and how it writes times and account numbers."""

from collections.abc import Mapping
from functools import lru_cache
from time import gmtime, strftime
from types import MappingProxyType
from typing import Final

from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState
from duolect_core.model.lifecycles import (
    AddressState,
    InstanceState,
    InterfaceState,
    PublicAddressState,
    ServiceState,
)
from duolect_core.model.resources import (
    SECOND,
    GroupKind,
    Instant,
    InterfaceKind,
    OperationKind,
    OperationState,
)
from duolect_dialects.session import Session
from duolect_dialects.wording import Words

ID_TAIL: Final = "[0-9a-z]{6,20}"
"""What follows the prefix of an id: 8 characters of the cloud's own; 4 are malformed by its codes."""
INTERFACE_STATE: Final[Mapping[InterfaceState, str]] = MappingProxyType(
    {
        InterfaceState.PENDING: "PENDING",
        InterfaceState.AVAILABLE: "AVAILABLE",
        InterfaceState.ATTACHING: "ATTACHING",
        InterfaceState.IN_USE: "AVAILABLE",
        InterfaceState.DETACHING: "DETACHING",
        InterfaceState.DELETING: "DELETING",
        InterfaceState.CREATE_FAILED: "PENDING",
        InterfaceState.GONE: "DELETING",
    }
)
"""``State``: an attached interface is AVAILABLE, and its Attachment says the rest."""
NETWORK_INTERFACE_STATE: Final[Mapping[InterfaceState, str]] = MappingProxyType(
    {**INTERFACE_STATE, InterfaceState.IN_USE: "INUSE"}
)
"""``NetworkInterfaceState``, which unlike ``State`` knows INUSE."""
ADDRESS_STATE: Final[Mapping[AddressState, str]] = MappingProxyType(
    {
        AddressState.PENDING: "PENDING",
        AddressState.AVAILABLE: "AVAILABLE",
        AddressState.MIGRATING: "MIGRATING",
        AddressState.DELETING: "DELETING",
        AddressState.GONE: "DELETING",
    }
)
ENI_TYPE: Final[Mapping[InterfaceKind, int]] = MappingProxyType(
    {
        InterfaceKind.SECONDARY: 0,
        InterfaceKind.PRIMARY: 1,
        InterfaceKind.TRUNK: 0,
        InterfaceKind.MEMBER: 2,
    }
)
INSTANCE_STATE: Final[Mapping[InstanceState, str]] = MappingProxyType(
    {
        InstanceState.PENDING: "PENDING",
        InstanceState.STARTING: "STARTING",
        InstanceState.RUNNING: "RUNNING",
        InstanceState.STOPPING: "STOPPING",
        InstanceState.STOPPED: "STOPPED",
        InstanceState.REBOOTING: "REBOOTING",
        InstanceState.DELETING: "TERMINATING",
        InstanceState.LAUNCH_FAILED: "LAUNCH_FAILED",
        InstanceState.GONE: "TERMINATING",
    }
)
DISK_STATE: Final[Mapping[DiskState, str]] = MappingProxyType(
    {
        DiskState.PENDING: "UNATTACHED",
        DiskState.AVAILABLE: "UNATTACHED",
        DiskState.ATTACHING: "ATTACHING",
        DiskState.IN_USE: "ATTACHED",
        DiskState.DETACHING: "DETACHING",
        DiskState.RESIZING: "EXPANDING",
        DiskState.RESTORING: "ROLLBACKING",
        DiskState.DELETING: "UNATTACHED",
        DiskState.GONE: "UNATTACHED",
    }
)
DISK_USAGE: Final[Mapping[DiskKind, str]] = MappingProxyType(
    {DiskKind.SYSTEM: "SYSTEM_DISK", DiskKind.DATA: "DATA_DISK"}
)
IMAGE_STATE: Final[Mapping[CopyState, str]] = MappingProxyType(
    {
        CopyState.PENDING: "CREATING",
        CopyState.AVAILABLE: "NORMAL",
        CopyState.CREATE_FAILED: "CREATEFAILED",
        CopyState.GONE: "DELETING",
    }
)
PUBLIC_ADDRESS_STATUS: Final[Mapping[PublicAddressState, str]] = MappingProxyType(
    {
        PublicAddressState.PENDING: "CREATING",
        PublicAddressState.AVAILABLE: "UNBIND",
        PublicAddressState.ASSOCIATING: "BINDING",
        PublicAddressState.IN_USE: "BIND",
        PublicAddressState.DISASSOCIATING: "UNBINDING",
        PublicAddressState.RELEASING: "OFFLINING",
        PublicAddressState.GONE: "OFFLINING",
    }
)
NAT_GATEWAY_STATE: Final[Mapping[ServiceState, str]] = MappingProxyType(
    {
        ServiceState.PENDING: "PENDING",
        ServiceState.AVAILABLE: "AVAILABLE",
        ServiceState.MODIFYING: "UPDATING",
        ServiceState.DELETING: "DELETING",
        ServiceState.GONE: "DELETING",
    }
)
BANDWIDTH_PACKAGE_STATUS: Final[Mapping[ServiceState, str]] = MappingProxyType(
    {
        ServiceState.PENDING: "CREATING",
        ServiceState.AVAILABLE: "CREATED",
        ServiceState.MODIFYING: "CREATED",
        ServiceState.DELETING: "DELETING",
        ServiceState.GONE: "DELETED",
    }
)
TASK_STATUS: Final[Mapping[OperationState, str]] = MappingProxyType(
    {
        OperationState.RUNNING: "RUNNING",
        OperationState.SUCCEEDED: "SUCCESS",
        OperationState.FAILED: "FAILED",
    }
)
OPERATION_STATE: Final[Mapping[OperationState, str]] = MappingProxyType(
    {
        OperationState.RUNNING: "OPERATING",
        OperationState.SUCCEEDED: "SUCCESS",
        OperationState.FAILED: "FAILED",
    }
)
"""``LatestOperationState`` of an instance."""
OPERATION: Final[Mapping[OperationKind, str]] = MappingProxyType(
    {
        OperationKind.RUN_INSTANCES: "RunInstances",
        OperationKind.START_INSTANCES: "StartInstances",
        OperationKind.STOP_INSTANCES: "StopInstances",
        OperationKind.REBOOT_INSTANCES: "RebootInstances",
        OperationKind.RESIZE_INSTANCES: "ResetInstancesType",
        OperationKind.MODIFY_INSTANCES: "ModifyInstancesAttribute",
        OperationKind.DELETE_INSTANCES: "TerminateInstances",
    }
)
"""``LatestOperation`` of an instance, for each of ``INSTANCE_OPERATIONS``."""

INTERFACE_KIND: Final[Mapping[InterfaceKind, str]] = MappingProxyType(
    {
        InterfaceKind.SECONDARY: "secondary",
        InterfaceKind.PRIMARY: "primary",
        InterfaceKind.TRUNK: "trunk",
        InterfaceKind.MEMBER: "relay",
    }
)
GROUP_KIND: Final[Mapping[GroupKind, str]] = MappingProxyType(
    {GroupKind.BASIC: "ordinary", GroupKind.ENTERPRISE: "enterprise"}
)
WORDS: Final[Words] = MappingProxyType(
    {
        InterfaceState: INTERFACE_STATE,
        AddressState: ADDRESS_STATE,
        InstanceState: INSTANCE_STATE,
        PublicAddressState: PUBLIC_ADDRESS_STATUS,
        DiskState: DISK_STATE,
        CopyState: IMAGE_STATE,
        ServiceState: NAT_GATEWAY_STATE,
        InterfaceKind: INTERFACE_KIND,
        GroupKind: GROUP_KIND,
    }
)
"""The vendor's words for whatever an error may carry."""

_CHINA: Final = 8 * 3600
"""The vpc service writes local time of China, UTC+8, without saying so."""


@lru_cache(maxsize=4096)
def _local(second: int) -> str:
    return strftime("%Y-%m-%d %H:%M:%S", gmtime(second + _CHINA))


@lru_cache(maxsize=4096)
def _utc(second: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(second))


def local_time(at: Instant) -> str:
    """Return an instant as vpc writes it: ``2026-11-20 16:00:00``."""
    return _local(at // SECOND)


def utc_time(at: Instant) -> str:
    """Return an instant as cvm writes it: ``2026-11-20T08:00:00Z``."""
    return _utc(at // SECOND)


def uin(session: Session) -> str:
    """Return the account's Uin: 12 digits."""
    return session.account.digits(12)
