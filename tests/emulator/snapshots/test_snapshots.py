"""Snapshots: what comes back is what was, for all clients of the emulator, or the reason why not."""

import json
from contextlib import suppress
from itertools import count
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.emulator.asgi import send
from tests.emulator.resources import create_resources
from tests.harness import START, AlibabaClient, ApiError, emulator

from duolect.bootstrap import bootstrap
from duolect.clock import LATEST, Clock, ClockMode
from duolect.server.app import make_app
from duolect.settings.settings import Settings, SettingsError
from duolect.snapshots import files as snapshot_files
from duolect.snapshots import snapshots
from duolect.snapshots.snapshots import Scope
from duolect_core.archive import Unfit, dump
from duolect_core.model.resources import SECOND

WORLDS = Path(__file__).parents[3] / "examples" / "worlds"


@pytest.fixture
def world():
    """Return an emulator with something in three partitions: two accounts, two clouds."""
    made = emulator()
    for client in (made.alibaba("one"), made.alibaba("two"), made.tencent("one")):
        create_resources(client)
    return made


def dumps(world):
    return {key: dump(partition) for key, partition in world.pipeline.partitions.items()}


def again(world, scope=snapshots.EVERYTHING):
    """Return a snapshot as it is after it was written to a file and read again."""
    return snapshots.parse(snapshots.write(snapshots.take(world.pipeline.state, scope)))


def change(world):
    """Let something happen in every partition, and in a new one."""
    for client in (world.alibaba("one"), world.alibaba("two")):
        client.call("CreateVpc", "2016-04-28")
    world.tencent("one").call("CreateVpc", VpcName="n", CidrBlock="10.1.0.0/16")
    world.alibaba("three").call("CreateVpc", "2016-04-28")


def test_what_was_restored_goes_on_as_it_would_have(world):
    client = world.alibaba("one")
    snapshot, before = again(world), dumps(world)
    first = client.call("CreateVpc", "2016-04-28")["VpcId"]
    change(world)
    done = snapshots.restore(world.pipeline.state, snapshot)
    assert dumps(world) == before
    assert client.call("CreateVpc", "2016-04-28")["VpcId"] == first
    assert [*done.restored] == [*before]
    assert [*done.forgotten] == [*before, ("alibaba", "three", "cn-hangzhou")]


def test_an_emulator_that_never_saw_it_takes_a_snapshot(world):
    other = emulator(seed=7)
    snapshots.restore(other.pipeline.state, again(world))
    assert dumps(other) == dumps(world)
    assert other.alibaba("two").call("CreateVpc", "2016-04-28").keys()
    assert snapshots.take(world.pipeline.state) == again(world)


@pytest.mark.parametrize(
    ("taken", "wanted", "covered"),
    [
        (Scope(access_key="one"), Scope(), Scope(access_key="one")),
        (Scope(), Scope(cloud="tencent"), Scope(cloud="tencent")),
        (Scope(access_key="one"), Scope(cloud="alibaba"), Scope("alibaba", "one")),
        (Scope("alibaba", "three", "cn-hangzhou"), Scope(), Scope("alibaba", "three")),
        (Scope(region="cn-hangzhou"), Scope(access_key="two"), Scope("alibaba", "two")),
    ],
)
def test_only_what_is_covered_and_wanted_changes(world, taken, wanted, covered):
    snapshot, before = again(world, taken), dumps(world)
    change(world)
    changed = dumps(world)
    snapshots.restore(world.pipeline.state, snapshot, wanted)
    expected = {key: tree for key, tree in changed.items() if not covered.covers(key)}
    expected |= {key: tree for key, tree in before.items() if covered.covers(key)}
    assert dumps(world) == expected


def test_a_snapshot_of_one_account_cannot_restore_another(world):
    snapshot = again(world, Scope(access_key="one"))
    with pytest.raises(Unfit, match="/scope/access_key: is one, and not two"):
        snapshots.restore(world.pipeline.state, snapshot, Scope(access_key="two"))


def test_another_account_gets_what_one_account_had(world):
    snapshot, before = again(world, Scope(access_key="one")), dumps(world)
    world.alibaba("three").call("CreateVpc", "2016-04-28")
    done = snapshots.restore(world.pipeline.state, snapshot, into="three")
    assert sorted(done.restored) == [
        ("alibaba", "three", "cn-hangzhou"),
        ("tencent", "three", "ap-guangzhou"),
    ]
    assert list(done.forgotten) == [("alibaba", "three", "cn-hangzhou")]
    after = dumps(world)
    for cloud, _, region in done.restored:
        assert after.pop((cloud, "three", region)) == before[(cloud, "one", region)]
    assert after == before
    first, second = (
        world.alibaba(key).call("CreateVpc", "2016-04-28")["VpcId"] for key in ("one", "three")
    )
    assert first == second


def test_only_one_account_can_be_given_to_another(world):
    before = dumps(world)
    with pytest.raises(Unfit, match="is not one account, which another one could get"):
        snapshots.restore(world.pipeline.state, again(world), into="three")
    assert dumps(world) == before


def test_a_clock_that_stood_still_stands_there_again(world):
    snapshot = again(world)
    world.clock.advance(3600 * SECOND)
    world.clock.run(1.0)
    snapshots.restore(world.pipeline.state, snapshot)
    assert (world.clock.mode, world.clock.now()) == (ClockMode.MANUAL, START)


def test_a_clock_that_ran_or_that_others_need_goes_on(world):
    part = again(world, Scope(cloud="alibaba"))
    world.clock.run(60.0)
    running = again(world)
    world.clock.run(0)
    world.clock.advance(3600 * SECOND)
    now = world.clock.now()
    for snapshot in (part, running):
        snapshots.restore(world.pipeline.state, snapshot)
        assert world.clock.now() == now


def test_a_partition_that_is_ahead_of_the_clock_waits_for_it(world):
    client = world.alibaba("one")
    world.clock.advance(3600 * SECOND)
    client.call("CreateVpc", "2016-04-28")
    snapshot = again(world, Scope(access_key="one"))
    earlier = emulator()
    snapshots.restore(earlier.pipeline.state, snapshot)
    later = earlier.alibaba("one")
    (status, *_) = [each["Status"] for each in vpcs(later)]
    assert status == "Pending"
    earlier.clock.advance(3599 * SECOND)
    assert vpcs(later)[0]["Status"] == "Pending"
    earlier.clock.advance(2 * SECOND)
    assert vpcs(later)[0]["Status"] == "Available"


def vpcs(client):
    return client.call("DescribeVpcs", "2016-04-28")["Vpcs"]["Vpc"]


def test_calls_are_throttled_as_ever_after_an_earlier_time_is_back():
    world = emulator(throttle="vendor")
    client = world.alibaba()
    snapshot = again(world)
    world.clock.advance(3600 * SECOND)
    vpcs(client)
    snapshots.restore(world.pipeline.state, snapshot)
    assert vpcs(client) == []


def test_what_was_restored_has_not_leaked(world):
    snapshots.restore(world.pipeline.state, again(world))
    key = ("alibaba", "one", "cn-hangzhou")
    (partition,) = [partition for name, partition in world.pipeline.partitions.items() if name == key]
    assert world.pipeline.partitions.seeded(key) == partition.created > 0


# -- everything after it comes out the same ---------------------------------------------------------

CALLS = {
    "alibaba": [
        ("CreateVpc", lambda _: {"version": "2016-04-28", "ClientToken": "t"}),
        ("CreateVpc", lambda _: {"version": "2016-04-28"}),
        (
            "CreateNetworkInterface",
            lambda m: {"VSwitchId": m.subnet, "SecurityGroupId": m.group, "ClientToken": "n"},
        ),
        ("AttachNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface, "InstanceId": m.instance}),
        ("DetachNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface, "InstanceId": m.instance}),
        (
            "AssignPrivateIpAddresses",
            lambda m: {"NetworkInterfaceId": m.interface, "SecondaryPrivateIpAddressCount": 2},
        ),
        ("DeleteNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface}),
        ("DescribeNetworkInterfaces", lambda _: {}),
        ("StopInstance", lambda m: {"InstanceId": m.instance}),
        ("DescribeInstances", lambda _: {}),
    ],
    "tencent": [
        ("CreateVpc", lambda _: {"VpcName": "n", "CidrBlock": "10.1.0.0/16"}),
        (
            "CreateNetworkInterface",
            lambda m: {
                "VpcId": m.network,
                "SubnetId": m.subnet,
                "NetworkInterfaceName": "n",
                "ClientToken": "n",
            },
        ),
        ("AttachNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface, "InstanceId": m.instance}),
        ("DetachNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface, "InstanceId": m.instance}),
        (
            "AssignPrivateIpAddresses",
            lambda m: {"NetworkInterfaceId": m.interface, "SecondaryPrivateIpAddressCount": 2},
        ),
        ("DeleteNetworkInterface", lambda m: {"NetworkInterfaceId": m.interface}),
        ("DescribeNetworkInterfaces", lambda _: {}),
        ("DescribeVpcTaskResult", lambda _: {"TaskId": "request-1"}),
    ],
}
MOVES = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 50, 200, 5_000])), max_size=8)


def play(world, client, made, moves):
    """Make calls while time passes, and return all answers as they came, request ids included."""
    numbers = count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("duolect.calls.pipeline.new_request_id", lambda: f"request-{next(numbers)}")
        answers = []
        for number, milliseconds in moves:
            calls = CALLS["alibaba" if isinstance(client, AlibabaClient) else "tencent"]
            action, given = calls[number % len(calls)]
            with suppress(ApiError):
                client.call(action, **given(made))
            answers.append((client.last.status, client.last.body))
            world.advance(milliseconds)
        return answers


@pytest.mark.parametrize("cloud", ["alibaba", "tencent"])
@given(before=MOVES, after=MOVES)
@settings(max_examples=25, deadline=None)
def test_all_answers_after_a_restore_are_those_without_it(cloud, before, after):
    world = emulator()
    client = getattr(world, cloud)("one")
    made = create_resources(client)
    play(world, client, made, before)
    snapshot = again(world)
    expected = play(world, client, made, after)
    snapshots.restore(world.pipeline.state, snapshot)
    assert play(world, client, made, after) == expected
    other = emulator(seed=9)
    snapshots.restore(other.pipeline.state, snapshot)
    assert play(other, getattr(other, cloud)("one"), made, after) == expected


# -- refusals ---------------------------------------------------------------------------------------


def put(*path, value):
    def damage(tree):
        *parts, last = path
        for part in parts:
            tree = tree[part]
        tree[last] = value

    return damage


DAMAGES = [
    (put("format", value="other"), "/format: is not 'duolect snapshot'"),
    (put("version", value=2), "/version: is not 1, the only one that this Duolect reads"),
    (put("colour", value="red"), "/colour: is not known here"),
    (put("made_by", value=1), "/made_by: must be text, not 1"),
    (put("scope", value=[]), "/scope: must be an object"),
    (put("scope", value={"cloud": 7}), "/scope/cloud: must be text, not 7"),
    (put("scope", value={"cloud": "tencent"}), "/partitions/0: is not in the snapshot's scope"),
    (put("clock", value={}), "/clock/mode: is missing"),
    (put("clock", "now", value=LATEST + 1), "/clock/now: is not in the years 1970 to 9999"),
    (put("partitions", value={}), "/partitions: must be a list"),
    (lambda tree: tree.pop("partitions"), "/partitions: must be a list"),
    (put("partitions", 1, value=7), "/partitions/1: must be an object"),
    (lambda tree: tree["partitions"][0].pop("cloud"), "/partitions/0/cloud: is missing"),
    (put("partitions", 0, "cloud", value="other"), "/partitions/0/cloud: there is no cloud other"),
    (put("partitions", 0, "region", value="mars"), "/partitions/0/region: alibaba has no region mars"),
    (lambda tree: tree["partitions"].append(tree["partitions"][0]), "/partitions/3: stands there twice"),
    (put("partitions", 2, "now", value=LATEST + 1), "/partitions/2/now: is not in the years 1970 to 9999"),
    (put("partitions", 2, "created", value="x"), "/partitions/2/created: must be a whole number, not 'x'"),
    (put("partitions", 2, "networks", value={}), "/partitions/2/"),
]


@pytest.mark.parametrize(("damage", "reason"), DAMAGES)
def test_what_cannot_be_restored_is_refused_and_changes_nothing(world, damage, reason):
    snapshot = again(world)
    damage(snapshot)
    change(world)
    world.clock.advance(SECOND)
    world.pipeline.partitions.settle(world.clock.now())
    before, now = dumps(world), world.clock.now()
    with pytest.raises(Unfit) as refusal:
        snapshots.restore(world.pipeline.state, snapshot)
    assert str(refusal.value).startswith(reason)
    assert (dumps(world), world.clock.now()) == (before, now)


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_text_that_is_no_json_is_refused(text):
    with pytest.raises(Unfit, match="is no JSON"):
        snapshots.parse(text)


@pytest.mark.parametrize("tree", [None, [], {}, {"format": "duolect snapshot"}])
def test_a_tree_that_is_no_snapshot_is_refused(world, tree):
    with pytest.raises(Unfit):
        snapshots.restore(world.pipeline.state, tree)


def test_a_text_is_readable_even_where_a_name_is_half_a_character(world):
    snapshot = snapshots.take(world.pipeline.state)
    snapshot["made_by"] = "中\ud800"
    text = snapshots.write(snapshot)
    assert "中\\ud800".encode() in text
    assert json.loads(text) == snapshot


# -- the control API --------------------------------------------------------------------------------


@pytest.fixture
def app(world):
    return make_app(world.pipeline, 1000)


def test_a_snapshot_is_taken_and_restored_over_http(world, app):
    taken = send(app, "GET", "/_duolect/snapshot?access_key=one")
    assert taken.headers["content-type"] == "application/json"
    before = dumps(world)
    change(world)
    answer = send(app, "POST", "/_duolect/restore?cloud=tencent", content=taken.content)
    assert answer.status_code == 200
    name = {"cloud": "tencent", "access_key": "one", "region": "ap-guangzhou"}
    assert answer.json() == {"restored": [name], "forgotten": [name]}
    key = tuple(name.values())
    assert dumps(world)[key] == before[key]


@pytest.mark.parametrize(
    ("query", "body", "status", "reason"),
    [
        ("", b"{}", 422, "The snapshot cannot be restored: /format: is not 'duolect snapshot'."),
        ("", b"[]", 400, "The body is not a JSON object."),
        ("", b'{"format": ', 400, "The body is not a JSON object."),
        ("?acount=x", b"{}", 400, "/_duolect/restore: there is no acount."),
    ],
)
def test_a_wrong_restore_is_a_problem_and_changes_nothing(world, *, query, body, status, reason):
    app, before = make_app(world.pipeline, 1000), dumps(world)
    answer = send(app, "POST", f"/_duolect/restore{query}", content=body)
    assert (answer.status_code, answer.json()["detail"]) == (status, reason)
    assert answer.headers["content-type"] == "application/problem+json"
    assert dumps(world) == before


def test_a_clock_that_stands_wakes_who_waits_for_it():
    clock = Clock(1.0, START + SECOND, machine=lambda: START)
    clock.stop_at(START)
    assert (clock.mode, clock.now()) == (ClockMode.MANUAL, START)


def test_a_scope_without_names_covers_everything():
    assert Scope().covers(("a", "b", "c"))
    assert attrs.astuple(Scope()) == (None, None, None)


# -- files ------------------------------------------------------------------------------------------


def begin(path, **more):
    return bootstrap(Settings(snapshot=str(path), **more), Clock(0, START))


def test_an_emulator_begins_with_the_snapshot_in_a_file_and_leaves_one(world, tmp_path):
    path = tmp_path / "state.json"
    snapshot_files.save(world.pipeline.state, path)
    assert json.loads(path.read_bytes()) == snapshots.take(world.pipeline.state)
    assert [each.name for each in tmp_path.iterdir()] == ["state.json"]
    pipeline = begin(path)
    assert {key: dump(each) for key, each in pipeline.partitions.items()} == dumps(world)
    snapshot_files.save(pipeline.state, path)
    assert json.loads(path.read_bytes()) == snapshots.take(world.pipeline.state)


def test_a_file_that_is_written_at_the_end_need_not_be_there_at_the_beginning(tmp_path):
    path = tmp_path / "state.json"
    assert list(begin(path, snapshot_on_exit=str(path)).partitions.items()) == []
    with pytest.raises(SettingsError, match="snapshot: there is no file"):
        begin(path)


def test_accounts_that_a_snapshot_does_not_have_begin_with_the_world(tmp_path):
    path, world = tmp_path / "state.json", str(WORLDS / "alibaba.toml")
    first = emulator(world=world)
    first.alibaba("one").call("CreateVpc", "2016-04-28")
    snapshot_files.save(first.pipeline.state, path)
    second = emulator(world=world, snapshot=str(path))
    assert dumps(second) == dumps(first)
    assert second.alibaba("one").partition.rules == first.alibaba("one").partition.rules
    assert len(vpcs(second.alibaba("one"))) == 2
    assert [each["VpcId"] for each in vpcs(second.alibaba("two"))] == ["vpc-main"]


@pytest.mark.parametrize("text", [b"", b"{}", b'{"format": "duolect snapshot"}'])
def test_a_file_that_is_no_snapshot_is_one_line(tmp_path, text):
    path = tmp_path / "state.json"
    path.write_bytes(text)
    with pytest.raises(SettingsError, match=f"snapshot: {path} cannot be restored: /") as error:
        begin(path)
    assert "\n" not in str(error.value)


def test_a_folder_is_no_snapshot(tmp_path):
    with pytest.raises(SettingsError, match=r"snapshot: .*: Is a directory"):
        begin(tmp_path)


def test_a_file_that_cannot_be_written_is_told_at_once(tmp_path):
    snapshot_files.check(tmp_path / "state.json")
    for path in (tmp_path, tmp_path / "absent" / "state.json"):
        with pytest.raises(SettingsError, match=r"snapshot-on-exit: .* cannot be written"):
            snapshot_files.check(path)


def test_a_snapshot_that_cannot_be_written_leaves_the_old_one(world, tmp_path, monkeypatch):
    path = tmp_path / "state.json"
    path.write_text("old")

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(SettingsError, match=f"snapshot-on-exit: {path}: No space left on device"):
        snapshot_files.save(world.pipeline.state, path)
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]
