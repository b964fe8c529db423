"""Any commands on IPv6 addresses: free ones, their Internet bandwidth, egress rules and elastic ones."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, OFTEN, PICK, PICKS, RARELY, TAGS
from tests.core.model.rules import DAY

from duolect_core.interfaces.ipv6_addresses import (
    AllocateIpv6Address,
    ModifyIpv6Addresses,
    ReleaseIpv6Address,
)
from duolect_core.interfaces.private_ips import AssignAddresses
from duolect_core.networks.gateways.egress_rules import CreateEgressRule, DeleteEgressRule
from duolect_core.networks.gateways.lifecycle import CreateIpv6Gateway
from duolect_core.public_addresses.ipv6_bandwidths import (
    CreateIpv6Bandwidths,
    DeleteIpv6Bandwidths,
    RenameIpv6Bandwidths,
    ResizeIpv6Bandwidths,
)
from duolect_core.public_addresses.public_ipv6 import (
    AllocatePublicIpv6Addresses,
    AssociatePublicIpv6Address,
    DisassociatePublicIpv6Address,
    ModifyPublicIpv6Addresses,
    ReleasePublicIpv6Addresses,
)
from duolect_core.relations import ipv6
from duolect_core.relations.address_plans import ANY


class Ipv6Rules(Machine):
    """Allocates IPv6 addresses, and lets them reach the Internet."""

    def set_up_ipv6(self, network):
        """Start with a free address and one of an interface, after all that there is was done once."""
        gateway_id = self.graph.ipv6_gateway_by_network.get(network.id)
        if gateway_id is None:
            gateway_id = self.grant(CreateIpv6Gateway(network_id=network.id)).id
            self.wait(DAY)
        subnet_id = next(iter(self.graph.subnets_by_network.ids(network.id)))
        free, spare = (self.grant(AllocateIpv6Address(subnet_id=subnet_id)) for _ in "12")
        self.wait(DAY)
        self.grant(ReleaseIpv6Address(spare.id))
        self.grant(ModifyIpv6Addresses(address_ids=(free.id,), name="n"))
        for again in (True, False):
            (its,) = self.grant(CreateIpv6Bandwidths(ips=(free.ip,)))
            self.wait(DAY)
            self.grant(ResizeIpv6Bandwidths(bandwidth_ids=(its.id,), extras={"x": 1}))
            self.wait(DAY)
            self.grant(RenameIpv6Bandwidths((its.id,), "n"))
            made = self.grant(CreateEgressRule(gateway_id=gateway_id, ip=free.ip))
            self.wait(DAY)
            if again:
                self.grant(DeleteEgressRule(made.id))
                self.wait(DAY)
                self.grant(DeleteIpv6Bandwidths(ips=(free.ip,)))
                self.wait(DAY)
        interface_id = next(
            each.id for each in self.graph.interfaces.values() if each.subnet_id == subnet_id
        )
        self.grant(AssignAddresses(interface_id=interface_id, ipv6=(ANY,)))
        first, second = self.grant(AllocatePublicIpv6Addresses(count=2))
        self.wait(DAY)
        self.grant(AssociatePublicIpv6Address(address_id=first.id, interface_id=interface_id))
        self.wait(DAY)
        self.grant(DisassociatePublicIpv6Address(first.id))
        self.grant(ModifyPublicIpv6Addresses(address_ids=(second.id,), name="n"))
        self.grant(ReleasePublicIpv6Addresses((second.id,)))
        self.wait(DAY)

    def ipv6_of(self, pick):
        """Return an IPv6 address that an interface or nobody has, or now and then none that is there."""
        graph = self.graph
        held = [ip for each in graph.interfaces.values() for ip in each.ipv6_ips]
        held += [each.ip for each in graph.ipv6_addresses.values() if each.free]
        if not held or pick % 16 == 15:
            return int(self.rules.ipv6_range.network_address) + pick
        return held[pick % len(held)]

    def ipv6_id_of(self, pick):
        return ipv6.id_of(self.rules, self.ipv6_of(pick)) if pick % 16 else "absent"

    @rule(subnet=PICK, named=RARELY, ip=PICK, tags=TAGS, how=HOW)
    def allocate_ipv6_address(self, subnet, named, ip, tags, how):
        wanted = self.ipv6_of(ip) if named else None
        subnet_id = self.one(self.graph.subnets, subnet)
        self.do(AllocateIpv6Address(subnet_id=subnet_id, ip=wanted, tags=tags), how)

    @rule(pick=PICK, how=HOW)
    def release_ipv6_address(self, pick, how):
        self.do(ReleaseIpv6Address(self.ipv6_id_of(pick)), how)

    @rule(picks=PICKS, name=st.sampled_from([None, "n"]), how=HOW)
    def modify_ipv6_addresses(self, picks, name, how):
        ids = tuple(self.ipv6_id_of(pick) for pick in picks)
        self.do(ModifyIpv6Addresses(address_ids=ids, name=name), how)

    @rule(picks=PICKS, package=PICK, shared=RARELY, gateway=PICK, named=RARELY, tags=TAGS, how=HOW)
    def create_ipv6_bandwidths(self, picks, package, shared, gateway, *, named, tags, how):
        command = CreateIpv6Bandwidths(
            ips=tuple(self.ipv6_of(pick) for pick in picks),
            package_id=self.one(self.graph.bandwidth_packages, package) if shared else None,
            gateway_id=self.one(self.graph.ipv6_gateways, gateway) if named else None,
            tags=tags,
        )
        self.do(command, how)

    @rule(
        command=st.sampled_from([ResizeIpv6Bandwidths, DeleteIpv6Bandwidths]),
        picks=PICKS,
        by_ip=RARELY,
        how=HOW,
    )
    def change_ipv6_bandwidths(self, command, picks, by_ip, how):
        ips = tuple(self.ipv6_of(pick) for pick in picks) if by_ip else ()
        ids = () if by_ip else self.some(self.graph.ipv6_bandwidths, picks)
        self.do(command(ips=ips, bandwidth_ids=ids), how)

    @rule(picks=PICKS, name=st.sampled_from([None, "m"]), how=HOW)
    def rename_ipv6_bandwidths(self, picks, name, how):
        self.do(RenameIpv6Bandwidths(self.some(self.graph.ipv6_bandwidths, picks), name), how)

    @rule(gateway=PICK, pick=PICK, near=OFTEN, how=HOW)
    def create_egress_rule(self, gateway, pick, near, how):
        widths = list(self.graph.ipv6_bandwidths.values())
        ip = widths[pick % len(widths)].ip if near and widths else self.ipv6_of(pick)
        gateway_id = self.one(self.graph.ipv6_gateways, gateway)
        self.do(CreateEgressRule(gateway_id=gateway_id, ip=ip), how)

    @rule(pick=PICK, how=HOW)
    def delete_egress_rule(self, pick, how):
        self.do(DeleteEgressRule(self.one(self.graph.egress_rules, pick)), how)

    @rule(count=st.integers(1, 2), package=PICK, shared=RARELY, tags=TAGS, how=HOW)
    def allocate_public_ipv6(self, count, package, shared, tags, how):
        package_id = self.one(self.graph.bandwidth_packages, package) if shared else None
        self.do(AllocatePublicIpv6Addresses(count=count, package_id=package_id, tags=tags), how)

    @rule(address=PICK, pick=PICK, by_instance=RARELY, named=OFTEN, how=HOW)
    def associate_public_ipv6(self, address, pick, by_instance, named, how):
        ip = self.ipv6_of(pick)
        interface = ipv6.interface_with(self.graph, ip)
        where = {"interface_id": "absent" if interface is None else interface.id}
        if by_instance:
            where = {"instance_id": self.one(self.graph.instances, pick)}
        address_id = self.one(self.graph.public_ipv6_addresses, address)
        command = AssociatePublicIpv6Address(address_id=address_id, ip=ip if named else None, **where)
        self.do(command, how)

    @rule(address=PICK, how=HOW)
    def disassociate_public_ipv6(self, address, how):
        self.do(DisassociatePublicIpv6Address(self.one(self.graph.public_ipv6_addresses, address)), how)

    @rule(addresses=PICKS, how=HOW)
    def release_public_ipv6(self, addresses, how):
        ids = self.some(self.graph.public_ipv6_addresses, addresses)
        self.do(ReleasePublicIpv6Addresses(ids), how)

    @rule(addresses=PICKS, name=st.sampled_from([None, "n"]), how=HOW)
    def modify_public_ipv6(self, addresses, name, how):
        ids = self.some(self.graph.public_ipv6_addresses, addresses)
        self.do(ModifyPublicIpv6Addresses(address_ids=ids, name=name), how)
