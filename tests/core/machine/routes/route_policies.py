"""Any commands on groups of route targets, on published routes and on route policies."""

from ipaddress import ip_network

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, OFTEN, PICK, PICKS, TAGS
from tests.core.model.rules import DAY

from duolect_core.model.lifecycles import RouteState
from duolect_core.model.routes import HopKind, NextHop, RouteVerdict
from duolect_core.routes.policies import (
    AddPolicyEntries,
    ChangePolicyEntries,
    CreateRoutePolicy,
    DeleteRoutePolicy,
    ModifyRoutePolicy,
    NewPolicyEntry,
    RemovePolicyEntries,
    ResetPolicyEntries,
)
from duolect_core.routes.policy_associations import (
    AssociateRoutePolicies,
    ChangePolicyPriorities,
    DisassociateRoutePolicies,
    MatchRoutePolicies,
    PolicyOfTable,
    ResetTablePolicies,
)
from duolect_core.routes.publication import PublishRoutes, WithdrawRoutes
from duolect_core.routes.target_groups import (
    CreateRouteTargetGroup,
    DeleteRouteTargetGroup,
    ModifyRouteTargetGroup,
    SwitchRouteTarget,
)

NAMES = st.sampled_from([None, "n"])
TARGET = NextHop(kind=HopKind.ELSEWHERE, id="ecr")
MEMBERS = (attrs.evolve(TARGET, id="a", weight=100), attrs.evolve(TARGET, id="b"))
OTHERS = (MEMBERS[0], attrs.evolve(TARGET, id="c"))
ENTRIES = st.lists(
    st.builds(
        NewPolicyEntry,
        block=st.sampled_from(["0.0.0.0/0", "172.16.0.0/12", "::/0"]).map(ip_network),
        verdict=st.sampled_from(RouteVerdict),
        priority=st.sampled_from([None, None, 1, 2, 9]),
        hop_label=st.sampled_from(["", "", "instance"]),
    ),
    max_size=2,
).map(tuple)
ENTRY = NewPolicyEntry(block=ip_network("0.0.0.0/0"), verdict=RouteVerdict.ACCEPT)
PRIORITIES = st.integers(1, 3)


class RoutePolicyRules(Machine):
    """Creates, changes and deletes groups of route targets and route policies, and publishes routes."""

    def set_up_policies(self, network):
        """Start with a group of route targets, and a policy that a table has."""
        group, spare = (
            self.grant(CreateRouteTargetGroup(network_id=network.id, members=MEMBERS)) for _ in "12"
        )
        self.wait(DAY)
        for command in (
            SwitchRouteTarget(group.id),
            ModifyRouteTargetGroup(group_id=group.id, name="n"),
            DeleteRouteTargetGroup(spare.id),
        ):
            self.grant(command)
            self.wait(DAY)
        policy, other = (self.grant(CreateRoutePolicy(name="p", entries=(ENTRY, ENTRY))) for _ in "12")
        first, second = policy.entries
        table_id = network.route_table_id
        there, elsewhere = (
            PolicyOfTable(table_id=table_id, policy_id=policy.id, priority=n) for n in (1, 2)
        )
        (route_id, *_) = self.graph.routes_by_table.ids(table_id)
        for command in (
            ModifyRoutePolicy(policy_id=policy.id, name="n"),
            ChangePolicyEntries(policy_id=policy.id, changes={first.id: {"priority": 7}}),
            RemovePolicyEntries(policy_id=policy.id, entry_ids=(second.id,)),
            AddPolicyEntries(policy_id=policy.id, entries=(ENTRY,)),
            ResetPolicyEntries(policy_id=policy.id, entries=(ENTRY,)),
            AssociateRoutePolicies((there,)),
            ChangePolicyPriorities((elsewhere,)),
            MatchRoutePolicies(table_id=table_id, route_ids=(route_id,)),
            DisassociateRoutePolicies(((table_id, policy.id),)),
            ResetTablePolicies(table_id=table_id, policies=(there,)),
            DeleteRoutePolicy(other.id),
            PublishRoutes(route_ids=(route_id,), target=TARGET),
            WithdrawRoutes(route_ids=(route_id,), target=TARGET),
        ):
            self.grant(command)

    # -- groups of route targets and published routes ------------------------------------------------

    @rule(network=PICK, members=st.sampled_from([MEMBERS, MEMBERS, MEMBERS[:1] * 2]), tags=TAGS, how=HOW)
    def create_route_target_group(self, network, how, **more):
        self.do(CreateRouteTargetGroup(network_id=self.one(self.graph.networks, network), **more), how)

    @rule(
        pick=PICK,
        name=NAMES,
        members=st.sampled_from([None, OTHERS, MEMBERS, MEMBERS[:1]]),
        extras=st.sampled_from([{}, {"x": 1}]),
        how=HOW,
    )
    def modify_route_target_group(self, pick, how, **more):
        self.do(
            ModifyRouteTargetGroup(group_id=self.one(self.graph.route_target_groups, pick), **more), how
        )

    @rule(pick=PICK, command=st.sampled_from([SwitchRouteTarget, DeleteRouteTargetGroup]), how=HOW)
    def end_route_target_group(self, pick, command, how):
        self.do(command(self.one(self.graph.route_target_groups, pick)), how)

    @rule(picks=PICKS, command=st.sampled_from([PublishRoutes, WithdrawRoutes]), near=OFTEN, how=HOW)
    def publish_routes(self, picks, command, near, how):
        table = self.graph.routes
        if near:
            table = self.fit(
                table,
                lambda each: (
                    each.state is RouteState.AVAILABLE
                    and bool(each.published_to) is (command is WithdrawRoutes)
                ),
            )
        self.do(command(route_ids=self.some(table, picks[:2]), target=TARGET), how)

    # -- route policies --------------------------------------------------------------------------------

    def policy(self, pick):
        return self.one(self.graph.route_policies, pick)

    def entry_ids(self, policy_id, picks):
        found = self.graph.route_policies.get(policy_id)
        return self.some([each.id for each in found.entries] if found else (), picks)

    @rule(entries=ENTRIES, tags=TAGS, how=HOW)
    def create_route_policy(self, how, **more):
        self.do(CreateRoutePolicy(name="p", **more), how)

    @rule(pick=PICK, name=NAMES, description=NAMES, how=HOW)
    def modify_route_policy(self, pick, how, **more):
        self.do(ModifyRoutePolicy(policy_id=self.policy(pick), **more), how)

    @rule(pick=PICK, how=HOW)
    def delete_route_policy(self, pick, how):
        self.do(DeleteRoutePolicy(self.policy(pick)), how)

    @rule(
        pick=PICK,
        command=st.sampled_from([AddPolicyEntries, ResetPolicyEntries]),
        entries=ENTRIES,
        how=HOW,
    )
    def add_policy_entries(self, pick, command, entries, how):
        self.do(command(policy_id=self.policy(pick), entries=entries), how)

    @rule(pick=PICK, picks=PICKS, priority=PRIORITIES, how=HOW)
    def change_policy_entries(self, pick, picks, priority, how):
        policy_id = self.policy(pick)
        changes = {each: {"priority": priority} for each in self.entry_ids(policy_id, picks[:2])}
        self.do(ChangePolicyEntries(policy_id=policy_id, changes=changes), how)

    @rule(pick=PICK, picks=PICKS, how=HOW)
    def remove_policy_entries(self, pick, picks, how):
        policy_id = self.policy(pick)
        self.do(RemovePolicyEntries(policy_id=policy_id, entry_ids=self.entry_ids(policy_id, picks)), how)

    @rule(
        command=st.sampled_from(
            [AssociateRoutePolicies, ChangePolicyPriorities, DisassociateRoutePolicies, ResetTablePolicies]
        ),
        table=PICK,
        picks=PICKS,
        priority=PRIORITIES,
        how=HOW,
    )
    def associate_route_policies(self, command, table, picks, priority, how):
        table_id = self.one(self.graph.route_tables, table)
        policy_ids = self.some(self.graph.route_policies, picks[:2])
        if command is DisassociateRoutePolicies:
            self.do(command(tuple((table_id, each) for each in policy_ids)), how)
            return
        places = tuple(
            PolicyOfTable(table_id=table_id, policy_id=each, priority=priority + number)
            for number, each in enumerate(policy_ids)
        )
        if command is ResetTablePolicies:
            self.do(command(table_id=table_id, policies=places), how)
        else:
            self.do(command(places), how)

    @rule(table=PICK, picks=PICKS, how=HOW)
    def match_route_policies(self, table, picks, how):
        table_id = self.one(self.graph.route_tables, table)
        near = self.fit(self.graph.routes, lambda each: each.table_id == table_id)
        self.do(MatchRoutePolicies(table_id=table_id, route_ids=self.some(near, picks)), how)
