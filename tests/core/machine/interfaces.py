"""Any commands on interfaces."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import GROUPS, HOW, OFTEN, PICK, PICKS, PLANS, RARELY, TAGS

from duolect_core.interfaces.extras import SetCreated, StoreExtras
from duolect_core.interfaces.lifecycle import (
    AttachInterface,
    CreateInterface,
    DeleteInterface,
    DetachInterface,
)
from duolect_core.interfaces.modify import (
    CreateAndAttachInterface,
    JoinGroups,
    LeaveGroups,
    MigrateInterface,
    ModifyInterface,
)
from duolect_core.interfaces.permissions import GrantPermission, RevokePermission
from duolect_core.model.lifecycles import STEADY_INSTANCE, InterfaceState
from duolect_core.model.resources import InterfaceKind

NAMES = ("", "n", "m-n-o", "m-n-o-p")


class InterfaceRules(Machine):
    """Creates, attaches, detaches, changes and deletes interfaces."""

    @rule(
        subnet=PICK,
        groups=GROUPS,
        kind=st.sampled_from([*InterfaceKind] + [InterfaceKind.SECONDARY, InterfaceKind.TRUNK] * 4),
        addresses=PLANS,
        tags=TAGS,
        delete_on_release=st.sampled_from([None, True, False]),
        protected=RARELY,
        managed=RARELY,
        rdma=RARELY,
        queues=st.sampled_from([None, 1, 5]),
        queue_pairs=st.sampled_from([None, 1, 8]),
        name=st.sampled_from(NAMES),
        how=HOW,
    )
    def create_interface(self, subnet, groups, how, **more):
        subnet_id = self.one(self.graph.subnets, subnet)
        command = CreateInterface(
            subnet_id=subnet_id,
            group_ids=self.groups(subnet_id, groups),
            **more,
        )
        self.do(command, how)

    @rule(
        interface=PICK,
        instance=PICK,
        trunk=st.one_of(st.none(), st.none(), PICK),
        card=st.sampled_from([None, None, 0, 2]),
        extension=RARELY,
        how=HOW,
    )
    def attach_interface(self, interface, instance, trunk, how, **more):
        command = AttachInterface(
            interface_id=self.one(self.graph.interfaces, interface),
            instance_id=self.one(self.graph.instances, instance),
            trunk_id=None if trunk is None else self.one(self.graph.interfaces, trunk),
            **more,
        )
        self.do(command, how)

    @rule(pick=PICK, trunk_named=st.booleans(), how=HOW)
    def attach_what_probably_fits(self, pick, trunk_named, how):
        """Attach one of the available interfaces to an instance of its zone, on its trunk if it has one."""
        graph = self.graph
        available = [i for i in graph.interfaces.values() if i.state is InterfaceState.AVAILABLE]
        if not available:
            return
        interface = available[pick % len(available)]
        instances = [i.id for i in graph.instances.values() if i.zone == interface.zone] or ["absent"]
        instance_id = instances[pick % len(instances)]
        trunks = [
            i
            for i in graph.interfaces_by_instance.ids(instance_id)
            if graph.interfaces[i].kind is InterfaceKind.TRUNK
        ]
        trunk_id = trunks[0] if trunks and trunk_named else None
        command = AttachInterface(interface_id=interface.id, instance_id=instance_id, trunk_id=trunk_id)
        self.do(command, how)

    @rule(interface=PICK, instance=PICK, trunk=st.one_of(st.none(), st.none(), PICK), how=HOW)
    def detach_interface(self, interface, instance, trunk, how):
        command = DetachInterface(
            interface_id=self.one(self.graph.interfaces, interface),
            instance_id=self.one(self.graph.instances, instance),
            trunk_id=None if trunk is None else self.one(self.graph.interfaces, trunk),
        )
        self.do(command, how)

    @rule(pick=PICK, trunk_named=st.booleans(), how=HOW)
    def detach_what_is_probably_attached(self, pick, trunk_named, how):
        """Detach one of the attached interfaces, newest first, so that members go before their trunk."""
        attached = [
            i
            for i in self.graph.interfaces.values()
            if i.attachment and i.kind is not InterfaceKind.PRIMARY
        ]
        if not attached:
            return
        interface = attached[-1 - pick % 4 % len(attached)]
        command = DetachInterface(
            interface_id=interface.id,
            instance_id=interface.attachment.instance_id,
            trunk_id=interface.attachment.trunk_id if trunk_named else None,
        )
        self.do(command, how)

    @rule(
        interface=PICK,
        name=st.sampled_from([None, *NAMES]),
        groups=st.one_of(st.none(), st.none(), GROUPS),
        delete_on_release=st.sampled_from([None, None, True, False]),
        queues=st.sampled_from([None, None, None, 1, 5, 9]),
        queue_pairs=st.sampled_from([None, None, None, 1, 8]),
        rdma=st.sampled_from([None, None, None, True, False]),
        protected=st.sampled_from([None, None, None, True, False]),
        extras=st.sampled_from([None, None, {"x": 1}]),
        how=HOW,
    )
    def modify_interface(self, interface, groups, how, **more):
        interface_id = self.one(self.graph.interfaces, interface)
        group_ids = None if groups is None else self.joinable(interface_id, groups)
        self.do(ModifyInterface(interface_id=interface_id, group_ids=group_ids, **more), how)

    def joinable(self, interface_id, picks):
        interface = self.graph.interfaces.get(interface_id)
        return self.groups("absent" if interface is None else interface.subnet_id, picks)

    @rule(name=st.sampled_from(NAMES), part=st.sampled_from(["", "n", "m-n", "-n-o-", "p"]))
    def look_for_names(self, name, part):
        """Look for names, whole and in part: from the first time on they are indexed."""
        for names, table in (
            (self.graph.interface_names, self.graph.interfaces),
            (self.graph.instance_names, self.graph.instances),
        ):
            assert {*names.ids(name)} == {each.id for each in table.values() if each.name == name}
            assert {*names.ids_with([part])} == {each.id for each in table.values() if part in each.name}

    @rule(interfaces=PICKS, groups=GROUPS, how=HOW)
    def join_groups(self, interfaces, groups, how):
        interface_ids = self.some(self.graph.interfaces, interfaces)
        group_ids = self.joinable((*interface_ids, "absent")[0], groups)
        self.do(JoinGroups(interface_ids=interface_ids, group_ids=group_ids), how)

    @rule(interfaces=PICKS, groups=GROUPS, how=HOW)
    def leave_groups(self, interfaces, groups, how):
        """Let interfaces leave groups, most often such as the first one is in."""
        rich = self.fit(self.graph.interfaces, lambda each: len(each.group_ids) > 1)
        interface_ids = self.some(rich if sum(groups) % 4 else self.graph.interfaces, interfaces)
        first = self.graph.interfaces.get((*interface_ids, "absent")[0])
        group_ids = self.some(self.graph.groups if first is None else first.group_ids, groups)
        self.do(LeaveGroups(interface_ids=interface_ids, group_ids=group_ids), how)

    @rule(pick=PICK, source=PICK, destination=PICK, extension=RARELY, how=HOW)
    def migrate_interface(self, pick, source, destination, how, *, extension):
        """Migrate one of the attached interfaces, often to another instance of its zone."""
        graph = self.graph
        attached = [
            i
            for i in graph.interfaces.values()
            if i.state is InterfaceState.IN_USE and i.kind is not InterfaceKind.PRIMARY
        ]
        if pick % 16 == 15 or not attached:
            interface_id = self.one(graph.interfaces, pick)
            source_id, instances = self.one(graph.instances, source), graph.instances
        else:
            interface = attached[pick % len(attached)]
            interface_id, source_id = interface.id, interface.attachment.instance_id
            near = (i.id for i in graph.instances.values() if i.zone == interface.zone)
            instances = [instance_id for instance_id in near if instance_id != source_id]
        command = MigrateInterface(
            interface_id=interface_id,
            source_instance_id=source_id,
            destination_instance_id=self.one(instances, destination),
            extension=extension,
        )
        self.do(command, how)

    @rule(
        instance=PICK,
        near=OFTEN,
        subnet=PICK,
        groups=GROUPS,
        addresses=PLANS,
        kind=st.sampled_from([InterfaceKind.SECONDARY, InterfaceKind.SECONDARY, InterfaceKind.TRUNK]),
        managed=RARELY,
        rdma=RARELY,
        extension=RARELY,
        how=HOW,
    )
    def create_and_attach_interface(self, instance, subnet, groups, how, **more):
        near, extension = more.pop("near"), more.pop("extension")
        steady = STEADY_INSTANCE
        instances = self.fit(self.graph.instances, lambda each: not near or each.state in steady)
        instance_id = self.one(instances, instance)
        subnet_id = self.one(self.graph.subnets, subnet)
        if near and instance_id in self.graph.instances:
            subnet_id = self.graph.instances[instance_id].subnet_id
        create = CreateInterface(subnet_id=subnet_id, group_ids=self.groups(subnet_id, groups), **more)
        command = CreateAndAttachInterface(create, instance_id=instance_id, extension=extension)
        self.do(command, how)

    @rule(interface=PICK, free=st.booleans(), how=HOW)
    def delete_interface(self, interface, free, how):
        table = self.graph.interfaces
        if free:
            table = [i.id for i in table.values() if i.state is InterfaceState.AVAILABLE]
        self.do(DeleteInterface(self.one(table, interface)), how)

    @rule(interface=PICK, account=st.sampled_from("12"), how=HOW)
    def grant_permission(self, interface, account, how):
        interface_id = self.one(self.graph.interfaces, interface)
        self.do(GrantPermission(interface_id=interface_id, account=account), how)

    @rule(permission=PICK, how=HOW)
    def revoke_permission(self, permission, how):
        self.do(RevokePermission(self.one(self.graph.permissions, permission)), how)

    @rule(interface=PICK, value=st.integers(0, 3), how=HOW)
    def store_extras(self, interface, value, how):
        interface_id = self.one(self.graph.interfaces, interface)
        self.do(StoreExtras(interface_id=interface_id, extras={"x": value}), how)

    @rule(interface=PICK, ago=st.integers(0, 9), how=HOW)
    def set_created(self, interface, ago, how):
        interface_id = self.one(self.graph.interfaces, interface)
        self.do(SetCreated(interface_id=interface_id, created=self.at - ago), how)
