"""What an action says is wrong is what its own list has.

Each action is called on a furnished account with each of its ids left out, and with one that does not
exist; ``test_codes_in_tables`` holds the tables.
"""

import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from tests.dialects.alibaba.codes.plausible_requests import (
    ENTRIES,
    INBOUND,
    NAMED,
    OUTBOUND,
    RULE,
    Account,
    furnished,
    good,
    written,
)
from tests.harness import ApiError

from duolect_dialects.action import Action
from duolect_dialects.alibaba.actions import ACTIONS
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.declarations import Treatment, declared

DIALECT = AlibabaDialect()


def listed(action: Action) -> dict[str, int]:
    """Return the codes of an action itself, with their status: what all may say does not count.

    Many lists have InternalError, which is never the right answer to a request.
    """
    codes = {**DIALECT.gives_beyond(action), **DIALECT.documents(action)}
    return {code: status for code, status in codes.items() if code != "InternalError"}


def call(account: Account, action: Action, params: dict[str, Any]) -> tuple[str, int]:
    """Return the code and status with which an action answers."""
    try:
        reply = account.client.call(action.name, action.version, **{"RegionId": "cn-hangzhou", **params})
    except ApiError as error:
        return error.code, error.status
    for result in reply.get("Results", {}).get("Result", ()):
        if result["Success"] == "false":
            return result["Code"], listed(action).get(result["Code"], 0)
    return "OK", 200


EVERY = [(action.version, action.name) for action in ACTIONS.values()]


@pytest.mark.parametrize(("version", "name"), EVERY)
def test_the_request_that_everything_starts_from_is_granted(version, name):
    account, action = furnished(), ACTIONS[version, name]
    assert call(account, action, good(action, account.ids)) == ("OK", 200)


# -- absent resources --------------------------------------------------------------------------------------

ABSENT = {
    "AutoProvisioningGroupId": "apg-bp1absent",
    "DiskId": "d-bp1absent",
    "ImageId": "m-bp1absent",
    "SnapshotId": "s-bp1absent",
    "AllocationId": "eip-bp1absent",
    "IpInstanceId": "eip-bp1absent",
    "EipId": "eip-bp1absent",
    "BandwidthPackageId": "cbwp-bp1absent",
    "NatGatewayId": "ngw-bp1absent",
    "SnatTableId": "stb-bp1absent",
    "SnatEntryId": "snat-bp1absent",
    "ForwardTableId": "ftb-bp1absent",
    "ForwardEntryId": "fwd-bp1absent",
    "Ipv4GatewayId": "ipv4gw-bp1absent",
    "Ipv6GatewayId": "ipv6gw-bp1absent",
    "GatewayId": "ipv4gw-bp1absent",
    "GatewayRouteTableId": "vtb-bp1absent",
    "DhcpOptionsSetId": "dopt-bp1absent",
    "FlowLogId": "fl-bp1absent",
    "VSwitchCidrReservationId": "vcr-bp1absent",
    "SegmentInstanceId": "eipsg-bp1absent",
    "RouteTargetGroupId": "rtg-bp1absent",
    "NetworkInterfaceId": "eni-bp1absent",
    "EniId": "eni-bp1absent",
    "TrunkNetworkInstanceId": "eni-bp1absent",
    "RouteEntryId": "rte-bp1absent",
    "PrefixListId": "pl-bp1absent",
    "PortRangeListId": "prl-bp1absent",
    "RouteTableId": "vtb-bp1absent",
    "RouterId": "vrt-bp1absent",
    "VRouterId": "vrt-bp1absent",
    "VSwitchId": "vsw-bp1absent",
    "VpcId": "vpc-bp1absent",
    "ZoneId": "cn-hangzhou-z",
    "SecurityGroupRuleId": "sgr-bp1absent",
    "ResourceGroupId": "rg-bp1absent",
}
"""Ids of the right form, of resources that do not exist; those of groups and instances follow."""
NO_RESOURCE = "([Rr]egion|Cen|Owner|Activity|Account|TargetInstance|Member)Id$"


OVERLOOKED = {"DeleteDeploymentSet", "DeleteDisk", "DeleteImage"}
"""The actions whose pages say that what is not there is overlooked."""


def absent(name: str) -> str:
    """Return an id that names nothing."""
    kind = re.sub("s$", "", name)
    other = "sg-bp1absent" if kind.endswith("GroupId") else "i-bp1absent"
    return ABSENT.get(kind, other)


def arguments(annotation: Any) -> list[Any]:
    """Return the types of which an annotation is made."""
    parts = getattr(annotation, "__args__", ())
    return [found for part in parts for found in arguments(part)] if parts else [annotation]


def ids_of(request: type[Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the parameters that name resources, with the groups that they stand in."""
    for field in attrs.fields(request):
        groups = [each for each in arguments(field.type) if attrs.has(each)]
        for group in groups:
            yield from ids_of(group, (*path, field.name))
        if re.search(r"\wIds?$", field.name) and not re.search(NO_RESOURCE, field.name):
            yield (*path, field.name), field


SINGLE = frozenset(
    {"LaunchConfiguration", "PrivatePoolOptions", "ResourcePoolOptions", "SchedulerOptions", "SystemDisk"}
)
"""The groups of parameters that are no lists."""
CASES = [
    (version, name, path) for version, name in EVERY for path, _ in ids_of(ACTIONS[version, name].request)
]


def with_id(action: Action, ids: dict[str, str], path: tuple[str, ...]) -> tuple[dict[str, Any], Any]:
    """Return a good request in which one id names nothing, and that id's declaration."""
    field = dict(ids_of(action.request))[path]
    params, value = good(action, ids), written(field, absent(path[-1]))
    if len(path) == 1:
        others = {name: each for name, each in params.items() if not name.endswith("CidrIp")}
        return {**others, path[0]: value}, field
    group = {path[-1]: value}
    if path[0] == "Permissions":
        flat = {*INBOUND, *OUTBOUND, "SecurityGroupRuleId"}
        params = {name: each for name, each in params.items() if name not in flat}
        group = {**RULE, **group}
    if path[0] == "RouteEntries" and action.name not in ENTRIES:
        group = {"DestinationCidrBlock": "172.20.0.0/16", **group}
    elif path[0] == "RouteEntries":
        entry = {} if "RouteEntryId" in group else ENTRIES[action.name]
        group = {**entry, "RouteTableId": ids["RouteTableId"], **group}
    if path[0] == "DataDisk":
        group = {**group, "Size": 40}
    whole: Any = group if path[0] in SINGLE else [group]
    return {**params, path[0]: whole}, field


@pytest.fixture(scope="module")
def account():
    """An account that is only looked at, or refused something."""
    return furnished()


@pytest.mark.parametrize(("version", "name", "path"), CASES, ids=str)
def test_an_id_that_names_nothing_is_refused_in_the_actions_own_words(account, version, name, path):
    """Or nothing is found, where the action only looks; or the id is only kept, of what is not modelled."""
    action = ACTIONS[version, name]
    params, field = with_id(action, account.ids, path)
    if name in ENTRIES and path[0] == "RouteEntries":
        (failed,) = account.client.call(name, version, **params)["FailedRouteEntries"]
        alone = DIALECT.documents(ACTIONS[version, name.replace("Entries", "Entry")])
        assert failed["FailedCode"] in {*alone, "VPC_ROUTER_ENTRY_NOT_EXIST"}
        return
    code, status = call(account, action, params)
    treatment = declared(field).treatment
    if code == "OK":
        assert name in OVERLOOKED or action.reads or treatment in {Treatment.STORED, Treatment.IGNORED}
    elif treatment is Treatment.REFUSED:
        assert (code, status) == ("UnsupportedParameter", 400)
    else:
        assert listed(action).get(code) == status, (code, status)


GIVEN = [
    (version, name, parameter)
    for version, name, (parameter, *inner) in CASES
    if not inner and parameter in good(ACTIONS[version, name], dict.fromkeys(NAMED, ""))
]


@pytest.mark.parametrize(("version", "name", "parameter"), GIVEN)
def test_an_id_that_is_left_out_is_missed_or_not_needed(version, name, parameter):
    """The gateway misses what every request of the action must have: any action can say so."""
    account, action = furnished(), ACTIONS[version, name]
    params = {each: value for each, value in good(action, account.ids).items() if each != parameter}
    code, status = call(account, action, params)
    if action.parameters[parameter].default is attrs.NOTHING:
        expected = listed(action).get("MissingParameter", 400)
        assert (code, status) == ("MissingParameter", expected) or listed(action).get(code) == status
    else:
        assert code == "OK" or listed(action).get(code) == status, (code, status)
