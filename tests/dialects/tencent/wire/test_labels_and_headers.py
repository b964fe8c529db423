"""Bodies that are labelled otherwise than they are, and the headers of answers."""

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qsl, urlencode

import attrs
import pytest
from tests.emulator.signed import NOW, SECRET, strict
from tests.harness import emulator

JSON = {"content-type": "application/json"}


def labelled_json(request):
    """Return a form in the way of @tencent-sdk/capi 2.0.3, which labels it as JSON."""
    return attrs.evolve(request, headers={**request.headers, **JSON})


def signed(request):
    """Sign a form in the older way, as @tencent-sdk/capi does: HmacSHA1 of the sorted parameters."""
    parameters = dict(parse_qsl(request.body.decode())) | {"Timestamp": str(NOW)}
    del parameters["Signature"], parameters["SignatureMethod"]
    text = "&".join(f"{name}={value}" for name, value in sorted(parameters.items()))
    made = hmac.new(SECRET.encode(), f"POSTemulator/?{text}".encode(), hashlib.sha1).digest()
    body = urlencode({**parameters, "Signature": base64.b64encode(made).decode()}).encode()
    return attrs.evolve(request, headers={**request.headers, "host": "emulator"}, body=body)


@pytest.mark.parametrize("label", ["application/json", "application/json; charset=utf-8"])
def test_a_form_that_is_labelled_json_is_read_as_a_form(label):
    world = emulator()
    request = world.tencent().request("DescribeVpcs", style="form", Limit=7)
    answer = world.send(attrs.evolve(request, headers={"content-type": label}))
    assert json.loads(answer.body)["Response"]["TotalCount"] == 0


def test_the_action_may_stand_anywhere_in_it():
    world = emulator()
    body = {"Limit": "?", "Filters.0.Name": "vpc-id", "SecretId": "A", "Version": "2017-03-12"}
    whole = urlencode({**body, "Region": "ap-guangzhou", "Action": "DescribeVpcs"}).encode()
    request = world.tencent().request("DescribeVpcs", style="form")
    answer = world.send(attrs.evolve(labelled_json(request), body=whole))
    assert "Filters.0.Values" in json.loads(answer.body)["Response"]["Error"]["Message"]


def test_its_signature_is_verified_as_that_of_any_form():
    world = strict()
    right = signed(labelled_json(world.tencent().request("DescribeVpcs", style="form")))
    answer = world.send(right)
    assert json.loads(answer.body)["Response"]["TotalCount"] == 0
    wrong = world.send(attrs.evolve(right, body=right.body + b"&Limit=1"))
    assert json.loads(wrong.body)["Response"]["Error"]["Code"] == "AuthFailure.SignatureFailure"


@pytest.mark.parametrize("action", ["DescribeVpcs", "DescribeNothing"])
def test_a_trace_id_goes_back_with_the_answer(action):
    """Each of 29 recorded calls that sent X-TC-TraceId got it back."""
    world = emulator()
    request = world.tencent().request("DescribeVpcs")
    traced = {**request.headers, "x-tc-action": action, "x-tc-traceid": "f23d1450"}
    assert world.send(attrs.evolve(request, headers=traced)).headers["x-tc-traceid"] == "f23d1450"
    untraced = world.send(request).headers
    assert "x-tc-traceid" not in untraced
    assert untraced["server"] == "nginx"
