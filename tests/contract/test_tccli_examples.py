"""Every call that the vendor recorded for an action that is served, made here.

tccli comes with one or more examples of each action: a request, and the reply to it. Here each request is
understood, and refused only for what the example's account had and ours has not. And each field of a
recorded reply is in ours too, with a value of the same JSON type.

An action that is newly served is tried here without further ado. Our replies come from the scenarios in
``tests/contract/scenarios/tencent``; what is deliberately different is named in the tables below, with the
reason.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tests.contract.scenarios.tencent.vpc.traffic_packages import AFTER_A_MONTH
from tests.dialects.tencent.definitions import Example, by_name, examples
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError

from duolect_dialects.exchange import unfold
from duolect_dialects.structuring import structure
from duolect_dialects.tencent.actions import ACTIONS
from duolect_dialects.values import RequestFault

BY_NAME = by_name(ACTIONS)
EXAMPLES = [example for name in sorted(BY_NAME) for example in examples(name)]
ABSENT = re.compile(
    r"(?:.*\.)?\w*(?:NotFound|NotExist|NotExisted|NonExist)"
    r"|InvalidParameterValue\.(?:ResourceDescriptionError|ResourceIdInvalid)"
    r"|InvalidParameter\.PaginationTokenInvalid"
    r"|ResourceNotFound\.InvalidPlacementSet"
)
"""Codes that say that something does not exist, those of the tag service among them."""

NOT_UNDERSTOOD = {
    "AttachNetworkInterface.InstanceId": "the example has `ins-ins-r8hr2upy`, which is no instance's id",
    "DescribeRoutePolicyEntries.OrderField": "the example has `abc`; the definition knows Priority only",
    "DetachNetworkInterface.InstanceId": "likewise",
    "CreateDisks.DiskChargeType": "there are no prepaid disks",
    "ReplaceSecurityGroupPolicy.SecurityGroupId": "the example lacks it, and the definition requires it",
    "ResetInstancesInternetMaxBandwidth.StartTime": "there is no bandwidth that is paid by the month",
    "RunInstances.Placement.HostIds": "there are no dedicated hosts",
}
"""Parameters of examples whose values are refused: the example is wrong, or docs/limits.md says so."""
REFUSED = {
    "ApplySnapshotGroup: 回滚快照组": (
        "InvalidParameter",
        "the action has no other code for a disk that does not exist",
    ),
    "DescribeDiskAssociatedAutoSnapshotPolicy: 查询云盘disk-dw0bbzws绑定的定期快照策略": (
        "InvalidParameterValue",
        "the action has no other code for a disk that does not exist",
    ),
    "DescribeSnapshotSharePermission: 查询某个快照的分享信息": (
        "InvalidParameterValue",
        "the action has no other code for a snapshot that does not exist",
    ),
    "CreateSecurityGroupPolicies: 安全组添加出站规则": (
        "InvalidParameter.Coexist",
        "it adds policies of both directions, which the action's own text forbids",
    ),
    "DescribeInstancesDiskNum: 查询多个实例挂载的云硬盘数量": (
        "InvalidParameterValue",
        "the action has no other code for an instance that does not exist",
    ),
    "TerminateDisks: 批量退还云硬盘": (
        "InvalidParameterValue",
        "the action has no other code for a disk that does not exist",
    ),
    "DescribeTaskResult: 查询异步任务执行结果": (
        "InvalidParameter",
        "the action has no other code for a task that does not exist",
    ),
    "DeleteNetworkAclQuintupleEntries: 删除网络ACL五元组的指定的ITEM": (
        "MissingParameter",
        "the action's own text wants the id of each entry, and the example has none",
    ),
    "ModifyNetworkAclQuintupleEntries: 修改五元组优先级": ("MissingParameter", "likewise"),
    "ModifyBandwidthPackageAttribute: 开启带宽包流量校验开关": (
        "MissingParameter",
        "it names no package",
    ),
    "ImportKeyPair: 导入密钥对": (
        "InvalidPublicKey.Malformed",
        "its public key is blanked out, and so is none",
    ),
}
"""Examples that are understood, and refused for another reason than that something does not exist."""
NOT_HERE = {
    "DescribeCcns": {"CcnSet"},
    "DescribeCcnAttachedInstances": {"InstanceSet"},
    "DescribeVpcPeeringConnections": {"PeerConnectionSet"},
    "CreateVpc": {"Vpc.AssistantCidrSet"},
    "DescribeVpcTaskResult": {"Result"},
    "ModifyAssistantCidr": {"AssistantCidrSet.SubnetSet"},
    "DescribeProjects": {"Projects"},
    "DescribeSubAccounts": {"SubAccounts"},
    "CreateRoutes": {"RouteTableSet.TagSet"},
    "DescribeRouteTables": {"RouteTableSet.TagSet"},
    "DescribeTrafficPackages": {"TrafficPackageSet.TagSet"},
    "DescribeSpecificTrafficPackageUsedDetails": {"UsedDetailSet"},
    "DescribeDiskAssociatedAutoSnapshotPolicy": {
        "AutoSnapshotPolicySet.Policy.DayOfMonth",
        "AutoSnapshotPolicySet.Policy.IntervalDays",
    },
    "DescribeSnapshotGroups": {"SnapshotGroupSet.Images"},
    "DescribeSnapshotSharePermission": {"SharePermissionSet"},
}
"""Lists that are empty in our replies: what docs/limits.md says is not here, or subnets of a new block."""


def not_understood(example: Example) -> str | None:
    """Return the parameter of an example for which its request cannot be made, if there is one."""
    tree = unfold(dict(example.parameters)) if example.is_flat else example.parameters
    try:
        structure(tree, BY_NAME[example.action].request)
    except RequestFault as fault:
        return re.sub(r"\.\d+\b", "", f"{example.action}.{fault.parameter}")
    return None


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_request_is_understood(example: Example) -> None:
    name = not_understood(example)
    assert name is None or name in NOT_UNDERSTOOD, (
        f"serve {name} in {BY_NAME[example.action].request.__module__}; only if the example breaks the "
        "vendor's own definition, or docs/limits.md says that it is refused, name it in NOT_UNDERSTOOD"
    )


@pytest.mark.parametrize("example", [each for each in EXAMPLES if not not_understood(each)], ids=str)
def test_the_request_is_refused_only_for_what_does_not_exist(example: Example) -> None:
    refusal = refusal_of(example)
    if refusal is not None and not ABSENT.fullmatch(refusal.code):
        code, _ = REFUSED.get(str(example), (None, ""))
        assert refusal.code == code, (
            f"it is refused with {refusal.code} ({refusal.message}), which is not about what exists: "
            f"let it succeed, or say in REFUSED under {str(example)!r} why it cannot"
        )


def refusal_of(example: Example) -> ApiError | None:
    """Make the request in an account with a default VPC, in its zone's region; return the refusal."""
    client = TencentAccount().client
    zone = re.search(r"'(\w\w-\w+)-\d'", repr(example.parameters))
    client.region = zone[1] if zone else client.region
    client.call("CreateDefaultVpc")
    try:
        client.call(example.action, style="get" if example.is_flat else "json", **example.parameters)
    except ApiError as refusal:
        return refusal
    return None


ANSWERED = [each for each in EXAMPLES if "Error" not in each.response and each.action not in AFTER_A_MONTH]


@pytest.mark.parametrize("example", ANSWERED, ids=str)
def test_every_recorded_field_is_in_our_reply_with_its_type(replies, example: Example) -> None:
    assert example.action in replies, f"call {example.action} in tests/contract/scenarios/tencent"
    ours: dict[str, set[str]] = {}
    for reply in replies[example.action]:
        for path, kind in fields(reply):
            ours.setdefault(path, {"null"}).add(kind)
    not_here = tuple(NOT_HERE.get(example.action, ()))
    for path, kind in fields(example.response):
        where = f"{example.action}.{path}"
        if not path.startswith(not_here):
            assert path in ours, (
                f"{where} is missing: show it where its list holds something, or name it in NOT_HERE"
            )
            assert kind == "null" or ours[path] <= {kind, "null"}, f"{where} is {ours[path]}, not {kind}"


def test_what_is_named_as_empty_is_empty(replies) -> None:
    for action, paths in NOT_HERE.items():
        for path in paths:
            ours = [each for reply in replies.get(action, ()) for each, _ in fields(reply)]
            held = [each for each in ours if each.startswith(f"{path}.")]
            assert held == [], f"{action}.{path} holds something now: take it out of NOT_HERE"


def test_the_tables_hold_nothing_that_is_no_more() -> None:
    assert {not_understood(example) for example in EXAMPLES} - {None} == NOT_UNDERSTOOD.keys()
    assert REFUSED.keys() <= set(map(str, EXAMPLES))
    assert NOT_HERE.keys() <= BY_NAME.keys()


def fields(tree: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the JSON type of every field; the entries of a list share its path."""
    if isinstance(tree, Mapping):
        for name, value in tree.items():
            below = f"{path}.{name}" if path else str(name)
            yield below, json_type(value)
            yield from fields(value, below)
    elif isinstance(tree, list):
        for entry in tree:
            yield from fields(entry, path)


def json_type(value: Any) -> str:
    """Return what JSON calls the type of a value."""
    kinds = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return kinds.get(type(value), "null")
