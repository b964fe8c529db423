"""Mutated requests of all actions; ``make hostile`` sends many more of them."""

from collections import Counter

import attrs
import pytest
from tests.harness import emulator
from tests.hostile.fuzzer import Fuzzer
from tests.hostile.mutations import Mutator


@pytest.mark.parametrize("seed", [10, 20])
def test_thousands_of_mutated_requests_are_answered_and_change_nothing_where_refused(seed):
    fuzzer = Fuzzer(seed)
    fuzzer.run(2_500)
    report = fuzzer.report
    assert report.is_clean, "\n".join(report.problems)
    assert report.granted > 100
    assert report.compared_whole > 20
    assert len(report.codes) > 30


def test_every_action_of_both_clouds_is_requested():
    world = emulator()
    mutator = Mutator((world.alibaba(), world.tencent()), 1)
    requested = Counter()
    for _ in range(5_000):
        request = mutator.request()
        name = request.headers.get("x-tc-action") or request.headers.get("x-acs-action")
        requested[name or request.legible_parameters().get("Action", "")] += 1
    for dialect in world.pipeline.dialects:
        assert {name for _, name in dialect.actions} <= set(requested)


def test_the_same_seed_makes_the_same_requests():
    def first(seed):
        world = emulator()
        mutator = Mutator((world.alibaba(), world.tencent()), seed)
        return [attrs.astuple(mutator.request()) for _ in range(50)]

    assert first(3) == first(3)
    assert first(3) != first(4)
