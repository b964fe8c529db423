"""What there is before a machine begins: a little of everything, and what is seldom done, done once."""

from ipaddress import IPv4Network

from tests.core.machine.base import Machine
from tests.core.machine.network_acls import entry
from tests.core.machine.strategies import PLAIN
from tests.core.model.rules import DAY

from duolect_core.disks.attachment import AttachDisks
from duolect_core.disks.encryption import EnableDiskEncryption, ModifyDiskEncryption
from duolect_core.disks.lifecycle import CreateDisks
from duolect_core.fleets.launch_templates import (
    CreateLaunchTemplate,
    CreateTemplateVersion,
    DeleteTemplateVersions,
    ModifyLaunchTemplate,
    SetDefaultVersion,
)
from duolect_core.fleets.placement_groups import (
    CreatePlacementGroup,
    DeletePlacementGroups,
    ModifyPlacementGroup,
    PlaceInstances,
)
from duolect_core.fleets.provisioning_groups import (
    CreateProvisioningGroup,
    DeleteProvisioningGroup,
    ModifyProvisioningGroup,
)
from duolect_core.images.copies import CancelImageCopy, CopyImage, ImagePart
from duolect_core.images.lifecycle import CreateImage, DeleteImages
from duolect_core.images.sharing import ShareImage
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import ReclaimInstance
from duolect_core.instances.subscriptions import ChangePayment, RenewInstances, SetRenewal
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.interfaces.permissions import GrantPermission
from duolect_core.interfaces.virtual_addresses import (
    AssociateVirtualAddresses,
    Carrying,
    CreateVirtualAddress,
)
from duolect_core.key_pairs.binding import BindKeyPairs
from duolect_core.key_pairs.lifecycle import CreateKeyPair
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.disks import NewDisk
from duolect_core.model.instances import Term
from duolect_core.model.nat_gateways import NatProtocol
from duolect_core.model.resources import InterfaceKind
from duolect_core.model.routes import HopKind, ListedBlocks
from duolect_core.model.security_rules import Direction, Protocol, Verdict
from duolect_core.nat_gateways.dnat import CreateDnatRules, Forwarding, NewDnatRule
from duolect_core.nat_gateways.lifecycle import CreateNatGateway
from duolect_core.nat_gateways.snat import CreateSnatRules, NewSnatRule
from duolect_core.networks.acls import (
    AssociateNetworkAcl,
    CreateNetworkAcl,
    DeleteNetworkAcl,
    DisassociateNetworkAcl,
)
from duolect_core.networks.changes import (
    ChangeBlocks,
    GiveNetworkIpv6,
    GiveSubnetsIpv6,
    TakeNetworkIpv6,
    TakeSubnetsIpv6,
)
from duolect_core.networks.lifecycle import CreateDefaultSubnet, CreateNetwork, CreateSubnet, CreateSubnets
from duolect_core.public_addresses.bandwidth_packages import AddToBandwidthPackage, CreateBandwidthPackages
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, AssociatePublicAddress
from duolect_core.relations.address_plans import ANY, AddressPlan
from duolect_core.routes.entries import Course, CreateRoutes, DeployRouteList, NewRoute
from duolect_core.routes.tables import AssociateRouteTable, CreateRouteTable, DisassociateRouteTable
from duolect_core.security_groups.lifecycle import CreateGroup
from duolect_core.security_groups.lists.contents import KINDS
from duolect_core.security_groups.lists.lifecycle import (
    ChangeListEntries,
    CreateList,
    DeleteList,
    ModifyList,
)
from duolect_core.security_groups.rule_changes import AddRules


class SetUp(Machine):
    """Furnishes a partition."""

    def set_up_acl(self, network):
        """Start with gateways, and an ACL that a subnet has."""
        self.set_up_gateways(network)
        self.set_up_ipv6(network)
        self.set_up_reservations(network)
        entries = {
            each: (entry(Protocol.ALL, Verdict.DROP, "0.0.0.0/0", mixed=False),) for each in Direction
        }
        acl = self.grant(CreateNetworkAcl(network_id=network.id, entries=entries))
        self.wait(DAY)
        bound = tuple(self.graph.subnets_by_network.ids(network.id))[:1]
        self.grant(AssociateNetworkAcl(acl_id=acl.id, subnet_ids=bound))
        self.wait(DAY)
        spare = self.grant(CreateNetworkAcl(network_id=network.id, entries=entries))
        self.wait(DAY)
        for command in (DisassociateNetworkAcl, AssociateNetworkAcl):
            self.grant(command(acl_id=acl.id, subnet_ids=bound))
            self.wait(DAY)
        self.grant(DeleteNetworkAcl(spare.id))
        self.wait(DAY)

    def set_up_disks(self, zone):
        """Start with disks, one of them attached, and an image."""
        disk, _ = self.grant(CreateDisks(new=NewDisk(size=10, category="c"), zone=zone, count=2))
        self.wait(DAY)
        self.grant(AttachDisks(disk_ids=(disk.id,), instance_id=next(iter(self.graph.instances))))
        self.grant(EnableDiskEncryption())
        self.grant(ModifyDiskEncryption(enabled=False))
        image = self.grant(CreateImage(instance_id=list(self.graph.instances)[1], name="a"))
        self.wait(DAY)
        self.set_up_copies(disk, next(iter(self.graph.instances)))
        self.grant(ShareImage(image_id=image.id, add=("1",)))
        self.grant(ShareImage(image_id=image.id, remove=("1",)))
        part = ImagePart(kind=DiskKind.SYSTEM, size=20)
        copy = self.grant(CopyImage(original_id=image.id, parts=(part,)))
        if self.rules.durations.copy_image:
            self.grant(CancelImageCopy(copy.id))
        else:
            self.grant(DeleteImages(image_ids=(copy.id,), with_snapshots=True))

    def set_up_subscription(self):
        """Let an instance be paid for in advance, and again."""
        ids = tuple(self.graph.instances)[:1]
        self.grant(ChangePayment(instance_ids=ids, term=Term(months=1)))
        self.grant(RenewInstances(instance_ids=ids, term=Term(days=7)))
        self.grant(SetRenewal(instance_ids=ids, renews=Term(months=1)))

    def set_up_fleets(self):
        """Start with a launch template, of which one version was deleted."""
        template = self.grant(CreateLaunchTemplate(name="a"))
        self.grant(CreateTemplateVersion(template_id=template.id))
        self.grant(SetDefaultVersion(template_id=template.id, number=2))
        self.grant(DeleteTemplateVersions(template_id=template.id, numbers=(1,)))
        self.grant(ModifyLaunchTemplate(template_id=template.id, extras={"x": 1}))
        group, spare = (self.grant(CreatePlacementGroup(name="a", strategy="s", limit=2)) for _ in "12")
        self.grant(ModifyPlacementGroup(group_id=group.id, name="b"))
        self.grant(DeletePlacementGroups((spare.id,)))
        self.wait(DAY)
        first = next(iter(self.graph.instances))
        self.grant(PlaceInstances(instance_ids=(first,), group_id=group.id))
        made, gone = (
            self.grant(CreateProvisioningGroup(name="a", delivery="d", total=1, instance_ids=(first,)))
            for _ in "12"
        )
        self.grant(ModifyProvisioningGroup(group_id=made.id, leaving_ids=(first,)))
        self.grant(DeleteProvisioningGroup(gone.id))
        self.grant(ReclaimInstance(list(self.graph.instances)[-1], DAY))

    def set_up_spare(self, zone):
        """Start with a default network, whose blocks come and go."""
        spare = self.grant(CreateNetwork(block=IPv4Network("10.0.0.0/16"), default=True))
        self.wait(DAY)
        for change in (GiveNetworkIpv6, TakeNetworkIpv6, GiveNetworkIpv6):
            self.grant(change(spare.id))
        self.grant(ChangeBlocks(network_id=spare.id, add=(IPv4Network("10.8.0.0/24"),)))
        block = IPv4Network("10.0.9.0/28")
        place = CreateSubnet(network_id=spare.id, zone=zone, block=block)
        (subnet,) = self.grant(CreateSubnets((place,)))
        self.wait(DAY)
        for index in (7, 0):
            self.grant(GiveSubnetsIpv6(spare.id, {subnet.id: index}))
            self.grant(TakeSubnetsIpv6(spare.id, {subnet.id: None}))
        self.grant(GiveSubnetsIpv6(spare.id, {subnet.id: 0}))
        self.grant(CreateDefaultSubnet(zone=zone, mask=28))
        return spare

    def set_up(self, zones):
        """Start with instances and interfaces in two zones, rules, and a spare network, nearly empty."""
        network = self.grant(CreateNetwork(block=IPv4Network("10.0.0.0/16"), ipv6=True))
        self.wait(DAY)
        group = self.grant(CreateGroup(network_id=network.id))
        for place, zone in enumerate(zones[:2]):
            subnet = self.grant(
                CreateSubnet(
                    network_id=network.id,
                    zone=zone,
                    block=IPv4Network(f"10.0.{place}.0/26"),
                    ipv6_index=place,
                )
            )
            self.wait(DAY)
            where = {"subnet_id": subnet.id, "group_ids": (group.id,)}
            disks = (NewDisk(size=20, category="c"), NewDisk(size=10, category="c"))
            self.grant(RunInstances(type_name="large", names=("a", "b")[place:], disks=disks, **where))
            for kind in (InterfaceKind.SECONDARY, InterfaceKind.TRUNK, InterfaceKind.SECONDARY)[place:]:
                self.grant(CreateInterface(kind=kind, addresses=AddressPlan(secondaries=(ANY,)), **where))
        spare = self.set_up_spare(zones[0])
        for each in (group, self.grant(CreateGroup(network_id=spare.id))):
            for direction in Direction:
                rules = self.rules_of(direction, (0, 1))
                self.grant(AddRules(group_id=each.id, direction=direction, rules=rules))
        self.wait(DAY)
        self.attach_what_probably_fits(0, trunk_named=False, how=PLAIN)
        public, *_ = self.grant(AllocatePublicAddresses(count=2))
        self.wait(DAY)
        self.grant(
            AssociatePublicAddress(address_id=public.id, instance_id=next(iter(self.graph.instances)))
        )
        self.wait(DAY)
        self.grant(GrantPermission(interface_id=next(iter(self.graph.interfaces)), account="1"))
        table = self.grant(CreateRouteTable(network_id=network.id))
        self.wait(DAY)
        bound = next(iter(self.graph.subnets_by_network.ids(network.id)))
        for command in (AssociateRouteTable, DisassociateRouteTable):
            self.grant(command(table_id=table.id, subnet_id=bound))
            self.wait(DAY)
        block = IPv4Network("172.31.0.0/16")
        course = Course(
            table_id=network.route_table_id,
            block=block,
            hops=self.hops(network.route_table_id, (HopKind.INTERFACE, 0)),
        )
        self.grant(CreateRoutes(routes=(NewRoute(course=course),)))
        self.grant(CreateNetwork(block=IPv4Network("10.0.0.0/16")))
        self.set_up_segments()
        self.set_up_nat(next(iter(self.graph.subnets.values())))
        self.set_up_acl(network)
        self.set_up_disks(zones[0])
        self.set_up_lists(network)
        key_pair, _ = self.grant(CreateKeyPair(name="a", bits=64))
        instance_ids = tuple(self.graph.instances)[:1]
        self.grant(BindKeyPairs(instance_ids=instance_ids, key_pair_ids=(key_pair.id,)))
        self.set_up_policies(network)
        self.set_up_rare()
        self.set_up_virtual_address(next(iter(self.graph.instances.values())))

    def set_up_virtual_address(self, carrier):
        """Let an instance carry a virtual address."""
        virtual = self.grant(CreateVirtualAddress(subnet_id=carrier.subnet_id))
        self.wait(DAY)
        self.grant(AssociateVirtualAddresses((Carrying(virtual.id, carrier.id),)))

    def set_up_lists(self, network):
        """Start with a list of each kind, one of which a route leads to, and groups of them."""
        for kind in KINDS:
            made = self.grant(
                CreateList(kind=kind, version=0, capacity=2, entries=self.list_entries(kind, [0]))
            )
            spare = self.grant(CreateList(kind=kind))
            self.grant(ModifyList(kind=kind, list_id=made.id, name="a"))
            self.wait(DAY)
            changes = ((made.entries[0], self.list_entry(kind, 0)),)
            self.grant(ChangeListEntries(kind=kind, list_id=made.id, changes=changes))
            self.grant(DeleteList(kind=kind, list_id=spare.id))
            self.wait(DAY)
        (listed, *_) = self.graph.route_lists.values()
        course = Course(
            table_id=network.route_table_id,
            block=ListedBlocks(listed.id, 4),
            hops=self.hops(network.route_table_id, (HopKind.INTERFACE, 0)),
        )
        self.grant(CreateRoutes(routes=(NewRoute(course=course),)))
        self.wait(DAY)
        self.grant(DeployRouteList(list_id=listed.id, table_id=network.route_table_id))

    def set_up_nat(self, subnet):
        """Let a network have a NAT gateway with rules, and an address share bandwidth."""
        new = AllocatePublicAddresses(count=2)
        gateway = self.grant(
            CreateNatGateway(network_id=subnet.network_id, subnet_id=subnet.id, new_addresses=new)
        )
        self.wait(DAY)
        source = NewSnatRule(source_id=subnet.id, public_ips=self.ips(gateway.id, [0]))
        self.grant(CreateSnatRules(gateway_id=gateway.id, rules=(source,)))
        instance_ids = list(self.graph.instances)
        interface = self.graph.interfaces[self.graph.primary_interfaces[instance_ids[-1]]]
        wanted = Forwarding(
            protocol=NatProtocol.TCP,
            public_ip=self.ips(gateway.id, [0])[0],
            public_ports=(443, 443),
            private_ip=interface.primary_ip,
            private_ports=(443, 443),
        )
        self.grant(CreateDnatRules(gateway_id=gateway.id, rules=(NewDnatRule(forwarding=wanted),)))
        (package,) = self.grant(CreateBandwidthPackages())
        self.wait(DAY)
        address_id = next(iter(self.graph.public_addresses))
        self.grant(AddToBandwidthPackage(package_id=package.id, address_ids=(address_id,)))

    # -- what is always true -----------------------------------------------------------------
