"""Faults that let reading actions see the past."""

from tests.emulator.faults.cloud import error_code
from tests.harness import emulator

from duolect.faults.engine import HEADER
from duolect.faults.rules import FaultRule
from duolect_core.model.resources import MILLISECOND


def test_a_change_is_seen_only_after_a_delay(cloud):
    cloud.add_fault("DescribeNetworkInterfaces", stale_ms=5_000)
    cloud.attach()
    attached = {"alibaba": "InUse", "tencent": "AVAILABLE"}[cloud.name]
    seen = []
    for _ in range(8):
        seen.append(cloud.shown_status(cloud.describe()))
        cloud.emulator.advance(1_000)
    free, attaching = {"alibaba": ("Available", "Attaching"), "tencent": ("AVAILABLE", "ATTACHING")}[
        cloud.name
    ]
    assert seen == [free] * 5 + [attaching] + [attached] * 2
    assert cloud.describe().headers[HEADER] == "f-1"


def test_a_replica_is_to_the_bit_what_the_partition_was(cloud):
    from tests.core.engine.dump import dump  # noqa: PLC0415 - only here

    fault = cloud.add_fault(stale_ms=60_000)
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
    cloud.add_fault(stale_ms=60_000)
    cloud.describe()
    (record,) = cloud.emulator.pipeline.journal.records()
    assert record.at == cloud.emulator.clock.now()


def test_commands_run_on_the_present_whatever_reading_shows(cloud):
    cloud.add_fault(stale_ms=60_000)
    assert error_code(cloud.attach()) == ""
    attached = {"NetworkInterfaceId": cloud.resources.interface}
    assert error_code(cloud.call("DeleteNetworkInterface", **attached)) != ""


def test_when_the_rule_is_removed_the_present_is_seen_and_nothing_is_recorded(cloud):
    fault = cloud.add_fault(stale_ms=60_000)
    cloud.attach()
    before = cloud.shown_status(cloud.describe())
    cloud.faults.remove(fault.id)
    assert cloud.shown_status(cloud.describe()) != before
    assert cloud.client.partition.recorders == []


def test_the_past_of_an_account_is_kept_for_all_its_keys():
    settings = "AK1:secret,AK2:secret"
    world = emulator(keys=settings)
    authenticator = world.pipeline.access.authenticator
    for name, key in tuple(authenticator.keys.items()):
        authenticator.put_key(name, type(key)(secret="secret", account="company"))
    world.pipeline.faults.add(FaultRule(cloud="tencent", access_key="AK1", stale_ms=60_000))
    writer, reader, stranger = (world.tencent(key) for key in ("AK2", "AK1", "AK3"))
    made = {"VpcName": "n", "CidrBlock": "10.0.0.0/16"}
    for each in (writer, stranger):
        each.call("CreateVpc", **made)
        world.advance()
    counts = [each.call("DescribeVpcs")["TotalCount"] for each in (writer, reader, stranger)]
    assert counts == [1, 0, 1]
