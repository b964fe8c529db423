"""Damage to what has happened, what is under way, and what waits for it."""

import pytest
from tests.core.invariants.damage import change, finds, plan, readdress

from duolect_core.model.lifecycles import InstanceState, InterfaceState, ProvisionState, Trigger
from duolect_core.model.resources import LATEST, OperationState

CORRUPTIONS = [
    # history
    ("are not in the order of creation", change("network", order=10**6)),
    ("are not in the order of creation", lambda s: setattr(s.partition, "created", 3)),
    ("two resources have one place", lambda s: setattr(s.permission, "order", s.attaching.order)),
    ("which is in the future or before all time", change("network", created=-1)),
    ("which is in the future or before all time", change("instance", started=10**15)),
    ("which is in the future or before all time", readdress("interface", 0, since=10**15)),
    # time
    ("provisioned is overdue", lambda s: plan(s, s.fresh.id, due=s.partition.now - 1)),
    ("a transition of nothing", lambda s: plan(s, "absent")),
    ("available with 1 transitions to come", lambda s: plan(s, s.network.id)),
    ("pending with 2 transitions to come", lambda s: plan(s, s.fresh.id)),
    ("available knows no attached", change("attaching", state=InterfaceState.AVAILABLE)),
    ("running knows no boot", change("booting", state=InstanceState.RUNNING)),
    ("running with 1 transitions to come", change("booting", state=InstanceState.RUNNING)),
    ("pending knows no start", lambda s: plan(s, s.fresh.id, Trigger.START)),
    ("attaching with 0 transitions to come", lambda s: s.partition.timeline.cancel(s.attaching.pending)),
    ("pending with 0 transitions to come", change("network", state=ProvisionState.PENDING)),
    ("waits for None, which is not its transition", change("attaching", pending=None)),
    ("waits for 99, which is not its transition", change("instance", pending=99)),
    ("ends at", lambda s: plan(s, s.fresh.id, due=LATEST + 1)),
    ("when time is over", lambda s: setattr(next(iter(s.graph.operations.values())), "due", LATEST + 1)),
    # operations
    ("its latest operation is not the one that moves it", change("booting", operation=None)),
    (
        "succeeded before its transition is due",
        lambda s: plan(s, s.fresh.id, state=OperationState.SUCCEEDED),
    ),
    (
        "runs although nothing is due that could end it",
        lambda s: setattr(next(iter(s.graph.operations.values())), "state", OperationState.RUNNING),
    ),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
