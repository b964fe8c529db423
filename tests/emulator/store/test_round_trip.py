"""Every command as a text and back: the stored log makes the partition that wrote it, to the bit."""

from typing import ClassVar

import attrs
import orjson
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.core.machine.machine import PartitionMachine
from tests.core.model.rules import NORTH, SOUTH

from duolect.record.commands import commands
from duolect.state.archives import archived
from duolect.store.texts import (
    after,
    digest_of,
    durations_of,
    durations_text,
    entry_of,
    record_of,
    rules_of,
    rules_text,
)
from duolect_core import archive
from duolect_core.partitions import new_partition


class LoggedMachine(PartitionMachine):
    """Any commands, each written into a log as it is carried out."""

    written = 0
    kinds: ClassVar[set] = set()

    def set_up(self, zones):
        self.records = []
        self.partition.subscribe(self.write)
        super().set_up(zones)

    def write(self, entry):
        self.records.append(record_of(entry, len(self.records) + 1, self.partition))
        LoggedMachine.written += 1
        LoggedMachine.kinds.add(type(entry.command))

    def teardown(self):
        if not hasattr(self, "partition"):
            return
        super().teardown()
        again = new_partition(
            rules_of(rules_text(self.rules), durations_of(durations_text(self.rules.durations)), {}),
            self.seed,
        )
        for record, entry in zip(self.records, self.entries, strict=True):
            read = entry_of(record)
            assert read == entry
            again.repeat(read)
            assert after(again) == record.after
        again.settle(self.partition.now)
        assert archive.dump(again) == archive.dump(self.partition)
        assert orjson.loads(archived(again)) == orjson.loads(orjson.dumps(archive.dump(again)))


def test_the_stored_log_makes_the_partition_that_wrote_it():
    run_state_machine_as_test(
        LoggedMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=60,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    assert LoggedMachine.written >= 700
    assert len(LoggedMachine.kinds) >= len(commands()) * 2 // 3


def test_rules_are_the_same_as_text_and_back():
    for rules in (NORTH, SOUTH):
        text = rules_text(rules)
        assert rules_of(text, rules.durations, rules.extras) == rules
        assert digest_of(text) == digest_of(rules_text(attrs.evolve(rules)))
