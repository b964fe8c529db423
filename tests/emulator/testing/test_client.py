"""The client, the account and the command line, against a real emulator."""

import json
import signal
import subprocess
import sys
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlencode

import pytest
from tests.contract.server import environment

from duolect.account import Account, SdkMissing
from duolect.cli.command import run
from duolect.cli.main import main
from duolect.client import ControlError, Duolect, Unreachable, VerificationFailed, WrongEndpoint
from duolect.testing.process import NotStarted, running

CREATE = {"CidrBlock": "10.0.0.0/8", "VpcName": "mine"}


@pytest.fixture(scope="module")
def duolect():
    with running(environment=environment(), timing="manual") as started:
        yield started


@pytest.fixture
def account(duolect, request):
    account = Account(duolect, f"key-{request.node.name}")
    yield account
    account.reset()


def create_vpc(account, **more):
    """Create a VPC on Alibaba Cloud without an SDK."""
    return call(account, "CreateVpc", "2016-04-28", **CREATE, **more)


def call(account, action, version="2014-05-26", **parameters):
    """Call an action of Alibaba Cloud without an SDK."""
    asked = {
        "Action": action,
        "Version": version,
        "Format": "JSON",
        "RegionId": "cn-hangzhou",
        "AccessKeyId": account.access_key,
        **parameters,
    }
    connection = HTTPConnection(account.duolect.host, account.duolect.port)
    connection.request("GET", f"/?{urlencode(asked)}", headers={"connection": "close"})
    return json.loads(connection.getresponse().read())


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
        ("https://127.0.0.1:4780", "the emulator speaks plain HTTP"),
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
def impostor():
    """A web server that is no emulator: the status and body that it answers with, and where it is."""

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


def test_what_answers_and_is_no_emulator_is_told(impostor, capsys):
    answers, where = impostor
    assert run(["health", "--url", where]) == 2
    assert capsys.readouterr().err.endswith(f"on {where}: what answers is something else\n")
    answers[0] = (404,)
    assert run(["health", "--url", where]) == 2
    assert capsys.readouterr().err == "duolect: HTTP 404 Not Found\n"


def test_where_nothing_answers_is_said():
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
        VerificationFailed, match=r"leaked: network vpc-\w+ \(mine\) of alibaba cn-hangzhou"
    ):
        account.assert_no_leaks()
    assert [leak["name"] for leak in account.leaks()] == ["mine"]
    mark = duolect.mark()
    account.verify(mark=mark, no_leaks=True)
    assert [call["action"] for call in account.journal()] == ["CreateVpc"]
    account.reset()
    account.assert_no_leaks()


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


def test_a_cloud_that_is_none_is_told(account):
    with pytest.raises(ValueError, match="there is no cloud aws; there are alibaba, tencent"):
        account.lay("aws", networks=[])


def test_what_does_not_start_says_why():
    with pytest.raises(NotStarted, match="timing must be one of"), running(timing="slow"):
        pass


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["health"], 0, "serves"),
        (["clock", "show"], 0, "the clock moves only when it is moved"),
        (["clock", "advance", "1s"], 0, ", 1s later;"),
        (["clock", "next"], 0, "nothing under way"),
        (["clock", "idle"], 0, "nothing under way"),
        (["clock", "set", "manual"], 0, "only when it is moved"),
        (["durations", "show"], 0, "operation"),
        (["durations", "set", "detach=7s"], 0, "7s"),
        (["mark"], 0, "mark-"),
        (["leaks", "--access-key", "nobody"], 0, "no leaks"),
        (["verify", "--access-key", "nobody", "--no-leaks", "--never", "CreateVpc"], 0, "verified"),
        (["verify", "--access-key", "nobody", "--called", "CreateVpc=2"], 1, "expected exactly 2 calls"),
        (["journal", "show", "--access-key", "nobody"], 0, "no calls"),
        (["journal", "clear", "--access-key", "nobody"], 0, ""),
        (["reset", "--access-key", "nobody"], 0, "there was nothing"),
    ],
)
def test_the_command_line_speaks_to_an_emulator(duolect, capsys, arguments, status, says):
    assert run([*arguments, "--url", duolect.url]) == status
    said = capsys.readouterr()
    assert says in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["clock", "advance", "soon"], "duolect: by: 'soon' is not a duration"),
        (["verify", "--no-leaks", "--mark", "nope"], "duolect: There is no mark nope."),
        (["verify"], "duolect: there is nothing to verify: give --called, --never,"),
        (["verify", "--called", "=3"], "duolect: --called =3: write ACTION or ACTION=N"),
        (["verify", "--expect", "/dev/null"], "duolect: /dev/null is not JSON: "),
        (["durations", "set"], "duolect: there is nothing to set: give OPERATION=DURATION or --preset"),
        (["leaks", "--cloud", "other"], "duolect: /_duolect/leaks: cloud must be one of alibaba, tencent."),
        (["journal", "show", "--outcome", "bad"], "duolect: /_duolect/journal/export: outcome must be one"),
        (["journal", "show", "--finding", "bad"], "duolect: /_duolect/journal/export: finding must be one"),
        (["faults", "add", "--cloud", "tencent", "--fail", "--after"], "duolect: after goes with code, "),
        (["verify", "--called", "X=y"], "duolect: --called X=y: write ACTION or ACTION=N"),
        (["verify", "--expect", "/nowhere"], "duolect: /nowhere: No such file"),
    ],
)
def test_the_command_line_complains_in_one_line(duolect, capsys, arguments, complaint):
    assert run([*arguments, "--url", duolect.url]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(complaint)
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_the_command_line_says_that_nothing_answers(capsys):
    assert run(["health", "--url", "127.0.0.1:1"]) == 2
    assert capsys.readouterr().err.startswith("duolect: no emulator answers on 127.0.0.1:1")


def test_the_command_line_shows_and_exports_calls(duolect, account, capsys, tmp_path):
    vpc = create_vpc(account)["VpcId"]
    whose = ["--access-key", account.access_key, "--url", duolect.url]
    assert run(["journal", "show", "--command", "CreateNetwork", *whose]) == 0
    line = capsys.readouterr().out
    assert "CreateVpc  ok" in line
    assert vpc in line
    run(["journal", "export", *whose])
    assert json.loads(capsys.readouterr().out)["action"] == "CreateVpc"
    run(["journal", "show", "--json", *whose])
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert run(["leaks", *whose]) == 0
    assert vpc in capsys.readouterr().out
    expected = tmp_path / "expected.json"
    expected.write_text(json.dumps({"order": [{"action": "CreateVpc"}], "no_leaks": True}))
    assert run(["verify", "--expect", str(expected), *whose]) == 1
    assert capsys.readouterr().out.startswith("leaked: network")
    expected.write_text("[]")
    assert run(["verify", "--expect", str(expected), *whose]) == 2
    expected.write_text("{")
    assert run(["verify", "--expect", str(expected), *whose]) == 2


FOLLOW = """
import signal, sys
from duolect.cli.main import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started the tests without it
sys.exit(main(["journal", "follow", *sys.argv[1:]]))
"""


def test_calls_are_followed_on_the_command_line_until_ctrl_c(duolect, account):
    command = [sys.executable, "-c", FOLLOW, "--url", duolect.url, "--access-key", account.access_key]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as following:  # noqa: S603
        line = []
        reader = threading.Thread(target=lambda: line.append(following.stdout.readline()))
        reader.start()
        while reader.is_alive():
            create_vpc(account)
            reader.join(0.2)
        following.send_signal(signal.SIGINT)
        assert following.wait(10) == 0
        assert following.stderr.read() == ""
    assert "CreateVpc  ok" in line[0]


def test_output_that_nobody_takes_ends_a_command_quietly(duolect, account):
    create_vpc(account)

    def shell(arguments, more, **variables):
        line = f"{sys.executable} -m duolect {arguments} --url {duolect.url} {more}"
        bash = ["bash", "-c", line]
        return subprocess.run(  # noqa: S603 - our own command
            bash, env=environment(**variables), capture_output=True, text=True, check=False, timeout=30
        )

    for arguments in ("journal show", "journal export", "state", "snapshot"):
        done = shell(arguments, "| true; exit ${PIPESTATUS[0]}")
        assert (done.returncode, done.stderr) == (0, ""), arguments
    full = shell("state", "> /dev/full")
    assert full.returncode == 2
    assert full.stderr == "duolect: the output cannot be written: No space left on device\n"
    plain = shell("state", "", PYTHONIOENCODING="ascii")
    assert (plain.returncode, plain.stderr) == (0, "")


def test_a_command_that_is_interrupted_says_so_by_its_status(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("duolect.client.Duolect.health", interrupted)
    assert main(["health"]) == 130
    assert capsys.readouterr() == ("", "")


def test_what_clients_send_does_not_move_the_cursor(duolect, account, capsys):
    create_vpc(account)
    call(account, "Sing\x1b[2J\nSong")
    assert run(["journal", "show", "--access-key", account.access_key, "--url", duolect.url]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "Sing\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}Song" in lines[2]


def test_a_name_that_no_cloud_serves_is_told(duolect, capsys):
    assert run(["verify", "--never", "AtachNetworkInterface", "--url", duolect.url]) == 0
    assert capsys.readouterr() == (
        "verified\n",
        "duolect: no cloud serves an action AtachNetworkInterface\n",
    )


@pytest.mark.parametrize(
    "command", ["faults clear", "journal clear --access-key nobody", "clock show", "mark"]
)
def test_every_command_can_write_json(duolect, capsys, command):
    assert run([*command.split(), "--json", "--url", duolect.url]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), dict)


@pytest.mark.parametrize(
    "command",
    ["", "serve", "clock", "clock set", "faults", "faults add", "verify", "journal show", "release"],
)
def test_every_command_tells_what_it_takes(capsys, command):
    with pytest.raises(SystemExit) as ended:
        run([*command.split(), "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: duolect")


def test_what_exists_is_drawn_as_a_tree(duolect, account, capsys):
    duolect.clock.until_idle()
    vpc = create_vpc(account)["VpcId"]
    whose = ["--access-key", account.access_key, "--url", duolect.url]
    assert run(["state", *whose]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"alibaba cn-hangzhou, account {account.access_key}"
    assert f"└── network {vpc}  (mine)  pending  provisioned in 1s" in lines
    assert any(line.startswith("    └── route-table vtb-") for line in lines)
    assert account.state()["partitions"][0]["nodes"][0]["id"] == vpc
    run(["state", "--access-key", "nobody", "--url", duolect.url])
    assert capsys.readouterr().out == "nothing exists yet\n"


def test_a_snapshot_is_written_and_restored(duolect, account, capsys, tmp_path):
    vpc = create_vpc(account)["VpcId"]
    file = str(tmp_path / "snapshot.json")
    whose = ["--access-key", account.access_key, "--url", duolect.url]
    assert run(["snapshot", file, *whose]) == 0
    assert capsys.readouterr().out == f"wrote {file}\n"
    create_vpc(account)
    assert run(["restore", file, *whose]) == 0
    assert capsys.readouterr().out == f"restored alibaba cn-hangzhou, account {account.access_key}\n"
    (partition,) = account.state()["partitions"]
    assert [node["id"] for node in partition["nodes"]] == [vpc]
    assert run(["snapshot", *whose]) == 0
    assert vpc in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[]", "must hold a JSON object"),
        ("{", "Expecting property name"),
        ("{}", "The snapshot cannot be restored"),
    ],
)
def test_what_is_no_snapshot_is_told(duolect, capsys, tmp_path, text, complaint):
    file = tmp_path / "snapshot.json"
    file.write_text(text)
    assert run(["restore", str(file), "--url", duolect.url]) == 2
    assert complaint in capsys.readouterr().err
    assert run(["restore", "/nowhere", "--url", duolect.url]) == 2
    assert run(["snapshot", "/nowhere/at/all", "--url", duolect.url]) == 2


def test_faults_are_added_listed_and_taken_away(duolect, account, capsys):
    where = ["--url", duolect.url]
    adding = ["--cloud", "alibaba", "--action", "CreateVpc", "--code", "QuotaExceeded.Vpc", "--times", "1"]
    adding += ["--access-key", account.access_key, "--resource-name", "mine"]
    assert run(["faults", "add", *adding, *where]) == 0
    rule = capsys.readouterr().out.strip()
    assert create_vpc(account)["Code"] == "QuotaExceeded.Vpc"
    assert "VpcId" in create_vpc(account)
    assert run(["faults", "list", *where]) == 0
    listed = capsys.readouterr().out
    assert rule in listed
    assert listed.splitlines()[1].endswith("code=QuotaExceeded.Vpc  times=1, name=mine")
    assert run(["faults", "remove", rule, *where]) == 0
    assert run(["faults", "remove", rule, *where]) == 2
    assert run(["faults", "clear", *where]) == 0
    capsys.readouterr()
    run(["faults", "list", *where])
    assert capsys.readouterr().out == "no faults\n"
    assert run(["faults", "add", "--cloud", "alibaba", *where]) == 2
    assert run(["release", "nothing", *where]) == 2


@pytest.mark.parametrize(("flags", "left"), [((), []), (("--fails",), ["eni-1"])], ids=["ends", "fails"])
def test_what_hangs_is_released_to_end_or_to_fail(duolect, account, capsys, flags, left):
    account.lay(
        "alibaba",
        networks=[{"id": "vpc-1", "CidrBlock": "10.0.0.0/8"}],
        subnets=[{"id": "vsw-1", "VpcId": "vpc-1", "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.0.0/24"}],
        groups=[{"id": "sg-1", "VpcId": "vpc-1"}],
        interfaces=[{"id": "eni-1", "VSwitchId": "vsw-1", "SecurityGroupId": "sg-1"}],
    )
    account.faults.add(cloud="alibaba", action="DeleteNetworkInterface", hang=True)
    call(account, "DeleteNetworkInterface", NetworkInterfaceId="eni-1")
    (held,) = duolect.operations(access_key=account.access_key)["operations"]
    assert (held["kind"], held["held"]) == ("delete-interface", True)
    assert run(["release", held["id"], *flags, "--url", duolect.url]) == 0
    assert capsys.readouterr().out == f"released {held['id']}\n"
    shown = call(account, "DescribeNetworkInterfaces")["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    assert [each["NetworkInterfaceId"] for each in shown] == left


def test_an_accounts_faults_strike_nobody_else(duolect, account):
    rule = account.faults.add(cloud="alibaba", action="CreateVpc", code="QuotaExceeded.Vpc")
    other = Account(duolect, "somebody-else")
    assert "VpcId" in create_vpc(other)
    assert create_vpc(account)["Code"] == "QuotaExceeded.Vpc"
    assert account.faults.hits(rule) == 1
    account.faults.remove(rule)
    assert "VpcId" in create_vpc(account)
    other.reset()
