"""The commands that control a running emulator."""

import json
import signal
import subprocess
import sys
import threading
from io import StringIO

import pytest
from tests.contract.server import environment
from tests.emulator.http_calls import call, create_vpc

from duolect.cli.command import run
from duolect.cli.main import main
from duolect.testing.process import running


@pytest.mark.parametrize(
    ("arguments", "status", "output"),
    [
        (["health"], 0, "serves"),
        (["clock", "show"], 0, "the clock moves only when it is moved"),
        (["clock", "advance", "1s"], 0, ", 1s later;"),
        (["clock", "next"], 0, "nothing under way"),
        (["clock", "idle"], 0, "nothing under way"),
        (["clock", "set", "manual"], 0, "only when it is moved"),
        (["durations", "show"], 0, "operation"),
        (["durations", "set", "detach=7s"], 0, "7s"),
        (["durations", "set", "detach=8"], 0, "8s"),
        (["clock", "advance", "5"], 0, "5s later"),
        (["clock", "advance", "0.25"], 0, "250ms later"),
        (["clock", "advance", "5", "--access-key", "nobody"], 0, "5s later"),
        (["durations", "set", "detach=9s", "--access-key", "nobody"], 0, "9s"),
        (["mark"], 0, "mark-"),
        (["ca"], 0, "-----BEGIN CERTIFICATE-----\n"),
        (["leaks", "--access-key", "nobody"], 0, "no leaks"),
        (["verify", "--access-key", "nobody", "--no-leaks", "--never", "CreateVpc"], 0, "verified"),
        (["verify", "--access-key", "nobody", "--called", "CreateVpc=2"], 1, "expected exactly 2 calls"),
        (["journal", "show", "--access-key", "nobody"], 0, "no calls"),
        (["journal", "clear", "--access-key", "nobody"], 0, ""),
        (["reset", "--access-key", "nobody"], 0, "there was nothing"),
    ],
)
def test_a_command_controls_an_emulator(duolect, capsys, arguments, status, output):
    assert run([*arguments, "--url", duolect.url]) == status
    said = capsys.readouterr()
    assert output in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
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
        (["ca", "--ca-dir", "/dev/null/x"], "duolect: /dev/null/x/ca-with-key.pem: Not a directory"),
    ],
)
def test_an_error_of_a_command_is_one_line(duolect, capsys, arguments, message):
    assert run([*arguments, "--url", duolect.url]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(message)
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_command_says_that_no_emulator_answers(capsys):
    assert run(["health", "--url", "127.0.0.1:1"]) == 2
    assert capsys.readouterr().err.startswith("duolect: no emulator answers on 127.0.0.1:1")


def test_the_certificate_of_a_folder_is_written_without_an_emulator(capsys, tmp_path):
    folder = tmp_path / "kept" / "here"
    assert run(["ca", "--url", "127.0.0.1:1", "--ca-dir", str(folder)]) == 0
    written = capsys.readouterr().out
    assert written == (folder / "ca.pem").read_text()
    assert run(["ca", "--ca-dir", str(folder)]) == 0
    assert capsys.readouterr().out == written


def test_the_certificate_of_an_emulator_is_that_of_its_folder(capsys, tmp_path):
    with running(environment=environment(), ca_dir=tmp_path) as emulator:
        written = (tmp_path / "ca.pem").read_text()  # it is there before anyone asks
        assert run(["ca", "--url", emulator.url]) == 0
        assert capsys.readouterr().out == written == emulator.ca()


def test_an_emulator_without_tls_says_so(capsys):
    with running(environment=environment(), tls="off") as emulator:
        assert run(["ca", "--url", emulator.url]) == 2
    reason = "TLS cannot be had: it is switched off (--tls off)."
    assert capsys.readouterr() == ("", f"duolect: {reason}\n")


def test_calls_are_shown_and_exported(duolect, account, capsys, tmp_path):
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


def test_calls_are_followed_until_ctrl_c(duolect, account):
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


def test_output_that_nobody_reads_ends_a_command_quietly(duolect, account):
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


@pytest.mark.parametrize(
    "command",
    [
        "verify --never AtachNetworkInterface",
        "verify --called AtachNetworkInterface=0",
        "journal show --action AtachNetworkInterface",
        "journal export --action AtachNetworkInterface",
        "journal follow --action AtachNetworkInterface",
        "faults add --cloud alibaba --fail --action AtachNetworkInterface",
    ],
)
def test_an_action_that_no_cloud_serves_is_refused_with_those_like_it(duolect, capsys, command):
    assert run([*command.split(), "--url", duolect.url]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "action AtachNetworkInterface; the nearest are AttachNetworkInterface, Detach" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("command", ["leaks", "state", "reset", "snapshot -", "restore -", "journal show"])
def test_a_region_that_no_cloud_has_is_refused(duolect, capsys, monkeypatch, command):
    monkeypatch.setattr("sys.stdin", StringIO(json.dumps(duolect.snapshot(access_key="nobody"))))
    status = run([*command.split(), "--region", "cn-hangzou", "--url", duolect.url])
    assert (status, capsys.readouterr().out) == (2, "")


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
def test_every_command_has_a_help_text(capsys, command):
    with pytest.raises(SystemExit) as ended:
        run([*command.split(), "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: duolect")


def test_what_exists_is_shown_as_a_tree(duolect, account, capsys):
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
    ("text", "message"),
    [
        ("[]", "must hold a JSON object"),
        ("{", "Expecting property name"),
        ("{}", "The snapshot cannot be restored"),
    ],
)
def test_a_file_that_is_no_snapshot_is_an_error(duolect, capsys, tmp_path, text, message):
    file = tmp_path / "snapshot.json"
    file.write_text(text)
    assert run(["restore", str(file), "--url", duolect.url]) == 2
    assert message in capsys.readouterr().err
    assert run(["restore", "/nowhere", "--url", duolect.url]) == 2
    assert run(["snapshot", "/nowhere/at/all", "--url", duolect.url]) == 2


def test_faults_are_added_listed_and_removed(duolect, account, capsys):
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


def test_a_snapshot_is_the_text_that_the_emulator_writes(duolect, account, capsys, tmp_path):
    account.lay("alibaba", networks=[{"id": "vpc-1", "VpcName": "中国", "CidrBlock": "10.0.0.0/8"}])
    file = tmp_path / "snapshot.json"
    whose = ["--access-key", account.access_key, "--url", duolect.url]
    assert run(["snapshot", *whose]) == 0
    written = capsys.readouterr().out
    assert run(["snapshot", str(file), *whose]) == 0
    assert json.loads(file.read_bytes())["partitions"][0]["networks"].keys() == {"vpc-1"}
    assert file.read_text("utf-8").splitlines()[6:] == written.splitlines()[6:]
    assert "中国" in written


def test_a_snapshot_holds_what_it_is_asked_for(duolect, account, tmp_path):
    file = tmp_path / "snapshot.json"
    rule = duolect.faults.add(cloud="tencent", access_key=account.access_key, latency_ms=0, jitter_ms=1)
    url = ["--url", duolect.url]
    try:
        assert (
            run(
                [
                    "snapshot",
                    "--with",
                    "faults,conditions",
                    str(file),
                    "--access-key",
                    account.access_key,
                    *url,
                ]
            )
            == 0
        )
        assert json.loads(file.read_text())["faults"]["rules"][0]["id"] == rule
        duolect.faults.remove(rule)
        assert run(["restore", str(file), *url]) == 0
        assert duolect.faults.get(rule)["jitter_ms"] == 1
        assert "faults" in account.snapshot(beside=["faults"])
        assert "faults" not in account.snapshot()
    finally:
        duolect.faults.remove(rule)


def test_a_snapshot_cannot_hold_what_there_is_not(duolect, capsys):
    assert run(["snapshot", "--with", "colours", "--url", duolect.url]) == 2
    assert "with must be of faults, conditions, keys, marks" in capsys.readouterr().err
