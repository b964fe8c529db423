"""What an unconfigured server imports before its first answer, and what it leaves for later."""

import importlib.util
import subprocess
import sys

import pytest

FIRST_CALL = """
import sys
from duolect.cli.command import load, _parser
from duolect.server import serve
from duolect.bootstrap import bootstrap
from duolect_dialects.exchange import HttpRequest

pipeline = bootstrap(load(vars(_parser("serve").parse_args(["serve"])), {}))
serve.make_app(pipeline, 1)
query = b"Action=DescribeNetworkInterfaces&Version=2014-05-26&Format=JSON&RegionId=cn-beijing"
answer = pipeline.answer(HttpRequest("GET", "/", query, {}, b""))
assert answer.status == 200, answer
print("\\n".join(sys.modules))
"""
LATER = {
    "the control API": ["duolect.control", "starlette", "prometheus_client"],
    "the client and the commands": ["duolect.client", "duolect.cli.faults", "httpx", "urllib.request"],
    "the tools for tests": ["duolect.testing", "duolect.pytest_plugin", "hypothesis", "pytest"],
    "the pages that are generated": ["duolect.coverage.coverage", "duolect.coverage.definitions"],
    "fault rules, of which there are none yet": [
        "duolect.faults.rules",
        "duolect.faults.matching",
        "duolect.faults.replicas",
    ],
    "files that are not named": [
        "duolect.state.world_file",
        "duolect.settings.toml_lines",
        "tomllib",
        "duolect.snapshots.snapshots",
    ],
    "questions about the journal": [
        "duolect.record.leaks",
        "duolect.record.verification",
        "duolect.record.commands",
    ],
    "TLS": ["duolect.server.tls", "duolect.access.signed_certificates", "cryptography"],
    "archives": ["duolect_core.archive"],
    "checks of the core itself": ["duolect_core.invariants"],
    "what is wrong with a request": ["duolect_dialects.detailed_structuring", "cattrs"],
    "answers in XML": ["lxml"],
    "refusals": [
        "duolect_dialects.alibaba.errors",
        "duolect_dialects.alibaba.interfaces.errors",
        "duolect_dialects.tencent.errors",
    ],
    "requests with something wrong": ["cattrs", "duolect_dialects.detailed_structuring"],
    "bodies in parts": ["duolect_dialects.tencent.wire.multipart"],
    "logs in JSON": ["pythonjsonlogger"],
    "the actions of the other cloud": ["duolect_dialects.tencent.interfaces.lifecycle"],
    "actions that were not called": ["duolect_dialects.alibaba.instances.run"],
    "commands that were not given": [
        "duolect_core.nat_gateways.lifecycle",
        "duolect_core.public_addresses.lifecycle",
        "duolect_core.disks.lifecycle",
    ],
    "classes of resources of which there are none": [
        *("duolect_core.model.disks", "duolect_core.model.fleets", "duolect_core.model.gateways"),
        *("duolect_core.model.lists", "duolect_core.model.nat_gateways", "duolect_core.model.routes"),
        *("duolect_core.model.public_addresses", "duolect_core.model.network_acls"),
    ],
    "what becomes of resources that do not change": ["duolect_core.disks.transitions"],
    "refusals of the core": ["duolect_core.errors.every", "duolect_core.errors.disks"],
    "a store that is not asked for": ["duolect.store", "sqlite3"],
}
"""What is imported when it is needed, by what needs it."""


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """The modules that the default server has imported after one call."""
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", FIRST_CALL], capture_output=True, text=True, timeout=60, check=True
    )
    return set(ended.stdout.split())


@pytest.mark.parametrize("modules", LATER.values(), ids=LATER)
def test_what_the_first_call_does_not_need_is_not_imported(imported, modules):
    assert [name for name in modules if name in imported] == []


def test_the_first_call_needs_its_own_cloud(imported):
    assert {"duolect.calls.pipeline", "duolect_dialects.alibaba.interfaces.lifecycle"} <= imported


@pytest.mark.parametrize("module", [name for names in LATER.values() for name in names])
def test_each_of_them_is_there(module):
    assert importlib.util.find_spec(module) is not None
