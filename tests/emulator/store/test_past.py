"""The log of a partition, and what the partition was: over HTTP and by the command."""

import json

import pytest
from tests.emulator.store.servers import alibaba, serving, tencent, url_of
from tests.emulator.store.stored import Stored, furnish

from duolect.access.authentication import Key
from duolect.cli.main import main
from duolect.client import ControlError, Duolect
from duolect.faults.rules import FaultRule

PLACE = {"cloud": "alibaba", "access_key": "AKSTORE", "region": "cn-hangzhou"}
FLAGS = ["--cloud", "alibaba", "--access-key", "AKSTORE", "--region", "cn-hangzhou"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request, tmp_path_factory):
    """A server whose account has networks and groups in its log, beside one of another account."""
    if request.param == "sqlite":
        where = tmp_path_factory.mktemp("past") / "state.db"
    else:
        where = request.getfixturevalue("postgres").fresh()
    with serving(where, "--clock", "manual") as process:
        client = alibaba(process.port)
        for number in range(3):
            vpc = client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8", VpcName=f"v{number}")[
                "VpcId"
            ]
            client.post("clock/advance", {"by": 5})
            client.call("CreateSecurityGroup", VpcId=vpc, SecurityGroupName=f"g{number}")
        tencent(process.port).call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")
        yield process


@pytest.fixture
def duolect(server):
    return Duolect(f"127.0.0.1:{server.port}")


def names(state):
    (partition,) = state["partitions"]
    return [each["name"] for each in partition["nodes"]]


def test_the_log_tells_every_command_with_its_request(duolect):
    log = duolect.log(**PLACE)
    assert (log["latest"], log["reach"]) == (6, 0)
    assert [each["command"] for each in log["commands"]] == ["CreateNetwork", "CreateGroup"] * 3
    assert [each["version"] for each in log["commands"]] == [1, 2, 3, 4, 5, 6]
    called = next(iter(duolect.journal.records(action="CreateVpc", cloud="alibaba")))
    assert log["commands"][0]["request_id"] == called["request_id"]
    assert log["commands"][0]["told"]["with"]["name"] == "v0"


def test_the_log_is_filtered_by_version_and_command(duolect):
    assert [each["version"] for each in duolect.log(**PLACE, since=4)["commands"]] == [5, 6]
    groups = duolect.log(**PLACE, command="CreateGroup", limit=2)["commands"]
    assert [each["version"] for each in groups] == [2, 4]


def test_every_version_can_be_seen_again(duolect):
    seen = [names(duolect.past(version, **PLACE)) for version in range(7)]
    assert seen[0] == []
    assert [len(each) for each in seen] == [0, 1, 1, 2, 2, 3, 3]
    latest = duolect.state(**PLACE)["partitions"][0]
    past = duolect.past(6, **PLACE)["partitions"][0]
    assert past["nodes"] == latest["nodes"]
    pending = duolect.past(1, **PLACE)["partitions"][0]["pending"]
    assert [each["trigger"] for each in pending] == ["provisioned"]


@pytest.mark.parametrize(
    ("query", "status", "detail"),
    [
        ({**PLACE, "at": 7}, 409, "There is no version 7 yet: the latest is 6."),
        (
            {"cloud": "alibaba", "at": 1},
            422,
            "at goes with cloud, access_key and region: a version is theirs.",
        ),
        ({**PLACE, "access_key": "no", "at": 1}, 404, "no has used nothing in alibaba cn-hangzhou."),
        ({**PLACE, "at": "x"}, 400, "/_duolect/state: at must be a whole number."),
    ],
)
def test_what_never_was_is_refused(duolect, query, status, detail):
    with pytest.raises(ControlError) as caught:
        duolect.call("GET", "state", query)
    assert (caught.value.status, str(caught.value)) == (status, detail)


def test_a_command_that_there_is_not_is_refused_with_the_nearest(duolect):
    with pytest.raises(ControlError, match="There is no command CreateGroups; the nearest"):
        duolect.log(**PLACE, command="CreateGroups")
    with pytest.raises(ControlError, match="limit must be from 1 to 1000"):
        duolect.log(**PLACE, limit=0)


def test_without_a_store_there_is_no_past(open_server):
    duolect = Duolect(f"127.0.0.1:{open_server.port}")
    for ask in (duolect.log, lambda **place: duolect.past(0, **place)):
        with pytest.raises(ControlError, match="No store keeps the past: start the emulator with --store"):
            ask(**PLACE)
    assert duolect.health()["store"] is None


def test_the_command_shows_the_log_as_text_and_as_json(server, capsys, monkeypatch):
    monkeypatch.setenv("DUOLECT_ENDPOINT", f"127.0.0.1:{server.port}")
    assert main(["log", *FLAGS, "--since", "4"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["version", "5", "6"]
    assert "CreateNetwork" in lines[1]
    assert main(["log", *FLAGS, "--command", "CreateGroup", "--limit", "1", "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert (shown["version"], shown["command"]) == (2, "CreateGroup")
    assert main(["log", *FLAGS[:4]]) == 2
    assert "log needs --region" in capsys.readouterr().err


def test_health_tells_of_the_store(duolect):
    store = duolect.health()["store"]
    assert store["name"].endswith(("state.db", "/postgres"))
    assert (store["sync"], store["reason"]) == ("normal", "")
    assert store["commands"] >= 7


def test_a_store_is_exported_and_imported(place, tmp_path, capsys):
    first, second, snapshot = place("a"), place("b"), tmp_path / "state.json"
    with serving(first, "--clock", "manual") as process:
        alibaba(process.port).call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
        if url_of(first).startswith("sqlite"):
            assert main(["store", "export", url_of(first), str(snapshot)]) == 2
            assert "is in use" in capsys.readouterr().err
        before = alibaba(process.port).get("snapshot")[1]
    assert main(["store", "export", url_of(first), str(snapshot)]) == 0
    assert json.loads(snapshot.read_text())["partitions"] == before["partitions"]
    assert main(["store", "import", url_of(second), str(snapshot)]) == 0
    assert main(["store", "import", url_of(second), str(snapshot)]) == 2
    assert "is there already" in capsys.readouterr().err
    with serving(second, "--clock", "manual") as process:
        assert alibaba(process.port).get("snapshot")[1]["partitions"] == before["partitions"]
    assert main(["store", "export", url_of(place("no")), str(snapshot)]) == 2
    said = capsys.readouterr()
    assert "there is no " in said.err
    assert "s3cret" not in said.out + said.err


def test_a_store_is_exported_and_imported_with_what_is_beside_its_partitions(tmp_path, capsys):
    stored, names = Stored(tmp_path / "state.db", keys="AKSET:said"), "faults,conditions,keys,marks"
    furnish(stored)
    stored.pipeline.faults.add(
        FaultRule(cloud="tencent", code="LimitExceeded", action="CreateVpc", times=2)
    )
    stored.pipeline.access.authenticator.put_key("AKA", Key("secret"))
    stored.pipeline.access.authenticator.put_key("AKSET", Key("changed"))
    stored.pipeline.marks.set(5)
    stored.stop()
    url, other, file = f"sqlite:///{stored.file}", tmp_path / "other.db", tmp_path / "state.json"
    assert main(["store", "export", "--with", names, url, str(file)]) == 0
    tree = json.loads(file.read_text())
    assert [each["id"] for each in tree["keys"]] == ["AKA"]
    assert main(["store", "import", f"sqlite:///{other}", str(file)]) == 0
    again = Stored(other)
    assert [each.id for each in again.pipeline.faults.all] == ["f-1"]
    assert again.pipeline.access.authenticator.keys["AKA"].secret == "secret"
    assert again.pipeline.marks.get("mark-1").at == 5
    again.kill()
    assert main(["store", "export", "--with", "colours", url, str(file)]) == 2
    assert "with must be of" in capsys.readouterr().err
