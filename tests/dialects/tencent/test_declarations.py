"""What the declarations of all actions have in common, compared with the vendor's definitions."""

import re
from typing import get_args

import attrs
import pytest
from tests.dialects.tencent.definitions import by_name, is_object, members, request_object, service_of
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError, emulator

from duolect_dialects.declarations import Treatment, declared
from duolect_dialects.tencent.actions import ACTIONS
from duolect_dialects.tencent.dialect import TencentDialect

BY_NAME = by_name(ACTIONS)
SIMPLE = {
    "string": {str},
    "int64": {int},
    "uint64": {int},
    "bool": {bool},
}
OTHERWISE = {
    ("DescribeVpcs", "Offset"): {int},
    ("DescribeVpcs", "Limit"): {int},
    ("DescribeSubnets", "Offset"): {int},
    ("DescribeSubnets", "Limit"): {int},
    ("DescribeSecurityGroups", "Offset"): {int},
    ("DescribeSecurityGroups", "Limit"): {int},
    ("DescribeRouteTables", "Offset"): {int},
    ("DescribeRouteTables", "Limit"): {int},
    ("CreateVpc", "EnableMulticast"): {bool},
    ("ModifyVpcAttribute", "EnableMulticast"): {bool},
    ("ModifySubnetAttribute", "EnableBroadcast"): {bool},
}
"""Texts to the vendor that hold a number or a truth; either spelling is taken."""


def declared_fields(action):
    """Yield every parameter with its path, its declaration and the vendor's members beside it."""
    service = service_of(action)

    def walk(cls, name, path):
        known = members(service, name)
        fields = {field.name: field for field in attrs.fields(cls)}
        yield path, fields, known
        for field in fields.values():
            part = inner(field.type)
            if attrs.has(part) and field.name in known:
                yield from walk(part, known[field.name]["member"], f"{path}.{field.name}")

    yield from walk(BY_NAME[action].request, request_object(action), action)


def inner(kind):
    """Return what a type is about: X of X, X | None, tuple[X, ...]."""
    arguments = [each for each in get_args(kind) if each not in {type(None), ...}]
    return inner(arguments[0]) if arguments else kind


def is_refused(field):
    return declared(field).treatment is Treatment.REFUSED


@pytest.mark.parametrize("action", BY_NAME)
def test_every_documented_parameter_is_declared_and_no_other(action):
    for path, fields, known in declared_fields(action):
        assert fields.keys() == known.keys(), path


_WHERE_A_ROUTE_LEADS = {"DestinationCidrBlock", "GatewayType", "GatewayId"}
NOT_REQUIRED = {
    f"{action}.Routes": _WHERE_A_ROUTE_LEADS
    for action in ("CreateRoutes", "DeleteRoutes", "ReplaceRoutes", "ResetRoutes")
} | {"ModifyInstanceDiskType.DataDisks": {"DiskSize"}}
"""What a part of a request need not have, although its definition requires it.

One definition stands for new routes and for those that exist: its own text says that RouteId alone is
needed to delete one, and a route of IPv6 has DestinationIpv6CidrBlock instead. One definition stands for
new disks and for those that are turned, which keep their size.
"""


@pytest.mark.parametrize("action", BY_NAME)
def test_the_parameters_that_the_vendor_requires_are_required(action):
    for path, fields, known in declared_fields(action):
        required = {name for name, field in fields.items() if field.default is attrs.NOTHING}
        wanted = {name for name, member in known.items() if member["required"]}
        assert required == wanted - NOT_REQUIRED.get(path, set()), path


@pytest.mark.parametrize("action", BY_NAME)
def test_parameters_have_the_vendors_types(action):
    service = service_of(action)
    for path, fields, known in declared_fields(action):
        for name, field in fields.items():
            member, kind = known[name], inner(field.type)
            if is_refused(field):
                continue
            expected = OTHERWISE.get((path, name)) or SIMPLE.get(member["member"], {kind})
            assert kind in expected, f"{path}.{name}"
            assert is_object(service, member["member"]) is attrs.has(kind), f"{path}.{name}"
            assert (member["type"] == "list") is ("tuple" in str(field.type)), f"{path}.{name}"


@pytest.mark.parametrize("action", BY_NAME)
def test_what_is_ignored_or_refused_says_why(action):
    for path, fields, _ in declared_fields(action):
        for name, field in fields.items():
            if declared(field).treatment in {Treatment.IGNORED, Treatment.REFUSED}:
                assert declared(field).note, f"{path}.{name}"


@pytest.mark.parametrize("action", BY_NAME)
def test_every_action_is_documented_and_of_the_right_service(action):
    assert BY_NAME[action].product == service_of(action)
    assert TencentDialect().documents(BY_NAME[action]) is not None
    assert re.match(r"[A-Z]", BY_NAME[action].request.__doc__ or "")


# -- what is missing -------------------------------------------------------------------------------------

REQUIRED = [
    (called, name)
    for called, action in BY_NAME.items()
    for name, field in action.parameters.items()
    if field.default is attrs.NOTHING
]


@pytest.mark.parametrize("style", ["json", "get", "form"])
@pytest.mark.parametrize(("action", "missing"), REQUIRED)
def test_a_required_parameter_is_missed_before_anything_else(action, missing, style):
    fields = BY_NAME[action].parameters
    rubbish = {
        name: "?" for name, field in fields.items() if field.default is attrs.NOTHING and name != missing
    }
    assert TencentAccount().refusal(action, style=style, **rubbish, Surplus="?") == "MissingParameter"


@pytest.mark.parametrize("action", BY_NAME)
def test_an_unknown_parameter_is_refused(action):
    fields = BY_NAME[action].parameters
    given = {name: "?" for name, field in fields.items() if field.default is attrs.NOTHING}
    assert TencentAccount().refusal(action, **given, Surplus="?") == "UnknownParameter"


def lacking(cls, path=""):
    """Yield each required member of a parameter's members, and a tree that has all others of them."""
    for field in attrs.fields(attrs.resolve_types(cls)):
        part = inner(field.type)
        if not attrs.has(part) or is_refused(field):
            continue
        in_list = "tuple" in str(field.type)
        place = f"{path}{field.name}.{'0.' if in_list else ''}"
        whole = least(part)
        wrong = [
            (
                f"{place}{name}",
                {**{other: whole[other] for other in whole if other != name}, "Surplus": "?"},
            )
            for name in whole
        ]
        deeper = [(name, {**whole, **tree}) for name, tree in lacking(part, place)]
        for name, tree in wrong + deeper:
            yield name, {field.name: [tree] if in_list else tree}


def least(cls):
    """Return rubbish for all that an object requires."""
    found = {}
    for field in attrs.fields(attrs.resolve_types(cls)):
        if field.default is attrs.NOTHING:
            part = inner(field.type)
            value = least(part) if attrs.has(part) else "?"
            found[field.name] = [value] if "tuple" in str(field.type) else value
    return found


WITHIN = [
    (called, missing, least(action.request) | tree)
    for called, action in BY_NAME.items()
    for missing, tree in lacking(action.request)
]
ABOVE = [
    (
        action,
        name,
        {other: value for other, value in least(BY_NAME[action].request).items() if other != name},
    )
    for action, name in REQUIRED
]


@pytest.mark.parametrize(("action", "missing", "tree"), ABOVE + WITHIN)
def test_what_is_missing_is_named_by_its_path(action, missing, tree):
    with pytest.raises(ApiError) as refusal:
        emulator().tencent().call(action, **tree)
    assert refusal.value.code == "MissingParameter"
    assert f"`{missing}`" in refusal.value.message
