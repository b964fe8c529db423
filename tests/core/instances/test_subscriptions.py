"""Instances that are paid for in advance: their terms, what ends with them, and how they are paid again."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, DAY, NORTH, SOUTH

from duolect_core.archive import dump, load
from duolect_core.errors import (
    InstanceWrongState,
    SubscriptionLapsed,
    SubscriptionMissing,
    SubscriptionPresent,
    SubscriptionRunning,
)
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances, StopInstances
from duolect_core.instances.subscriptions import ChangePayment, RenewInstances, SetRenewal
from duolect_core.model.instances import SubscriptionState, Term
from duolect_core.model.lifecycles import InstanceState
from duolect_core.model.resources import LATEST, SECOND
from duolect_core.partitions import replay

MONTH = Term(months=1)
HOUR = 3600 * SECOND


def prepaid(world, **more):
    return world.instance(world.subnet(), term=MONTH, **more)


def lapse(world, instance):
    """Let the term of an instance end, and the instance stop."""
    world.at = instance.subscription.expires + HOUR
    world.wait(0)


# -- terms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        (0, MONTH, 31 * DAY),
        (30 * DAY + 5, MONTH, 58 * DAY + 5),  # 1970-01-31 to 1970-02-28
        (0, Term(months=26), 790 * DAY),  # to 1972-03-01
        (7, Term(days=7), 7 * DAY + 7),
        (LATEST - DAY, Term(months=60), LATEST),
    ],
)
def test_a_term_ends_after_so_many_months_and_days(start, term, end):
    assert term.after(start) == end


def test_a_term_may_end_with_its_last_day_in_china():
    midnight = 31 * DAY + 16 * HOUR
    assert MONTH.after(0, until_midnight=True) == midnight
    assert MONTH.after(16 * HOUR - 1, until_midnight=True) == midnight
    assert MONTH.after(16 * HOUR, until_midnight=True) == midnight


# -- what time does ----------------------------------------------------------------------------------------


@BOTH
def test_an_instance_stops_when_its_term_ends_and_is_deleted_after_the_retention(rules):
    world = World(rules)
    instance = prepaid(world)
    expires = instance.subscription.expires
    world.at = expires - 1
    world.wait(0)
    assert instance.state is InstanceState.RUNNING
    world.wait(1)
    assert (instance.state, instance.subscription.state) == (
        InstanceState.STOPPING,
        SubscriptionState.EXPIRED,
    )
    world.wait(HOUR)
    assert instance.state is InstanceState.STOPPED
    world.refuses(StartInstances((instance.id,)), SubscriptionLapsed, instance_id=instance.id)
    world.at = expires + rules.retention
    world.wait(0)
    assert instance.state is InstanceState.DELETING
    world.wait(HOUR)
    assert world.graph.instances == {}


def test_nobody_waits_for_the_end_of_a_term(north):
    prepaid(north)
    assert north.partition.timeline.next_due is None


def test_a_renewing_subscription_goes_on_and_on(north):
    instance = prepaid(north, renews=MONTH)
    first = instance.subscription.expires
    north.wait(365 * DAY)
    assert instance.state is InstanceState.RUNNING
    assert first < north.at < instance.subscription.expires <= north.at + 32 * DAY


def test_no_term_ends_after_all_time(north):
    instance = prepaid(north, renews=Term(months=12 * 9000))
    assert instance.subscription.expires < LATEST
    north.wait(40 * DAY)
    assert (instance.subscription.expires, instance.subscription.due) == (LATEST, None)


@BOTH
def test_all_happens_in_its_order_however_late_somebody_looks(rules):
    late, soon = World(rules), World(rules)
    for world in (late, soon):
        prepaid(world)
    end = late.at + 40 * DAY
    while soon.at < end:
        soon.wait(DAY // 3)
    late.at = soon.at
    late.wait(0)
    assert dump(late.partition) == dump(soon.partition)
    again = replay(rules, 1, late.entries)
    again.settle(late.at)
    assert dump(again) == dump(late.partition)


def test_an_archive_keeps_when_a_term_ends(north):
    instance = prepaid(north)
    kept = load(dump(north.partition), NORTH)
    kept.settle(instance.subscription.expires + HOUR)
    assert kept.graph.instances[instance.id].state is InstanceState.STOPPED


def test_an_instance_that_starts_as_its_term_ends_stops_as_soon_as_it_runs(north):
    instance = prepaid(north, boot=False)
    north.at = instance.subscription.expires - 1
    north.do(StartInstances((instance.id,)))
    north.wait(2)
    assert instance.state is InstanceState.STARTING
    north.wait(7 * SECOND)
    assert instance.state is InstanceState.STOPPING


# -- paying ------------------------------------------------------------------------------------------------


@BOTH
def test_renewing_adds_a_term_to_the_one_before(rules):
    world = World(rules)
    instance = prepaid(world)
    before = instance.subscription.expires
    world.do(RenewInstances(instance_ids=(instance.id,), term=Term(days=7), extras={"a": 1}))
    assert instance.subscription.expires == before + 7 * DAY
    assert instance.extras["a"] == 1


@pytest.mark.parametrize(
    ("rules", "state"), [(NORTH, InstanceState.STARTING), (SOUTH, InstanceState.STOPPED)]
)
def test_an_expired_instance_is_there_again_when_it_is_renewed(rules, state):
    world = World(rules)
    instance = prepaid(world)
    lapse(world, instance)
    world.do(RenewInstances(instance_ids=(instance.id,), term=MONTH, renews=MONTH, keeps_renewal=False))
    assert instance.state is state
    assert instance.subscription.is_paid
    assert instance.subscription.renews == MONTH
    assert instance.subscription.expires >= world.at + 28 * DAY
    world.wait(rules.retention)
    assert instance.id in world.graph.instances


def test_only_what_is_prepaid_is_renewed(north):
    instance = north.instance(north.subnet())
    for command in (
        RenewInstances(instance_ids=(instance.id,), term=MONTH),
        SetRenewal(instance_ids=(instance.id,), renews=MONTH),
        ChangePayment(instance_ids=(instance.id,), term=None),
    ):
        north.refuses(command, SubscriptionMissing, instance_id=instance.id)
    north.do(StopInstances((instance.id,)))
    north.refuses(RenewInstances(instance_ids=(instance.id,), term=MONTH), InstanceWrongState)


def test_whether_a_subscription_renews_can_be_changed_while_it_is_paid(north):
    instance = prepaid(north)
    north.do(SetRenewal(instance_ids=(instance.id,), renews=MONTH, extras={"a": 1}))
    assert (instance.subscription.renews, instance.extras["a"]) == (MONTH, 1)
    north.do(SetRenewal(instance_ids=(instance.id,), renews=None))
    lapse(north, instance)
    north.refuses(SetRenewal(instance_ids=(instance.id,), renews=MONTH), SubscriptionLapsed)


def test_how_an_instance_is_paid_changes_in_both_ways(north):
    instance = north.instance(north.subnet())
    north.do(ChangePayment(instance_ids=(instance.id,), term=MONTH, renews=MONTH))
    assert instance.subscription.renews == MONTH
    again = ChangePayment(instance_ids=(instance.id,), term=MONTH)
    north.refuses(again, SubscriptionPresent, instance_id=instance.id)
    north.do(ChangePayment(instance_ids=(instance.id,), term=None, extras={"a": 1}))
    assert (instance.subscription, instance.extras["a"]) == (None, 1)
    north.wait(60 * DAY)
    assert instance.state is InstanceState.RUNNING


# -- deleting ----------------------------------------------------------------------------------------------


def test_what_is_paid_for_is_not_deleted_where_nothing_is_taken_back(north):
    instance = prepaid(north)
    delete = DeleteInstances(instance_ids=(instance.id,), force=True)
    north.refuses(delete, SubscriptionRunning, instance_id=instance.id)
    lapse(north, instance)
    north.do(delete)
    assert instance.state is InstanceState.DELETING


@pytest.mark.parametrize("boot", [True, False])
def test_what_is_given_back_stops_first_and_is_deleted_the_second_time(south, boot):
    instance = prepaid(south, boot=boot)
    delete = DeleteInstances(instance_ids=(instance.id,), force=True, detail="back")
    south.do(delete)
    assert instance.subscription.state is SubscriptionState.RETURNED
    assert instance.operation.detail == "back"
    south.wait()
    assert instance.state is InstanceState.STOPPED
    south.do(delete)
    south.wait()
    assert south.graph.instances == {}


def test_what_was_given_back_is_deleted_after_the_retention(south):
    instance = prepaid(south)
    south.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    south.wait(SOUTH.retention + HOUR)
    assert south.graph.instances == {}


def test_instances_paid_by_use_are_deleted_while_others_are_given_back(south):
    subnet = south.subnet()
    by_use, stopped = south.instance(subnet), south.instance(subnet, term=MONTH, boot=False)
    running = south.instance(subnet, term=MONTH)
    ids = tuple(each.id for each in (by_use, stopped, running))
    south.do(DeleteInstances(instance_ids=ids, force=True))
    assert by_use.state is InstanceState.DELETING
    assert (stopped.state, running.state) == (InstanceState.STOPPED, InstanceState.STOPPING)
    south.wait()
    assert {*south.graph.instances} == {stopped.id, running.id}
