"""The programs that the guides show run as they stand.

Where a guide writes ``...`` for the reader's own program, the tests put one.
"""

import os
import re
import textwrap
import unittest
from functools import partial
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from tests.contract.requirements import require
from tests.contract.server import environment
from tests.docs.guides import CLUSTER, GUIDES, Program, blocks, call
from tests.emulator.testing.test_testing import SHORT, AlibabaProgram

from duolect.testing import Account, Duolect
from duolect.testing import machine as stories
from duolect.testing.process import running

pytest_plugins = ["pytester"]


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


@pytest.mark.usefixtures("duolect")
def test_a_program_waits_by_the_clock(pytester: pytest.Pytester) -> None:
    (text,) = (each for each in blocks("testing", "python") if "clock.sleep" in each)
    pytester.makepyfile(text.replace("...  #", "[time.sleep(5) for _ in range(700)]  #"))
    pytester.makeini("[pytest]\nduolect_flags = --timing manual\n")
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


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


def test_clocks_of_accounts() -> None:
    (text,) = (each for each in blocks("testing", "python") if "rate=60" in each)
    with running(environment=environment(), timing="manual", clocks="per-account") as duolect:
        account, other = Account(duolect, "me"), Account(duolect, "other")
        before = duolect.clock.time()
        exec(text, {"duolect": duolect, "account": account})  # noqa: S102 - our own guide
        assert [each.clock.time() - before for each in (duolect, other)] == [3_600, 3_600]
        assert account.clock.time() - before >= 3_600
        assert account.clock.show()["mode"] == "scaled"


def test_no_program_is_left_untested() -> None:
    assert [len(blocks(guide, "python")) for guide in GUIDES] == [8, 2, 0, 0]
