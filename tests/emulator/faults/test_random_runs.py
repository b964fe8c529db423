"""1,000 random runs with faults, each replayed from its seed: equal answers, equal states to the bit."""

import json
from itertools import count

from tests.core.engine.dump import dump
from tests.emulator.resources import create_resources
from tests.harness import emulator

from duolect.faults.responses import ConnectionClosed, Postponed
from duolect.faults.rules import FaultRule
from duolect_core.addressing.generator import Generator
from duolect_core.invariants import check

RUNS = 1_000
CALLS = 10
CODES = {
    "alibaba": ("InvalidOperation.InvalidEniState", "Forbidden.SubUser", "InvalidEniId.NotFound"),
    "tencent": ("UnsupportedOperation.ZoneMismatch", "LimitExceeded", "InternalError"),
}
ACTIONS = ("*", "*", "AttachNetworkInterface", "CreateNetworkInterface", "DescribeNetworkInterfaces")
EFFECTS = (
    {"throttle": True},
    {"http_status": 503},
    {"http_status": 504, "after": True},
    {"disconnect": True},
    {"disconnect": True, "after": True},
    {"truncate": True},
    {"latency_ms": 40, "jitter_ms": 300},
    {"latency_ms": 40, "after": True},
    {"fail": True},
    {"hang": True},
    {"hang": True, "fail": True},
    {"delay_ms": 900},
    {"slow": 7},
    {"slow": 3, "fail": True, "latency_ms": 250},
    {"exhausted": True},
    {"limit": 1},
    {"stale_ms": 350},
)


class RandomRun:
    """One run: a seed makes the rules, the calls, and the pauses between them."""

    def __init__(self, seed):
        self.random = Generator(seed)
        self.name = self.pick(("alibaba", "tencent"))
        self.world = emulator(seed=seed, timing=self.pick(("fast", "instant")))
        self.client = getattr(self.world, self.name)()
        self.resources = create_resources(self.client)
        self.partition = self.client.partition
        self.observed = []
        self.invalid_rules = 0

    def pick(self, choices):
        return choices[self.random.below(len(choices))]

    def add_rule(self):
        rule = {"code": self.pick(CODES[self.name])} if self.random.below(5) == 0 else self.pick(EFFECTS)
        rule = {
            "action": self.pick(ACTIONS),
            "probability": self.pick((1.0, 0.5, 0.2)),
            "skip": self.pick((0, 0, 2)),
            "times": self.pick((None, 1, 3)),
            **rule,
        }
        try:
            self.world.pipeline.faults.add(FaultRule(cloud=self.name, **rule))
        except ValueError:
            self.invalid_rules += 1

    def interface(self):
        return self.pick(tuple(self.partition.graph.interfaces))

    def call(self):
        """Make one call of a random kind."""
        ids, instance = self.resources, self.resources.instance
        place = (
            {"VSwitchId": ids.subnet, "SecurityGroupId": ids.group}
            if self.name == "alibaba"
            else {"VpcId": ids.network, "SubnetId": ids.subnet, "NetworkInterfaceName": "n"}
        )
        calls = (
            ("CreateNetworkInterface", place),
            ("CreateNetworkInterface", place),
            ("AttachNetworkInterface", {"NetworkInterfaceId": self.interface(), "InstanceId": instance}),
            ("AttachNetworkInterface", {"NetworkInterfaceId": self.interface(), "InstanceId": instance}),
            ("DetachNetworkInterface", {"NetworkInterfaceId": self.interface(), "InstanceId": instance}),
            ("DeleteNetworkInterface", {"NetworkInterfaceId": self.interface()}),
            ("DescribeNetworkInterfaces", {}),
            ("DescribeNetworkInterfaces", {}),
        )
        action, parameters = self.pick(calls)
        response = self.world.pipeline.answer(self.client.request(action, **parameters))
        while isinstance(response, Postponed):
            self.observed.append(response.until)
            self.world.clock.move_to(max(response.until, self.world.clock.now()))
            response = response.resume()
        self.observed.append(
            (action, response.answer if isinstance(response, ConnectionClosed) else response)
        )

    def run(self):
        """Return everything that a client got, and everything that there is in the end."""
        for _ in range(1 + self.random.below(3)):
            self.add_rule()
        for _ in range(CALLS):
            self.call()
            self.world.advance(self.pick((0, 50, 200, 700)))
        self.partition.settle(self.world.clock.now())
        assert check(self.partition) == []
        counts = [(fault.id, fault.matches, fault.hits) for fault in self.world.pipeline.faults.all]
        return self.observed, dump(self.partition), counts


def test_1000_random_runs_replay_identically_from_their_seed(monkeypatch):
    numbers = count()
    monkeypatch.setattr("duolect.calls.pipeline.new_request_id", lambda: f"{next(numbers):036d}")
    hits = runs_with_hits = invalid_rules = 0
    for seed in range(RUNS):
        numbers = count()
        first = RandomRun(seed)
        once = first.run()
        numbers = count()
        assert RandomRun(seed).run() == once
        hits += sum(each for *_, each in once[2])
        runs_with_hits += any(each for *_, each in once[2])
        invalid_rules += first.invalid_rules
    assert runs_with_hits > RUNS / 2
    assert hits > RUNS
    assert invalid_rules < RUNS / 2


def test_another_seed_makes_another_run():
    runs = [json.dumps(RandomRun(seed).run(), default=repr) for seed in (1, 2)]
    assert runs[0] != runs[1]
