"""What is seldom granted on the way, and so is granted at the beginning."""

from tests.core.machine.base import Machine
from tests.core.model.rules import DAY

from duolect_core.disks.changes import RestoreDisk
from duolect_core.disks.snapshots import CreateSnapshot, DeleteSnapshots
from duolect_core.instances.lifecycle import RebootInstances, StartInstances, StopInstances
from duolect_core.instances.moving import MoveInstances
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.interfaces.modify import ModifyInterface
from duolect_core.key_pairs.binding import BindKeyPairs, UnbindKeyPairs
from duolect_core.model.security_rules import Direction
from duolect_core.nat_gateways.addresses import BindToNatGateway, UnbindFromNatGateway
from duolect_core.nat_gateways.lifecycle import ModifyNatGateway
from duolect_core.networks.changes import ModifyNetwork
from duolect_core.networks.transit import AttachTransit, GrantTransit, RevokeTransit
from duolect_core.public_addresses.bandwidth_packages import (
    AddToBandwidthPackage,
    RemoveFromBandwidthPackage,
)
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, ReleasePublicAddresses
from duolect_core.routes.entries import ResetRoutes
from duolect_core.security_groups.lifecycle import CreateGroup, DeleteGroup
from duolect_core.security_groups.rule_changes import AddRules, ModifyRule, ReplaceRules


class RareRules(Machine):
    """Grants what needs much to be there in the right state, and leaves nearly all as it was."""

    def set_up_rare(self):
        """Stop, move and start an instance, restore a disk, and take off what was put on."""
        first = next(iter(self.graph.instances.values()))
        self.settled(
            StopInstances((first.id,)), MoveInstances(instance_ids=(first.id,), subnet_id=first.subnet_id)
        )
        self.restore_a_disk(first.id)
        keys = {"instance_ids": (first.id,), "key_pair_ids": tuple(self.graph.key_pairs)[:1]}
        group = self.grant(CreateGroup(network_id=first.network_id))
        self.change_rules(group)
        primary_id = self.graph.primary_interfaces[first.id]
        (spare,) = self.grant(AllocatePublicAddresses())
        self.settled(
            StartInstances((first.id,)),
            RebootInstances((first.id,)),
            ModifyInterface(interface_id=primary_id, name="n"),
            UnbindKeyPairs(**keys),
            BindKeyPairs(**keys),
            ModifyNetwork(network_id=first.network_id, name="n"),
            GrantTransit(first.network_id, "hub", 9),
            RevokeTransit(first.network_id, "hub", 9),
            AttachTransit(first.network_id, "own"),
            DeleteGroup(group.id),
            ReleasePublicAddresses((spare.id,)),
        )
        main = self.graph.networks[first.network_id].route_table_id
        tables = [self.graph.route_tables[each] for each in self.tables_of(first.network_id)]
        own = next(each for each in tables if each.id != main and not each.for_gateways)
        self.grant(ResetRoutes(table_id=own.id, name="reset", routes=()))
        self.unbind_addresses()

    def change_rules(self, group):
        """Change a rule of a group, and put another one in its place."""
        named = {"group_id": group.id, "direction": Direction.INGRESS}
        before, after = (self.rule_of(Direction.INGRESS, number) for number in (1, 2))
        self.grant(AddRules(rules=(before,), **named))
        self.grant(ModifyRule(like=before, changes={"ports": after.ports}, **named))
        self.grant(ReplaceRules(rules=((0, before),), **named))

    def settled(self, *commands):
        """Carry out commands that are granted, and let each come to its end."""
        for command in commands:
            self.grant(command)
            self.wait(DAY)

    def tables_of(self, network_id):
        return tuple(self.graph.route_tables_by_network.ids(network_id))

    def restore_a_disk(self, instance_id):
        """Restore a disk of a stopped instance, or one that is attached to none."""
        wanted = instance_id if self.rules.disks_restore_attached else None
        disks = ((disk, disk.attachment) for disk in self.graph.disks.values())
        disk = next(disk for disk, held in disks if wanted == (held and held.instance_id))
        snapshot = self.grant(CreateSnapshot(disk_id=disk.id))
        self.wait(DAY)
        self.settled(
            RestoreDisk(disk_id=disk.id, snapshot_id=snapshot.id),
            DeleteSnapshots(snapshot_ids=(snapshot.id,)),
        )

    def unbind_addresses(self):
        """Take an address off a NAT gateway, and out of a bandwidth package, and put it back."""
        graph = self.graph
        gateway_id, package_id = next(iter(graph.nat_gateways)), next(iter(graph.bandwidth_packages))
        bound = tuple(graph.public_addresses_by_gateway.ids(gateway_id))[:1]
        shared = tuple(graph.public_addresses_by_package.ids(package_id))
        self.grant(ModifyNatGateway(gateway_id=gateway_id, name="n"))
        self.settled(
            UnbindFromNatGateway(gateway_id=gateway_id, address_ids=bound),
            BindToNatGateway(gateway_id=gateway_id, address_ids=bound),
            RemoveFromBandwidthPackage(package_id=package_id, address_ids=shared),
            AddToBandwidthPackage(package_id=package_id, address_ids=shared),
        )
        free = next(each for each in graph.interfaces.values() if each.attachment is None)
        self.settled(DeleteInterface(free.id))
