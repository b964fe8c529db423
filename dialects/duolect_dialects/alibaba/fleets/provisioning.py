"""How an auto provisioning group comes to its instances: options in an order, tried one after the other.

What instances cost is not modelled. Where the lowest price decides, fewer vCPUs and then less memory for
each unit of capacity stand for it, and after that the order of the request: this is assumed, and so is it
that every option has the same capacity left where that shall decide.

Source: the vendor's page CreateAutoProvisioningGroup.
"""

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from math import ceil
from typing import Any, Final

import attrs

from duolect_core.errors import CoreError
from duolect_core.model.fleets import ProvisioningGroup
from duolect_core.model.instances import Instance
from duolect_core.model.rules import InstanceType
from duolect_dialects.alibaba import request_errors
from duolect_dialects.alibaba.disks import errors as disks
from duolect_dialects.alibaba.fleets import errors as fleets
from duolect_dialects.alibaba.fleets.provisioning_parameters import OptionParam
from duolect_dialects.alibaba.images import errors as images
from duolect_dialects.alibaba.instances import errors as instances
from duolect_dialects.alibaba.instances import templates
from duolect_dialects.alibaba.instances.run import RunInstances, run
from duolect_dialects.alibaba.instances.type_views import instance_type
from duolect_dialects.alibaba.interfaces import errors as interfaces
from duolect_dialects.alibaba.key_pairs import errors as key_pairs
from duolect_dialects.alibaba.networks import errors as networks
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, worded
from duolect_dialects.alibaba.security_groups import errors as security_groups
from duolect_dialects.alibaba.tags import errors as tags
from duolect_dialects.call import Refusal
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.session import Session

SPOT: Final = "Spot"
_MOST_AT_ONCE: Final = 100
"""How many instances one RunInstances launches at most."""
_LAST: Final = 2**31
"""The priority of an option that names none."""
_SUBJECTS: Final = (
    instances, fleets, networks, security_groups, interfaces, images, disks, key_pairs, tags, request_errors
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Option:
    """One type of instances in one place; ``weight`` is what each counts for the capacity."""

    type_name: str
    vswitch_id: str
    weight: float = 1.0
    priority: int = _LAST
    max_price: float | None = None
    image_id: str | None = None


@attrs.frozen(kw_only=True)
class Plan:
    """What decides how the instances of a group come."""

    said: Mapping[str, Any]
    """What is said of each instance, under the names of RunInstances."""
    options: tuple[Option, ...]
    on_demand_strategy: str
    spot_strategy: str
    pools: int
    max_spot_price: float | None
    interruption: str
    default: str
    host_names: tuple[str, ...] = ()

    def parts(self, total: int, on_demand: int, spot: int) -> Iterator[tuple[bool, int]]:
        """Yield whether instances are spot ones, and the capacity that is wanted of them."""
        rest = total - on_demand - spot
        yield False, on_demand + (0 if self.default == SPOT else rest)
        yield True, spot + (rest if self.default == SPOT else 0)


def plan_of(extras: Mapping[str, Any], host_names: tuple[str, ...] = ()) -> Plan:
    """Return the plan that the extras of a group hold."""
    return Plan(
        said=extras["Said"],
        options=tuple(Option(**each) for each in extras["Options"]),
        on_demand_strategy=extras["PayAsYouGoAllocationStrategy"],
        spot_strategy=extras["SpotAllocationStrategy"],
        pools=extras["SpotInstancePoolsToUseCount"] or 1,
        max_spot_price=extras["MaxSpotPrice"],
        interruption=extras["SpotInstanceInterruptionBehavior"],
        default=extras["DefaultTargetCapacityType"],
        host_names=host_names,
    )


@attrs.define
class Launches:
    """What came of the tries to launch instances: the answers' LaunchResult, and the capacity."""

    results: list[dict[str, Any]] = attrs.field(factory=list)
    instance_ids: list[str] = attrs.field(factory=list)
    capacity: float = 0.0
    failed: set[tuple[Option, bool]] = attrs.field(factory=set)
    """The options that have no more spot instances, or no more others."""
    host_names: list[str] = attrs.field(factory=list)
    """Those that are not given out yet."""


def options(session: Session, told: Iterable[OptionParam]) -> tuple[Option, ...]:
    """Return the options that a request names or chooses, in its order.

    Raises:
        Refusal: one of them lacks something, or there are no such types.
    """
    found: list[Option] = []
    for each in told:
        if each.VSwitchId is None:
            raise request_errors.missing("LaunchTemplateConfig.VSwitchId")
        if each.VSwitchId not in session.graph.subnets:
            message = f"The vSwitch {each.VSwitchId} does not exist."
            raise Refusal("InvalidVSwitchId.NotFound", message, 400)
        if each.WeightedCapacity is None:
            message = "Each LaunchTemplateConfig needs a WeightedCapacity."
            raise Refusal("MissingParameter.WeightedCapacity", message, 400)
        if each.WeightedCapacity <= 0:
            message = "The WeightedCapacity must be greater than 0."
            raise Refusal("InvalidParameter.WeightedCapacityBeyondRange", message, 400)
        if each.MaxPrice is not None and each.MaxPrice <= 0:
            raise Refusal("InvalidParameter.MaxPrice", "The MaxPrice must be greater than 0.", 400)
        found += [
            Option(
                type_name=name,
                vswitch_id=each.VSwitchId,
                weight=each.WeightedCapacity,
                priority=_LAST if each.Priority is None else each.Priority,
                max_price=each.MaxPrice,
                image_id=each.ImageId,
            )
            for name in _types(session, each)
        ]
    return tuple(found)


def _types(session: Session, told: OptionParam) -> list[str]:
    known = session.rules.instance_types
    if told.InstanceType is not None:
        if told.InstanceType not in known:
            message = f"The instance type {told.InstanceType} does not exist."
            raise Refusal("InvalidInstanceType.ValueNotSupported", message, 400)
        return [told.InstanceType]
    if not (told.Cores or told.Memories or told.InstanceFamilyLevel or told.Architectures):
        raise request_errors.missing("LaunchTemplateConfig.InstanceType")
    found = [each.name for each in known.values() if _is_chosen(each, told)]
    if not found:
        message = "No instance type is as the LaunchTemplateConfig chooses it."
        raise Refusal("InvalidInstanceType.ValueNotSupported", message, 400)
    return found


def _is_chosen(kind: InstanceType, told: OptionParam) -> bool:
    shown = instance_type(kind)
    burstable = shown["InstanceFamilyLevel"] == "CreditEntryLevel"
    return (
        (not told.Cores or kind.cpu in told.Cores)
        and (not told.Memories or kind.memory_gib in told.Memories)
        and told.InstanceFamilyLevel in {None, shown["InstanceFamilyLevel"]}
        and (not told.Architectures or _architecture(kind, shown) in told.Architectures)
        and told.BurstablePerformance != ("Exclude" if burstable else "Required")
        and not any(fnmatchcase(kind.name, pattern) for pattern in told.ExcludedInstanceTypes)
    )


def _architecture(kind: InstanceType, shown: Mapping[str, Any]) -> str:
    if kind.family.startswith("ecs.ebm"):
        return "BareMetal"
    if shown["GPUAmount"]:
        return "Heterogeneous"
    return "Arm" if shown["CpuArchitecture"] == "ARM" else "X86"


def launch(session: Session, plan: Plan, wanted: Iterable[tuple[bool, float]]) -> Launches:
    """Launch instances of the capacity that is wanted of each kind, as far as there are any."""
    done = Launches(host_names=list(plan.host_names))
    alone = attrs.evolve(session, token=None)
    for spot, capacity in wanted:
        left = capacity
        for option, share in _shares(session, plan, spot=spot, capacity=capacity):
            left -= _launch_some(alone, plan, done, (option, spot), share)
        for option in _order(session, plan, spot=spot):
            if left > 0 and (option, spot) not in done.failed:
                left -= _launch_some(alone, plan, done, (option, spot), left)
    return done


def _shares(session: Session, plan: Plan, *, spot: bool, capacity: float) -> Iterator[tuple[Option, float]]:
    """Yield the options that are to have a share each, where a strategy spreads the instances."""
    ordered = _order(session, plan, spot=spot)
    if not spot or capacity <= 0 or not ordered:
        return
    pools = ordered[: plan.pools] if plan.spot_strategy == "lowest-price" else ordered
    if plan.spot_strategy == "capacity-optimized" or len(pools) < 2:  # noqa: PLR2004 - nothing to spread
        return
    left = capacity
    for place, option in enumerate(pools):
        share = left / (len(pools) - place)
        share = min(left, ceil(share / option.weight) * option.weight)
        if share > 0:
            yield option, share
        left -= share


def _order(session: Session, plan: Plan, *, spot: bool) -> list[Option]:
    """Return the options in the order in which they are tried."""
    strategy = plan.spot_strategy if spot else plan.on_demand_strategy
    if strategy == "prioritized":
        return sorted(plan.options, key=lambda option: option.priority)
    if strategy != "lowest-price":
        return list(plan.options)
    known = session.rules.instance_types

    def cost(option: Option) -> tuple[float, float]:
        kind = known[option.type_name]
        return kind.cpu / option.weight, kind.memory_gib / option.weight

    return sorted(plan.options, key=cost)


def _launch_some(
    session: Session, plan: Plan, done: Launches, which: tuple[Option, bool], capacity: float
) -> float:
    """Launch instances by one option, note what came of it, and return the capacity that they have."""
    option, spot = which
    own = _own(plan, option, spot=spot)
    ids: list[str] = []
    result = {
        "Amount": 0,
        "CandidateEvaluateLevel": "",
        "ErrorCode": "",
        "ErrorMsg": "",
        "InstanceIds": {"InstanceId": ids},
        "InstanceType": option.type_name,
        "SpotStrategy": own["SpotStrategy"],
        "ZoneId": session.graph.subnets[option.vswitch_id].zone,
    }
    while (missing := ceil(capacity / option.weight) - len(ids)) > 0:
        count = min(missing, 1 if done.host_names else _MOST_AT_ONCE)
        try:
            made = _run(session, plan, {**own, "Amount": count}, done.host_names)
        except (CoreError, Refusal) as error:
            refusal = error if isinstance(error, Refusal) else worded(_template(type(error)), error)
            result |= {"ErrorCode": refusal.code, "ErrorMsg": str(refusal.message)}
            done.failed.add(which)
            break
        ids += [each.id for each in made]
    result["Amount"] = len(ids)
    done.instance_ids += ids
    done.results.append(result)
    done.capacity += option.weight * len(ids)
    return option.weight * len(ids)


def _run(session: Session, plan: Plan, own: Mapping[str, Any], names: list[str]) -> tuple[Instance, ...]:
    own = {**own, "MinAmount": 1, **({"HostName": names[0]} if names else {})}
    made = run(session, templates.merged(plan.said, own, RunInstances))
    del names[: len(made)]
    return made


def _own(plan: Plan, option: Option, *, spot: bool) -> dict[str, Any]:
    """Return what an option says of its instances over what is said of all."""
    prices = [each for each in (plan.max_spot_price, option.max_price) if each is not None]
    own: dict[str, Any] = {
        "RegionId": "-",
        "InstanceType": option.type_name,
        "VSwitchId": option.vswitch_id,
        "InstanceChargeType": "PostPaid",
        "SpotStrategy": "NoSpot",
        **({"ImageId": option.image_id} if option.image_id else {}),
    }
    if spot:
        own["SpotStrategy"] = "SpotWithPriceLimit" if prices else "SpotAsPriceGo"
        own |= {"SpotPriceLimit": min(prices)} if prices else {}
        if "SpotInterruptionBehavior" not in plan.said:
            own["SpotInterruptionBehavior"] = plan.interruption.capitalize()
    return own


def _template(kind: type[CoreError]) -> ErrorTemplate:
    """Return the vendor's error for one of the core, as RunInstances has it."""
    by_action: list[ActionTable] = [getattr(each, "BY_ACTION", {}) for each in _SUBJECTS]
    tables: list[ErrorTable] = [instances.OVERRIDES, *(each.TABLE for each in _SUBJECTS)]
    words = (
        *(table.get(("RunInstances", kind)) for table in by_action),
        *(table.get(kind) for table in tables),
    )
    return next(each for each in words if each is not None)


# -- what a group has ------------------------------------------------------------------------------------


def members(session: Session, group: ProvisioningGroup) -> list[Instance]:
    """Return the instances of a group that are there, oldest first."""
    table = session.graph.instances
    return [table[each] for each in group.instance_ids if each in table]


def is_spot(instance: Instance) -> bool:
    """Say whether an instance is a spot one."""
    return bool(instance.extras.get("SpotStrategy", "NoSpot") != "NoSpot")


def weight(group: ProvisioningGroup, instance: Instance) -> float:
    """Return what an instance counts for the capacity of its group."""
    for told in group.extras["Options"]:
        if (told["type_name"], told["vswitch_id"]) == (instance.type_name, instance.subnet_id):
            found: float = told["weight"]
            return found
    return 1.0


def capacity(session: Session, group: ProvisioningGroup, *, spot: bool) -> float:
    """Return the capacity that a group has of spot instances, or of the others."""
    found = members(session, group)
    return sum(weight(group, each) for each in found if is_spot(each) is spot)
