"""How the machine chooses among what there is, carries commands out and judges them."""

from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from tests.core.engine.dump import dump
from tests.core.machine.strategies import PLAIN
from tests.core.model.rules import DAY

from duolect_core.engine.idempotency import Token
from duolect_core.errors import CoreError, IdempotencyError
from duolect_core.model.resources import SECOND


class Machine(RuleBasedStateMachine):
    """One partition, and how a command is chosen, carried out and judged."""

    steps = 0
    granted: ClassVar[set[type]] = set()
    refused: ClassVar[set[type]] = set()

    def grant(self, command):
        """Carry out a command that is granted."""
        Machine.granted.add(type(command))
        return self.partition.execute(command, self.at)

    def do(self, command, how=PLAIN):
        """Carry a command out; a refusal must leave everything as it was."""
        Machine.steps += 1
        partition, (operation_id, named, command_fault) = self.partition, how
        token = None if named is None else Token(type(command).__name__, *named)
        partition.settle(self.at)
        before, recorded, created = dump(partition), len(self.entries), partition.created
        foreseen = self.refusal_of(command)
        assert dump(partition) == before
        try:
            result = partition.execute(
                command, self.at, operation_id=operation_id, token=token, command_fault=command_fault
            )
        except CoreError as error:
            refusal = error
        else:
            assert foreseen is None or token is not None
            Machine.granted.add(type(command))
            assert [entry.command for entry in self.entries[recorded:]] == [command]
            new = [each for each in self.graph.resources() if each.order > created]
            assert self.graph.created_after(created) == tuple(sorted(new, key=lambda each: each.order))
            return result
        assert foreseen is type(refusal) or token is not None or partition.fault_applied
        Machine.refused.add(type(refusal))
        after = dump(partition)
        if len(self.entries) > recorded:
            assert self.rules.token_repeats_refusals
            assert token is not None
            assert not refusal.transient
            assert not isinstance(refusal, IdempotencyError)
            assert before.pop("idempotency") != after.pop("idempotency")
        assert after == before
        return None

    def refusal_of(self, command):
        """Return the class of what a command raises where it only checks, or None."""
        try:
            self.partition.check(command, self.at)
        except CoreError as refusal:
            return type(refusal)
        return None

    def one(self, table, pick):
        """Return the id of a resource of a table, often the newest, or now and then of none."""
        ids = list(table)
        if not ids or pick % 16 == 15:
            return "absent"
        return ids[-1 - (pick // 4 % len(ids) if pick % 4 else 0)]

    def some(self, table, picks):
        return tuple(self.one(table, pick) for pick in picks)

    def fit(self, table, fitting):
        """Return the ids of those of a table's resources that fit, or all where none does."""
        return [resource_id for resource_id, each in table.items() if fitting(each)] or table

    def groups(self, subnet_id, picks):
        """Return ids of groups, as a rule such as an interface in the subnet may join."""
        table = self.graph.groups
        if subnet_id in self.graph.subnets and sum(picks) % 8:
            network_id = self.graph.subnets[subnet_id].network_id
            table = {
                group.id: group
                for group in table.values()
                if group.network_id in {None, network_id} and not group.managed and not group.classic
            }
        return self.some(table, picks)

    @rule(duration=st.sampled_from([0, 1, SECOND, 3 * SECOND, 30 * SECOND, 30 * SECOND, DAY // 4, -SECOND]))
    def wait(self, duration):
        self.at += duration
        self.partition.settle(self.at)
