"""Instances: describe, start, stop, reboot, delete. RunInstances and others have modules of their own.

Sources: the vendor's pages DescribeInstances, DescribeInstanceStatus, StartInstance, StopInstance,
RebootInstance and DeleteInstance, and the models of its Python SDK.
"""

import re
from collections.abc import Collection
from operator import ge, le
from typing import Any, Final

import attrs

from duolect_core.addressing.pools import parse_ipv4, parse_ipv6
from duolect_core.graph.graph import Graph
from duolect_core.instances import lifecycle as commands
from duolect_core.model.instances import Instance
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, ecs_action
from duolect_dialects.alibaba.instances import views
from duolect_dialects.alibaba.interfaces.public_addresses import found_at, target
from duolect_dialects.alibaba.names import INSTANCE_STATUS
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, OneOf

_PAGES = Between(1, 2**31 - 1)
_NO_SUCH: Final = "a JSON array; no instance has such an address, so nothing matches"
_OF_RUN: Final = "compared with what RunInstances was given"
_TIMES: Final = {
    "CreationStartTime": ("CreationTime", ge),
    "CreationEndTime": ("CreationTime", le),
    "ExpiredStartTime": ("ExpiredTime", ge),
    "ExpiredEndTime": ("ExpiredTime", le),
}
"""The field of the answer that a filter looks at, and how it compares; such times sort as texts."""


@attrs.frozen(kw_only=True, slots=False)
class InstanceFilter:
    """One Filter.N: a time, to the minute, before or after which an instance was created or expires."""

    Key: str | None = param(OneOf(*_TIMES))
    Value: str | None = param(Form(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", "a time like 2026-11-21T08:00Z"))


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstances:
    """List instances, newest first; all criteria must hold."""

    RegionId: str = required()
    AdditionalAttributes: tuple[str, ...] = ignored(
        default=(), note="selects extra parts; all parts are always shown"
    )
    DeviceAvailable: bool | None = param()
    DryRun: bool = param(default=False)
    EipAddresses: str | None = param(note="a JSON array of up to 100 elastic public addresses")
    Filter: tuple[InstanceFilter, ...] = param(Count(0, 4), default=())
    HpcClusterId: str | None = param(note=_OF_RUN)
    HttpEndpoint: str | None = param(OneOf("enabled", "disabled"), note=_OF_RUN)
    HttpPutResponseHopLimit: int | None = param(note=_OF_RUN)
    HttpTokens: str | None = param(OneOf("optional", "required"), note=_OF_RUN)
    ImageId: str | None = param(note=_OF_RUN)
    InnerIpAddresses: str | None = param(note=_NO_SUCH)
    InstanceChargeType: str | None = param(OneOf("PostPaid", "PrePaid"), note=_OF_RUN)
    InstanceIds: str | None = param(note="a JSON array of up to 100 ids")
    InstanceName: str | None = param(note="an asterisk stands for any text")
    InstanceNetworkType: str | None = param(OneOf("vpc", "classic"))
    InstanceType: str | None = param()
    InstanceTypeFamily: str | None = param()
    InternetChargeType: str | None = param(OneOf("PayByBandwidth", "PayByTraffic"), note=_OF_RUN)
    IoOptimized: bool | None = param(note=_OF_RUN)
    Ipv6Address: tuple[str, ...] = param(Count(0, 100), default=())
    KeyPairName: str | None = param(note=_OF_RUN)
    LockReason: str | None = param(
        OneOf("financial", "security", "Recycling", "dedicatedhostfinancial", "refunded"),
        note="financial if they have expired, Recycling if they are spot ones that were interrupted",
    )
    MaxResults: int | None = param(Between(1, 100))
    NeedSaleCycle: bool | None = ignored(note="billing is not modelled")
    NextToken: str | None = param()
    PageNumber: int | None = param(_PAGES, note="1 unless given")
    PageSize: int | None = param(Between(1, 100), note="10 unless given")
    PrivateIpAddresses: str | None = param(note="a JSON array of up to 100 addresses")
    PublicIpAddresses: str | None = param(note="a JSON array of up to 100 addresses of instances' own")
    RdmaIpAddresses: str | None = param(note=_NO_SUCH)
    ResourceGroupId: str | None = param()
    SecurityGroupId: str | None = param()
    Status: str | None = param(OneOf("Pending", "Running", "Starting", "Stopping", "Stopped"))
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    VSwitchId: str | None = param()
    VpcId: str | None = param()
    ZoneId: str | None = param()


@ecs_action()
def describe_instances(session: Session, request: DescribeInstances) -> Body:
    """List one page. With NextToken or MaxResults pages follow tokens, otherwise page numbers."""
    graph = session.graph
    selection = _criteria(session, request).selection
    common.end_dry_run(request)
    page, about = common.page(graph.instances, selection, request)
    return {"Instances": {"Instance": [views.instance(session, shown) for shown in page.items]}, **about}


def _criteria(session: Session, request: DescribeInstances) -> Criteria[Instance]:
    graph = session.graph
    criteria: Criteria[Instance] = Criteria(graph)
    if request.InstanceIds is not None:
        ids = common.json_list(
            request.InstanceIds, "InstanceIds", "InvalidInstanceIds.ValueNotSupported", 403
        )
        criteria.ids(ids)
    _narrow_by_network(session, request, criteria)
    common.narrow_by_tags(criteria, request.Tag)
    if request.InstanceName is not None and "*" not in request.InstanceName:
        criteria.among(_named(graph, request.InstanceName))
    elif request.InstanceName is not None:
        pattern = ".*".join(map(re.escape, request.InstanceName.split("*")))
        matches = re.compile(pattern, re.DOTALL).fullmatch
        criteria.test(pattern, lambda found: matches(found.name or found.id) is not None)
    criteria.test(request.Status, lambda found: INSTANCE_STATUS[found.state] == request.Status)
    criteria.test(request.InstanceType, lambda found: found.type_name == request.InstanceType)
    types = session.rules.instance_types
    criteria.test(
        request.InstanceTypeFamily,
        lambda found: types[found.type_name].family == request.InstanceTypeFamily,
    )
    _narrow_by_view(session, request, criteria)
    for each in request.Filter:
        _narrow_by_time(session, each, criteria)
    criteria.test(request.DeviceAvailable, lambda _: request.DeviceAvailable is True)
    criteria.test(request.LockReason, lambda found: request.LockReason in views.lock_reasons(found))
    return criteria


def _named(graph: Graph, name: str) -> Collection[str]:
    """Return the ids of the instances of this name; the id is the name of one that has no other."""
    if not name:
        return ()
    named, unnamed = graph.instance_names.ids(name), graph.instances.get(name)
    return named if unnamed is None or unnamed.name else {*named, name}


def _narrow_by_network(session: Session, request: DescribeInstances, criteria: Criteria[Instance]) -> None:
    graph = session.graph
    criteria.by(graph.instances_by_network, request.VpcId)
    criteria.by(graph.instances_by_subnet, request.VSwitchId)
    criteria.test(request.ZoneId, lambda found: found.zone == request.ZoneId)
    criteria.test(
        request.InstanceNetworkType,
        lambda found: found.classic is (request.InstanceNetworkType == "classic"),
    )
    if request.SecurityGroupId is not None:
        members = graph.interfaces_by_group.ids(request.SecurityGroupId)
        criteria.test(members, lambda found: graph.primary_interfaces[found.id] in members)
    wanted = [
        [parse_ipv4(text) for text in common.json_list(request.PrivateIpAddresses, "PrivateIpAddresses")],
        [parse_ipv6(text) for text in request.Ipv6Address],
    ]
    for ips in filter(None, wanted):
        holders = {
            found.attachment.instance_id
            for ip in ips
            for each in graph.interfaces_by_ip.ids(ip or 0)
            if (found := graph.interfaces[each]).attachment is not None
        }
        criteria.among(holders)
    eips = common.json_list(request.EipAddresses, "EipAddresses")
    if eips:
        criteria.among({target(session, found)[0] for found in found_at(session, eips)})
    own = common.json_list(request.PublicIpAddresses, "PublicIpAddresses")
    if own:
        holders = {graph.public_pool.holders.get(parse_ipv4(text) or 0, "") for text in own}
        criteria.among({each for each in holders if each in graph.instances})
    for name in ("InnerIpAddresses", "RdmaIpAddresses"):
        if common.json_list(getattr(request, name), name):
            criteria.among(())


_SHOWN_PLACES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("HpcClusterId", ("HpcClusterId",)),
    ("HttpEndpoint", ("MetadataOptions", "HttpEndpoint")),
    ("HttpPutResponseHopLimit", ("MetadataOptions", "HttpPutResponseHopLimit")),
    ("HttpTokens", ("MetadataOptions", "HttpTokens")),
    ("ImageId", ("ImageId",)),
    ("InstanceChargeType", ("InstanceChargeType",)),
    ("InternetChargeType", ("InternetChargeType",)),
    ("IoOptimized", ("IoOptimized",)),
    ("KeyPairName", ("KeyPairName",)),
    ("ResourceGroupId", ("ResourceGroupId",)),
)
"""Criteria that are compared with a field of the answer, and where that field stands."""


_UNSAID: Final = {"HttpEndpoint": "enabled", "HttpTokens": "optional"}
"""What holds where the field of the answer is empty."""


def _narrow_by_view(session: Session, request: DescribeInstances, criteria: Criteria[Instance]) -> None:
    wanted = [
        (place, value) for name, place in _SHOWN_PLACES if (value := getattr(request, name)) is not None
    ]

    def shows(found: Instance) -> bool:
        body = views.instance(session, found)
        return all(_at(body, place) == value for place, value in wanted)

    criteria.test(wanted or None, shows)


def _narrow_by_time(session: Session, wanted: InstanceFilter, criteria: Criteria[Instance]) -> None:
    key, value = wanted.Key, wanted.Value
    if key is None or value is None:
        raise Refusal("InvalidParameter", "A Filter needs both Key and Value.", 400)
    field, compare = _TIMES[key]
    criteria.test(key, lambda found: compare(views.instance(session, found)[field], value))


def _at(body: Any, place: tuple[str, ...]) -> Any:  # noqa: ANN401 - any part of an answer
    for name in place:
        body = body.get(name, "")
    return _UNSAID.get(place[-1], "") if body == "" else body


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstanceStatus:
    """List the states of instances, newest first."""

    RegionId: str = required()
    ClusterId: str | None = ignored(note="deprecated by the vendor")
    InstanceId: tuple[str, ...] = param(Count(0, 100), default=())
    PageNumber: int = param(_PAGES, default=1)
    PageSize: int = param(Between(1, 50), default=10)
    ZoneId: str | None = param()


@ecs_action()
def describe_instance_status(session: Session, request: DescribeInstanceStatus) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[Instance] = Criteria(graph)
    criteria.ids(request.InstanceId)
    criteria.test(request.ZoneId, lambda found: found.zone == request.ZoneId)
    page, about = common.numbered_page(graph.instances, criteria.selection, request)
    return {
        "InstanceStatuses": {
            "InstanceStatus": [
                {"InstanceId": shown.id, "Status": INSTANCE_STATUS[shown.state]} for shown in page.items
            ]
        },
        **about,
    }


@attrs.frozen(kw_only=True, slots=False)
class StartInstance:
    """Start a stopped instance."""

    InstanceId: str = required()
    DryRun: bool = param(default=False)
    InitLocalDisk: bool | None = ignored(note="local disks are not modelled")


@ecs_action()
def start_instance(session: Session, request: StartInstance) -> Body:
    """Start it: Stopped, Starting, Running."""
    check_stock(session, (request.InstanceId,))
    common.execute(session, commands.StartInstances((request.InstanceId,)), request)
    return {}


def check_stock(session: Session, instance_ids: tuple[str, ...]) -> None:
    """Raise ``Refusal`` where an instance that costs nothing while stopped is out of stock now.

    It has given back what it ran on: the vendor's page on the economical mode says so.
    """
    for instance_id in instance_ids:
        found = session.graph.instances.get(instance_id)
        if found is not None and found.extras.get("StoppedMode") == "StopCharging":
            session.check_stock(found.type_name, found.zone)


NOT_STOPPED: Final = "Not-applicable"
"""The StoppedMode that is shown of a running instance, and that programs give back."""


def stop_command(instance_ids: tuple[str, ...], mode: str) -> commands.StopInstances:
    """Return what stops instances in a mode; one that costs nothing then loses its own public address.

    Source: the vendor's page on the economical mode, which frees the static public address of an instance
    (https://www.alibabacloud.com/help/en/ecs/user-guide/economical-mode).
    """
    extras = {"StoppedMode": "KeepCharging" if mode == NOT_STOPPED else mode}
    return commands.StopInstances(instance_ids, extras, mode == "StopCharging")


@attrs.frozen(kw_only=True, slots=False)
class StopInstance:
    """Stop a running instance."""

    InstanceId: str = required()
    ConfirmStop: bool | None = ignored(note="deprecated by the vendor")
    DryRun: bool = param(default=False)
    ForceStop: bool | None = ignored(note="guests are not modelled: every stop takes the same time")
    Hibernate: bool | None = refused("hibernation is not modelled; it may be false")
    StoppedMode: str = param(
        OneOf("StopCharging", "KeepCharging", NOT_STOPPED),
        default="KeepCharging",
        note="shown while it is stopped",
    )


@ecs_action()
def stop_instance(session: Session, request: StopInstance) -> Body:
    """Stop it: Running, Stopping, Stopped. Its network interfaces stay attached."""
    command = stop_command((request.InstanceId,), request.StoppedMode)
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True, slots=False)
class RebootInstance:
    """Reboot a running instance."""

    InstanceId: str = required()
    DryRun: bool = param(default=False)
    ForceStop: bool | None = ignored(note="guests are not modelled: every stop takes the same time")


@ecs_action()
def reboot_instance(session: Session, request: RebootInstance) -> Body:
    """Reboot it: Running, Starting, Running."""
    common.execute(session, commands.RebootInstances((request.InstanceId,)), request)
    return {}


@attrs.frozen(kw_only=True, slots=False)
class DeleteInstance:
    """Delete an instance that is stopped, or by force a running one."""

    InstanceId: str = required()
    DryRun: bool = param(default=False)
    Force: bool = param(default=False)
    ForceStop: bool | None = ignored(note="guests are not modelled: every stop takes the same time")
    TerminateSubscription: bool = param(default=False)


@ecs_action()
def delete_instance(session: Session, request: DeleteInstance) -> Body:
    """Delete it, and with it those of its network interfaces that go with their instance."""
    found = lookup.instance(session.graph, request.InstanceId)
    check_subscription(found, terminate=request.TerminateSubscription)
    command = commands.DeleteInstances(instance_ids=(request.InstanceId,), force=request.Force)
    common.execute(session, command, request)
    return {}


def check_subscription(instance: Instance, *, terminate: bool) -> None:
    """Raise ``Refusal`` where a subscription has not expired, or shall not be ended."""
    held = instance.subscription
    if held is not None and (held.is_paid or not terminate):
        raise Refusal(
            "ChargeTypeViolation",
            f"The instance {instance.id} is a subscription, which only TerminateSubscription ends, and when"
            " it has expired.",
            403,
        )
