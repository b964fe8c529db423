"""Any commands on security groups and their rules."""

from ipaddress import IPv4Network, IPv6Network

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import DIRECTIONS, HOW, NUMBERS, PICK, RARELY, TAGS, VERSIONS

from duolect_core.model.resources import GroupKind
from duolect_core.model.security_rules import Direction, GroupRule, Protocol, Verdict
from duolect_core.security_groups.lifecycle import CreateGroup, DeleteGroup, ModifyGroup
from duolect_core.security_groups.rule_changes import (
    AddRules,
    ModifyRule,
    RemoveRules,
    ReplaceRules,
    ResetRules,
)

_CHANGED = ("protocol", "ports", "peer", "peer_group_id", "peer_list_id", "service_list_id")


class GroupRules(Machine):
    """Creates, changes and deletes security groups and their rules."""

    @rule(
        network=st.one_of(st.none(), PICK),
        kind=st.sampled_from(GroupKind),
        managed=RARELY,
        classic=RARELY,
        tags=TAGS,
        how=HOW,
    )
    def create_group(self, network, how, **more):
        network_id = None if network is None else self.one(self.graph.networks, network)
        self.do(CreateGroup(network_id=network_id, **more), how)

    @rule(
        group=PICK,
        name=st.sampled_from([None, "n"]),
        trusting=st.sampled_from([None, True, False]),
        how=HOW,
    )
    def modify_group(self, group, how, **more):
        self.do(ModifyGroup(group_id=self.one(self.graph.groups, group), **more), how)

    @rule(group=PICK, how=HOW)
    def delete_group(self, group, how):
        self.do(DeleteGroup(self.one(self.graph.groups, group)), how)

    @rule(
        group=PICK,
        direction=DIRECTIONS,
        numbers=NUMBERS,
        place=st.sampled_from([None, None, 0, 1, 9]),
        version=VERSIONS,
        how=HOW,
    )
    def add_rules(self, group, direction, numbers, how, **more):
        group_id = self.one(self.graph.groups, group)
        rules = self.rules_of(direction, numbers)
        self.do(AddRules(group_id=group_id, direction=direction, rules=rules, **more), how)

    @rule(
        group=PICK, direction=DIRECTIONS, way=st.sampled_from("ipl"), pick=PICK, version=VERSIONS, how=HOW
    )
    def remove_rules(self, group, direction, way, pick, how, **more):
        group_id = self.ruled(direction, group)
        there = self.rules_there(group_id, direction)
        if way == "i":
            more["rule_ids"] = (self.one({rule.id: rule for rule in there}, pick),)
        elif way == "p":
            more["places"] = (pick % 4,)
        else:
            more["like"] = self.rules_of(direction, [pick % 16]) if pick % 8 == 7 else there[:1]
        self.do(RemoveRules(group_id=group_id, direction=direction, **more), how)

    @rule(
        group=PICK,
        direction=DIRECTIONS,
        pick=PICK,
        numbers=NUMBERS,
        version=VERSIONS,
        how=HOW,
    )
    def replace_rules(self, group, direction, pick, numbers, how, **more):
        group_id = self.ruled(direction, group)
        there = len(self.rules_there(group_id, direction))
        place = pick % (there + 1)
        rules = tuple(enumerate(self.rules_of(direction, numbers[: max(1, there - place)]), place))
        self.do(ReplaceRules(group_id=group_id, direction=direction, rules=rules, **more), how)

    @rule(
        group=PICK,
        ingress=st.one_of(st.none(), NUMBERS, st.just([])),
        egress=st.one_of(st.none(), NUMBERS),
        sort=st.booleans(),
        how=HOW,
    )
    def reset_rules(self, group, ingress, egress, how, *, sort):
        directions = {
            direction.value: self.rules_of(direction, numbers)
            for direction, numbers in ((Direction.INGRESS, ingress), (Direction.EGRESS, egress))
            if numbers is not None
        }
        group_id = self.one(self.graph.groups, group)
        self.do(ResetRules(group_id=group_id, sort=sort, **directions), how)

    @rule(
        group=PICK, direction=DIRECTIONS, pick=PICK, number=st.integers(0, 31), by_id=st.booleans(), how=HOW
    )
    def modify_rule(self, group, direction, pick, number, how, *, by_id):
        group_id = self.ruled(direction, group)
        there = {rule.id: rule for rule in self.rules_there(group_id, direction)}
        rule_id = self.one(there, pick)
        named = {"rule_id": rule_id} if by_id or rule_id not in there else {"like": there[rule_id]}
        wanted = self.rule_of(direction, number)
        changes = {name: getattr(wanted, name) for name in _CHANGED}
        self.do(ModifyRule(group_id=group_id, direction=direction, changes=changes, **named), how)

    def rules_of(self, direction, numbers):
        """Return rules by number: of ports, such that name groups, and now and then one that is wrong."""
        return tuple(self.rule_of(direction, number) for number in numbers)

    def rule_of(self, direction, number):
        if number < 16:
            block, port = IPv4Network("10.0.0.0/8"), (number % 8 + 1,) * 2
            verdict = Verdict.ACCEPT if number < 8 else Verdict.DROP
            return GroupRule(
                direction=direction, protocol=Protocol.TCP, ports=(port,), peer=block, verdict=verdict
            )
        if number < 30:
            peer = self.one(self.graph.groups, number - 16)
            return GroupRule(direction=direction, protocol=Protocol.ALL, peer_group_id=peer)
        if number == 30 and self.graph.address_lists:
            return self.rule_of_lists(direction)
        protocol = Protocol.ICMP if number == 30 else Protocol.UDP
        return GroupRule(direction=direction, protocol=protocol, peer=IPv6Network("::/0"))

    def rule_of_lists(self, direction):
        """Return a rule that names lists: of addresses, and perhaps of services."""
        services = next(iter(self.graph.service_lists), None)
        protocol = Protocol.TCP if services and not self.rules.services_name_protocols else Protocol.ALL
        return GroupRule(
            direction=direction,
            protocol=protocol,
            peer_list_id=next(iter(self.graph.address_lists)),
            service_list_id=services,
        )

    def ruled(self, direction, pick):
        """Return the id of a group, most often of one with rules of the direction."""
        return self.one(self.fit(self.graph.groups, lambda each: each.rules.get(direction)), pick)

    def rules_there(self, group_id, direction):
        group = self.graph.groups.get(group_id)
        return () if group is None else group.rules.get(direction, ())
