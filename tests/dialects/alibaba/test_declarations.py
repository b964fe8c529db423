"""What every action of Alibaba Cloud declares, held against the SDK and against the answers."""

import attrs
import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import members, models
from tests.harness import ApiError

from duolect_dialects.alibaba.actions import ACTIONS
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.alibaba.wire.protocol import PROTOCOL
from duolect_dialects.declarations import Treatment, declared

EVERY = pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda each: f"{each.version}-{each.name}")


@pytest.fixture(scope="module")
def account():
    return AlibabaAccount.furnished()


def mandatory(action):
    return [name for name, field in action.parameters.items() if field.default is attrs.NOTHING]


MISSED = ("MissingParam", "MissingParameter", "ParameterMissing")
"""What a code that names a missing parameter begins with."""
MISSING = {
    "ResourceId": ("MissingParameter.ResourceIds",),
    "ResourceType": ("MissingParameter.ResourceType",),
    "Tag": ("MissingParameter.Tags",),
}
"""The codes of their own that actions on tags have for missing parameters."""


def refusal(account, action, **params):
    try:
        account.client.call(action.name, action.version, **{"RegionId": None, **params})
    except ApiError as error:
        return error.code, error.status, error.message
    return "OK", 200, ""


@EVERY
def test_every_parameter_that_the_sdk_sends_is_declared(action):
    model = getattr(models(action.version), f"{action.name}Request", None)
    if model is None:  # there is none for an action without parameters
        assert not action.parameters
    else:
        assert_declared(action.request, model, action.version)


def assert_declared(request, model, version):
    for name, inner in members(model, version).items():
        if name in PROTOCOL:
            continue
        fields = {field.name: field for field in attrs.fields(request)}
        assert name in fields, f"{request.__name__} has no {name}"
        if inner is not None:
            (group,) = (each for each in arguments(fields[name].type) if attrs.has(each))
            assert_declared(group, inner, version)


def arguments(annotation):
    """Return the types of which an annotation is made."""
    parts = getattr(annotation, "__args__", ())
    return [found for part in parts for found in arguments(part)] if parts else [annotation]


@EVERY
def test_what_is_not_served_says_why(action):
    for name, field in action.parameters.items():
        told = declared(field)
        if told.treatment in {Treatment.IGNORED, Treatment.REFUSED}:
            assert told.note, name


@EVERY
def test_each_mandatory_parameter_is_missed_by_its_name(account, action):
    names = mandatory(action)
    good = dict.fromkeys(names, "x")
    if "RegionId" in good:
        good["RegionId"] = "cn-hangzhou"
    for name in names:
        code, status, message = refusal(account, action, **{**good, name: None})
        documented = AlibabaDialect().documents(action)
        own = [] if name == "RegionId" else [f"{how}.{name}" for how in MISSED]
        wanted = (*MISSING.get(name, ()), *own)
        expected = next((each for each in wanted if each in documented), "MissingParameter")
        assert (code, status) == (expected, documented.get(expected, 400))
        assert name in message


@EVERY
def test_an_unknown_parameter_is_refused_by_its_name(account, action):
    good = dict.fromkeys(mandatory(action), "x")
    code, status, message = refusal(account, action, **good, Undreamt="x")
    assert (code, status) == ("UnsupportedParameter", 400)
    assert "Undreamt" in message


@EVERY
def test_a_refused_parameter_is_answered_as_unsupported(account, action):
    fields = action.parameters
    good = {name: 1 if fields[name].type is int else "x" for name in mandatory(action)}
    for name, field in fields.items():
        if declared(field).treatment is Treatment.REFUSED:
            code, status, message = refusal(account, action, **good, **{name: 1})
            assert (code, status) == ("UnsupportedParameter", 400)
            assert name in message


@EVERY
def test_a_value_of_the_wrong_kind_is_refused_and_never_an_internal_error(account, action):
    good = {name: "cn-hangzhou" if name == "RegionId" else "x" for name in mandatory(action)}
    for name in action.parameters:
        for value in ("\u0000", "9" * 30, {"Deep": {"er": "x"}}, ["x"], "\ud7ff" * 300):
            _, status, message = refusal(account, action, **{**good, name: value})
            assert status < 500, (name, value, message)


@EVERY
def test_every_action_has_documented_codes(action):
    assert AlibabaDialect().documents(action)


@EVERY
def test_a_token_is_a_parameter_of_its_action(action):
    assert action.token is None or action.token in action.parameters
    given = action.parameters.get("ClientToken")
    counts = given is not None and declared(given).treatment is not Treatment.IGNORED
    assert counts == (action.token == "ClientToken")
