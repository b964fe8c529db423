"""The pytest plugin, as a user's test suite has it: in a pytest of its own."""

import os

import pytest
from tests.contract.server import environment

from duolect.testing.process import running

pytest_plugins = ["pytester"]

SUITE = """
import pytest
from http.client import HTTPConnection


def create_vpc(account):
    connection = HTTPConnection(account.duolect.host, account.duolect.port)
    query = "Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8"
    query += f"&AccessKeyId={account.access_key}"
    connection.request("GET", f"/?{query}", headers={"connection": "close"})
    assert connection.getresponse().read()


@pytest.mark.parametrize("number", range(3))
def test_alone(duolect_account, number):
    assert duolect_account.leaks() == []
    create_vpc(duolect_account)
    assert len(duolect_account.leaks()) == 1
    assert duolect_account.clock.show()["mode"] == "manual"


@pytest.mark.no_leaks
def test_tidy(duolect_account):
    pass


@pytest.mark.no_leaks
def test_untidy(duolect_account):
    create_vpc(duolect_account)
"""


@pytest.fixture
def suite(pytester, monkeypatch):
    for name in set(os.environ) - set(environment()):
        monkeypatch.delenv(name)
    pytester.makepyfile(SUITE)
    pytester.makeini("[pytest]\nduolect_flags = --timing manual\n")
    return pytester


@pytest.mark.parametrize("more", [(), ("-n", "2")])
def test_each_test_has_an_account_of_its_own(suite, more):
    result = suite.runpytest_subprocess("-p", "no:cacheprovider", *more)
    result.assert_outcomes(passed=5, errors=1)
    result.stdout.fnmatch_lines(["leaked: network vpc-*"])
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")
    result.stdout.no_fnmatch_line("*assert_no_leaks*")


def test_a_test_has_the_same_account_on_every_run(suite):
    suite.makepyfile(
        """
        def test_it(duolect_account):
            print(duolect_account.access_key)
            assert duolect_account.access_key == "test-e75c6e81ce39b90d6213"
        """
    )
    for more in ((), ("-n", "2")):
        suite.runpytest_subprocess("-p", "no:cacheprovider", *more).assert_outcomes(passed=1)


def test_a_running_emulator_can_be_used(suite):
    with running(environment=environment(), timing="manual") as there:
        result = suite.runpytest_subprocess("-p", "no:cacheprovider", "--duolect-url", there.url)
        result.assert_outcomes(passed=5, errors=1)
        assert there.journal.show()["last"] >= 4


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (("--duolect-url", "127.0.0.1:1"), "no emulator answers on 127.0.0.1:1: *"),
        (
            ("--duolect-url", "https://127.0.0.1:1"),
            "https://127.0.0.1:1: the control API is used without TLS*",
        ),
        (("-o", "duolect_flags=--timing slow"), "duolect: --timing: timing must be one of *"),
    ],
)
def test_an_emulator_that_cannot_be_reached_or_started_is_one_line(suite, flags, reason):
    result = suite.runpytest_subprocess("-p", "no:cacheprovider", "-k", "tidy and not un", *flags)
    result.assert_outcomes(errors=1, deselected=4)
    result.stdout.fnmatch_lines([reason])
    result.stdout.no_fnmatch_line("*duolect/client*")


def test_a_report_ends_where_the_test_asks(suite):
    suite.makepyfile(
        """
        def test_it(duolect_account):
            duolect_account.assert_called("CreateVpc", times=1)

        def test_lay(duolect_account):
            duolect_account.lay("alibaba", netwerks=[])
        """
    )
    result = suite.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "*VerificationFailed: expected exactly 1 call: action=CreateVpc; found 0",
            "*ControlError: *there is no netwerks; there may be *",
        ]
    )
    result.stdout.no_fnmatch_line("*duolect/client*")


def test_what_nobody_asks_for_is_not_started(pytester):
    pytester.makepyfile(
        """
        import sys

        def test_nothing():
            assert not any(name.startswith(("duolect.client", "duolect_core")) for name in sys.modules)
        """
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


MORTAL = """
import os, signal


def test_before(duolect_account):
    pass


def test_the_end(duolect_account):
    for line in os.popen("ps -ww -o pid=,args= --ppid %d" % os.getpid()).read().splitlines():
        if "duolect serve" in line:
            os.kill(int(line.split()[0]), signal.SIGKILL)
            os.waitid(os.P_PID, int(line.split()[0]), os.WEXITED | os.WNOWAIT)


def test_after(duolect_account):
    pass


def test_after_that(duolect):
    pass


def test_without():
    pass
"""


def test_an_emulator_that_dies_amid_a_run_is_told_of_once_with_the_reason(suite):
    suite.makepyfile(MORTAL)
    result = suite.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=3, errors=3)
    told = [line for line in result.outlines if "ended by itself, with the signal SIGKILL" in line]
    assert [line for line in told if not line.startswith("ERROR")] == [
        "the emulator ended by itself, with the signal SIGKILL"
    ]
    result.stdout.fnmatch_lines(["the emulator has ended: the first report says how"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*Connection refused*")
