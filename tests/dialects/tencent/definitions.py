"""The vendor's own definitions as an oracle: what a request may hold and what a reply must hold.

They come with tccli, the vendor's command line tool: for each action the members of its request and reply
(``required``, ``output_required``, ``value_allowed_null``) and recorded examples. ``faults`` lists every
deviation of a reply; a member may be null where the definition allows it or its text says that it may.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import pytest

from duolect_dialects.action import Action

SERVICES = {
    "vpc": "v20170312",
    "cvm": "v20170312",
    "cbs": "v20170312",
    "tag": "v20180813",
    "sts": "v20180813",
    "cam": "v20190116",
    "api": "v20201106",
}
"""The services of which actions are served, each with its version."""
SOMETIMES = {
    ("Externals", "ReleaseAddress"): "a type of instance that is offered has no such thing",
    ("Externals", "StorageBlockAttr"): "only types with local disks have it, which are not offered",
    ("Externals", "UnsupportNetworks"): "every type takes every network",
    ("FlowLog", "Period"): "the flow logs of CCNs have it, and there are none",
    ("Instance", "GPUInfo"): "only types with GPUs have it, which are not offered",
    ("LoginSettings", "Password"): "no answer shows a password",
    ("LoginSettings", "KeepImageLogin"): "it is said of a request, and of no instance",
    (
        "InternetAccessible",
        "BandwidthPackageId",
    ): "documented by 2022 and in no recording without a package",
    ("DataDisk", "SnapshotId"): "documented by 2022 and in no recording of disks that are of no snapshot",
    ("Snapshot", "AutoSnapshotPolicyId"): "only snapshots by a policy have it, says the definition",
    **{
        ("LaunchTemplateVersionData", name): "only a version that says it has it"
        for name in (
            *("LoginSettings", "CamRoleName", "HpcClusterId", "UserData", "DisasterRecoverGroupIds"),
            *("ActionTimer", "InstanceMarketOptions", "HostName", "ClientToken", "InstanceChargePrepaid"),
            "TagSpecification",
        )
    },
    ("Address", "RenewFlag"): "only prepaid addresses have it",
    ("Address", "AntiDDoSPackageId"): "only addresses with such a package have it",
    ("Address", "UnVpcId"): "documented by 2024-12 and not in the recording; IPv6 addresses have it",
    (
        "Address",
        "DedicatedClusterId",
    ): "documented by 2024-12 and not in the recording; there are no clusters",
}
"""Members of objects in replies that the emulator leaves out, with the reason; it has all others."""
UNDOCUMENTED = {
    ("DescribeSubnetsResponse", "RegionStatistics"): [],
    ("DescribeSecurityGroupsResponse", "RegionStatistics"): [],
    ("Subnet", "Region"): "ap-guangzhou",
    ("Subnet", "GatewaySet"): [],
    ("Subnet", "HighPriorityRouteTableId"): "",
    ("Subnet", "ISPType"): "",
    ("Subnet", "AddressType"): "",
    ("Subnet", "IsShare"): False,
    ("Subnet", "LocalZone"): False,
    ("SecurityGroup", "Region"): "ap-guangzhou",
    ("SecurityGroupPolicy", "Diff"): False,
    ("Address", "ApplicableForCLB"): False,
    ("Address", "BusinessType"): "DC",
    ("Address", "ComplianceStatus"): "NORMAL",
    ("Address", "EndPointId"): "",
    ("Address", "IsActiveAccessEip"): True,
    ("Address", "IsEip"): True,
    ("Address", "IsFromWanIP"): False,
    ("Address", "IsNewGeneration"): True,
    ("Address", "NetworkGroup"): "ap-guangzhou",
    ("Address", "PayMode"): "TRAFFIC_POSTPAID_BY_HOUR",
    ("Address", "UpdatedTime"): "2024-12-17T00:00:00Z",
    ("Address", "Zone"): "ap-guangzhou-1",
    ("Instance", "OperatorUin"): "",
    ("Instance", "PlatformProjectId"): None,
    ("SystemDisk", "ThroughputPerformance"): 0,
    ("Tag", "tagKey"): "team",
    ("Tag", "tagValue"): "network",
    ("Disk", "LatestOperation"): "AttachDisks",
    ("Disk", "LatestOperationState"): "SUCCESS",
    ("Disk", "LatestOperationRequestId"): "",
}
"""Members that no definition has and that were recorded, each with an example of its type.

Source: cloud-custodian, tools/c7n_tencentcloud/tests/cassettes: 2022 for those of cvm and cbs, 2023 to 2025
for those of vpc.
"""
RECORDED_NOTHING = {
    ("Address", "InstanceId"): None,
    ("NetworkInterface", "CreatedTime"): "",
    ("Instance", "IPv6Addresses"): None,
    ("Instance", "PublicIpAddresses"): None,
    ("LoginSettings", "KeyIds"): None,
    ("Placement", "HostId"): None,
    ("Placement", "DedicatedClusterId"): None,
    ("SystemDisk", "KmsKeyId"): None,
    ("InternetAccessible", "InternetChargeType"): None,
    ("Disk", "DeadlineTime"): "",
    ("Snapshot", "DeadlineTime"): "",
}
"""What was recorded of members where there is nothing, whatever their definition says: as above.

A new interface has no time yet in the reply to its creation (2024). That a snapshot which stays has no
deadline is what the definition says.
"""
_DATE_TIME = {
    "datetime": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"),
    "datetime_iso": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
}
_NULL_IN_PROSE = re.compile(r"(为|返回)\s*null|null\s*表示")


@attrs.frozen
class Example:
    """A recorded call: the parameters, as a tree or under flattened names (``is_flat``), and the reply."""

    action: str
    title: str
    parameters: Mapping[str, Any]
    response: Mapping[str, Any]
    is_flat: bool

    def __str__(self) -> str:
        """Return what names it in a test's report."""
        return f"{self.action}: {self.title}"


@cache
def _load(service: str, name: str) -> dict[str, Any]:
    found = find_spec("tccli")
    if found is None or found.origin is None:
        pytest.skip("tccli is not installed: pip install duolect[sdk]", allow_module_level=True)
    path = Path(found.origin).parent / "services" / service / SERVICES[service] / f"{name}.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def split(action: str) -> tuple[str, str]:
    """Return the service that has an action, and the action's name.

    Where two services have it, ``api.DescribeZones`` is that of api, ``DescribeZones`` that of the first.
    """
    service, _, name = action.rpartition(".")
    return service or next(each for each in SERVICES if name in _load(each, "api")["actions"]), name


def service_of(action: str) -> str:
    """Return which service has the action."""
    return split(action)[0]


def _definition(action: str) -> dict[str, Any]:
    service, name = split(action)
    found: dict[str, Any] = _load(service, "api")["actions"][name]
    return found


def by_name(actions: Mapping[tuple[str, str], Action]) -> dict[str, Action]:
    """Return actions by the names that ``split`` takes."""
    found: dict[str, Action] = {}
    for action in actions.values():
        first = service_of(action.name) == action.product
        found[action.name if first else f"{action.product}.{action.name}"] = action
    return found


def is_object(service: str, name: str) -> bool:
    """Say whether a member's type is the name of another object."""
    return name in _load(service, "api")["objects"]


def members(service: str, name: str) -> dict[str, dict[str, Any]]:
    """Return the members of an object by name."""
    return {each["name"]: each for each in _load(service, "api")["objects"][name]["members"]}


def request_object(action: str) -> str:
    """Return the name of the object that holds the action's parameters."""
    return str(_definition(action)["input"])


def document(action: str) -> str:
    """Return what the vendor says of an action."""
    return str(_definition(action)["document"])


def examples(action: str) -> Iterator[Example]:
    """Yield the recorded calls of an action: with a JSON body, or in the older way with a query."""
    service, name = split(action)
    for each in _load(service, "examples")["actions"].get(name, ()):
        _, brace, body = each["input"].partition("{")
        yield Example(
            action=action,
            title=each["title"],
            parameters=json.loads(brace + body) if brace else dict(_query(each["input"])),
            response=json.loads(each["output"])["Response"],
            is_flat=not brace,
        )


def _query(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a recorded query, but for the common ones."""
    for pair in text.partition("?")[2].split("&"):
        name, equals, value = pair.strip().partition("=")
        if equals and name != "Action":
            yield name, value


def gaps(action: str, response: Mapping[str, Any]) -> list[str]:
    """Return every member that the definition of the action's reply has and the reply lacks."""
    service = service_of(action)
    output = _definition(action)["output"]
    return list(_gaps_in_object(service, output, response))


def _gaps_in_object(service: str, name: str, value: Mapping[str, Any]) -> Iterator[str]:
    for member in members(service, name).values():
        found = value.get(member["name"])
        if member["name"] not in value and (name, member["name"]) not in SOMETIMES:
            yield f"{name}.{member['name']}"
        if is_object(service, member["member"]):
            for part in found if isinstance(found, list) else [found]:
                if isinstance(part, Mapping):
                    yield from _gaps_in_object(service, member["member"], part)


def faults(action: str, response: Mapping[str, Any]) -> list[str]:
    """Return every way in which a successful reply differs from the definition of the action's reply."""
    service = service_of(action)
    output = _definition(action)["output"]
    found = list(_in_object(service, output, response, action))
    if not response.get("RequestId"):
        found.append(f"{action}.RequestId is missing")
    return found


def _in_object(service: str, name: str, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{path} is not an object"
        return
    known = members(service, name)
    for extra in value.keys() - known.keys():
        if (name, extra) not in UNDOCUMENTED:
            yield f"{path}.{extra} is unknown"
        elif not isinstance(value[extra], type(UNDOCUMENTED[name, extra])):
            yield f"{path}.{extra} is not like {UNDOCUMENTED[name, extra]!r}"
    for member in known.values():
        where = f"{path}.{member['name']}"
        if member["name"] not in value:
            if member["output_required"]:
                yield f"{where} is missing"
        elif value[member["name"]] != RECORDED_NOTHING.get((name, member["name"]), member):
            yield from _in_member(service, member, value[member["name"]], where)


def _in_member(service: str, member: Mapping[str, Any], value: object, path: str) -> Iterator[str]:
    if value is None:
        if not member["value_allowed_null"] and not _NULL_IN_PROSE.search(member["document"]):
            yield f"{path} is null"
    elif member["type"] == "list":
        if not isinstance(value, list):
            yield f"{path} is not a list"
            return
        for place, entry in enumerate(value):
            yield from _in_value(service, member["member"], entry, f"{path}.{place}")
    else:
        yield from _in_value(service, member["member"], value, path)


def _in_value(service: str, kind: str, value: object, path: str) -> Iterator[str]:
    if is_object(service, kind):
        yield from _in_object(service, kind, value, path)
    elif not _is(kind, value):
        yield f"{path} is not a {kind}: {value!r}"


def _is(kind: str, value: object) -> bool:
    """Say whether a JSON value is of a simple type; a whole number is a float too, a boolean no number."""
    if kind in _DATE_TIME:
        return isinstance(value, str) and _DATE_TIME[kind].fullmatch(value) is not None
    if kind in {"int64", "uint64"}:
        return type(value) is int and (kind == "int64" or value >= 0)
    if kind == "float":
        return type(value) in {int, float}
    return type(value) is {"string": str, "bool": bool}[kind]
