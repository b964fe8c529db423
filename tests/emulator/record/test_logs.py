"""The log, as a process writes it."""

import json
import subprocess
import sys

from tests.contract.server import environment

PROGRAM = """
import sys
from tests.emulator.asgi import application, send
from duolect.record.logs import configure

configure("info", sys.argv[1])
COMMON = "Version=2016-04-28&Format=JSON&AccessKeyId=me"
send(application(), "GET", f"/?Action=DescribeVpcs&RegionId=cn-hangzhou&{COMMON}")
send(application(), "GET", f"/?Action=CreateVSwitch&{COMMON}")
"""


def log(form: str) -> list[str]:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, form],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in done.stderr.splitlines() if "duolect.calls" in line]


def test_each_call_is_a_line_of_text():
    found, refused = log("text")
    assert "INFO duolect.calls: " in found
    assert " alibaba 'me' cn-hangzhou 'DescribeVpcs' ok 200 " in found
    assert "'CreateVSwitch' MissingParameter 400" in refused


def test_each_call_is_a_line_of_json_with_fields_by_name():
    found, refused = map(json.loads, log("json"))
    assert (found["level"], found["logger"], found["action"]) == ("INFO", "duolect.calls", "DescribeVpcs")
    assert (found["cloud"], found["account"], found["region"]) == ("alibaba", "me", "cn-hangzhou")
    assert (found["code"], found["status"], refused["code"]) == ("", 200, "MissingParameter")
    assert len(found["request_id"]) == 36
    assert found["microseconds"] > 0
    assert found["at"].startswith("20")
