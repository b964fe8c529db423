"""What partitions had created at points in their time, which cost nothing where nobody calls."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness import emulator

KEY = ("tencent", "one", "ap-guangzhou")


@settings(deadline=None)
@given(st.lists(st.sampled_from(["create", "look", "mark", "reset", "forget"]), max_size=30))
def test_every_point_knows_what_was_created_by_then_in_the_partition_that_is_there(steps):
    world = emulator()
    partitions, client = world.pipeline.partitions, world.tencent("one")
    known: dict[int, int] = {}
    for step in steps:
        match step:
            case "create":
                client.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")
            case "look":
                client.call("DescribeVpcs")
            case "mark":
                known[partitions.mark()] = (
                    client.partition.created
                    if partitions.of_account(world.pipeline.dialects[1], "one")
                    else 0
                )
            case "reset":
                partitions.forget()
                known = dict.fromkeys(known, 0)
            case "forget":
                known = {point: created for point, created in known.items() if point > 2}
                partitions.forget_points(3)
        if partitions.of_account(world.pipeline.dialects[1], "one"):
            assert {point: partitions.created_by(KEY, point) for point in known} == known


@pytest.mark.parametrize("accounts", [1, 50])
def test_a_mark_costs_nothing_in_partitions_that_are_not_used_after_it(accounts):
    world = emulator()
    clients = [world.tencent(f"key-{number}") for number in range(accounts)]
    for client in clients:
        client.call("DescribeVpcs")
    for _ in range(100):
        world.pipeline.marks.set(0)
    clients[0].call("DescribeVpcs")
    placed = world.pipeline.partitions._placed.values()
    assert [len(each._history or ()) for each in placed] == [1] + [0] * (accounts - 1)
    world.pipeline.partitions.forget()
    assert not world.pipeline.partitions._placed
