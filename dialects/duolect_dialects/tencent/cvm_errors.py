"""What the actions of cvm say where they differ from those of vpc.

Codes of cvm name the resource and what is wrong with it. A refusal for an instance's state has a code for
each state, so that table goes by the state, not by the error.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_core.lifecycle import InstanceState
from duolect_dialects.tencent.says import Says

_BATCH: Final = ("StartInstances", "StopInstances", "TerminateInstances")
_NAMING: Final = (*_BATCH, "DescribeInstancesOperationLimit")
"""The actions that name instances which must exist."""
_STATE: Final[Mapping[InstanceState, str]] = MappingProxyType(
    {
        InstanceState.PENDING: "Pending",
        InstanceState.STARTING: "Starting",
        InstanceState.RUNNING: "Running",
        InstanceState.STOPPING: "Stopping",
        InstanceState.STOPPED: "Stopped",
        InstanceState.REBOOTING: "Rebooting",
        InstanceState.DELETING: "Terminating",
        InstanceState.GONE: "Terminated",
    }
)
"""How an instance's state is spelt in a code."""

_NO_INSTANCE = Says("InvalidInstanceId.NotFound", "The instance `{resource_id}` does not exist.")
_OUTSIDE = Says("VpcAddrNotInSubNet", "The address `{address}` is not in the subnet.")
_NO_TYPE = Says("InvalidParameterValue.InstanceTypeNotFound", "The type `{resource_id}` does not exist.")
_IN_USE = Says("VpcIpIsUsed", "The address `{address}` is in use.")
_GROUP_FULL = Says(
    "LimitExceeded.CvmsVifsPerSecGroupLimitExceeded",
    "The security group `{resource_id}` can have at most {limit} members.",
)
_NO_IPV6 = Says(
    "InvalidParameterValue.VpcNotSupportIpv6Address", "The subnet `{subnet_id}` has no IPv6 CIDR block."
)

_RUN: Final[Mapping[type[core.CoreError], Says]] = MappingProxyType(
    {
        core.InstanceTypeNotFound: _NO_TYPE,
        core.ZoneNotFound: Says(
            "InvalidZone.MismatchRegion", "The zone `{resource_id}` is not in this region."
        ),
        core.NetworkNotFound: Says(
            "InvalidParameterValue.VpcIdNotExist", "The VPC `{resource_id}` does not exist."
        ),
        core.SubnetNotFound: Says(
            "InvalidParameterValue.SubnetNotExist", "The subnet `{resource_id}` does not exist."
        ),
        core.GroupNotFound: Says(
            "InvalidSecurityGroupId.NotFound", "The security group `{resource_id}` does not exist."
        ),
        core.SubnetNetworkMismatch: Says(
            "InvalidParameterValue.VpcIdSubnetIdNotMatch",
            "The subnet `{resource_id}` is in the VPC `{network_id}`, not in `{other_network_id}`.",
        ),
        core.SubnetZoneMismatch: Says(
            "InvalidParameterValue.SubnetIdZoneIdNotMatch",
            "The subnet `{subnet_id}` is in the zone {subnet_zone}, not in {zone}.",
        ),
        core.AddressOutsideSubnet: _OUTSIDE,
        # No code says "reserved": what the system keeps for itself is used by it.
        core.AddressReserved: _IN_USE,
        core.AddressInUse: _IN_USE,
        core.AddressRepeated: Says(
            "InvalidParameterValue.Duplicate", "The address `{address}` is named more than once."
        ),
        core.SubnetExhausted: Says(
            "FailedOperation.NoAvailableIpAddressCountInSubnet",
            "The subnet `{subnet_id}` has {free} free addresses; {wanted} are wanted.",
        ),
        core.Ipv6Disabled: _NO_IPV6,
        core.Ipv6PerInterfaceExceeded: Says(
            "LimitExceeded.IPv6AddressNum", "The instance type allows {limit} IPv6 addresses per interface."
        ),
        core.InstanceQuotaExceeded: Says(
            "LimitExceeded.InstanceQuota", "The quota of {limit} instances in `{resource_id}` is exhausted."
        ),
        core.GroupsPerInterfaceExceeded: Says(
            "LimitExceeded.AssociateUSGLimitExceeded",
            "An instance can be in at most {limit} security groups.",
        ),
        core.GroupMembersExceeded: _GROUP_FULL,
        core.GroupInterfacesExceeded: _GROUP_FULL,
        core.TagQuotaExceeded: Says(
            "InvalidParameterValue.TagQuotaLimitExceeded", "An instance can have at most {limit} tags."
        ),
    }
)

BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], Says]] = MappingProxyType(
    {
        **{("RunInstances", error): says for error, says in _RUN.items()},
        **{(action, core.InstanceNotFound): _NO_INSTANCE for action in _NAMING},
        ("DescribeImages", core.InstanceTypeNotFound): _NO_TYPE,
    }
)
"""What an action says about an error in its own way."""

BY_STATE: Final[Mapping[tuple[str, InstanceState], Says]] = MappingProxyType(
    {
        (action, state): Says(
            f"UnsupportedOperation.InstanceState{word}",
            "The instance `{instance_id}` is {state}; the operation needs {allowed}.",
        )
        for action in _BATCH
        for state, word in _STATE.items()
    }
)
"""What an action says about an instance that is in the wrong state."""
