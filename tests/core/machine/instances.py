"""Any commands on instances."""

from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import (
    ADDRESS_REQUESTS,
    ADDRESSES,
    GROUPS,
    HOW,
    PICK,
    PICKS,
    PLANS,
    RARELY,
    TAGS,
)
from tests.core.model.rules import DAY

from duolect_core.instances.changes import ModifyInstances, RecordChange, ResizeInstances
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import (
    DeleteInstances,
    RebootInstances,
    ReclaimInstance,
    StartInstances,
    StopInstances,
)
from duolect_core.instances.moving import MoveInstances
from duolect_core.instances.subscriptions import ChangePayment, RenewInstances, SetRenewal
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.interfaces.secondaries import Secondary
from duolect_core.model.instances import Term
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import SECOND, InterfaceKind
from duolect_core.public_addresses.own_addresses import SetPublicIps
from duolect_core.relations.address_plans import ANY, AddressPlan

TERMS = st.sampled_from([None, None, Term(days=1), Term(months=1)])


class InstanceRules(Machine):
    """Runs, changes and deletes instances."""

    @rule(
        type_name=st.sampled_from(["large"] * 6 + ["small", "cold", "bare", "plain", "absent"]),
        subnet=PICK,
        count=st.sampled_from([0, 1, 1, 1, 2, 3]),
        certain=st.one_of(st.none(), st.none(), st.lists(ADDRESSES, min_size=3, max_size=3)),
        groups=GROUPS,
        addresses=PLANS,
        boot=st.booleans(),
        public=RARELY,
        keys=st.one_of(st.just([]), PICKS),
        group=st.one_of(st.none(), st.none(), PICK),
        placement_partition=st.sampled_from([0, 0, 1]),
        queues=st.sampled_from([None, None, 1, 9]),
        protected=RARELY,
        classic=RARELY,
        others=st.lists(
            st.tuples(PICK, st.booleans(), ADDRESS_REQUESTS, st.sampled_from([None, None, None, 0, 2])),
            max_size=2,
        ),
        disks=st.lists(st.tuples(PICK, st.sampled_from(["", "", "/dev/vdx"])), max_size=3),
        tags=TAGS,
        term=TERMS,
        renews=TERMS,
        how=HOW,
    )
    def run_instances(self, subnet, count, certain, groups, how, *, keys, group, others, disks, **more):
        subnet_id = self.one(self.graph.subnets, subnet)
        command = RunInstances(
            secondaries=tuple(self.secondary(subnet_id, groups, each) for each in others),
            subnet_id=subnet_id,
            names=("a", "b", "c")[:count],
            primary_ips=() if certain is None else tuple(certain[:count]),
            group_ids=self.groups(subnet_id, groups),
            key_pair_ids=self.some(self.graph.key_pairs, keys),
            placement_group_id="" if group is None else self.one(self.graph.placement_groups, group),
            disks=tuple(self.new_disk(*each) for each in disks),
            disk_tags=more["tags"],
            **more,
        )
        self.do(command, how)

    def secondary(self, subnet_id, groups, how):
        """Return an interface to come with an instance: a new one near it, or often a free one."""
        pick, new, request, card = how
        if not new:
            free = [i.id for i in self.graph.interfaces.values() if i.state is InterfaceState.AVAILABLE]
            return Secondary(self.one(free if pick % 8 else self.graph.interfaces, pick), card=card)
        if pick % 8 == 0:
            subnet_id = self.one(self.graph.subnets, pick)
        plan = AddressPlan(primary=request, secondaries=(ANY,) * (pick % 2))
        create = CreateInterface(
            subnet_id=subnet_id,
            group_ids=self.groups(subnet_id, groups),
            addresses=plan,
            kind=InterfaceKind.TRUNK if pick % 5 == 0 else InterfaceKind.SECONDARY,
            managed=pick % 16 == 3,
        )
        return Secondary(create, card=card)

    @rule(
        command=st.sampled_from(
            [StartInstances, StopInstances, RebootInstances, partial(StopInstances, frees_public_ips=True)]
        ),
        instances=PICKS,
        how=HOW,
    )
    def move_instances(self, command, instances, how):
        """Start, stop or reboot instances, most often those that are in the state for it."""
        table = self.graph.instances
        if sum(instances) % 4:
            begins = InstanceState.STOPPED if command is StartInstances else InstanceState.RUNNING
            table = self.fit(table, lambda each: each.state is begins)
        self.do(command(self.some(table, instances)), how)

    @rule(
        instances=PICKS,
        name=st.sampled_from([None, "n"]),
        protected=st.sampled_from([None, None, True, False]),
        groups=st.one_of(st.none(), GROUPS),
        queues=st.sampled_from([None, None, 0, 2, 9]),
        extras=st.sampled_from([None, {"x": 1}]),
        how=HOW,
    )
    def modify_instances(self, instances, groups, how, **more):
        instance_ids = self.some(self.graph.instances, instances)
        first = self.graph.instances.get((*instance_ids, "absent")[0])
        subnet_id = "absent" if first is None else first.subnet_id
        group_ids = None if groups is None else self.groups(subnet_id, groups)
        self.do(ModifyInstances(instance_ids=instance_ids, group_ids=group_ids, **more), how)

    @rule(
        instances=PICKS,
        type_name=st.sampled_from(["large", "large", "small", "cold", "bare", "plain", "absent"]),
        restart=st.booleans(),
        how=HOW,
    )
    def resize_instances(self, instances, how, **more):
        self.do(ResizeInstances(instance_ids=self.some(self.graph.instances, instances), **more), how)

    @rule(
        instances=PICKS,
        subnet=PICK,
        ip=st.one_of(st.none(), st.none(), ADDRESSES),
        groups=st.one_of(st.none(), GROUPS),
        leaves=st.booleans(),
        restart=st.booleans(),
        how=HOW,
    )
    def relocate_instances(self, instances, subnet, ip, groups, how, *, leaves, **more):
        """Move instances to a subnet, most often to one of the network where the first of them is."""
        graph = self.graph
        found = [
            graph.instances[each]
            for each in self.some(graph.instances, instances)[:2]
            if each in graph.instances
        ]
        near = graph.subnets
        if found and not leaves:
            near = self.fit(near, lambda each: each.network_id == found[0].network_id)
        subnet_id = self.one(near, subnet)
        network_id = graph.subnets[subnet_id].network_id if leaves and subnet_id in graph.subnets else None
        self.do(
            MoveInstances(
                instance_ids=tuple(dict.fromkeys(each.id for each in found)),
                subnet_id=subnet_id,
                network_id=network_id,
                primary_ips=() if ip is None or len(found) != 1 else (ip,),
                group_ids=None if groups is None else self.groups(subnet_id, groups),
                **more,
            ),
            how,
        )

    @rule(
        command=st.sampled_from([RenewInstances, SetRenewal, ChangePayment]),
        instances=PICKS,
        terms=st.tuples(TERMS, TERMS),
        how=HOW,
    )
    def pay(self, command, instances, terms, how):
        """Pay for instances in advance, again, or no more: most often for those that it fits."""
        table, (term, renews) = self.graph.instances, terms
        if sum(instances) % 4:
            has_none = command is ChangePayment and term is not None
            table = self.fit(table, lambda each: (each.subscription is None) is has_none)
        more = {"renews": renews}
        if command is RenewInstances:
            more |= {"term": term or Term(months=1), "keeps_renewal": sum(instances) % 2 == 0}
        elif command is ChangePayment:
            more["term"] = term
        self.do(command(instance_ids=self.some(table, instances), **more), how)

    @rule(days=st.sampled_from([2, 20, 40]))
    def let_days_pass(self, days):
        self.at += days * DAY
        self.partition.settle(self.at)

    @rule(instances=PICKS, how=HOW)
    def record_change(self, instances, how):
        self.do(RecordChange(instance_ids=self.some(self.graph.instances, instances), detail="names"), how)

    @rule(
        instances=PICKS,
        wanted=st.sampled_from([None, True, True, False]),
        extras=st.sampled_from([{}, {"x": 2}]),
        how=HOW,
    )
    def set_public_ips(self, instances, how, **more):
        self.do(SetPublicIps(instance_ids=self.some(self.graph.instances, instances), **more), how)

    @rule(instances=PICKS, force=st.booleans(), how=HOW)
    def delete_instances(self, instances, force, how):
        command = DeleteInstances(instance_ids=self.some(self.graph.instances, instances), force=force)
        self.do(command, how)

    @rule(pick=PICK, notice=st.sampled_from([0, 1, 300 * SECOND]), how=HOW)
    def reclaim_instance(self, pick, notice, how):
        self.do(ReclaimInstance(self.one(self.graph.instances, pick), notice), how)
