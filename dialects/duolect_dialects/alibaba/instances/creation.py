"""What RunInstances and CreateInstance have in common: most of their parameters, and what becomes of them.

Of the very long lists of parameters, those that concern networks, names and numbers are served. What only
a describe action shows again is stored, what concerns guests and billing is without effect, and what would
change the network in a way that is not modelled is refused.

Sources: the vendor's pages RunInstances and CreateInstance, and the models of its Python SDK.
"""

import base64
from collections.abc import Mapping
from typing import Any, Final

import attrs

from duolect_core.errors import KeyPairNotFound
from duolect_core.model.disks import NewDisk
from duolect_core.model.instances import Term
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagParam
from duolect_dialects.alibaba.images import catalog as images
from duolect_dialects.alibaba.instances import disks, options
from duolect_dialects.alibaba.instances.naming import HOST_NAME, INSTANCE_NAME
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, ignored, param, required, stored
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length, OneOf

NO_GUEST: Final = "guests are not modelled"
NO_BILLING: Final = "billing is not modelled"
HOST_CODE: Final = "InvalidHostName.Malformed"
_MOST_USER_DATA: Final = 32 * 1024
"""Bytes of user data before they are encoded."""
PASSWORD: Final = (
    Length(8, 30),
    Form(
        r"(?!/)(?:(?=.*[A-Z])(?=.*[a-z])(?=.*\d)|(?=.*[A-Z])(?=.*[a-z])(?=.*[^A-Za-z\d])"
        r"|(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z\d])|(?=.*[a-z])(?=.*\d)(?=.*[^A-Za-z\d]))[\x21-\x7e]+",
        "of at least three of: upper-case letters, lower-case letters, digits, other characters",
    ),
)


@attrs.frozen(kw_only=True, slots=False)
class NewInstances:
    """The parameters that both actions have."""

    RegionId: str = required()
    AdditionalInfo: options.AdditionalInfo | None = stored(note=common.UNLISTED)
    Affinity: str | None = stored(OneOf("default", "host"))
    Arn: tuple[options.Arn, ...] = ignored(Count(0, 10), default=(), note=NO_GUEST)
    AutoRenew: bool | None = stored()
    AutoRenewPeriod: int | None = stored(Between(1, 60))
    ClientToken: str | None = param(*common.TOKEN)
    CreditSpecification: str | None = stored(OneOf("Standard", "Unlimited"))
    DataDisk: tuple[options.DataDisk, ...] = stored(Count(0, 16), default=())
    DedicatedHostId: str | None = stored()
    DeletionProtection: bool = param(default=False)
    DeploymentSetGroupNo: int | None = param(
        Between(1, 7), note="of a set of the strategy AvailabilityGroup"
    )
    DeploymentSetId: str | None = param()
    Description: str | None = param(Length(2, 256), common.NOT_A_LINK, code="InvalidDescription.Malformed")
    DryRun: bool = param(default=False)
    HibernationOptions: options.HibernationOptions | None = stored()
    HostName: str | None = param(Length(2, 64), HOST_NAME, code=HOST_CODE)
    HpcClusterId: str | None = stored()
    HttpEndpoint: str | None = stored(OneOf("enabled", "disabled"))
    HttpPutResponseHopLimit: int | None = stored(Between(1, 64))
    HttpTokens: str | None = stored(OneOf("optional", "required"))
    ImageFamily: str | None = param(Length(2, 128), note="of a public image, or else without effect")
    ImageId: str | None = stored(note="every image exists")
    InstanceChargeType: str | None = stored(OneOf("PrePaid", "PostPaid"))
    InstanceName: str | None = param(Length(2, 128), INSTANCE_NAME, code="InvalidInstanceName.Malformed")
    InternetChargeType: str | None = stored(OneOf("PayByBandwidth", "PayByTraffic"))
    InternetMaxBandwidthIn: int | None = stored(Between(1, 200))
    InternetMaxBandwidthOut: int | None = stored(
        Between(0, 100), note="RunInstances gives an instance with some a public address of its own"
    )
    IoOptimized: str | None = stored(OneOf("none", "optimized"))
    KeyPairName: str | None = param()
    ManagedHostId: str | None = stored()
    Password: str | None = param(
        *PASSWORD, code="InvalidPassword.Malformed", treatment=Treatment.IGNORED, note=NO_GUEST
    )
    PasswordInherit: bool | None = ignored(note=NO_GUEST)
    Period: int | None = stored(Between(1, 60), note="required of subscriptions")
    PeriodUnit: str | None = stored(OneOf("Week", "Month"))
    PrivateIpAddress: str | None = param(note="of the first instance; the others take those that follow")
    PrivatePoolOptions: options.PrivatePoolOptions | None = stored()
    RamRoleName: str | None = stored(note="every role exists")
    ResourceGroupId: str | None = stored()
    SecurityEnhancementStrategy: str | None = ignored(OneOf("Active", "Deactive"), note=NO_GUEST)
    SecurityGroupId: str | None = param()
    SpotDuration: int | None = stored(Between(0, 6))
    SpotInterruptionBehavior: str | None = stored(OneOf("Terminate", "Stop"))
    SpotPriceLimit: float | None = stored()
    SpotStrategy: str | None = stored(OneOf("NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"))
    StorageSetId: str | None = stored()
    StorageSetPartitionNumber: int | None = stored(Between(1, 2000))
    SystemDisk: options.SystemDisk | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()
    Tenancy: str | None = stored(OneOf("default", "host"))
    UserData: str | None = stored(note="guests are not modelled: it is shown, but not run")
    VSwitchId: str | None = param()
    ZoneId: str | None = param()


def check_presence(values: Mapping[str, object]) -> None:
    """Raise ``Refusal`` for the first parameter without a value.

    Without a vSwitch the classic network is meant, which is closed: recorded in 2023
    (aliyun-openapi-python-sdk issue 482).
    """
    for name, value in values.items():
        if not value and name == "VSwitchId":
            message = "An instance needs a vSwitch: the classic network takes no new instances."
            raise Refusal("OperationDenied.InvalidNetworkType", message, 403)
        if not value:
            raise missing(name)


def check_period(request: NewInstances) -> None:
    """Raise ``Refusal`` for a subscription without a period, which its pages call required."""
    if request.InstanceChargeType == "PrePaid" and request.Period is None:
        raise missing("Period")


def term(count: int, unit: str) -> Term:
    """Return how long so many weeks, months or years are."""
    if unit == "Week":
        return Term(days=7 * count)
    return Term(months=count * (12 if unit == "Year" else 1))


def terms(request: NewInstances) -> tuple[Term | None, Term | None]:
    """Return for how long new instances are paid in advance, and for how long they renew."""
    if request.InstanceChargeType != "PrePaid":
        return None, None
    unit = request.PeriodUnit or "Month"
    renews = term(request.AutoRenewPeriod or 1, unit) if request.AutoRenew else None
    return term(request.Period or 1, unit), renews


def image_of(session: Session, request: NewInstances) -> str:
    """Return the id of the image: the named one, or the newest of the named family."""
    return request.ImageId or images.of_family(session, request.ImageFamily or "") or ""


def refuse_windows(session: Session, image_id: str) -> None:
    """Raise ``Refusal`` where the system of an image takes no key pairs."""
    if images.of(session, image_id).windows:
        message = "Windows cannot be logged in to with an SSH key pair."
        raise Refusal("DependencyViolation.WindowsInstance", message, 403)


def key_pairs(session: Session, request: NewInstances) -> tuple[str, ...]:
    """Return the key pair that shall open the instances, or none.

    Raises:
        KeyPairNotFound: there is none of the name.
        Refusal: the image is one of Windows.
    """
    name = request.KeyPairName
    if name is None:
        return ()
    refuse_windows(session, image_of(session, request))
    key_pair_id = session.graph.key_pairs_by_name.get(name)
    if key_pair_id is None:
        raise KeyPairNotFound(name)
    return (key_pair_id,)


def extras(session: Session, request: NewInstances) -> dict[str, Any]:
    """Return what of a request is only shown again, under the names of the answers.

    Raises:
        Refusal: the user data cannot be.
    """
    same = (
        "CreditSpecification", "HpcClusterId",
        "InstanceChargeType", "InternetChargeType", "InternetMaxBandwidthIn", "InternetMaxBandwidthOut",
        "RamRoleName", "SpotDuration", "SpotInterruptionBehavior", "SpotPriceLimit",
        "SpotStrategy",
    )  # fmt: skip
    pool = request.PrivatePoolOptions
    image_id = image_of(session, request)
    return without_gaps(
        {
            **{name: getattr(request, name) for name in same},
            "AdditionalInfo": {
                "EnableHighDensityMode": request.AdditionalInfo
                and request.AdditionalInfo.EnableHighDensityMode,
                "ManagedHostId": request.ManagedHostId,
            },
            "DedicatedHostAttribute": {"DedicatedHostId": request.DedicatedHostId},
            "DedicatedInstanceAttribute": {"Affinity": request.Affinity, "Tenancy": request.Tenancy},
            "EcsCapacityReservationAttr": {
                "CapacityReservationId": pool and pool.Id,
                "CapacityReservationPreference": pool and pool.MatchCriteria,
            },
            "HibernationOptions": request.HibernationOptions and attrs.asdict(request.HibernationOptions),
            "ImageId": image_id or None,
            "IoOptimized": None if request.IoOptimized is None else request.IoOptimized == "optimized",
            "MetadataOptions": {
                "HttpEndpoint": request.HttpEndpoint,
                "HttpTokens": request.HttpTokens,
                "HttpPutResponseHopLimit": request.HttpPutResponseHopLimit,
            },
            "Renewal": {
                "AutoRenewEnabled": request.AutoRenew,
                "Duration": request.AutoRenewPeriod,
                "PeriodUnit": request.PeriodUnit,
            },
            "ResourceGroupId": common.resource_group(request.ResourceGroupId) or None,
            "UserData": user_data(request.UserData),
        }
    )


def without_gaps(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, without what was not and without groups of nothing."""
    groups = {
        name: without_gaps(value) if isinstance(value, dict) else value for name, value in given.items()
    }
    return {name: value for name, value in groups.items() if value is not None and value != {}}


def user_data(text: str | None) -> str | None:
    """Return user data as they were given, in Base64.

    Raises:
        Refusal: they are too large.
    """
    if text is None:
        return None
    try:
        size = len(base64.b64decode(text, validate=True))
    except ValueError:
        size = len(text)
    if size > _MOST_USER_DATA:
        raise Refusal(
            "InvalidUserData.SizeExceeded", f"UserData may have {_MOST_USER_DATA} bytes at most.", 400
        )
    return text


def new_disks(session: Session, request: NewInstances) -> tuple[NewDisk, ...]:
    """Return the disks that are wanted, the system disk first.

    Raises:
        Refusal: one of them cannot be, or the image is not complete.
    """
    image_id = image_of(session, request)
    disks.check_image(session, image_id)
    common_to_all = {
        "DiskChargeType": request.InstanceChargeType or "PostPaid",
        "ResourceGroupId": common.resource_group(request.ResourceGroupId),
    }
    storage = {
        "StorageSetId": request.StorageSetId,
        "StorageSetPartitionNumber": request.StorageSetPartitionNumber,
    }
    system = without_gaps(attrs.asdict(request.SystemDisk or options.SystemDisk()))
    data = [without_gaps({**attrs.asdict(each), **storage}) for each in request.DataDisk]
    return (
        disks.system(session, system, image_id, common_to_all),
        *(disks.data(session, each, common_to_all) for each in data),
    )
