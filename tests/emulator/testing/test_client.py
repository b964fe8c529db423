"""The client and the account, against a running emulator."""

import pydoc
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests.emulator.http_calls import create_vpc

from duolect.account import Account, SdkMissing
from duolect.cli.command import run
from duolect.client import ControlError, Duolect, Unreachable, VerificationFailed, WrongEndpoint
from duolect.testing.process import NotStarted, running


def test_the_endpoint_is_what_was_given_or_the_environment_or_the_default(monkeypatch):
    monkeypatch.delenv("DUOLECT_ENDPOINT", raising=False)
    assert Duolect().endpoint == "127.0.0.1:4780"
    monkeypatch.setenv("DUOLECT_ENDPOINT", "http://localhost:1")
    assert Duolect().endpoint == "localhost:1"
    assert Duolect("[::1]:5").url == "http://[::1]:5"


@pytest.mark.parametrize(
    ("given", "endpoint"),
    [
        ("10.0.0.1:5/", "10.0.0.1:5"),
        ("HTTP://localhost:5/", "localhost:5"),
        ("http://emulator", "emulator:80"),
        ("emulator", "emulator:4780"),
        ("http://[::1]:5/", "[::1]:5"),
        ("[::1]", "[::1]:4780"),
        (" a:1\n", "a:1"),
    ],
)
def test_an_endpoint_is_a_host_and_port_or_a_url(given, endpoint):
    assert Duolect(given).endpoint == endpoint


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("https://127.0.0.1:4780", "the control API is used without TLS: write http://"),
        ("ftp://127.0.0.1:4780", "names no emulator"),
        ("::1", r"IPv6 as \[::1\]:4780"),
        ("http://[::1", "names no emulator"),
        ("127.0.0.1:99999", "names no emulator"),
        ("127.0.0.1:0", "names no emulator"),
        ("127.0.0.1:x", "names no emulator"),
        ("http://127.0.0.1:1/path", "names no emulator"),
        ("me:secret@127.0.0.1:1", "names no emulator"),
        ("two words:1", "names no emulator"),
        ("http://", "names no emulator"),
    ],
)
def test_what_is_no_endpoint_is_refused(given, reason, capsys):
    with pytest.raises(WrongEndpoint, match=reason):
        Duolect(given)
    assert run(["health", "--url", given]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


@pytest.fixture
def other_server():
    """A web server that is no emulator: the status and body that it answers with, and its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(*answers[0])
            self.end_headers()
            self.wfile.write(answers[1])

        def log_message(self, *_):
            pass

    answers = [(200,), b"<html>"]
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield answers, f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_server_that_is_no_emulator_is_an_error(other_server, capsys):
    answers, address = other_server
    assert run(["health", "--url", address]) == 2
    assert capsys.readouterr().err.endswith(f"on {address}: what answers is something else\n")
    answers[0] = (404,)
    assert run(["health", "--url", address]) == 2
    assert capsys.readouterr().err == "duolect: HTTP 404 Not Found\n"


def test_an_emulator_that_does_not_answer_is_unreachable():
    with pytest.raises(Unreachable, match=r"no emulator answers on 127\.0\.0\.1:1"):
        Duolect("127.0.0.1:1").health()


def test_a_refusal_says_why_and_has_its_status(duolect):
    with pytest.raises(ControlError, match="is not a duration") as refused:
        duolect.clock.advance("soon")
    assert refused.value.status == 422
    with pytest.raises(ControlError, match="There are"):
        duolect.call("GET", "nowhere")


def test_the_clock_is_moved(duolect, account):
    create_vpc(account)
    assert duolect.clock.show()["mode"] == "manual"
    assert duolect.clock.advance("1ms")["moved"] == "1ms"
    assert duolect.clock.next()["pending"] == 0
    create_vpc(account)
    assert duolect.clock.until_idle()["pending"] == 0
    assert duolect.clock.set("manual")["mode"] == "manual"
    changed = duolect.set_durations(cloud="alibaba", attach="5s")
    assert changed["clouds"]["alibaba"]["attach"] == "5s"
    assert duolect.durations() == changed


def test_calls_are_verified_for_one_account(duolect, account):
    account.duolect.clock.until_idle()
    create_vpc(account)
    account.assert_called("CreateVpc", times=1, VpcName="mine")
    create_vpc(Account(duolect, "somebody-else"))
    account.assert_called("CreateVpc", times=1)
    with pytest.raises(VerificationFailed, match=r"nearly: call .*VpcName is mine, not yours"):
        account.assert_called("CreateVpc", VpcName="yours")
    with pytest.raises(
        VerificationFailed, match=r"leaked: network vpc-\w+ \(mine\), \w+, of alibaba cn-hangzhou"
    ):
        account.assert_no_leaks()
    assert [leak["name"] for leak in account.leaks()] == ["mine"]
    mark = duolect.mark()
    account.verify(mark=mark, no_leaks=True)
    assert [call["action"] for call in account.journal()] == ["CreateVpc"]
    account.reset()
    account.assert_no_leaks()


@pytest.mark.parametrize(
    ("action", "parameters", "reason"),
    [
        ("CreatVpc", {}, "no cloud has an action CreatVpc; the nearest are CreateVpc, "),
        ("CreateVpc", {"VpcNam": "mine"}, "CreateVpc has no parameter VpcNam; the nearest is VpcName"),
        ("CreateVpc", {"cidr_block": "10.0.0.0/8"}, "CreateVpc has no parameter cidr_block; the nearest"),
    ],
)
@pytest.mark.parametrize("times", [None, 0, 1])
def test_a_misspelt_assertion_is_an_error_whatever_is_called(account, action, parameters, reason, times):
    create_vpc(account)
    with pytest.raises(ControlError, match=reason):
        account.assert_called(action, times=times, **parameters)
    with pytest.raises(ControlError, match=reason):
        account.verify(order=[{"action": action, "parameters": parameters}])
    if not parameters:
        with pytest.raises(ControlError, match=reason):
            account.journal(action=action)
    with pytest.raises(ControlError, match="no cloud has a region cn-hangzou"):
        account.leaks(region="cn-hangzou")


def test_the_journal_is_followed_and_forgotten(duolect, account):
    seen = []

    def follow():
        for record in duolect.journal.follow(access_key=account.access_key):
            seen.append(record["action"])
            return

    subscriber = threading.Thread(target=follow, daemon=True)
    subscriber.start()
    while subscriber.is_alive():
        create_vpc(account)
        subscriber.join(0.1)
    assert seen == ["CreateVpc"]
    assert duolect.journal.show(access_key=account.access_key, limit=1)["records"]
    duolect.journal.clear(account.access_key)
    assert account.journal() == []


def test_keys_are_kept(duolect):
    duolect.keys.put("AK1", "secret", sub_user=True)
    assert [key["id"] for key in duolect.keys.list()] == ["AK1"]
    duolect.keys.remove("AK1")
    assert duolect.keys.list() == []


def test_an_sdk_that_is_not_there_is_named(account):
    with pytest.raises(SdkMissing, match="pip install alibabacloud-sing20000101"):
        account.alibaba.client("alibabacloud_sing20000101")
    with pytest.raises(SdkMissing, match="pip install tencentcloud-sdk-python"):
        account.tencent.client("sing", "v1", "SingClient")


def test_an_unknown_cloud_is_an_error(account):
    with pytest.raises(ValueError, match="there is no cloud aws; there are alibaba, tencent"):
        account.lay("aws", networks=[])
    with pytest.raises(ValueError, match="there is no cloud alibba"):
        Account(account.duolect, "me", regions={"alibba": "cn-beijing"})


def test_the_emulator_lays_as_an_account_does(duolect, account):
    networks = [{"id": "vpc-mine", "CidrBlock": "10.0.0.0/8"}]
    duolect.lay("alibaba", account.access_key, networks=networks)
    duolect.lay_worlds(
        {"alibaba": [{"account": account.access_key, "region": "cn-beijing", "networks": networks}]}
    )
    assert {each["region"] for each in account.state()["partitions"]} == {"cn-hangzhou", "cn-beijing"}


def test_an_accounts_operations_that_hang_are_released(duolect, account):
    create_vpc(account)
    duolect.clock.until_idle()
    account.faults.add(cloud="alibaba", action="CreateVpc", hang=True)
    create_vpc(account)
    (held,) = account.operations(held=True)["operations"]
    assert Account(duolect, "somebody-else").operations()["operations"] == []
    with pytest.raises(ControlError, match="no such operation"):
        Account(duolect, "somebody-else").release(held["id"])
    assert account.release(held["id"])["held"] is False
    assert account.operations()["operations"] == []


def test_what_an_account_has_is_told_by_help():
    told = pydoc.plain(pydoc.render_doc(Account))
    for member in ("alibaba", "clock", "faults", "tencent"):
        assert re.search(rf"^ \|  {member}$", told, re.MULTILINE), member


def test_an_accounts_clients_are_kept(account):
    assert account.alibaba.ecs() is account.alibaba.ecs()
    assert account.alibaba.ecs() is not account.alibaba.ecs("cn-beijing")
    assert account.tencent.vpc() is account.tencent.vpc()
    assert account.tencent.vpc() is not account.tencent.cvm()


def test_what_does_not_start_says_why():
    with pytest.raises(NotStarted, match="timing must be one of"), running(timing="slow"):
        pass


def test_an_accounts_faults_are_for_no_other_account(duolect, account):
    rule = account.faults.add(cloud="alibaba", action="CreateVpc", code="QuotaExceeded.Vpc")
    other = Account(duolect, "somebody-else")
    assert "VpcId" in create_vpc(other)
    assert create_vpc(account)["Code"] == "QuotaExceeded.Vpc"
    assert account.faults.hits(rule) == 1
    account.faults.remove(rule)
    assert "VpcId" in create_vpc(account)
    other.reset()
