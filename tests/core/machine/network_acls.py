"""Any commands on network ACLs and their entries."""

from ipaddress import ip_network

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, OFTEN, PICK, PICKS, RARELY, TAGS

from duolect_core.model.network_acls import AclEntry
from duolect_core.model.security_rules import WITH_PORTS, Direction, Protocol, Verdict
from duolect_core.networks.acl_entries import (
    AclEntryChange,
    AddAclEntries,
    ChangeAclEntries,
    CopyAclEntries,
    RemoveAclEntries,
    ReplaceAclEntries,
)
from duolect_core.networks.acls import (
    AssociateNetworkAcl,
    CreateNetworkAcl,
    DeleteNetworkAcl,
    DisassociateNetworkAcl,
    ModifyNetworkAcl,
)

BLOCKS = st.sampled_from(["0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/8", "::/0"])
PARTS = st.tuples(st.sampled_from(Protocol), st.sampled_from(Verdict), BLOCKS, RARELY)
ENTRIES = st.dictionaries(st.sampled_from(Direction), st.lists(PARTS, max_size=3), min_size=1)


def entry(protocol, verdict, block, mixed, entry_id=""):
    block = ip_network(block)
    return AclEntry(
        id=entry_id,
        protocol=protocol,
        verdict=verdict,
        source=block,
        destination=ip_network("10.9.0.0/16") if mixed else None,
        ports=((80, 90),) if protocol in WITH_PORTS else (),
    )


def entries(given):
    return {direction: tuple(entry(*parts) for parts in each) for direction, each in given.items()}


class AclRules(Machine):
    """Creates, changes, associates and deletes network ACLs."""

    def acl(self, pick):
        return self.one(self.graph.network_acls, pick)

    def five_part(self, acl_id, right):
        found = self.graph.network_acls.get(acl_id)
        return (found is not None and found.five_part) is right

    def entry_of(self, acl_id, direction, pick):
        found = self.graph.network_acls.get(acl_id)
        held = () if found is None else found.entries.get(direction, ())
        return self.one({each.id: each for each in held}, pick)

    @rule(
        network=PICK, five_part=RARELY, given=ENTRIES, name=st.sampled_from(["", "n"]), tags=TAGS, how=HOW
    )
    def create_network_acl(self, network, given, how, **more):
        network_id = self.one(self.graph.networks, network)
        self.do(CreateNetworkAcl(network_id=network_id, entries=entries(given), **more), how)

    @rule(acl=PICK, name=st.sampled_from([None, "n"]), extras=st.sampled_from([{}, {"x": 1}]), how=HOW)
    def modify_network_acl(self, acl, how, **more):
        self.do(ModifyNetworkAcl(acl_id=self.acl(acl), **more), how)

    @rule(acl=PICK, how=HOW)
    def delete_network_acl(self, acl, how):
        self.do(DeleteNetworkAcl(self.acl(acl)), how)

    @rule(
        command=st.sampled_from([AssociateNetworkAcl, AssociateNetworkAcl, DisassociateNetworkAcl]),
        acl=PICK,
        picks=PICKS,
        near=OFTEN,
        how=HOW,
    )
    def associate_network_acl(self, command, acl, picks, near, how):
        acl_id = self.acl(acl)
        found = self.graph.network_acls.get(acl_id)

        def fits(subnet):
            joins = command is AssociateNetworkAcl
            return (
                found and subnet.network_id == found.network_id and (subnet.id in found.subnet_ids) < joins
            )

        table = self.fit(self.graph.subnets, fits) if near else self.graph.subnets
        self.do(command(acl_id=acl_id, subnet_ids=self.some(table, picks)), how)

    @rule(acl=PICK, given=ENTRIES, keep=st.one_of(st.none(), PICK), right=OFTEN, how=HOW)
    def replace_acl_entries(self, acl, given, keep, right, how):
        acl_id, wanted = self.acl(acl), entries(given)
        if keep is not None:
            for direction, each in wanted.items():
                kept = entry(
                    Protocol.ALL,
                    Verdict.DROP,
                    "10.0.0.0/8",
                    mixed=False,
                    entry_id=self.entry_of(acl_id, direction, keep),
                )
                wanted[direction] = (*each, kept)
        five_part = self.five_part(acl_id, right)
        self.do(ReplaceAclEntries(acl_id=acl_id, entries=wanted, five_part=five_part), how)

    @rule(acl=PICK, given=ENTRIES, right=OFTEN, how=HOW)
    def add_acl_entries(self, acl, given, right, how):
        acl_id = self.acl(acl)
        five_part = self.five_part(acl_id, right)
        self.do(AddAclEntries(acl_id=acl_id, entries=entries(given), five_part=five_part), how)

    @rule(
        acl=PICK,
        direction=st.sampled_from(Direction),
        picks=PICKS,
        protocol=st.one_of(st.none(), st.sampled_from(Protocol)),
        verdict=st.one_of(st.none(), st.sampled_from(Verdict)),
        source=st.one_of(st.none(), BLOCKS.map(ip_network)),
        place=st.sampled_from([None, 1, 2, 9]),
        right=OFTEN,
        how=HOW,
    )
    def change_acl_entries(self, acl, direction, picks, right, how, **more):
        acl_id = self.acl(acl)
        changes = tuple(
            AclEntryChange(entry_id=self.entry_of(acl_id, direction, pick), **more) for pick in picks
        )
        five_part = self.five_part(acl_id, right)
        self.do(ChangeAclEntries(acl_id=acl_id, changes={direction: changes}, five_part=five_part), how)

    @rule(acl=PICK, direction=st.sampled_from(Direction), picks=PICKS, right=OFTEN, how=HOW)
    def remove_acl_entries(self, acl, direction, picks, right, how):
        acl_id = self.acl(acl)
        ids = tuple(self.entry_of(acl_id, direction, pick) for pick in picks)
        five_part = self.five_part(acl_id, right)
        self.do(RemoveAclEntries(acl_id=acl_id, entry_ids={direction: ids}, five_part=five_part), how)

    @rule(acl=PICK, source=PICK, how=HOW)
    def copy_acl_entries(self, acl, source, how):
        self.do(CopyAclEntries(acl_id=self.acl(acl), source_id=self.acl(source)), how)
