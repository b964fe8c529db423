"""Any commands at any instants: the partition stays sound, refusals leave no trace, the record rebuilds it.

One state machine drives every command with names that exist, names that do not, tokens, operation ids that
repeat and time that stands still or steps back now and then, in both clouds, with quotas and subnets small
enough to be reached.
"""

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.core.machine.machine import PartitionMachine

from duolect.record.commands import commands

COMMANDS = set(commands().values())
"""Every command that there is."""
LEAST, MOST = 3, 12
"""How many rounds are walked: more than the least only until each command was granted once.

What is seldom granted on the way is granted at its beginning (``set_up``): each process walks another way.
"""


def test_no_sequence_of_commands_breaks_a_partition():
    for number in range(MOST):
        machine = type("Machine", (PartitionMachine,), {})
        run_state_machine_as_test(
            seed(number)(machine) if settings.default.derandomize else machine,
            settings=settings(
                max_examples=25,
                stateful_step_count=100,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
        if number + 1 >= LEAST and PartitionMachine.granted == COMMANDS:
            break
    assert PartitionMachine.granted == COMMANDS
    assert PartitionMachine.steps >= 3_000
    assert len(PartitionMachine.refused) >= 30
