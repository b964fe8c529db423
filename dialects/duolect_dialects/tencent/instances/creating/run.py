"""Creating instances, each with its primary interface.

Source: the definition of RunInstances in tccli.
"""

from typing import Any, Final

import attrs

from duolect_core.errors import ZoneNotFound
from duolect_core.instances import creation as commands
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, regions, request_errors
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.images import catalog as images
from duolect_dialects.tencent.instances.creating.interfaces import (
    InterfacesPlan,
    NetworkInterfacesParam,
    check_ids,
    default_groups,
    in_subnet,
    plan_interfaces,
    wants_default,
)
from duolect_dialects.tencent.instances.creating.numbering import numbered
from duolect_dialects.tencent.instances.creating.templates import LaunchTemplateParam, filled
from duolect_dialects.tencent.instances.disks import new_disks
from duolect_dialects.tencent.instances.parameters import (
    HOST_NAME,
    NOT_SHOWN,
    USER_DATA,
    USER_DATA_SIZE,
    CpuTopologyParam,
    DataDiskParam,
    EnhancedServiceParam,
    InstanceChargePrepaidParam,
    InstanceMarketOptionsParam,
    InternetAccessibleParam,
    LoginSettingsParam,
    MetadataParam,
    PlacementParam,
    SystemDiskParam,
    TagSpecificationParam,
    VirtualPrivateCloudParam,
)
from duolect_dialects.tencent.instances.views import CHARGE_TYPES, DEFAULT_NAME, PREPAID
from duolect_dialects.tencent.networks.defaults import default_subnet
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, Length, OneOf
from duolect_dialects.wording import Message

DEFAULT_TYPE: Final = "S5.MEDIUM4"
_TAG_CODES: Final = common.TagCodes(
    many="InvalidParameterValue.TagQuotaLimitExceeded", duplicate="InvalidParameterValue.DuplicateTags"
)


@attrs.frozen(kw_only=True, slots=False)
class NewInstances:
    """What can be said of new instances, in a request or a launch template."""

    InstanceChargeType: str | None = stored(
        OneOf("PREPAID", "POSTPAID_BY_HOUR", "CDHPAID", "SPOTPAID", "CDCPAID"),
        Coded(OneOf(PREPAID, *CHARGE_TYPES), "UnsupportedOperation"),
        note="there are no dedicated hosts and clusters",
    )
    InstanceChargePrepaid: InstanceChargePrepaidParam | None = param(note="required of prepaid instances")
    Placement: PlacementParam | None = param(note="required, where no launch template says it")
    InstanceType: str = param(
        common.INSTANCE_TYPE, default=DEFAULT_TYPE, code="InvalidInstanceType.Malformed"
    )
    ImageId: str | None = stored(
        common.IMAGE_ID,
        code="InvalidImageId.Malformed",
        note="required, where no launch template says it; every image exists",
    )
    SystemDisk: SystemDiskParam | None = param()
    DataDisks: tuple[DataDiskParam, ...] = param(Count(0, 21), default=())
    VirtualPrivateCloud: VirtualPrivateCloudParam | None = param(
        note="without it the default VPC is used, and created where there is none"
    )
    InternetAccessible: InternetAccessibleParam | None = stored()
    InstanceCount: int = param(Between(1, 100), default=1, code="InvalidParameterValue.Range")
    InstanceName: str | None = param(AtMost(128), code="InvalidInstanceName.TooLong")
    LoginSettings: LoginSettingsParam | None = param()
    SecurityGroupIds: tuple[str, ...] = param(
        Coded(Each(common.GROUP_ID), "InvalidSgId.Malformed"),
        default=(),
        note="without any the instance is in the default group, if there is one",
    )
    EnhancedService: EnhancedServiceParam | None = ignored(note=NOT_SHOWN)
    HostName: str | None = stored(Length(2, 60), HOST_NAME, code="InvalidParameterValue.IllegalHostName")
    ActionTimer: Any = refused(
        "there are no timers", code="UnsupportedOperation.NotSupportImportInstancesActionTimer"
    )
    DisasterRecoverGroupIds: tuple[str, ...] = param(
        Coded(Count(0, 1), "LimitExceeded.DisasterRecoverGroup"), default=()
    )
    TagSpecification: tuple[TagSpecificationParam, ...] = param(default=())
    InstanceMarketOptions: InstanceMarketOptionsParam | None = ignored(note=NOT_SHOWN)
    UserData: str | None = stored(
        Coded(AtMost(USER_DATA_SIZE), "InvalidParameterValue.TooLarge"), USER_DATA
    )
    Metadata: MetadataParam | None = stored()
    CamRoleName: str | None = stored()
    HpcClusterId: str | None = refused("there are no HPC clusters", code="ResourceNotFound.HpcCluster")
    DisableApiTermination: bool = param(default=False)
    EnableJumboFrame: bool | None = stored()
    NetworkInterfaces: tuple[NetworkInterfacesParam, ...] = param(
        default=(), note="open to all accounts; attached like others, so ATTACHING first"
    )


@attrs.frozen(kw_only=True, slots=False)
class RunInstances(NewInstances):
    """Create and start instances of one type in one subnet."""

    MinCount: int | None = param(note="there is always room for all")
    ClientToken: str | None = param(*common.TOKEN, code="InvalidClientToken.TooLong")
    DryRun: bool = param(default=False)
    CpuTopology: CpuTopologyParam | None = stored()
    LaunchTemplate: LaunchTemplateParam | None = param(note="the other parameters win over what it says")
    DedicatedClusterId: str | None = refused(
        "there are no dedicated clusters", code="InvalidParameter.CdcNotSupported"
    )
    ChcIds: tuple[str, ...] = refused(
        "there are no CHC servers", default=(), code="InvalidParameterValue.ChcHostsNotFound"
    )
    PartitionNumber: int | None = param(Between(1, 30), note="of a placement group of partitions")


@cvm_action(idempotent_by="ClientToken")
def run_instances(session: Session, request: RunInstances) -> Body:
    """Create the instances: PENDING, then RUNNING. A dry run only checks whether they could be."""
    if request.LaunchTemplate is not None:
        request = filled(session, request, request.LaunchTemplate)
    zone = _zone(session, request)
    if request.DryRun or _lacks_place(session, request, zone):
        check(session, request)
    if request.DryRun:
        return {"InstanceIdSet": []}
    created = session.execute(_command(session, request, zone))
    return {"InstanceIdSet": [instance.id for instance in created]}


def check(session: Session, request: RunInstances) -> None:
    """See whether the instances could be created, and change nothing.

    Raises:
        CoreError, Refusal: they could not.
    """
    zone = _zone(session, request)
    trial = session.trial() if _lacks_place(session, request, zone) else session
    trial.check(_command(trial, request, zone))


def _lacks_place(session: Session, request: RunInstances, zone: str) -> bool:
    """Say whether the request wants the default subnet of the zone, and there is none yet."""
    wanted = wants_default(request.VirtualPrivateCloud, request.NetworkInterfaces)
    return wanted and zone not in session.graph.default_subnets


def _command(session: Session, request: RunInstances, zone: str) -> commands.RunInstances:
    """Return what shall be done, in a default subnet that is created where it is wanted and not there."""
    count = request.InstanceCount
    if request.ImageId is None:
        raise request_errors.missing("ImageId")
    wanted = _interfaces(session, request, zone)
    place = wanted.place
    if place.PrivateIpAddresses and len(place.PrivateIpAddresses) != count:
        message = "There must be as many `PrivateIpAddresses` as instances."
        raise Refusal("InvalidParameterCombination", message)
    if request.MinCount is not None and not 1 <= request.MinCount <= count:
        message = "`MinCount` must be from 1 to `InstanceCount`."
        raise Refusal("InvalidParameterValue.InvalidParameterMinCount", message)
    prepaid = request.InstanceChargePrepaid if request.InstanceChargeType == PREPAID else None
    if request.InstanceChargeType == PREPAID and prepaid is None:
        raise request_errors.missing("InstanceChargePrepaid")
    images.check_ready(session, request.ImageId)
    keys = _keys(session, request)
    unnamed = (DEFAULT_NAME,) * count
    hosts = () if request.HostName is None else numbered(request.HostName, count)
    return commands.RunInstances(
        type_name=request.InstanceType,
        network_id=place.VpcId,
        subnet_id=place.SubnetId,
        zone=zone,
        names=numbered(request.InstanceName, count) if request.InstanceName else unnamed,
        group_ids=wanted.group_ids,
        addresses=wanted.addresses,
        secondaries=wanted.secondaries,
        primary_ips=tuple(common.ipv4(text) for text in place.PrivateIpAddresses),
        public=_is_public(request.InternetAccessible),
        key_pair_ids=keys if session.graph.key_pairs else (),
        placement_group_id=next(iter(request.DisasterRecoverGroupIds), ""),
        placement_partition=request.PartitionNumber or 0,
        protected=request.DisableApiTermination,
        tags=common.tags([tag for each in request.TagSpecification for tag in each.Tags], _TAG_CODES),
        disks=new_disks(request.SystemDisk, request.DataDisks, _project(request)),
        extras={**_stored(request), **_keys_from_before(session, keys), **_renew_flag(prepaid)},
        term=None if prepaid is None else prepaid.term,
        renews=None if prepaid is None else prepaid.renews,
        extras_of_each=tuple({"HostName": host} for host in hosts),
    )


def _renew_flag(prepaid: InstanceChargePrepaidParam | None) -> dict[str, str]:
    return {} if prepaid is None else {"RenewFlag": prepaid.RenewFlag}


def _project(request: RunInstances) -> int:
    return 0 if request.Placement is None else request.Placement.ProjectId or 0


def _stored(request: RunInstances) -> dict[str, Any]:
    """Return what an instance keeps of the request; the disks keep theirs."""
    return {name: kept for name, kept in common.stored_extras(request).items() if name != "SystemDisk"}


def _keys(session: Session, request: RunInstances) -> tuple[str, ...]:
    """Return the key pairs that shall open the instances, of which Windows takes none."""
    login = request.LoginSettings
    if login is None:
        return ()
    common.check_exclusive(Password=login.Password, KeyIds=login.KeyIds or None)
    if login.KeyIds and images.of(session, request.ImageId or "").platform == "Windows":
        message = "Windows takes no key pairs."
        raise Refusal("UnsupportedOperation.KeyPairUnsupportedWindows", message)
    return login.KeyIds


def _keys_from_before(session: Session, key_ids: tuple[str, ...]) -> dict[str, Any]:
    """Return what an instance keeps of the keys of an account that has made none here.

    They are as good as any image: made before, known by their ids, and shown again. From its first key pair
    on, what an account names has to be there.
    """
    return {"LoginSettings": {"KeyIds": list(key_ids)}} if key_ids and not session.graph.key_pairs else {}


def _is_public(wanted: InternetAccessibleParam | None) -> bool:
    """Say whether instances get public addresses of their own: with bandwidth, unless they shall not."""
    return (
        wanted is not None and bool(wanted.InternetMaxBandwidthOut) and wanted.PublicIpAssigned is not False
    )


def _interfaces(session: Session, request: RunInstances, zone: str) -> InterfacesPlan:
    """Return what interfaces are wanted, with the defaults for what is not named."""
    graph, listed, place = session.graph, request.NetworkInterfaces, request.VirtualPrivateCloud
    if wants_default(place, listed):
        place = in_subnet(place, default_subnet(session, zone))
    elif place is not None:
        check_ids(place)
    default_group_ids: tuple[str, ...] = ()
    if not request.SecurityGroupIds or not all(each.SecurityGroupIds for each in listed):
        default_group_ids = default_groups(graph, _project(request))
    return plan_interfaces(place, request.SecurityGroupIds, default_group_ids, listed)


def _zone(session: Session, request: RunInstances) -> str:
    """Return the zone that the request names, where the region has it and has room in it."""
    if request.Placement is None:
        raise request_errors.missing("Placement")
    zone, rules = request.Placement.Zone, session.rules
    if zone in regions.sold_out(rules.region):
        raise Refusal(
            "ResourceInsufficient.AvailabilityZoneSoldOut",
            Message("The zone `{zone}` is sold out.", zone=zone),
        )
    if zone not in rules.zones:
        raise ZoneNotFound(zone)
    return zone
