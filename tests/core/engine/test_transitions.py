"""What falls due: in which order, and through whose handler."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.commands import attach, delete, detach
from tests.core.model.rules import BOTH, NORTH, SOUTH

from duolect_core.engine.timeline import Transition
from duolect_core.instances.creation import RunInstances
from duolect_core.invariants import check
from duolect_core.model.durations import INSTANT
from duolect_core.model.lifecycles import InstanceState, InterfaceState, Trigger
from duolect_core.model.resources import SECOND, OperationState


def test_a_failed_attachment_gives_the_interface_back():
    world = World(NORTH)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    world.do(attach(interface, instance))
    planned = world.partition.timeline.cancel(interface.pending)
    failed = Transition(planned.due, planned.number, Trigger.ATTACH_FAILED, interface.id, planned.operation)
    world.partition._end(failed)
    assert interface.state is InterfaceState.AVAILABLE
    assert interface.attachment is None
    assert check(world.partition) == []


def test_an_illegal_trigger_raises_and_changes_nothing():
    world = World(NORTH)
    interface = world.interface(world.subnet())
    operation = next(iter(world.graph.operations.values()))
    with pytest.raises(KeyError):
        world.partition._end(Transition(0, 99, Trigger.DETACHED, interface.id, operation))
    assert interface.state is InterfaceState.AVAILABLE


@BOTH
def test_changes_that_take_no_time_are_done_at_the_next_look_even_at_the_same_instant(rules):
    world = World(attrs.evolve(rules, durations=INSTANT))
    subnet = world.subnet()
    (instance,) = world.do(
        RunInstances(
            type_name="large", subnet_id=subnet.id, names=("a",), group_ids=world.default_groups(subnet)
        )
    )
    world.wait(0)
    assert (instance.state, instance.started) == (InstanceState.RUNNING, world.at)
    interface = world.interface(subnet)
    world.do(attach(interface, instance))
    world.wait(0)
    assert interface.state is InterfaceState.IN_USE
    world.do(detach(interface, instance))
    world.do(delete(instance))
    world.wait(0)
    assert interface.state is InterfaceState.AVAILABLE
    assert world.graph.instances == {}


def test_what_is_due_at_one_instant_happens_in_the_order_in_which_it_was_planned():
    # Attached first, gone second: the attachment has succeeded before its instance goes.
    durations = attrs.evolve(SOUTH.durations, attach=9 * SECOND)
    world = World(attrs.evolve(SOUTH, durations=durations))
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    world.do(attach(interface, instance), operation_id="it")
    world.do(delete(instance))
    world.wait(9 * SECOND)
    assert world.partition.operation("it").state is OperationState.SUCCEEDED
    assert interface.state is InterfaceState.AVAILABLE
