"""What a server in a container needs: files laid at the start, sockets, JSON only, snapshots on the way."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.contract.server import environment
from tests.emulator.http_calls import create_vpc

from duolect.account import Account
from duolect.cli.command import run
from duolect.client import Unreachable
from duolect.testing.process import NotStarted, running

EVERYONE = '[[alibaba]]\nnetworks = [{id = "vpc-%s", CidrBlock = "10.0.0.0/8"}]\n'
MINE = '[[alibaba]]\naccount = "me"\nnetworks = [{id = "vpc-%s", CidrBlock = "10.0.0.0/8"}]\n'


def emulator(*flags, variables=None, **settings):
    return running(*flags, environment=environment(**(variables or {})), **settings)


def networks(duolect, account):
    tree = duolect.state(access_key=account)
    return [node["id"] for each in tree["partitions"] for node in each["nodes"]]


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


# -- the boot folder -------------------------------------------------------------------------------------


def test_worlds_and_snapshots_of_a_folder_are_laid_in_the_order_of_their_names(tmp_path):
    snapshot, boot = tmp_path / "taken.json", tmp_path / "boot.d"
    boot.mkdir()
    with emulator(timing="instant") as duolect:
        create_vpc(Account(duolect, "kept"))
        (taken,) = networks(duolect, "kept")
        assert run(["snapshot", "--access-key", "kept", str(snapshot), "--url", duolect.url]) == 0
    (boot / "20-mine.toml").write_text(MINE % "second")
    (boot / "10-all.toml").write_text('[[keys]]\nid = "k"\nsecret = "s"\n' + EVERYONE % "first")
    (boot / "30-kept.json").symlink_to(snapshot)
    (boot / "..data").mkdir()  # as Kubernetes mounts a ConfigMap
    with emulator(variables={"DUOLECT_BOOT_DIR": str(boot)}) as duolect:
        assert networks(duolect, "kept") == [taken]
        assert networks(duolect, "me") == ["vpc-first", "vpc-second"]
        create_vpc(Account(duolect, "new"))
        assert networks(duolect, "new")[0] == "vpc-first"
        assert [key["id"] for key in duolect.keys.list()] == ["k"]
        duolect.reset()
        create_vpc(Account(duolect, "me"))
        assert networks(duolect, "me")[:2] == ["vpc-first", "vpc-second"]


def test_a_snapshot_that_is_kept_comes_after_those_of_the_folder(tmp_path):
    state, boot = tmp_path / "state.json", tmp_path / "boot.d"
    boot.mkdir()
    flags = {"boot_dir": boot, "snapshot": state, "snapshot_on_exit": state}
    (boot / "world.toml").write_text(MINE % "mine")
    with emulator(**flags) as duolect:
        create_vpc(Account(duolect, "me"))
        assert len(networks(duolect, "me")) == 2
    with emulator(**flags) as duolect:
        assert len(networks(duolect, "me")) == 2


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a.toml": EVERYONE % "x", "b.toml": EVERYONE % "x"}, "b.toml:2: the id vpc-x is taken already"),
        ({"a.toml": MINE % "x", "b.toml": EVERYONE % "x"}, "b.toml:2: the id vpc-x is taken already"),
        ({"a.yaml": ""}, "a.yaml is neither a world (.toml) nor a snapshot (.json)"),
        ({"a.json": "{}"}, "a.json cannot be restored: /"),
        ({"a.toml": "["}, "a.toml: "),
        (None, "boot.d: No such file or directory"),
    ],
)
def test_a_folder_that_cannot_be_laid_is_one_line(tmp_path, files, reason):
    boot = tmp_path / "boot.d"
    for name, text in (files or {}).items():
        boot.mkdir(exist_ok=True)
        (boot / name).write_text(text)
    with pytest.raises(NotStarted) as refused, emulator(boot_dir=boot):
        pass
    assert reason in str(refused.value)
    assert str(refused.value).count("\n") == 0


# -- a socket in the file system -------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path):
    """A path that is short enough for a socket, however deep the test's folder is."""
    short = Path("/tmp") / f"duolect-{abs(hash(tmp_path))}.sock"  # noqa: S108 - removed below
    yield short
    short.unlink(missing_ok=True)


def test_an_emulator_listens_on_a_path(path, capsys, monkeypatch):
    with emulator(uds=path) as duolect:
        assert duolect.endpoint == duolect.url == f"unix:{path}"
        assert duolect.health()["status"] == "ok"
        assert run(["health", "--url", duolect.url]) == 0
        monkeypatch.delenv("DUOLECT_ENDPOINT", raising=False)
        monkeypatch.setenv("DUOLECT_UDS", str(path))
        assert run(["health"]) == 0
        assert capsys.readouterr().out.count(f"on unix:{path} serves") == 2
        with pytest.raises(NotStarted, match="another server listens there"), emulator(uds=path):
            pass
        assert duolect.health()["status"] == "ok"
    assert not path.exists()
    with pytest.raises(Unreachable, match=f"no emulator answers on unix:{path}: "):
        duolect.health()


def test_a_socket_that_was_left_behind_is_replaced(path):
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    with emulator(uds=path) as duolect:
        assert duolect.health()["status"] == "ok"


@pytest.mark.parametrize("name", ["file", "absent/socket", "x" * 200])
def test_a_path_where_no_socket_can_be_is_one_line(tmp_path, name):
    (tmp_path / "file").write_text("precious")
    with (
        pytest.raises(NotStarted, match="uds: cannot listen on ") as refused,
        emulator(uds=tmp_path / name),
    ):
        pass
    assert "\n" not in str(refused.value)
    assert (tmp_path / "file").read_text() == "precious"


# -- the log ---------------------------------------------------------------------------------------------


def test_a_server_that_logs_json_writes_nothing_else():
    with subprocess.Popen(
        [sys.executable, "-m", "duolect", "serve", "--port", "0", "--log-format", "json"],
        env=environment(DUOLECT_LOG_LEVEL="info"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        ready = json.loads(server.stdout.readline())
        with socket.create_connection(("127.0.0.1", int(ready["endpoint"].rpartition(":")[2]))) as client:
            client.sendall(b"GET /?AccessKeyId=me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            while client.recv(4096):
                pass
        server.terminate()
        said, logged = server.communicate(timeout=10)
    assert ready["message"] == f"Duolect is ready on http://{ready['endpoint']}"
    assert (ready["level"], ready["logger"]) == ("INFO", "duolect")
    assert said == ""
    assert "MissingAction" in {json.loads(line).get("code") for line in logged.splitlines()}


def test_a_program_finds_an_emulator_that_logs_json():
    with emulator(log_format="json") as duolect:
        assert duolect.health()["status"] == "ok"


# -- snapshots while it serves ---------------------------------------------------------------------------


def test_a_snapshot_is_written_again_and_again(tmp_path):
    state = tmp_path / "state.json"
    with emulator(snapshot_on_exit=state, snapshot_every="1s") as duolect:
        wait_for(state.exists)
        create_vpc(Account(duolect, "me"))
        wait_for(lambda: json.loads(state.read_bytes())["partitions"])
        first = state.stat().st_mtime_ns
        wait_for(lambda: state.stat().st_mtime_ns > first)


def test_a_snapshot_that_cannot_be_written_is_logged_and_tried_again(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    state = folder / "state.json"
    with subprocess.Popen(  # noqa: S603 - our own server
        [
            *(sys.executable, "-m", "duolect", "serve", "--port", "0"),
            *("--snapshot-on-exit", str(state), "--snapshot-every", "1s"),
        ],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        server.stdout.readline()
        folder.rename(tmp_path / "moved")
        complaint = server.stderr.readline()
        (tmp_path / "moved").rename(folder)
        wait_for(state.exists)
        server.terminate()
        assert server.wait(10) == 0
    assert f"ERROR duolect.snapshots: snapshot-on-exit: {state}: No such file or directory" in complaint


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"snapshot_every": "1s"}, "snapshot-every needs snapshot-on-exit, which names the file"),
        ({"snapshot_every": "999ms", "snapshot_on_exit": "x"}, "snapshot-every must be at least 1s"),
        ({"snapshot_every": "soon", "snapshot_on_exit": "x"}, "snapshot-every: 'soon' is not a duration"),
    ],
)
def test_an_interval_that_cannot_be_is_one_line(settings, reason):
    with pytest.raises(NotStarted) as refused, emulator(**settings):
        pass
    assert reason in str(refused.value)


# -- what a cluster says of a service --------------------------------------------------------------------


def test_what_kubernetes_says_of_a_service_called_duolect_is_no_port():
    with emulator(
        variables={"DUOLECT_PORT": "tcp://10.96.0.7:4780", "DUOLECT_SERVICE_HOST": "10.96.0.7"}
    ) as duolect:
        assert duolect.health()["status"] == "ok"
