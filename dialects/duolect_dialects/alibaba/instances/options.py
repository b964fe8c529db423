"""The grouped parameters of RunInstances and CreateInstance.

The groups that describe guests and hosts are taken apart only to tell a parameter that the vendor documents
from one that it does not. Those of disks are kept, and shown again by DescribeDisks.
"""

from typing import Final

import attrs

from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.instances.disks import CATEGORIES
from duolect_dialects.declarations import ignored, param, stored
from duolect_dialects.values import Between, Count, Length, OneOf

_NO_GUEST: Final = "guests are not modelled"
_NO_TRAFFIC: Final = "traffic is not modelled"
_SWITCH = OneOf("enabled", "disabled")
_DEPTHS = OneOf(8192, 16384)


@attrs.frozen(kw_only=True, slots=False)
class NetworkInterfaceParam:
    """One NetworkInterface.N: what is wanted of an interface that comes with the instance."""

    DeleteOnRelease: bool | None = param(note="may be false for a secondary interface only")
    Description: str | None = param(Length(2, 256), common.NOT_A_LINK, code="InvalidDescription.Malformed")
    InstanceType: str = param(
        OneOf("Primary", "Secondary"), default="Secondary", code="InvalidParameter.EniType"
    )
    Ipv6Address: tuple[str, ...] = param(Count(0, 10), default=())
    Ipv6AddressCount: int | None = param(Between(1, 10))
    NetworkCardIndex: int | None = param(note="a primary one is on card 0")
    NetworkInterfaceId: str | None = param(note="a secondary one that is there, for a single instance")
    NetworkInterfaceName: str | None = param(Length(2, 128), common.NAME)
    NetworkInterfaceTrafficMode: str | None = param(
        OneOf("Standard", "HighPerformance"), code="InvalidParameter.EniTrafficMode"
    )
    PrimaryIpAddress: str | None = param()
    QueueNumber: int | None = param(Between(1, 2048))
    QueuePairNumber: int | None = param(Between(1, 2048), code="InvalidParameter.InvalidQueuePairNumber")
    RxQueueSize: int | None = stored(_DEPTHS)
    SecondaryPrivateIpAddressCount: int | None = param(Between(1, 49), code="InvalidParam.IpCount")
    SecurityGroupId: str | None = param()
    SecurityGroupIds: tuple[str, ...] = param(Count(0, 100), default=())
    SourceDestCheck: bool | None = stored()
    TxQueueSize: int | None = stored(_DEPTHS)
    VSwitchId: str | None = param()


@attrs.frozen(kw_only=True, slots=False)
class AdditionalInfo:
    """What the vendor documents in no page any more, and known programs send."""

    EnableHighDensityMode: bool | None = stored(note="shown again")


@attrs.frozen(kw_only=True, slots=False)
class CpuOptions:
    """How the virtual processors are laid out."""

    Core: int | None = stored(Between(1, 1024))
    NestedVirtualization: str | None = stored(_SWITCH)
    Numa: str | None = stored()
    ThreadsPerCore: int | None = stored(Between(1, 8))
    TopologyType: str | None = stored(OneOf("ContinuousCoreToHTMapping", "DiscreteCoreToHTMapping"))


@attrs.frozen(kw_only=True, slots=False)
class ClockOptions:
    """The precise clock."""

    PtpStatus: str | None = stored(_SWITCH)


@attrs.frozen(kw_only=True, slots=False)
class HibernationOptions:
    """Whether the instance may hibernate."""

    Configured: bool | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class ImageOptions:
    """How the image is used."""

    LoginAsNonRoot: bool | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class PrivateDnsNameOptions:
    """Which private names the instance gets; names are not resolved here."""

    EnableInstanceIdDnsAAAARecord: bool | None = stored()
    EnableInstanceIdDnsARecord: bool | None = stored()
    EnableIpDnsARecord: bool | None = stored()
    EnableIpDnsPtrRecord: bool | None = stored()
    HostnameType: str | None = stored(OneOf("Custom", "IpBased", "InstanceIdBased"))


@attrs.frozen(kw_only=True, slots=False)
class PrivatePoolOptions:
    """Which reserved capacity is used."""

    Id: str | None = stored()
    MatchCriteria: str | None = stored(OneOf("Open", "Target", "None"))


@attrs.frozen(kw_only=True, slots=False)
class SchedulerOptions:
    """Which dedicated hosts are used."""

    DedicatedHostClusterId: str | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class SecurityOptions:
    """Trusted and confidential computing."""

    ConfidentialComputingMode: str | None = ignored(note=_NO_GUEST)
    EnableSecureBoot: bool | None = stored()
    TrustedSystemMode: str | None = ignored(note=_NO_GUEST)


@attrs.frozen(kw_only=True, slots=False)
class NetworkOptions:
    """How traffic is carried."""

    BandwidthWeighting: str | None = ignored(note=_NO_TRAFFIC)
    EnableJumboFrame: bool | None = ignored(note=_NO_TRAFFIC)
    EnableNetworkEncryption: bool | None = ignored(note=_NO_TRAFFIC)


@attrs.frozen(kw_only=True, slots=False)
class Arn:
    """A role that the instance plays."""

    AssumeRoleFor: int | None = ignored(note=_NO_GUEST)
    RoleType: str | None = ignored(note=_NO_GUEST)
    Rolearn: str | None = ignored(note=_NO_GUEST)


@attrs.frozen(kw_only=True, slots=False)
class _Disk:
    """What system and data disks have in common."""

    AutoSnapshotPolicyId: str | None = stored()
    BurstingEnabled: bool | None = stored()
    Description: str | None = stored(
        Length(2, 256), common.NOT_A_LINK, code="InvalidDiskDescription.Malformed"
    )
    DiskName: str | None = stored(Length(2, 128), common.NAME, code="InvalidDiskName.Malformed")
    EncryptAlgorithm: str | None = ignored(note="not available on the cloud")
    KMSKeyId: str | None = stored()
    PerformanceLevel: str | None = stored(OneOf("PL0", "PL1", "PL2", "PL3"))
    ProvisionedIops: int | None = stored(Between(0, 50_000))
    StorageClusterId: str | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class SystemDisk(_Disk):
    """The system disk."""

    Category: str | None = stored(OneOf(*CATEGORIES), code="InvalidSystemDiskCategory.ValueNotSupported")
    Encrypted: bool | None = stored()
    Size: int | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class DataDisk(_Disk):
    """One data disk."""

    Category: str | None = stored(OneOf(*CATEGORIES), code="InvalidDataDiskCategory.ValueNotSupported")
    DeleteWithInstance: bool | None = param(note="true unless given")
    Device: str | None = param()
    Encrypted: bool | None = stored()
    Size: int | None = stored()
    SnapshotId: str | None = param(note="every snapshot exists, as long as the account has made none")
