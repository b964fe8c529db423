"""Whatever is done after a partition was archived and restored comes out as without that."""

from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from tests.core.archive.archived import everything_of, reloaded
from tests.core.machine.machine import PartitionMachine

from duolect_core.archive.codec import codec
from duolect_core.archive.trees import ROOT, Places
from duolect_core.engine.partition import Partition
from duolect_core.errors import CoreError


class Twinned(Partition):
    """A partition whose twin, which was loaded, does all that it does."""

    twin: ClassVar[Partition]

    def execute(self, command, at, **how):
        ours, theirs = (
            outcome(super().execute, command, at, how),
            outcome(self.twin.execute, command, at, how),
        )
        assert codec(Any).write(ours, ROOT, Places()) == codec(Any).write(theirs, ROOT, Places())
        if isinstance(ours, CoreError):
            raise ours
        return ours

    def settle(self, at):
        super().settle(at)
        self.twin.settle(at)


def outcome(execute, command, at, how):
    try:
        return execute(command, at, **how)
    except CoreError as refusal:
        return refusal


class ArchivedMachine(PartitionMachine):
    """Any commands before and after the partition was written and read."""

    archived = 0

    @precondition(lambda self: hasattr(self, "partition"))
    @rule()
    def archive(self):
        ArchivedMachine.archived += 1
        Twinned.twin = reloaded(self.partition)
        self.partition.__class__ = Twinned

    def teardown(self):
        if not hasattr(self, "partition"):
            return
        super().teardown()
        if type(self.partition) is Twinned:
            assert everything_of(Twinned.twin) == everything_of(self.partition)


def test_whatever_is_done_then_comes_out_as_without_archiving():
    run_state_machine_as_test(
        ArchivedMachine,
        settings=settings(
            max_examples=30,
            stateful_step_count=50,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # to make what fails smaller would take minutes
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    assert ArchivedMachine.archived >= 30
