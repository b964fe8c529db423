"""Bodies in several parts, as an SDK of Tencent Cloud sends them."""

import json

import attrs
import pytest
from tests.dialects.provocations import (
    head,
    multipart,
)
from tests.harness import emulator


def part(name: str, content: str, more: str = "") -> str:
    return f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{content}\r\n'


def test_a_multipart_body_is_read_as_the_sdk_sends_it() -> None:
    world = emulator()
    client = world.tencent()
    json_part = "\r\nContent-Type: application/json"
    body = (
        part("Limit", "7")
        + part("Filters", '[{"Name": "vpc-id", "Values": ["vpc-00000000"]}]', json_part)
        + part("NetworkInterfaceIds", "null", json_part)
        + "--x--\r\n"
    )
    for sent in (body.encode(), b""):
        request = head(content_type="multipart/form-data; boundary=x")(
            client.request("DescribeNetworkInterfaces")
        )
        answer = world.send(attrs.evolve(request, body=sent))
        assert json.loads(answer.body)["Response"]["TotalCount"] == 0


@pytest.mark.parametrize(
    "body",
    [
        part("Limit", "1", '; filename="a"') + "--x--\r\n",
        part("Limit", "{", "\r\nContent-Type: application/json") + "--x--\r\n",
        part("Limit", "1"),
        '--x\r\nContent-Disposition: form-data; name="Limit"\r\n--x--\r\n',
        "nothing of the kind",
    ],
)
def test_a_multipart_body_of_another_form_is_an_invalid_request(body: str) -> None:
    answer = multipart(body.encode())()
    assert json.loads(answer.body)["Response"]["Error"]["Code"] == "InvalidRequest"


def test_a_multipart_body_must_be_text() -> None:
    answer = multipart(b'--x\r\nContent-Disposition: form-data; name="Limit"\r\n\r\n\xff\r\n--x--')()
    assert json.loads(answer.body)["Response"]["Error"]["Code"] == "InvalidRequest"
