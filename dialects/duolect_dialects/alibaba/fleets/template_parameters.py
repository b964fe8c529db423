"""What a launch template says of new instances: parameters of RunInstances, and a few that only it has.

Nothing of it is checked before instances are made by it, but that numbers are numbers. Source: the pages
CreateLaunchTemplate and CreateLaunchTemplateVersion, and the models of the vendor's Python SDK.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

import attrs

from duolect_dialects.action import Body
from duolect_dialects.alibaba.instances.creation import NO_GUEST, user_data
from duolect_dialects.alibaba.instances.templates import given, plain
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import stored
from duolect_dialects.exchange import exactly
from duolect_dialects.values import Count

_SHOWN_ONLY: Final = "shown again; RunInstances has no such parameter"


@attrs.frozen(kw_only=True, slots=False)
class _DiskParam:
    """What is said of system and data disks alike."""

    AutoSnapshotPolicyId: str | None = stored()
    BurstingEnabled: bool | None = stored()
    Category: str | None = stored()
    DeleteWithInstance: bool | None = stored(note="of a system disk it is shown only")
    Description: str | None = stored()
    DiskName: str | None = stored()
    Encrypted: str | None = stored()
    KMSKeyId: str | None = stored()
    PerformanceLevel: str | None = stored()
    ProvisionedIops: int | None = stored()
    Size: int | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class SystemDiskParam(_DiskParam):
    """What is said of the system disk."""

    Iops: int | None = stored(note=_SHOWN_ONLY)


@attrs.frozen(kw_only=True, slots=False)
class DataDiskParam(_DiskParam):
    """What is said of one data disk."""

    Device: str | None = stored()
    SnapshotId: str | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class InterfaceParam:
    """What is said of one interface."""

    DeleteOnRelease: bool | None = stored()
    Description: str | None = stored()
    InstanceType: str | None = stored()
    NetworkInterfaceName: str | None = stored()
    NetworkInterfaceTrafficMode: str | None = stored()
    PrimaryIpAddress: str | None = stored()
    SecurityGroupId: str | None = stored()
    SecurityGroupIds: tuple[str, ...] = stored(default=())
    VSwitchId: str | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class ImageOptionsParam:
    """How the image is used."""

    LoginAsNonRoot: bool | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class SecurityOptionsParam:
    """Trusted computing."""

    EnableSecureBoot: bool | None = stored()
    TrustedSystemMode: str | None = stored(note=NO_GUEST)


@attrs.frozen(kw_only=True, slots=False)
class InstanceTagParam:
    """One tag of the new instances."""

    Key: str | None = stored()
    Value: str | None = stored()


@attrs.frozen(kw_only=True, slots=False)
class TemplateParameters:
    """The parameters of one version."""

    AutoReleaseTime: str | None = stored()
    AutoRenew: bool | None = stored()
    AutoRenewPeriod: int | None = stored()
    CreditSpecification: str | None = stored()
    DataDisk: tuple[DataDiskParam, ...] = stored(Count(0, 16), default=())
    DeletionProtection: bool | None = stored()
    DeploymentSetId: str | None = stored()
    Description: str | None = stored()
    EnableVmOsConfig: bool | None = stored(note=_SHOWN_ONLY)
    HostName: str | None = stored()
    HttpEndpoint: str | None = stored()
    HttpPutResponseHopLimit: int | None = stored()
    HttpTokens: str | None = stored()
    ImageId: str | None = stored()
    ImageOptions: ImageOptionsParam | None = stored()
    ImageOwnerAlias: str | None = stored(note=_SHOWN_ONLY)
    InstanceChargeType: str | None = stored()
    InstanceName: str | None = stored()
    InstanceType: str | None = stored()
    InternetChargeType: str | None = stored()
    InternetMaxBandwidthIn: int | None = stored()
    InternetMaxBandwidthOut: int | None = stored()
    IoOptimized: str | None = stored()
    Ipv6AddressCount: int | None = stored()
    KeyPairName: str | None = stored()
    NetworkInterface: tuple[InterfaceParam, ...] = stored(Count(0, 2), default=())
    NetworkType: str | None = stored(note=_SHOWN_ONLY)
    PasswordInherit: bool | None = stored()
    Period: int | None = stored()
    PeriodUnit: str | None = stored()
    PrivateIpAddress: str | None = stored()
    RamRoleName: str | None = stored()
    ResourceGroupId: str | None = stored()
    SecurityEnhancementStrategy: str | None = stored()
    SecurityGroupId: str | None = stored()
    SecurityGroupIds: tuple[str, ...] = stored(Count(0, 100), default=())
    SecurityOptions: SecurityOptionsParam | None = stored()
    SpotDuration: int | None = stored()
    SpotPriceLimit: float | None = stored()
    SpotStrategy: str | None = stored()
    SystemDisk: SystemDiskParam | None = stored()
    Tag: tuple[InstanceTagParam, ...] = stored(Count(0, 20), default=())
    UserData: str | None = stored()
    VpcId: str | None = stored(note=f"{_SHOWN_ONLY}: the vSwitch says which it is")
    VSwitchId: str | None = stored()
    ZoneId: str | None = stored()


def said(request: TemplateParameters) -> dict[str, Any]:
    """Return what a request says of new instances, under the names of RunInstances.

    Raises:
        Refusal: the user data are too large, or not in Base64.
    """
    text = user_data(request.UserData)
    try:
        base64.b64decode(text or "", validate=True)
    except (ValueError, binascii.Error):
        message = "The specified parameter UserData is not in Base64."
        raise Refusal("InvalidUserData.Base64FormatInvalid", message, 400) from None
    names = (field.name for field in attrs.fields(TemplateParameters))
    return given({name: plain(getattr(request, name)) for name in names})


_LISTS: Final[Mapping[str, tuple[str, str]]] = {
    "DataDisk": ("DataDisks", "DataDisk"),
    "NetworkInterface": ("NetworkInterfaces", "NetworkInterface"),
    "SecurityGroupIds": ("SecurityGroupIds", "SecurityGroupId"),
    "Tag": ("Tags", "InstanceTag"),
}
"""How answers name lists, and their entries."""


def shown(parameters: Mapping[str, Any]) -> Body:
    """Return what a version says, as answers show it; what it does not say is absent.

    The page names what it says of the system disk ``SystemDisk.Size`` and so on, and so does its example;
    the models of the newer SDKs have a ``SystemDisk`` with members. Both are there.
    """
    body: Body = {}
    for name, value in parameters.items():
        if name in _LISTS:
            outer, inner = _LISTS[name]
            body[outer] = {inner: [_entry(each) for each in value]}
        else:
            body[name] = value
    for name, value in parameters.get("SystemDisk", {}).items():
        body[f"SystemDisk.{name}"] = value
    if "SpotPriceLimit" in body:
        body["SpotPriceLimit"] = exactly(body["SpotPriceLimit"])
    return body


def _entry(entry: Any) -> Any:  # noqa: ANN401 - a text, or what is said of a disk, an interface or a tag
    if isinstance(entry, dict) and "SecurityGroupIds" in entry:
        return {**entry, "SecurityGroupIds": {"SecurityGroupId": entry["SecurityGroupIds"]}}
    return entry
