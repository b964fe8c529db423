"""The parts that a request to create instances is made of.

Source: the definition of RunInstances in tccli. What of an instance no network can see is stored and shown
again, or ignored where the vendor does not show it either. What would need a service that the emulator
does not have is refused, with the code that the vendor has for a thing that does not exist.
"""

from typing import Final

import attrs

from duolect_core.model.instances import Term
from duolect_dialects.declarations import Treatment, ignored, param, refused, required, stored
from duolect_dialects.tencent import common
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, Fault, Form, OneOf
from duolect_dialects.wording import Message

NOT_SHOWN: Final = "no network can see it, and the vendor does not show it"
DEFAULT: Final = "DEFAULT"
"""Stands for the default VPC and its subnet, both named so."""
GUEST: Final = "there is no guest system that could refuse to stop"
HOST_NAME: Final = Form(
    r"(?![.\-])(?!.*[.\-]$)(?!.*[.\-]{2})([A-Za-z0-9.\-]|\{R:\d+(,F:[0-8])?\}|\{IP\})+",
    "letters, digits, and single . and - between them",
)
USER_DATA: Final = Coded(
    Form(r"[A-Za-z0-9+/\s]*={0,2}\s*", "text in base64"), "InvalidParameterValue.InvalidUserDataFormat"
)
USER_DATA_SIZE: Final = 16 * 1024 * 4 // 3 + 4
"""Characters of base64 that 16 KB become."""
_OUTPUT = "only shown by the vendor"
_DISK_NAME = AtMost(128)
PLACEMENT_ID: Final = common.id_of("ps")
PLACEMENT_ID_CODE: Final = "InvalidParameterValue.DisasterRecoverGroupIdMalformed"
PASSWORD: Final = Form(r"[\x21-\x7e]{8,30}", "8 to 30 letters, digits and signs")
_COUNT = Between(0, 2**31 - 1)


@attrs.frozen(kw_only=True, slots=False)
class InstanceTagParam:
    """One of the tags of a TagSpecification."""

    Key: str = required(
        Coded(common.NOT_RESERVED, "FailedOperation.TagKeyReserved"),
        AtMost(127),
        common.TAG_KEY,
        code="FailedOperation.IllegalTagKey",
    )
    Value: str = required(AtMost(255), common.TAG_VALUE, code="FailedOperation.IllegalTagValue")


@attrs.frozen(kw_only=True, slots=False)
class TagSpecificationParam:
    """Tags for what is created."""

    ResourceType: str = required(OneOf("instance"))
    Tags: tuple[InstanceTagParam, ...] = required()


AUTO_RENEW: Final = "NOTIFY_AND_AUTO_RENEW"
RENEW_FLAG: Final = OneOf(AUTO_RENEW, "NOTIFY_AND_MANUAL_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW")


@attrs.frozen(kw_only=True, slots=False)
class InstanceChargePrepaidParam:
    """For how many months an instance is paid in advance, and whether it renews: by the month."""

    Period: int = required(OneOf(*range(1, 13), 24, 36, 48, 60), code="InvalidPeriod")
    RenewFlag: str = param(RENEW_FLAG, default="NOTIFY_AND_MANUAL_RENEW")

    @property
    def term(self) -> Term:
        """How long it is paid for."""
        return Term(months=self.Period)

    @property
    def renews(self) -> Term | None:
        """How long it is paid for again when that is over, if it is."""
        return renewal(self.RenewFlag)


def renewal(flag: str) -> Term | None:
    """Return for how long an instance with a flag is paid again."""
    return Term(months=1) if flag == AUTO_RENEW else None


@attrs.frozen(kw_only=True, slots=False)
class PlacementParam:
    """Where an instance is."""

    Zone: str = required()
    ProjectId: int | None = stored(_COUNT)
    HostIds: tuple[str, ...] = refused(
        "there are no dedicated hosts", default=(), code="InvalidHostId.NotFound"
    )
    HostId: str | None = ignored(note=_OUTPUT)
    DedicatedResourcePackTenancy: str | None = refused(
        "there are no dedicated resource packs",
        code="InvalidParameterValue.DedicatedResourcePackTenancyMismatch",
    )
    DedicatedResourcePackIds: tuple[str, ...] = refused(
        "there are no dedicated resource packs",
        default=(),
        code="InvalidParameterValue.DedicatedResourcePackIdsNotFound",
    )
    RackId: str | None = ignored(note=_OUTPUT)


@attrs.frozen(kw_only=True, slots=False)
class SystemDiskParam:
    """The system disk."""

    DiskType: str | None = stored()
    DiskId: str | None = ignored(note=_OUTPUT)
    DiskSize: int | None = stored(_COUNT)
    CdcId: str | None = refused("there are no dedicated clusters")
    DiskName: str | None = stored(_DISK_NAME)
    Encrypt: bool | None = stored()
    KmsKeyId: str | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class DataDiskParam:
    """A data disk."""

    DiskSize: int = required(_COUNT, treatment=Treatment.STORED)
    DiskType: str | None = stored()
    DiskId: str | None = ignored(note=_OUTPUT)
    DeleteWithInstance: bool | None = stored()
    SnapshotId: str | None = param(common.SNAPSHOT_ID, code="InvalidParameter.SnapshotNotFound")
    Encrypt: bool | None = stored()
    KmsKeyId: str | None = stored()
    ThroughputPerformance: int | None = stored(_COUNT)
    CdcId: str | None = refused("there are no dedicated clusters")
    BurstPerformance: bool | None = stored()
    DiskName: str | None = stored(_DISK_NAME)


@attrs.frozen
class OrDefault:
    """An id, or the word for the default one."""

    form: Form

    @property
    def fault(self) -> Fault:
        """The fault of the form."""
        return self.form.fault

    def accepts(self, value: str) -> bool:
        """Ask the form."""
        return value == DEFAULT or self.form.accepts(value)

    @property
    def reason(self) -> Message:
        """The words of the form."""
        return self.form.reason


@attrs.frozen(kw_only=True, slots=False)
class VirtualPrivateCloudParam:
    """The subnet of the primary interface, and the addresses that it gets there."""

    VpcId: str = required(OrDefault(common.VPC_ID), code="InvalidParameterValue.VpcIdMalformed")
    SubnetId: str = required(OrDefault(common.SUBNET_ID), code="InvalidParameterValue.SubnetIdMalformed")
    AsVpcGateway: bool | None = stored()
    PrivateIpAddresses: tuple[str, ...] = param(
        Count(0, 20),
        Coded(Each(common.IPV4), "InvalidParameterValue.InvalidIpFormat"),
        default=(),
        note="the primary address of each instance",
    )
    Ipv6AddressCount: int = param(Between(0, 255), default=0)


@attrs.frozen(kw_only=True, slots=False)
class InternetAccessibleParam:
    """Public bandwidth; with some of it an instance gets a public address of its own."""

    InternetChargeType: str | None = stored(
        OneOf(
            "BANDWIDTH_PREPAID",
            "TRAFFIC_POSTPAID_BY_HOUR",
            "BANDWIDTH_POSTPAID_BY_HOUR",
            "BANDWIDTH_PACKAGE",
        )
    )
    InternetMaxBandwidthOut: int | None = stored(_COUNT)
    PublicIpAssigned: bool | None = stored(note="true unless given, where there is bandwidth")
    BandwidthPackageId: str | None = stored()
    InternetServiceProvider: str | None = stored()
    IPv4AddressType: str | None = stored()
    IPv6AddressType: str | None = stored()
    AntiDDoSPackageId: str | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class LoginSettingsParam:
    """How to log in."""

    Password: str | None = ignored(Coded(PASSWORD, "InvalidPassword"), note=NOT_SHOWN)
    KeyIds: tuple[str, ...] = param(
        Coded(Each(common.id_of("skey")), "InvalidKeyPairId.Malformed"), default=()
    )
    KeepImageLogin: str | None = ignored(OneOf("true", "false", "TRUE", "FALSE"), note=NOT_SHOWN)


@attrs.frozen(kw_only=True, slots=False)
class EnabledParam:
    """Whether a service on the instance is on."""

    Enabled: bool | None = ignored(note=NOT_SHOWN)


@attrs.frozen(kw_only=True, slots=False)
class EnhancedServiceParam:
    """Services on the instance."""

    SecurityService: EnabledParam | None = ignored(note=NOT_SHOWN)
    MonitorService: EnabledParam | None = ignored(note=NOT_SHOWN)
    AutomationService: EnabledParam | None = ignored(note=NOT_SHOWN)


@attrs.frozen(kw_only=True, slots=False)
class SpotOptionsParam:
    """A bid."""

    MaxPrice: str = required(treatment=Treatment.IGNORED, note=NOT_SHOWN)
    SpotInstanceType: str | None = ignored(OneOf("one-time"), note=NOT_SHOWN)


@attrs.frozen(kw_only=True, slots=False)
class InstanceMarketOptionsParam:
    """What to bid for a spot instance."""

    SpotOptions: SpotOptionsParam = required(treatment=Treatment.IGNORED, note=NOT_SHOWN)
    MarketType: str | None = ignored(OneOf("spot"), note=NOT_SHOWN)


@attrs.frozen(kw_only=True, slots=False)
class MetadataItemParam:
    """One entry of the instance's own metadata."""

    Key: str = required(
        Form(r"[A-Za-z0-9_\-]{1,128}", "1 to 128 letters, digits, _ and -"), treatment=Treatment.STORED
    )
    Value: str = required(AtMost(256 * 1024), treatment=Treatment.STORED)


@attrs.frozen(kw_only=True, slots=False)
class MetadataParam:
    """The instance's own metadata."""

    Items: tuple[MetadataItemParam, ...] = required(treatment=Treatment.STORED)


@attrs.frozen(kw_only=True, slots=False)
class CpuTopologyParam:
    """Cores and threads, which are only shown again."""

    CoreCount: int | None = stored(_COUNT)
    ThreadPerCore: int | None = stored(OneOf(1, 2), code="InvalidParameterValue.ThreadPerCoreValue")
