"""What is remembered of client tokens has so much room: then the oldest give way, as the journal says."""

import json

import attrs
import pytest
from tests.harness import ApiError, emulator

from duolect.snapshots import snapshots
from duolect_core.engine.idempotency import IdempotencyStore, Remembered, Token, short_fingerprint

REFUSED = {"VpcId": "vpc-absent", "CidrBlock": "10.0.0.0/24", "ZoneId": "cn-hangzhou-b"}


def findings(world):
    return [each for record in world.pipeline.journal.records() for each in record.findings if ":" in each]


def test_the_oldest_tokens_give_way_and_the_journal_says_so():
    world = emulator(token_bytes=10_000)
    client = world.alibaba()
    made = [
        client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8", ClientToken=f"token-{number}")[
            "VpcId"
        ]
        for number in range(20)
    ]
    store = client.partition.idempotency
    assert 3 < len(store.entries()) < 12
    assert findings(world)[-1] == "tokens-forgotten: 1"
    again = client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8", ClientToken="token-19")
    assert again["VpcId"] == made[-1]
    anew = client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8", ClientToken="token-0")
    assert anew["VpcId"] not in made


def test_a_client_that_retries_what_is_refused_fills_no_more_than_its_room():
    world = emulator(token_bytes=20_000)
    client = world.alibaba()
    for number in range(300):
        with pytest.raises(ApiError):
            client.call(
                "CreateVSwitch", "2016-04-28", ClientToken=f"t-{number}", Description="x" * 200, **REFUSED
            )
    assert len(client.partition.idempotency.entries()) <= 25
    assert len(snapshots.write(snapshots.take(world.pipeline.state))) < 40_000
    assert "tokens-forgotten: 1" in findings(world)


def test_a_long_request_is_remembered_by_a_digest_also_one_of_an_older_snapshot():
    world = emulator()
    client = world.alibaba()
    asked = {"CidrBlock": "10.0.0.0/8", "ClientToken": "t", "Description": "x" * 200}
    made = client.call("CreateVpc", "2016-04-28", **asked)["VpcId"]
    tree = json.loads(snapshots.write(snapshots.take(world.pipeline.state)))
    (entry,) = tree["partitions"][0]["ledger"]
    assert len(entry["remembered"]["fingerprint"]) == 32
    long = "CreateVpcRequest(" + "x" * 500
    store = IdempotencyStore(10, 10_000)
    store.restore("CreateVpc", "t", Remembered(long, 0))
    found = store.find(Token("CreateVpc", "t", ""), 0)
    assert found is not None
    assert found.fingerprint == short_fingerprint(long)
    snapshots.restore(world.pipeline.state, tree)
    assert client.call("CreateVpc", "2016-04-28", **asked)["VpcId"] == made
    with pytest.raises(ApiError, match="IdempotentParameterMismatch"):
        client.call("CreateVpc", "2016-04-28", **{**asked, "Description": "y" * 200})


def test_the_room_is_counted_as_entries_come_and_go():
    store = IdempotencyStore(10, 10_000)
    for number in range(50):
        store.remember(Token("a", f"t{number % 7}", "f"), Remembered("f", number))
        assert store._bytes == sum(800 + len(key[1]) + 1 for key in store.entries())
    assert store.remember(Token("a", "big", "f"), Remembered("f" * 20_000, 50)) == 8
    assert not store.entries()


def test_of_many_operations_the_oldest_that_have_ended_are_forgotten():
    world = emulator(timing="instant")
    client = world.tencent()
    partition = client.partition
    partition.rules = attrs.evolve(partition.rules, operations_kept=20)
    for _ in range(50):
        client.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")
        client.call("AllocateAddresses", AddressCount=1)
    assert len(partition.graph.operations) <= 20
