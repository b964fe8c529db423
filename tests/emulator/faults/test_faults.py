"""Faults, as clients of both clouds meet them: what each effect does, and to whom."""

import json

import pytest
from tests.emulator.furnished import furnish
from tests.harness import START, ApiError, emulator

from duolect.access.conditions import InvalidCondition
from duolect.faults.engine import HEADER
from duolect.faults.responses import ConnectionClosed, Postponed
from duolect.faults.rules import FaultRule, InvalidRule
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.invariants import check
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import MILLISECOND
from duolect_dialects.exchange import HttpAnswer


class Cloud:
    """One client of a cloud with some resources, and the words that differ."""

    def __init__(self, name, **settings):
        self.name = name
        self.emulator = emulator(**settings)
        self.client = getattr(self.emulator, name)()
        self.things = furnish(self.client)
        self.faults = self.emulator.pipeline.faults
        self.graph = self.client.partition.graph

    def fault(self, action="*", **more):
        return self.faults.add(FaultRule(cloud=self.name, action=action, **more))

    def ask(self, action, **parameters):
        """Send a call and return whatever comes of it."""
        return self.emulator.pipeline.answer(self.client.request(action, **parameters))

    def describe(self):
        return self.ask("DescribeNetworkInterfaces")

    def attach(self, interface=None):
        return self.ask(
            "AttachNetworkInterface",
            NetworkInterfaceId=interface or self.things.interface,
            InstanceId=self.things.instance,
        )

    def create(self, **more):
        if self.name == "alibaba":
            return self.ask(
                "CreateNetworkInterface",
                VSwitchId=self.things.subnet,
                SecurityGroupId=self.things.group,
                **more,
            )
        name = more.pop("NetworkInterfaceName", "n")
        return self.ask(
            "CreateNetworkInterface",
            VpcId=self.things.network,
            SubnetId=self.things.subnet,
            NetworkInterfaceName=name,
            **more,
        )

    def state(self):
        """Return the state of the interface as it is, whatever describing would show."""
        self.client.partition.settle(self.emulator.clock.now())
        return self.graph.interfaces[self.things.interface].state

    def shown(self, outcome):
        """Return how a describing answer shows the free interface."""
        tree = json.loads(outcome.body)
        if self.name == "alibaba":
            sets = tree["NetworkInterfaceSets"]["NetworkInterfaceSet"]
            return {each["NetworkInterfaceId"]: each["Status"] for each in sets}[self.things.interface]
        sets = tree["Response"]["NetworkInterfaceSet"]
        return {each["NetworkInterfaceId"]: each["State"] for each in sets}[self.things.interface]


@pytest.fixture(params=["alibaba", "tencent"])
def cloud(request):
    made = Cloud(request.param)
    yield made
    assert check(made.client.partition) == []


def code(outcome):
    """Return the code of an answer; an empty one where it was granted."""
    tree = json.loads(outcome.body)
    return tree.get("Code") or tree.get("Response", {}).get("Error", {}).get("Code", "")


CODES = {"alibaba": "InvalidOperation.InvalidEniState", "tencent": "UnsupportedOperation.ZoneMismatch"}
THROTTLED = {"alibaba": "Throttling.User", "tencent": "RequestLimitExceeded"}
EXHAUSTED = {
    "alibaba": "InvalidVSwitchId.IpNotEnough",
    "tencent": "ResourceInsufficient.Subnet",
}


# -- answers that take the place of the cloud's --------------------------------------------------------


def test_a_code_is_answered_and_nothing_is_done(cloud):
    fault = cloud.fault("AttachNetworkInterface", code=CODES[cloud.name])
    answer = cloud.attach()
    assert code(answer) == CODES[cloud.name]
    assert answer.headers[HEADER] == fault.id == "f-1"
    assert (fault.matches, fault.hits) == (1, 1)
    assert cloud.state() is InterfaceState.AVAILABLE
    assert HEADER not in cloud.describe().headers


def test_a_code_for_all_actions_strikes_those_that_document_it(cloud):
    fault = cloud.fault(code=CODES[cloud.name])
    assert code(cloud.attach()) == CODES[cloud.name]
    assert code(cloud.ask("DescribeVpcs" if cloud.name == "tencent" else "DescribeRegions")) == ""
    assert fault.hits == 1


def test_a_call_comes_too_soon(cloud):
    cloud.fault("CreateNetworkInterface", throttle=True)
    cloud.fault("DescribeNetworkInterfaces", throttle=True)
    for answer in (cloud.create(), cloud.describe()):
        assert code(answer).startswith(THROTTLED[cloud.name])


def test_a_status_comes_without_a_body(cloud):
    cloud.fault(http_status=503)
    answer = cloud.attach()
    assert (answer.status, answer.body, answer.headers) == (503, b"", {HEADER: "f-1"})
    assert cloud.state() is InterfaceState.AVAILABLE


def test_a_connection_is_closed_before_anything_is_done(cloud):
    cloud.fault(disconnect=True)
    assert cloud.attach() == ConnectionClosed()
    assert cloud.state() is InterfaceState.AVAILABLE


@pytest.mark.parametrize("effect", [{"disconnect": True}, {"http_status": 502}, {"throttle": True}])
def test_with_after_the_change_is_made_and_its_answer_lost(cloud, effect):
    cloud.fault("AttachNetworkInterface", after=True, **effect)
    lost = cloud.attach()
    assert isinstance(lost, ConnectionClosed) or lost.status == 502 or code(lost).startswith(THROTTLED[cloud.name])
    assert cloud.state() is InterfaceState.ATTACHING


def test_an_answer_breaks_off_in_the_middle(cloud):
    cloud.fault("AttachNetworkInterface", truncate=True)
    broken = cloud.attach()
    assert isinstance(broken, ConnectionClosed)
    assert (broken.answer.status, broken.answer.headers[HEADER]) == (200, "f-1")
    assert cloud.state() is InterfaceState.ATTACHING


def test_the_journal_tells_what_a_fault_did(cloud):
    cloud.fault("AttachNetworkInterface", disconnect=True, times=1)
    cloud.fault("AttachNetworkInterface", code=CODES[cloud.name])
    cloud.attach()
    cloud.attach()
    lost, refused = cloud.emulator.pipeline.journal.records()
    assert (lost.fault, lost.status, lost.outcome) == ("f-1", 0, "failed")
    assert (refused.fault, refused.code, refused.outcome) == ("f-2", CODES[cloud.name], "refused")


# -- lateness ------------------------------------------------------------------------------------------


def test_a_late_call_is_carried_out_when_it_has_waited(cloud):
    cloud.fault("AttachNetworkInterface", latency_ms=500)
    late = cloud.attach()
    now = cloud.emulator.clock.now()
    assert isinstance(late, Postponed)
    assert late.until == now + 500 * MILLISECOND
    assert cloud.state() is InterfaceState.AVAILABLE
    assert not list(cloud.emulator.pipeline.journal.records())
    cloud.emulator.advance(500)
    answer = late.resume()
    assert (code(answer), answer.headers[HEADER]) == ("", "f-1")
    assert cloud.state() is InterfaceState.ATTACHING
    (record,) = cloud.emulator.pipeline.journal.records()
    assert record.at == late.until


def test_a_late_answer_tells_of_what_was_done_at_once(cloud):
    cloud.fault("AttachNetworkInterface", latency_ms=500, after=True)
    late = cloud.attach()
    assert isinstance(late, Postponed)
    assert cloud.state() is InterfaceState.ATTACHING
    assert isinstance(late.resume(), HttpAnswer)


def test_jitter_is_drawn_from_the_seed(cloud):
    cloud.fault(latency_ms=100, jitter_ms=100)
    twin = Cloud(cloud.name)
    twin.fault(latency_ms=100, jitter_ms=100)
    waits = [
        [each.describe().until - each.emulator.clock.now() for _ in range(20)] for each in (cloud, twin)
    ]
    assert waits[0] == waits[1]
    assert len(set(waits[0])) > 10
    assert all(100 * MILLISECOND <= wait <= 200 * MILLISECOND for wait in waits[0])


def test_a_late_call_can_be_refused_in_the_end(cloud):
    cloud.fault("AttachNetworkInterface", latency_ms=500)
    cloud.fault("AttachNetworkInterface", code=CODES[cloud.name])
    refused = cloud.attach().resume()
    assert (code(refused), refused.headers[HEADER]) == (CODES[cloud.name], "f-1, f-2")


def test_a_late_call_whose_partition_was_forgotten_meets_the_new_one(cloud):
    cloud.fault("AttachNetworkInterface", latency_ms=500)
    late = cloud.attach()
    cloud.emulator.pipeline.partitions.forget()
    assert code(late.resume()) != ""


def test_a_failure_of_the_emulator_after_waiting_is_apologised_for(cloud, monkeypatch):
    cloud.fault("AttachNetworkInterface", latency_ms=500)
    late = cloud.attach()
    monkeypatch.setattr("duolect.faults.engine.InjectedFaults.inject", lambda *_: 1 / 0)
    assert code(late.resume()) == "InternalError"


# -- inside the state machine --------------------------------------------------------------------------


def test_an_attachment_fails_when_it_is_due(cloud):
    fault = cloud.fault("AttachNetworkInterface", fail=True)
    answer = cloud.attach()
    assert (code(answer), answer.headers[HEADER], fault.hits) == ("", "f-1", 1)
    assert cloud.state() is InterfaceState.ATTACHING
    cloud.emulator.advance()
    assert cloud.state() is InterfaceState.AVAILABLE


def test_the_task_of_an_attachment_that_failed_says_so():
    cloud = Cloud("tencent")
    cloud.fault("AttachNetworkInterface", fail=True)
    task = json.loads(cloud.attach().body)["Response"]["RequestId"]
    cloud.emulator.advance()
    result = cloud.client.call("DescribeVpcTaskResult", TaskId=task)
    assert (result["Status"], result["Output"]) == ("FAILED", "internal error")


def test_an_interface_that_cannot_be_created():
    cloud = Cloud("alibaba")
    cloud.fault("CreateNetworkInterface", fail=True)
    made = json.loads(cloud.create().body)["NetworkInterfaceId"]
    states = []
    for _ in range(2):
        tree = cloud.client.call("DescribeNetworkInterfaces", NetworkInterfaceId=[made])
        states += [each["Status"] for each in tree["NetworkInterfaceSets"]["NetworkInterfaceSet"]]
        cloud.emulator.advance()
    assert states == ["Creating", "CreateFailed"]
    cloud.client.call("DeleteNetworkInterface", NetworkInterfaceId=made)
    assert cloud.client.call("DescribeNetworkInterfaces", NetworkInterfaceId=[made])["TotalCount"] == 0


def test_an_instance_that_cannot_be_launched():
    cloud = Cloud("tencent")
    cloud.fault("RunInstances", fail=True)
    (made,) = cloud.client.call(
        "RunInstances",
        Placement={"Zone": cloud.graph.subnets[cloud.things.subnet].zone},
        ImageId="img-12345678",
        InstanceType="S5.MEDIUM4",
        VirtualPrivateCloud={"VpcId": cloud.things.network, "SubnetId": cloud.things.subnet},
    )["InstanceIdSet"]
    cloud.emulator.advance()
    (shown,) = cloud.client.call("DescribeInstances", InstanceIds=[made])["InstanceSet"]
    assert (shown["InstanceState"], shown["LatestOperationState"]) == ("LAUNCH_FAILED", "FAILED")
    cloud.client.call("TerminateInstances", InstanceIds=[made])
    assert cloud.graph.instances.keys() == {cloud.things.instance}


def test_an_attachment_that_hangs_and_fails_is_seen_by_a_second_client(cloud):
    cloud.fault("AttachNetworkInterface", fail=True, delay_ms=30_000)
    cloud.attach()
    cloud.emulator.advance(29_999)
    second = getattr(cloud.emulator, cloud.name)()
    answer = cloud.emulator.send(second.request("DescribeNetworkInterfaces"))
    assert cloud.shown(answer) in {"Attaching", "ATTACHING"}
    cloud.emulator.advance(1)
    assert cloud.state() is InterfaceState.AVAILABLE


def test_what_hangs_waits_for_its_release_beyond_all_time(cloud):
    cloud.fault("AttachNetworkInterface", hang=True)
    cloud.attach()
    cloud.emulator.advance(10**9)
    assert cloud.state() is InterfaceState.ATTACHING


def test_an_attachment_is_slow(cloud):
    cloud.fault("AttachNetworkInterface", slow=10)
    cloud.attach()
    cloud.emulator.advance(1_999)
    assert cloud.state() is InterfaceState.ATTACHING
    cloud.emulator.advance(1)
    assert cloud.state() is InterfaceState.IN_USE


def test_a_subnet_behaves_as_exhausted(cloud):
    fault = cloud.fault(exhausted=True, resource={"subnet": cloud.things.subnet})
    answer = cloud.create()
    assert (code(answer), answer.headers[HEADER]) == (EXHAUSTED[cloud.name], "f-1")
    cloud.attach()
    assert (fault.matches, fault.hits) == (2, 1)


def test_an_instance_takes_no_more_interfaces(cloud):
    cloud.fault("AttachNetworkInterface", limit=1, times=1)
    refused = cloud.attach()
    assert code(refused)
    assert refused.headers[HEADER] == "f-1"
    assert code(cloud.attach()) == ""


def test_a_rule_that_a_refused_call_did_not_come_to_is_not_used_up(cloud):
    fault = cloud.fault("AttachNetworkInterface", hang=True, times=1)
    refused = cloud.attach("eni-absent00")
    assert code(refused)
    assert HEADER not in refused.headers
    assert fault.hits == 0
    cloud.attach()
    cloud.emulator.advance(10**6)
    assert (fault.hits, cloud.state()) == (1, InterfaceState.ATTACHING)


def test_effects_of_several_rules_add_up(cloud):
    rules = [
        {"slow": 2},
        {"slow": 5},
        {"hang": True},
        {"delay_ms": 7},
        {"limit": 3},
        {"limit": 1, "times": 1},
    ]
    for rule in rules:
        cloud.fault("AttachNetworkInterface", **rule)
    answer = cloud.attach()
    assert code(answer) == ""
    assert answer.headers[HEADER] == "f-1, f-2, f-3, f-4, f-5, f-6"
    (operation,) = {
        each.operation.id: each.operation for each in cloud.client.partition.timeline.pending()
    }.values()
    assert (operation.held, operation.pace, operation.due - operation.started) == (
        True,
        10,
        70 * MILLISECOND,
    )


# -- stale reads ---------------------------------------------------------------------------------------


def test_a_change_is_seen_only_after_a_delay(cloud):
    cloud.fault("DescribeNetworkInterfaces", stale_ms=5_000)
    cloud.attach()
    attached = {"alibaba": "InUse", "tencent": "AVAILABLE"}[cloud.name]
    seen = []
    for _ in range(8):
        seen.append(cloud.shown(cloud.describe()))
        cloud.emulator.advance(1_000)
    free, attaching = {"alibaba": ("Available", "Attaching"), "tencent": ("AVAILABLE", "ATTACHING")}[
        cloud.name
    ]
    assert seen == [free] * 5 + [attaching] + [attached] * 2
    assert cloud.describe().headers[HEADER] == "f-1"


def test_a_replica_is_to_the_bit_what_the_partition_was(cloud):
    from tests.core.dump import dump  # noqa: PLC0415 - only here

    fault = cloud.fault(stale_ms=60_000)
    cloud.describe()
    replica = fault.replicas.of(cloud.client.partition)
    snapshots = []
    for _ in range(3):
        cloud.create()
        cloud.attach()
        cloud.emulator.advance(100)
        now = cloud.emulator.clock.now()
        cloud.client.partition.settle(now)
        snapshots.append((now, dump(cloud.client.partition)))
        cloud.emulator.advance(10_000)
    for now, snapshot in snapshots:
        assert dump(replica.as_of(now + 60_000 * MILLISECOND)) == snapshot


def test_the_journal_knows_when_a_call_was_made_whatever_it_saw(cloud):
    cloud.fault(stale_ms=60_000)
    cloud.describe()
    (record,) = cloud.emulator.pipeline.journal.records()
    assert record.at == cloud.emulator.clock.now()


def test_commands_run_on_the_present_whatever_reading_shows(cloud):
    cloud.fault(stale_ms=60_000)
    assert code(cloud.attach()) == ""
    assert code(cloud.attach()) != ""


def test_when_the_rule_goes_the_present_is_seen_and_nobody_follows(cloud):
    fault = cloud.fault(stale_ms=60_000)
    cloud.attach()
    before = cloud.shown(cloud.describe())
    cloud.faults.remove(fault.id)
    assert cloud.shown(cloud.describe()) != before
    assert cloud.client.partition._recorders == []


def test_the_past_of_an_account_is_kept_for_all_its_keys():
    settings = "AK1:secret,AK2:secret"
    world = emulator(keys=settings)
    keys = world.pipeline.access.authenticator.keys
    for name in tuple(keys):
        keys[name] = type(keys[name])(secret="secret", account="company")
    world.pipeline.faults.add(FaultRule(cloud="tencent", access_key="AK1", stale_ms=60_000))
    writer, reader, stranger = (world.tencent(key) for key in ("AK2", "AK1", "AK3"))
    made = {"VpcName": "n", "CidrBlock": "10.0.0.0/16"}
    for each in (writer, stranger):
        each.call("CreateVpc", **made)
        world.advance()
    counts = [each.call("DescribeVpcs")["TotalCount"] for each in (writer, reader, stranger)]
    assert counts == [1, 0, 1]


# -- which calls ---------------------------------------------------------------------------------------


def test_a_rule_skips_and_stops(cloud):
    fault = cloud.fault("DescribeNetworkInterfaces", throttle=True, skip=2, times=2)
    refused = [bool(code(cloud.describe())) for _ in range(6)]
    assert refused == [False, False, True, True, False, False]
    assert (fault.matches, fault.hits) == (4, 2)


def test_chance_comes_from_the_seed(cloud):
    strikes = []
    for seed in (1, 1, 2):
        world = Cloud(cloud.name, seed=seed)
        world.fault("DescribeNetworkInterfaces", throttle=True, probability=0.5)
        strikes.append([bool(code(world.describe())) for _ in range(40)])
    assert strikes[0] == strikes[1] != strikes[2]
    assert 5 < sum(strikes[0]) < 35


def test_a_rule_of_no_probability_never_strikes(cloud):
    fault = cloud.fault("DescribeNetworkInterfaces", throttle=True, probability=0)
    assert [code(cloud.describe()) for _ in range(5)] == [""] * 5
    assert (fault.matches, fault.hits) == (5, 0)


def test_a_rule_is_for_one_account(cloud):
    cloud.fault(throttle=True, access_key=cloud.client.key)
    other = getattr(cloud.emulator, cloud.name)(key="another")
    assert code(cloud.describe())
    assert other.call("DescribeNetworkInterfaces")["TotalCount"] == 0


def test_a_rule_is_for_one_cloud():
    world = emulator()
    world.pipeline.faults.add(FaultRule(cloud="alibaba", throttle=True))
    assert world.tencent().call("DescribeNetworkInterfaces")["TotalCount"] == 0
    with pytest.raises(ApiError):
        world.alibaba().call("DescribeNetworkInterfaces")


@pytest.mark.parametrize(
    ("wanted", "struck"),
    [
        ({"id": "INTERFACE"}, True),
        ({"id": "INSTANCE"}, True),
        ({"id": "eni-other"}, False),
        ({"instance": "INSTANCE"}, True),
        ({"instance": "i-other"}, False),
        ({"subnet": "SUBNET"}, True),
        ({"subnet": "other"}, False),
        ({"name": "web"}, True),
        ({"name": "other"}, False),
        ({"tag": "team=blue"}, True),
        ({"tag": "team"}, True),
        ({"tag": "team=red"}, False),
        ({"tag": "colour"}, False),
        ({"subnet": "SUBNET", "tag": "team=red"}, False),
    ],
)
def test_a_rule_is_about_what_a_call_names(cloud, wanted, struck):
    interface = cloud.client.partition.execute(
        CreateInterface(
            subnet_id=cloud.things.subnet,
            group_ids=(cloud.things.group,),
            name="web",
            tags={"team": "blue"},
        ),
        START,
    )
    cloud.emulator.advance()
    names = {
        "INTERFACE": interface.id,
        "INSTANCE": cloud.things.instance,
        "SUBNET": cloud.things.subnet,
    }
    wanted = {name: names.get(value, value) for name, value in wanted.items()}
    cloud.fault("AttachNetworkInterface", throttle=True, resource=wanted)
    assert bool(code(cloud.attach(interface.id))) is struck


def test_a_rule_is_about_what_a_call_makes(cloud):
    given = {"alibaba": "Tag", "tencent": "Tags"}[cloud.name]
    cloud.fault("CreateNetworkInterface", throttle=True, resource={"tag": "team=blue", "name": "web"})
    tags = {given: [{"Key": "team", "Value": "blue"}]}
    assert code(cloud.create(NetworkInterfaceName="web", **tags))
    assert code(cloud.create(NetworkInterfaceName="web")) == ""
    assert code(cloud.create(NetworkInterfaceName="db", **tags)) == ""


def test_numbers_of_a_call_name_nothing():
    cloud = Cloud("tencent")
    cloud.fault("DescribeNetworkInterfaces", throttle=True, resource={"id": "5"})
    assert code(cloud.ask("DescribeNetworkInterfaces", Limit=5)) == ""


def test_a_call_that_meets_a_rule_twice_counts_once():
    cloud = Cloud("tencent")
    fault = cloud.fault("ModifyNetworkInterfaceAttribute", hang=True, latency_ms=1)
    late = cloud.ask(
        "ModifyNetworkInterfaceAttribute",
        NetworkInterfaceId=cloud.things.interface,
        NetworkInterfaceName="n",
    )
    assert code(late.resume()) == ""
    assert fault.hits == 1
    fault = cloud.fault("AttachNetworkInterface", hang=True, latency_ms=1)
    assert code(cloud.attach().resume()) == ""
    assert fault.hits == 1


def test_a_rule_is_about_the_instance_that_an_interface_is_attached_to(cloud):
    cloud.attach()
    cloud.emulator.advance()
    cloud.fault("DetachNetworkInterface", hang=True, resource={"instance": cloud.things.instance})
    cloud.fault("DeleteNetworkInterface", throttle=True, resource={"instance": cloud.things.instance})
    assert code(cloud.ask("DeleteNetworkInterface", NetworkInterfaceId=cloud.things.interface))


# -- rules that cannot be ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({}, "the rule has no effect; it may have code, throttle"),
        ({"code": "A", "throttle": True}, "code and throttle cannot go together"),
        (
            {"disconnect": True, "hang": True},
            "disconnect keeps the call from being carried out unless after",
        ),
        ({"http_status": 100}, "http_status must be a whole number from 200 to 599"),
        ({"probability": 1.5, "hang": True}, "probability must be a number from 0 to 1"),
        ({"probability": True, "hang": True}, "probability must be a number"),
        ({"times": 0, "hang": True}, "times must be a whole number from 1"),
        ({"skip": -1, "hang": True}, "skip must be a whole number from 0"),
        ({"slow": 0}, "slow must be a whole number from 1"),
        ({"limit": True}, "limit must be a whole number"),
        ({"hang": "yes"}, "hang must be true or false"),
        ({"action": "", "hang": True}, "action must be a text"),
        ({"resource": {}, "hang": True}, "resource needs one of id, name, tag, instance, subnet"),
        ({"resource": {"colour": "red"}, "hang": True}, "resource has no colour; it may have id"),
        ({"resource": "eni-1", "hang": True}, "resource must be a table"),
        ({"resource": {"id": ""}, "hang": True}, "id must be a text"),
    ],
)
def test_a_rule_that_makes_no_sense_cannot_be_made(rule, reason):
    with pytest.raises(InvalidRule, match=reason):
        FaultRule(cloud="alibaba", **rule)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"cloud": "aws", "hang": True}, "there is no cloud aws"),
        ({"action": "Sing", "hang": True}, "alibaba has no action Sing"),
        ({"code": "Sung"}, "alibaba does not document the code Sung for any action"),
        (
            {"action": "DescribeRegions", "code": "InvalidVSwitchId.IpNotEnough"},
            "does not document the code InvalidVSwitchId.IpNotEnough for DescribeRegions",
        ),
        ({"action": "DescribeRegions", "hang": True}, "DescribeRegions only reads"),
        ({"action": "AttachNetworkInterface", "stale_ms": 1}, "AttachNetworkInterface does not read"),
    ],
)
def test_a_rule_that_could_strike_nothing_is_refused(rule, reason):
    faults = emulator().pipeline.faults
    with pytest.raises(InvalidCondition, match=reason):
        faults.add(FaultRule(**{"cloud": "alibaba", **rule}))
    assert not faults


def test_faults_are_numbered_anew_when_all_are_gone():
    faults = emulator().pipeline.faults
    rule = FaultRule(cloud="alibaba", hang=True)
    assert [faults.add(rule).id, faults.add(rule).id] == ["f-1", "f-2"]
    assert faults.remove("f-1").id == "f-1"
    assert faults.remove("f-1") is None
    assert faults.add(rule).id == "f-3"
    faults.clear()
    assert faults.add(rule).id == "f-1"
    assert faults.get("f-2") is None


def test_an_instance_state_is_untouched_by_a_rule_on_interfaces(cloud):
    cloud.fault("AttachNetworkInterface", hang=True)
    cloud.attach()
    assert cloud.graph.instances[cloud.things.instance].state is InstanceState.RUNNING
