"""Elastic public addresses (EIPs): allocate, associate, disassociate, release, modify.

Each of these begins a task of its own kind: it has a number, which DescribeTaskResult takes.

Source: the definitions in tccli.
"""

from typing import Final, TypeVar

import attrs

from duolect_core.engine.partition import Command
from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.resources import InterfaceKind
from duolect_core.public_addresses import lifecycle as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import TagCodes, vpc_action
from duolect_dialects.tencent.names import TASK_STATUS
from duolect_dialects.tencent.public_addresses import views
from duolect_dialects.values import AtMost, Between, Count, Each, Form, OneOf
from duolect_dialects.wording import Message

R = TypeVar("R")

ADDRESS_ID: Final = common.id_of("eip")
MALFORMED: Final = "InvalidParameterValue.AddressIdMalformed"
_FIRST_TASK: Final = 60_000_000
_BANDWIDTH: Final = "InvalidParameterValue.BandwidthOutOfRange"
BY_PACKAGE: Final = "BANDWIDTH_PACKAGE"
_MOST_MEGABITS: Final = {
    BY_PACKAGE: 2000,
    "BANDWIDTH_POSTPAID_BY_HOUR": 100,
    "BANDWIDTH_PREPAID_BY_MONTH": 200,
    views.BY_TRAFFIC: 100,
}
_BAD_TAG: Final = "InvalidParameterValue.InvalidTag"
TAG_CODES: Final = TagCodes(many="LimitExceeded.TagQuota", duplicate=_BAD_TAG)
_TARGET: Final = Form(r"(ins|lb)-[0-9a-z]{6,20}", "an id of the form ins-xxxxxxxx or lb-xxxxxxxx")
NAME: Final = Form(r"[\w-]*", "a text of letters, digits, - and _")
_NO_PREPAID: Final = "nothing is paid by the month"


def execute_as_task(session: Session, command: Command[R]) -> tuple[R, str]:
    """Carry out a command whose operation has a number; return the result and the number.

    Where the command was carried out before, the number is that of the first time.
    """
    operations = session.graph.operations
    number = _FIRST_TASK + session.partition.timeline.planned
    while str(number) in operations:
        number += 1
    result = session.execute(command, operation_id=str(number))
    return result, operations[str(number)].id


def check_bandwidth(bandwidth: int, charge_type: str) -> None:
    """Raise ``Refusal`` where an EIP that is paid for in this way has no such bandwidth."""
    most = _MOST_MEGABITS[charge_type]
    if not 1 <= bandwidth <= most:
        raise Refusal(_BANDWIDTH, Message("The bandwidth must be from 1 to {most} Mbps.", most=most))


# -- allocating --------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AddressChargePrepaid:
    """How an EIP that is paid by the month is paid."""

    Period: int = required()
    AutoRenewFlag: int | None = param()


@attrs.frozen(kw_only=True)
class AddressTag:
    """One of Tags."""

    Key: str = required(AtMost(127), common.NOT_RESERVED, common.TAG_KEY, code=_BAD_TAG)
    Value: str = param(AtMost(255), common.TAG_VALUE, default="", code=_BAD_TAG)


@attrs.frozen(kw_only=True)
class AllocateAddresses:
    """Allocate EIPs."""

    AddressCount: int = param(Between(1, 100), default=1)
    InternetServiceProvider: str | None = stored(OneOf("BGP", "CMCC", "CTCC", "CUCC"))
    InternetChargeType: str = stored(OneOf(*_MOST_MEGABITS), default=views.BY_TRAFFIC)
    IPChargeType: str | None = ignored(
        OneOf("IP_POSTPAID_BY_HOUR", "IP_PREPAID_BY_MONTH"), note="billing is not modelled"
    )
    InternetMaxBandwidthOut: int = stored(default=1)
    AddressChargePrepaid: "AddressChargePrepaid | None" = refused(_NO_PREPAID)
    AddressType: str | None = stored(
        OneOf("EIP", "AnycastEIP", "HighQualityEIP", "AntiDDoSEIP", "ResidentialEIP")
    )
    AnycastZone: str | None = ignored(
        OneOf("ANYCAST_ZONE_GLOBAL", "ANYCAST_ZONE_OVERSEAS"), note="nothing is routed"
    )
    VipCluster: tuple[str, ...] = param(
        Count(0, 100),
        Each(common.IPV4),
        default=(),
        code="InvalidParameterValue.AddressIpNotAvailable",
        note="the addresses that shall be allocated",
    )
    ApplicableForCLB: bool | None = ignored(note="deprecated by the vendor")
    Tags: tuple[AddressTag, ...] = param(default=())
    BandwidthPackageId: str | None = param(
        common.id_of("bwp"), code="InvalidParameterValue.BandwidthPackageIdMalformed"
    )
    AddressName: str = param(AtMost(128), default=views.UNNAMED)
    DedicatedClusterId: str | None = refused(
        "there are no dedicated clusters", code="InvalidParameterValue.InvalidDedicatedClusterId"
    )
    IsDedicatedAddressPool: bool | None = ignored(note="there is one pool")
    Egress: str | None = stored(
        OneOf("center_egress1", "center_egress2", "center_egress3"),
        code="InvalidParameterValue.InvalidEgress",
    )
    AntiDDoSPackageId: str | None = stored()
    ClientToken: str | None = param(*common.TOKEN, code="InvalidParameterValue.Malformed")


@vpc_action(idempotent_by="ClientToken")
def allocate_addresses(session: Session, request: AllocateAddresses) -> Body:
    """Allocate them: CREATING, then UNBIND."""
    charge_type = request.InternetChargeType if request.BandwidthPackageId is None else BY_PACKAGE
    if charge_type == "BANDWIDTH_PREPAID_BY_MONTH":
        raise Refusal("UnsupportedOperation", Message("Nothing is paid by the month here."))
    check_bandwidth(request.InternetMaxBandwidthOut, charge_type)
    extras = common.stored_extras(request)
    extras["Bandwidth"] = extras.pop("InternetMaxBandwidthOut")
    extras["Chosen"] = bool(request.VipCluster)
    if request.BandwidthPackageId is not None:
        extras["InternetChargeType"] = BY_PACKAGE
    made, task = execute_as_task(
        session,
        commands.AllocatePublicAddresses(
            count=request.AddressCount,
            ips=tuple(map(common.ipv4, request.VipCluster)),
            name=request.AddressName,
            tags=common.tags(request.Tags, TAG_CODES),
            package_id=request.BandwidthPackageId,
            extras=extras,
        ),
    )
    return {"AddressSet": [each.id for each in made], "TaskId": task}


# -- binding -----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AssociateAddress:
    """Bind an EIP to an instance, or to a private address of an interface."""

    AddressId: str = required(ADDRESS_ID, code=MALFORMED)
    InstanceId: str | None = param(_TARGET, code="InvalidParameterValue.InstanceIdMalformed")
    NetworkInterfaceId: str | None = param()
    PrivateIpAddress: str | None = param(common.IPV4, code="InvalidParameterValue.PrivateIpAddressNotMatch")
    EipDirectConnection: bool = stored(default=False)
    InstanceRegion: str | None = ignored(note="concerns another product")


@vpc_action()
def associate_address(session: Session, request: AssociateAddress) -> Body:
    """Start to bind: BINDING, then BIND. An instance is bound by its primary address."""
    by_instance, by_interface = request.InstanceId is not None, request.NetworkInterfaceId is not None
    if by_instance and by_interface:
        raise Refusal(
            "InvalidParameterConflict", "InstanceId and NetworkInterfaceId cannot be used together."
        )
    if not by_instance and not by_interface:
        raise Refusal(
            "InvalidParameterValue.MissingAssociateEntity",
            "InstanceId or NetworkInterfaceId must be given.",
        )
    if by_interface and request.PrivateIpAddress is None:
        raise request_errors.missing("PrivateIpAddress")
    if by_instance and request.PrivateIpAddress is not None:
        raise Refusal(
            "InvalidParameterValue.Combination", "PrivateIpAddress goes with NetworkInterfaceId only."
        )
    private = request.PrivateIpAddress
    _, task = execute_as_task(
        session,
        commands.AssociatePublicAddress(
            address_id=request.AddressId,
            instance_id=request.InstanceId,
            interface_id=request.NetworkInterfaceId,
            ip=None if private is None else common.ipv4(private),
            extras={"IsEipDirectConnection": request.EipDirectConnection},
        ),
    )
    return {"TaskId": task}


@attrs.frozen(kw_only=True)
class DisassociateAddress:
    """Unbind an EIP."""

    AddressId: str = required(ADDRESS_ID, code=MALFORMED)
    ReallocateNormalPublicIp: bool | None = refused("no ordinary public address comes back")


@vpc_action()
def disassociate_address(session: Session, request: DisassociateAddress) -> Body:
    """Start to unbind: UNBINDING, then UNBIND."""
    _, task = execute_as_task(session, commands.DisassociatePublicAddress(request.AddressId))
    return {"TaskId": task}


# -- releasing and modifying -------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ReleaseAddresses:
    """Release EIPs that are bound to nothing."""

    AddressIds: tuple[str, ...] = required(*common.non_empty(100), Each(ADDRESS_ID), code=MALFORMED)


@vpc_action()
def release_addresses(session: Session, request: ReleaseAddresses) -> Body:
    """Start to release them: OFFLINING, then gone."""
    _, task = execute_as_task(session, commands.ReleasePublicAddresses(request.AddressIds))
    return {"TaskId": task}


@attrs.frozen(kw_only=True)
class ModifyAddressAttribute:
    """Change the name of an EIP, and how it is bound."""

    AddressId: str = required(ADDRESS_ID, code=MALFORMED)
    AddressName: str | None = param(AtMost(128), NAME)
    EipDirectConnection: str | None = stored(OneOf("TRUE", "FALSE"))
    EipVisibleOnEni: bool | None = stored()


@vpc_action()
def modify_address_attribute(session: Session, request: ModifyAddressAttribute) -> Body:
    """Change what is given, at once. Only an EIP on an instance has a direct connection."""
    graph = session.graph
    shown = lookup.public_address(graph, request.AddressId)
    extras: dict[str, bool] = {}
    if request.EipVisibleOnEni is not None:
        extras["EipVisibleOnEni"] = request.EipVisibleOnEni
    if request.EipDirectConnection is not None:
        if not _is_on_instance(session, request.AddressId):
            raise Refusal(
                "UnsupportedOperation.AddressStatusNotPermit",
                Message("The public address `{address}` is not bound to an instance.", address=shown.id),
            )
        extras["IsEipDirectConnection"] = request.EipDirectConnection == "TRUE"
    session.execute(
        commands.ModifyPublicAddresses(address_ids=(shown.id,), name=request.AddressName, extras=extras)
    )
    return {}


def _is_on_instance(session: Session, address_id: str) -> bool:
    """Say whether an EIP is bound to an instance itself: to its primary interface."""
    graph = session.graph
    shown = graph.public_addresses[address_id]
    if shown.association is None or shown.state is not PublicAddressState.IN_USE:
        return False
    interface = graph.interfaces.get(shown.association.interface_id)
    return interface is not None and interface.kind is InterfaceKind.PRIMARY


@attrs.frozen(kw_only=True)
class ModifyAddressesBandwidth:
    """Change the bandwidth of EIPs."""

    AddressIds: tuple[str, ...] = required(*common.non_empty(100), Each(ADDRESS_ID), code=MALFORMED)
    InternetMaxBandwidthOut: int = required()
    StartTime: str | None = ignored(note="deprecated by the vendor")
    EndTime: str | None = ignored(note="deprecated by the vendor")


@vpc_action()
def modify_addresses_bandwidth(session: Session, request: ModifyAddressesBandwidth) -> Body:
    """Change it at once, with a task that has succeeded."""
    for address_id in request.AddressIds:
        shown = lookup.public_address(session.graph, address_id)
        check_bandwidth(request.InternetMaxBandwidthOut, shown.extras["InternetChargeType"])
    _, task = execute_as_task(
        session,
        commands.ModifyPublicAddresses(
            address_ids=request.AddressIds, extras={"Bandwidth": request.InternetMaxBandwidthOut}
        ),
    )
    return {"TaskId": task}


_MOST_SWITCHES: Final = 2
_SWITCHES: Final = "ChargeTypeChanges"
"""Under this name an EIP keeps how often the way in which it is paid for was changed."""


@attrs.frozen(kw_only=True)
class ModifyAddressInternetChargeType:
    """Change how an EIP is paid for, twice at most, and its bandwidth with it."""

    AddressId: str = required(ADDRESS_ID, code=MALFORMED)
    InternetChargeType: str = required(
        OneOf("BANDWIDTH_POSTPAID_BY_HOUR", views.BY_TRAFFIC), note="nothing is paid by the month"
    )
    InternetMaxBandwidthOut: int = required(Between(1, 100))
    AddressChargePrepaid: "AddressChargePrepaid | None" = refused(_NO_PREPAID)


@vpc_action()
def modify_address_internet_charge_type(session: Session, request: ModifyAddressInternetChargeType) -> Body:
    """Change both at once."""
    extras = lookup.public_address(session.graph, request.AddressId).extras
    if extras["InternetChargeType"] == request.InternetChargeType:
        raise Refusal(
            "InvalidParameterValue.InternetChargeTypeNotChanged",
            Message("The public address `{address}` is paid for in this way.", address=request.AddressId),
        )
    switches = extras.get(_SWITCHES, 0) + 1
    if switches > _MOST_SWITCHES:
        raise Refusal(
            "LimitExceeded.ModifyAddressInternetChargeTypeQuota",
            Message("InternetChargeType can be changed at most {limit} times.", limit=_MOST_SWITCHES),
        )
    session.execute(
        commands.ModifyPublicAddresses(
            address_ids=(request.AddressId,),
            extras={
                "InternetChargeType": request.InternetChargeType,
                "Bandwidth": request.InternetMaxBandwidthOut,
                _SWITCHES: switches,
            },
        )
    )
    return {}


# -- tasks -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeTaskResult:
    """Show how a task of EIPs stands."""

    TaskId: int | None = param(Between(0, 2**64 - 1))
    DealName: str | None = refused("nothing is ordered", code="InvalidParameter")


@vpc_action()
def describe_task_result(session: Session, request: DescribeTaskResult) -> Body:
    """Show RUNNING, SUCCESS or FAILED."""
    if request.TaskId is None:
        raise request_errors.missing("TaskId")
    operation = session.partition.operation(str(request.TaskId))
    return {"TaskId": request.TaskId, "Result": TASK_STATUS[operation.state]}
