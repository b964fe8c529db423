"""What an auto provisioning group is told of its instances, and what RunInstances is told for it.

Source: the vendor's page CreateAutoProvisioningGroup, as of 2026-01-28, and the models of its Python SDK.
"""

from typing import Any, Final

import attrs

from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagParam
from duolect_dialects.alibaba.instances.creation import NO_BILLING, NO_GUEST
from duolect_dialects.alibaba.instances.templates import given, plain
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, stored
from duolect_dialects.values import Between, Count, OneOf

_PREVIEW: Final = "in invitational preview on the cloud"
_NO_SUBSCRIPTION: Final = "groups are not paid for in advance"


@attrs.frozen(kw_only=True, slots=False)
class OptionParam:
    """One LaunchTemplateConfig.N: types of instances in one place."""

    Architectures: tuple[str, ...] = param(
        Count(0, 10), default=(), note="X86, Arm, Heterogeneous and BareMetal; of types that are not named"
    )
    BurstablePerformance: str = param(OneOf("Exclude", "Include", "Required"), default="Include")
    Cores: tuple[int, ...] = param(Count(0, 10), default=())
    ExcludedInstanceTypes: tuple[str, ...] = param(Count(0, 100), default=(), note="* stands for any text")
    ImageId: str | None = param(note="of groups of the type instant")
    InstanceFamilyLevel: str | None = param(OneOf("EntryLevel", "EnterpriseLevel", "CreditEntryLevel"))
    InstanceType: str | None = param(note="without one, all that the others choose")
    MaxPrice: float | None = stored(note="what instances cost is not modelled")
    MaxQuantity: int | None = refused(_PREVIEW)
    Memories: tuple[float, ...] = param(Count(0, 10), default=())
    Priority: int | None = param(Between(0, 2**31 - 1), note="without one, after all others")
    VSwitchId: str | None = param()
    WeightedCapacity: float | None = param()


@attrs.frozen(kw_only=True, slots=False)
class ChangedOptionParam:
    """One LaunchTemplateConfig.N of ModifyAutoProvisioningGroup."""

    InstanceType: str | None = param()
    MaxPrice: float | None = stored(note="what instances cost is not modelled")
    Priority: int | None = param(Between(0, 2**31 - 1))
    VSwitchId: str | None = param()
    WeightedCapacity: float | None = param()


@attrs.frozen(kw_only=True, slots=False)
class DataDiskParam:
    """One data disk of each instance."""

    AutoSnapshotPolicyId: str | None = stored()
    BurstingEnabled: bool | None = stored()
    Category: str | None = stored()
    DeleteWithInstance: bool | None = param()
    Description: str | None = stored()
    Device: str | None = param()
    DiskName: str | None = stored()
    EncryptAlgorithm: str | None = ignored(note="not available on the cloud")
    Encrypted: bool | None = stored()
    KmsKeyId: str | None = stored()
    PerformanceLevel: str | None = stored()
    ProvisionedIops: int | None = stored()
    Size: int | None = stored()
    SnapshotId: str | None = param()


@attrs.frozen(kw_only=True, slots=False)
class SystemDiskParam:
    """What is said of the system disk beside its flat parameters."""

    AutoSnapshotPolicyId: str | None = stored()
    BurstingEnabled: bool | None = stored()
    EncryptAlgorithm: str | None = ignored(note="not available on the cloud")
    Encrypted: bool | None = stored()
    KMSKeyId: str | None = stored()
    ProvisionedIops: int | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class ArnParam:
    """A role that the instances play."""

    AssumeRoleFor: int | None = ignored(note=NO_GUEST)
    RoleType: str | None = ignored(note=NO_GUEST)
    Rolearn: str | None = ignored(note=NO_GUEST)


@attrs.frozen(kw_only=True, slots=False)
class CpuOptionsParam:
    """How the virtual processors are laid out."""

    Core: int | None = stored()
    ThreadsPerCore: int | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class ImageOptionsParam:
    """How the image is used."""

    LoginAsNonRoot: bool | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class SchedulerOptionsParam:
    """Which dedicated hosts are used."""

    DedicatedHostClusterId: str | None = stored()
    DedicatedHostId: str | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class SecurityOptionsParam:
    """Trusted computing."""

    TrustedSystemMode: str | None = ignored(note=NO_GUEST)


@attrs.frozen(kw_only=True, slots=False)
class LaunchConfiguration:
    """What is said of each instance, where no launch template says it."""

    Arn: tuple[ArnParam, ...] = ignored(Count(0, 10), default=(), note=NO_GUEST)
    AutoReleaseTime: str | None = stored(note="nothing is released when that time comes")
    AutoRenew: bool | None = ignored(note=NO_BILLING)
    AutoRenewPeriod: int | None = ignored(note=NO_BILLING)
    CpuOptions: CpuOptionsParam | None = stored()
    CreditSpecification: str | None = stored()
    DataDisk: tuple[DataDiskParam, ...] = param(Count(0, 16), default=())
    DeploymentSetId: str | None = param()
    HostName: str | None = param()
    HostNames: tuple[str, ...] = param(
        Count(0, 1000), default=(), note="as many as TotalTargetCapacity, of groups of the type instant"
    )
    ImageFamily: str | None = param()
    ImageId: str | None = param()
    ImageOptions: ImageOptionsParam | None = stored()
    InstanceDescription: str | None = param()
    InstanceName: str | None = param()
    InternetChargeType: str | None = stored()
    InternetMaxBandwidthIn: int | None = stored()
    InternetMaxBandwidthOut: int | None = param()
    IoOptimized: str | None = stored()
    KeyPairName: str | None = param()
    Password: str | None = ignored(note=NO_GUEST)
    PasswordInherit: bool | None = ignored(note=NO_GUEST)
    Period: int | None = refused(_NO_SUBSCRIPTION)
    PeriodUnit: str | None = ignored(note=NO_BILLING)
    RamRoleName: str | None = stored()
    ResourceGroupId: str | None = stored()
    SchedulerOptions: SchedulerOptionsParam | None = stored()
    SecurityEnhancementStrategy: str | None = ignored(note=NO_GUEST)
    SecurityGroupId: str | None = param()
    SecurityGroupIds: tuple[str, ...] = param(Count(0, 100), default=())
    SecurityOptions: SecurityOptionsParam | None = ignored(note=NO_GUEST)
    SpotDuration: int | None = stored(Between(0, 6), code="InvalidSpotDuration")
    SpotInterruptionBehavior: str | None = stored(
        OneOf("Terminate", "Stop"), code="InvalidSpotInterruptionBehavior"
    )
    SystemDisk: SystemDiskParam | None = stored()
    SystemDiskCategory: str | None = stored()
    SystemDiskDescription: str | None = stored()
    SystemDiskName: str | None = stored()
    SystemDiskPerformanceLevel: str | None = stored()
    SystemDiskSize: int | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()
    UserData: str | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class DiskConfigParam:
    """A category of disks; those that are named first come first, and every one is to be had."""

    DiskCategory: str | None = param()


@attrs.frozen(kw_only=True, slots=False)
class CandidateOptionsParam:
    """What is done where there are too few instances now."""

    Evaluate: bool | None = refused(_PREVIEW)
    TimeoutMinutes: int | None = refused(_PREVIEW)


@attrs.frozen(kw_only=True, slots=False)
class DistributionParam:
    """How many instances of some types there are to be at least."""

    InstanceTypes: tuple[str, ...] = param(Count(0, 20), default=())
    MinTargetCapacity: int | None = param(Between(0, 2**31 - 1))


@attrs.frozen(kw_only=True, slots=False)
class PrePaidOptionsParam:
    """What there is to be of subscriptions."""

    SpecifyCapacityDistribution: tuple[DistributionParam, ...] = refused(_NO_SUBSCRIPTION, default=())


@attrs.frozen(kw_only=True, slots=False)
class ResourcePoolOptionsParam:
    """From which pools instances are taken: there are no private ones."""

    PrivatePoolIds: tuple[str, ...] = param(
        Count(0, 20), default=(), code="Invalid.ResourcePoolOptionsPrivatePoolIds.SizeExceed"
    )
    Strategy: str | None = param(
        OneOf("PrivatePoolFirst", "PrivatePoolOnly", "PublicPoolOnly"),
        code="Invalid.ResourcePoolOptions.Strategy",
    )


_RENAMED: Final = {
    "InstanceDescription": "Description",
    "SystemDiskCategory": "SystemDisk.Category",
    "SystemDiskDescription": "SystemDisk.Description",
    "SystemDiskName": "SystemDisk.DiskName",
    "SystemDiskPerformanceLevel": "SystemDisk.PerformanceLevel",
    "SystemDiskSize": "SystemDisk.Size",
}
"""The parameters that RunInstances calls otherwise."""
_UNKNOWN: Final = frozenset({"HostNames", "AutoRenew", "AutoRenewPeriod", "Arn", "Password"})


def of_configuration(told: LaunchConfiguration) -> dict[str, Any]:
    """Return what a launch configuration says, under the names of RunInstances."""
    tree: dict[str, Any] = {}
    for name, value in given(plain(told)).items():
        if name in _UNKNOWN:
            continue
        outer, _, inner = _RENAMED.get(name, name).partition(".")
        if inner:
            tree[outer] = {**tree.get(outer, {}), inner: value}
        elif isinstance(value, dict):
            tree[outer] = {**tree.get(outer, {}), **value}
        else:
            tree[outer] = value
    scheduler = tree.get("SchedulerOptions", {})
    if "DedicatedHostId" in scheduler:
        tree["DedicatedHostId"] = scheduler.pop("DedicatedHostId")
    for disk in tree.get("DataDisk", ()):
        if "KmsKeyId" in disk:
            disk["KMSKeyId"] = disk.pop("KmsKeyId")
    return tree


def category(wanted: tuple[DiskConfigParam, ...]) -> str | None:
    """Return the category of disks that is used: the first.

    Raises:
        Refusal: one is named twice.
    """
    named = [each.DiskCategory for each in wanted if each.DiskCategory]
    if len({*named}) < len(named):
        raise Refusal("Duplicate.DiskCategory", "A category of disks is named more than once.", 400)
    return next(iter(named), None)
