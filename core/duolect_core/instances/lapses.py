"""What becomes of instances that are paid for in advance when their term ends, or they are given back.

One whose term renews is paid for again. Another one stops and waits, with all that it has, until somebody
pays for it again; after the cloud's retention it is deleted. Nothing of this is on the timeline: it happens
because time passes, and nobody waits for it.
"""

from typing import Final

import attrs

from duolect_core.engine.partition import Partition
from duolect_core.engine.timeline import end_of
from duolect_core.instances import operations
from duolect_core.model.instances import Instance, Subscription, SubscriptionState, Term
from duolect_core.model.lifecycles import INSTANCE_LIFECYCLE, InstanceState, Trigger
from duolect_core.model.resources import LATEST, SECOND, Instant, OperationKind

_DAY: Final = 86400 * SECOND


def subscription(
    partition: Partition, term: Term | None, renews: Term | None, since: Instant | None = None
) -> Subscription | None:
    """Return a subscription of a term from now on, or from another instant; None without a term."""
    if term is None:
        return None
    midnight = partition.rules.terms_end_at_midnight
    expires = term.after(partition.now if since is None else since, until_midnight=midnight)
    return Subscription(expires=expires, due=None if expires >= LATEST else expires, renews=renews)


def end_term(partition: Partition, instance_id: str) -> None:
    """Renew a subscription that is over, or let it lapse; delete the instance of one that has lapsed.

    One that has changed since its alarm was set is not over.
    """
    graph, instance = partition.graph, partition.graph.instances[instance_id]
    ended = instance.subscription
    if ended is None or ended.due is None or ended.due > partition.now:
        return
    if not ended.is_paid:
        _release(partition, instance, ended)
    elif ended.renews is not None:
        renewed = subscription(partition, ended.renews, ended.renews, ended.expires)
        graph.subscribe(instance, renewed)
    else:
        _lapse(partition, instance, ended, SubscriptionState.EXPIRED)
        _stop(partition, instance)


def give_back(
    partition: Partition, instances: tuple[Instance, ...], detail: str, going: tuple[Instance, ...]
) -> None:
    """Take instances back that are paid for: those that run stop.

    The others have that operation as their latest one, or that of the instances that are ``going``.
    """
    running = tuple(each for each in instances if each.state is InstanceState.RUNNING)
    still = tuple(each for each in instances if each.state is not InstanceState.RUNNING)
    for instance in instances:
        if instance.subscription is not None:
            _lapse(partition, instance, instance.subscription, SubscriptionState.RETURNED)
    for instance in running:
        instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.STOP)]
    kind, duration = OperationKind.STOP_INSTANCES, partition.rules.durations.stop
    is_other = bool(going)
    operations.begin(partition, kind, Trigger.STOPPED, duration, running, detail=detail, separate=is_other)
    if not still:
        return
    under_way, ids = (*running, *going), (each.id for each in still)
    latest = under_way[0].operation if under_way else partition.complete(kind, *ids, detail=detail)
    for instance in still:
        instance.operation = latest


def follow(partition: Partition, instance: Instance, trigger: Trigger) -> None:
    """Go on with a subscription where an operation on its instance has ended.

    An instance that is paid for no more stops as soon as it runs. One that could not be stopped was not
    given back, and one that could not be launched is not paid for.
    """
    held = instance.subscription
    if held is None or instance.state is InstanceState.GONE:
        return
    if instance.state is InstanceState.LAUNCH_FAILED:
        partition.graph.subscribe(instance, None)
    elif trigger is Trigger.STOP_FAILED and held.state is SubscriptionState.RETURNED:
        paid = attrs.evolve(held, state=SubscriptionState.PAID, due=max(held.expires, partition.now))
        partition.graph.subscribe(instance, paid)
    elif not held.is_paid:
        _stop(partition, instance)


def _lapse(partition: Partition, instance: Instance, ended: Subscription, state: SubscriptionState) -> None:
    due = end_of(partition.now, partition.rules.retention)
    partition.graph.subscribe(instance, attrs.evolve(ended, state=state, due=due))


def _stop(partition: Partition, instance: Instance) -> None:
    """Let an instance stop that runs; another one does when it has come to run."""
    if instance.state is not InstanceState.RUNNING:
        return
    instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.STOP)]
    kind, duration = OperationKind.STOP_INSTANCES, partition.rules.durations.stop
    operations.begin(partition, kind, Trigger.STOPPED, duration, (instance,), separate=True)


def _release(partition: Partition, instance: Instance, lapsed: Subscription) -> None:
    """Delete an instance that nobody has paid for again; on the next day, where something holds it."""
    graph = partition.graph
    held = partition.rules.routes_hold and any(graph.routes_by_hop.ids(instance.id))
    if held or instance.state is not InstanceState.STOPPED:
        later = partition.now + _DAY
        graph.subscribe(instance, attrs.evolve(lapsed, due=None if later > LATEST else later))
        return
    graph.subscribe(instance, attrs.evolve(lapsed, due=None))
    instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.DELETE)]
    kind, duration = OperationKind.DELETE_INSTANCES, partition.rules.durations.delete_instance
    operations.begin(partition, kind, Trigger.DELETED, duration, (instance,), separate=True)
