"""What the guides show works as it stands: commands, programs, settings, formats, links.

Where a guide writes ``...`` for the reader's own program, the tests put one.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import textwrap
import unittest
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

import attrs
import hypothesis
import pytest
from tests.contract.requirements import require, require_command
from tests.contract.server import environment
from tests.emulator.testing.test_testing import SHORT, AlibabaProgram

from duolect.bootstrap import bootstrap
from duolect.cli.command import run
from duolect.faults.rules import EFFECTS, FaultRule
from duolect.record.journal import Finding
from duolect.settings.sources import load
from duolect.testing import Account, Duolect, running
from duolect.testing import machine as stories

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
GUIDES = ("testing", "faults", "snapshots")
TEXTS = {name: (ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in GUIDES}
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])

CLUSTER = {
    "networks": [{"id": "vpc-1", "CidrBlock": "10.0.0.0/8"}],
    "subnets": [{"id": "vsw-1", "VpcId": "vpc-1", "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.0.0/24"}],
    "groups": [{"id": "sg-1", "VpcId": "vpc-1"}],
    "instances": [
        {
            "id": "i-1",
            "InstanceType": "ecs.g7.large",
            "ImageId": "aliyun_3_x64_20G_alibase_20240528.vhd",
            "VSwitchId": "vsw-1",
            "SecurityGroupId": "sg-1",
        }
    ],
}


def blocks(guide: str, language: str) -> list[str]:
    """Return the blocks of a language in a guide."""
    return re.findall(rf"^```{language}\n(.*?)^```", TEXTS[guide], re.MULTILINE | re.DOTALL)


def call(account: Account, action: str, **parameters: str) -> dict[str, Any]:
    """Call an action of Alibaba Cloud without an SDK."""
    asked = {
        "Action": action,
        "Version": "2014-05-26",
        "Format": "JSON",
        "RegionId": "cn-hangzhou",
        "AccessKeyId": account.access_key,
        **parameters,
    }
    connection = HTTPConnection(account.duolect.host, account.duolect.port)
    connection.request("GET", f"/?{urlencode(asked)}", headers={"connection": "close"})
    return dict(json.loads(connection.getresponse().read()))


class Program:
    """The reader's program, in its place."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def create(self) -> str:
        place = {"VSwitchId": "vsw-1", "SecurityGroupId": "sg-1"}
        made = call(self.account, "CreateNetworkInterface", **place)["NetworkInterfaceId"]
        self.account.clock.until_idle()
        return str(made)

    def attach(self, interface: str, instance: str) -> None:
        names = {"NetworkInterfaceId": interface, "InstanceId": instance}
        assert "Code" not in call(self.account, "AttachNetworkInterface", **names)

    def lead_a_life(self) -> str:
        """Create, attach, detach and delete an interface."""
        made = self.create()
        self.attach(made, "i-1")
        self.account.clock.until_idle()
        call(self.account, "DetachNetworkInterface", NetworkInterfaceId=made, InstanceId="i-1")
        self.account.clock.until_idle()
        call(self.account, "DeleteNetworkInterface", NetworkInterfaceId=made)
        self.account.clock.until_idle()
        return made


@pytest.fixture
def duolect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Duolect]:
    with running(environment=environment(), timing="manual") as started:
        monkeypatch.setenv("DUOLECT_ENDPOINT", started.endpoint)
        yield started


@pytest.fixture
def program(duolect: Duolect) -> Program:
    account = Account(duolect, "me")
    account.lay("alibaba", **CLUSTER)
    return Program(account)


# -- commands -------------------------------------------------------------------------------------

SHELL = [(guide, number) for guide in GUIDES for number in range(len(blocks(guide, "sh")))]
PRELUDE = """
set -euo pipefail
duolect() {{
    case "$*" in
        "journal follow"*) timeout --signal INT 2 {python} -m duolect "$@" || test $? = 124 ;;
        *--snapshot*) timeout --signal TERM 2 {python} -m duolect "$@" --port 0 || test $? = 124 ;;
        serve*) exec {python} -m duolect "$@" --port {port} ;;
        *) {python} -m duolect "$@" ;;
    esac
}}
trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
"""
"""What never ends is ended, and servers stay out of each other's way."""
LIFE = """
import os
from tests.test_docs import CLUSTER, Account, Duolect, Program
account = Account(Duolect(), "me")
if account.state()["partitions"]:
    Program(account).lead_a_life()
else:
    account.lay("alibaba", **CLUSTER)
    Program(account).lead_a_life()
    account.reset()
"""


@pytest.mark.parametrize(("guide", "number"), SHELL)
@pytest.mark.usefixtures("program")
def test_the_commands_run_as_they_stand(guide: str, number: int, duolect: Duolect, tmp_path: Path) -> None:
    script = blocks(guide, "sh")[number].replace("127.0.0.1:4780", duolect.endpoint)
    variables = {"DUOLECT_ENDPOINT": duolect.endpoint}
    port = 0
    if "duolect serve --timing" in script:  # this one speaks to the server that it starts
        port = unused_port()
        variables["DUOLECT_ENDPOINT"] = f"127.0.0.1:{port}"
    life = f"{shlex.quote(sys.executable)} -c {shlex.quote(LIFE)}"
    script = re.sub(r"^\.\.\.( .*)?$", lambda _: life, script, flags=re.MULTILINE)
    whole = PRELUDE.format(python=shlex.quote(sys.executable), port=port) + script
    done = subprocess.run(  # noqa: S603 - our own guides
        [require_command("bash"), "-c", whole],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(ROOT), **variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    complaints = [line for line in done.stderr.splitlines() if line.startswith("duolect: ")]
    assert [line for line in complaints if "no emulator answers" not in line] == []


def unused_port() -> int:
    from socket import socket  # noqa: PLC0415

    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


COMMANDS = (
    "serve", "clock advance", "clock set", "durations set", "faults add", "journal show", "journal export",
    "verify", "snapshot", "restore", "state", "reset",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_a_commands_help_are_understood(
    command: str,
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        run([*command.split(), "--help"])
    shown = capsys.readouterr().out.partition("examples:\n")[2].splitlines()
    assert shown
    Path("expected.json").write_text('{"no_leaks": true}')
    Path("world.toml").write_text("")
    for account, file in (([], "before.json"), (["--access-key", "me"], "mine.json")):
        assert run(["snapshot", *account, file]) == 0
    monkeypatch.setattr("duolect.server.serve.serve", lambda _: None)
    program.account.duolect.mark()
    program.lead_a_life()
    program.account.reset()
    for line in shown:
        name, *arguments = shlex.split(line.partition(">")[0])
        assert name == "duolect"
        assert run(arguments) == 0, line
    assert capsys.readouterr().err == ""


# -- programs -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("duolect")
def test_the_first_test_of_a_user_passes(pytester: pytest.Pytester) -> None:
    require("alibabacloud_ecs20140526")
    body = """
    from alibabacloud_ecs20140526 import models
    duolect_account.lay("alibaba", **{k: v for k, v in CLUSTER.items() if k != "networks"})
    request = models.CreateNetworkInterfaceRequest
    made = ecs.create_network_interface(
        request(region_id="cn-hangzhou", v_switch_id="vsw-1", security_group_id="sg-1")
    ).body.network_interface_id
    duolect_account.clock.until_idle()
    ecs.delete_network_interface(
        models.DeleteNetworkInterfaceRequest(region_id="cn-hangzhou", network_interface_id=made)
    )
    duolect_account.clock.until_idle()
    """
    text = blocks("testing", "python")[0].replace("vpc-main", "vpc-1")
    text = text.replace("    ...  ", textwrap.indent(textwrap.dedent(body), "    "))
    pytester.makepyfile(f"CLUSTER = {CLUSTER!r}\n{text}")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-W", "ignore")
    result.assert_outcomes(passed=1)


@pytest.mark.usefixtures("duolect")
def test_an_account_is_prepared_once(pytester: pytest.Pytester) -> None:
    (text,) = (each for each in blocks("testing", "python") if "def prepared" in each)
    pytester.makepyfile(text)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_an_emulator_is_started_without_pytest(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in set(os.environ) - set(environment()):
        monkeypatch.delenv(name)
    (text,) = (each for each in blocks("testing", "python") if "with running" in each)
    exec(text, {})  # noqa: S102 - our own guide
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z\n", capsys.readouterr().out)


def test_a_test_case_of_unittest_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in set(os.environ) - set(environment()):
        monkeypatch.delenv(name)
    (text,) = (each for each in blocks("testing", "python") if "EmulatorTestCase" in each)
    names: dict[str, Any] = {"__name__": "guide"}
    exec(text, names)  # noqa: S102 - our own guide
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(names["TestMyOperator"]).run(result)
    assert (result.testsRun, result.failures, result.errors) == (1, [], [])


def test_what_is_verified_is_so(duolect: Duolect, program: Program) -> None:
    (text,) = (each for each in blocks("testing", "python") if "duolect.verify(" in each)
    mark = duolect.mark()
    text = text.replace("eni-1", program.lead_a_life())
    exec(text, {"duolect": duolect, "mark": mark})  # noqa: S102 - our own guide
    program.create()
    with pytest.raises(AssertionError, match="leaked: interface"):
        exec(text, {"duolect": duolect, "mark": mark})  # noqa: S102 - our own guide


def test_a_program_comes_through_the_stories() -> None:
    require("alibabacloud_ecs20140526")
    (text,) = (each for each in blocks("testing", "python") if "tell_stories" in each)
    names: dict[str, Any] = {"MyDriver": AlibabaProgram}
    exec(text, names)  # noqa: S102 - our own guide
    few = hypothesis.settings(SHORT, max_examples=2)
    names["tell_stories"] = partial(stories.tell_stories, settings=few)
    with running(environment=environment(), timing="instant") as quick:
        names["test_my_operator_comes_through_every_story"](quick)


def test_a_test_of_an_attachment_that_fails(program: Program) -> None:
    (text,) = (each for each in blocks("faults", "python") if "my_code.attach" in each)
    made = program.create()

    def attach(interface: str, instance: str) -> None:
        program.attach(interface, instance)
        assert shown(program, interface)["Status"] == "Attaching"

    names = {"my_code": SimpleNamespace(attach=attach), "interface_id": made, "instance_id": "i-1"}
    with pytest.raises(AssertionError, match=f"leaked: interface {made}"):
        exec(text, names)  # noqa: S102 - our own guide
    assert shown(program, made)["Status"] == "Available"


def shown(program: Program, interface: str) -> dict[str, Any]:
    found = call(program.account, "DescribeNetworkInterfaces", **{"NetworkInterfaceId.1": interface})
    (only,) = found["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    return dict(only)


def test_a_test_of_an_answer_that_is_lost(duolect: Duolect) -> None:
    require("tencentcloud")
    (text,) = (each for each in blocks("faults", "python") if "create_interface" in each)
    account = Account(duolect, "me")
    account.lay(
        "tencent",
        networks=[{"id": "vpc-00000001", "VpcName": "a", "CidrBlock": "10.0.0.0/16"}],
        subnets=[
            {
                "id": "subnet-00000001",
                "VpcId": "vpc-00000001",
                "SubnetName": "a",
                "CidrBlock": "10.0.0.0/24",
                "Zone": "ap-guangzhou-3",
            }
        ],
    )
    vpc = account.tencent.vpc()

    def ask(action: str, **parameters: str) -> dict[str, Any]:
        return dict(vpc.call_json(action, parameters)["Response"])

    def create_interface() -> None:
        place = {"VpcId": "vpc-00000001", "SubnetId": "subnet-00000001", "NetworkInterfaceName": "x"}
        try:
            ask("CreateNetworkInterface", **place)
        except Exception:  # noqa: BLE001 - whatever a lost answer is to the SDK
            if not interfaces():  # what a program must look at before it tries again
                ask("CreateNetworkInterface", **place)

    def interfaces() -> list[Any]:
        return list(ask("DescribeNetworkInterfaces")["NetworkInterfaceSet"])

    code = SimpleNamespace(create_interface=create_interface, interfaces=interfaces)
    exec(text, {"duolect": duolect, "my_code": code})  # noqa: S102 - our own guide
    assert duolect.faults.list()[0]["hits"] == 1


def test_no_program_is_left_untested() -> None:
    assert [len(blocks(guide, "python")) for guide in GUIDES] == [6, 2, 0]


# -- settings and formats -------------------------------------------------------------------------


def test_the_faults_in_a_settings_file_are_understood(tmp_path: Path) -> None:
    (text,) = blocks("faults", "toml")
    path = tmp_path / "duolect.toml"
    path.write_text(text, "utf-8")
    assert [rule.rule.stale_ms for rule in bootstrap(load({"config": str(path)}, {})).faults.all] == [5000]


@pytest.mark.usefixtures("program")
def test_the_snapshot_that_is_shown_is_like_a_real_one(duolect: Duolect) -> None:
    (text,) = blocks("snapshots", "json")
    drawn, real = json.loads(text), duolect.snapshot()
    assert list(drawn) == list(real)
    assert drawn["version"] == real["version"]
    (shown,), (partition,) = drawn["partitions"], real["partitions"]
    assert {**shown, "orders": 0, "operations": 0}.keys() <= {
        **partition,
        "orders": 0,
        "operations": 0,
    }.keys()
    (network,), (found,) = shown["networks"].values(), partition["networks"].values()
    assert network.keys() <= found.keys()


def named(guide: str, title: str) -> list[str]:
    """Return the names in the first column of the tables whose head begins so."""
    tables = re.findall(rf"^\| {title} \|.*\n\|[- |]+\n((?:\|.*\n)+)", TEXTS[guide], re.MULTILINE)
    return [
        name
        for table in tables
        for cell in re.findall(r"^\| (.*?) \|", table, re.MULTILINE)
        for name in re.findall(r"`([a-z_-]+)", cell)
    ]


def test_the_tables_name_every_member_of_a_fault() -> None:
    assert sorted([*named("faults", "member"), *named("faults", "effect"), "after"]) == sorted(
        attrs.fields_dict(FaultRule)
    )
    assert set(named("faults", "effect")) == set(EFFECTS)


def test_the_tables_name_every_finding_and_metric(duolect: Duolect, program: Program) -> None:
    assert sorted(named("testing", "finding")) == sorted(Finding)
    program.create()
    connection = HTTPConnection(duolect.host, duolect.port)
    connection.request("GET", "/_duolect/metrics")
    page = connection.getresponse().read().decode()
    connection.close()
    families = set(re.findall(r"^# TYPE (\w+)", page, re.MULTILINE))
    assert families == set(named("testing", "metric"))


def test_the_table_of_an_account_names_what_it_has(duolect: Duolect) -> None:
    account = Account(duolect, "me")
    table = TEXTS["testing"].partition("| of `duolect_account` | |")[2].partition("\n\n")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert len(cells) > 5
    for name in (name for cell in cells for name in re.findall(r"`([a-z_.]+)", cell)):
        if not name.startswith("."):
            found: Any = account
            for part in name.rstrip(".").split("."):
                found = getattr(found, part)


# -- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_points_to_something(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        parts = urlsplit(link)
        if not parts.scheme:
            there = (page.parent / parts.path).resolve() if parts.path else page
            assert there.exists(), f"{page.name} links to {link}"
            if parts.fragment:
                assert parts.fragment in headings(there), f"{page.name} links to {link}"


def headings(page: Path) -> set[str]:
    """Return the anchors that a page's headings have."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
