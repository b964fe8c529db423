"""Stories for a program that uses Alibaba Cloud's current SDK: ``pytest examples/stories``."""

from alibabacloud_ecs20140526 import models

from duolect.testing.machine import Seen, tell_stories

REGION = {"region_id": "cn-hangzhou"}


class Program:
    """Put your own program in its place: each method calls it, and raises where it says that it failed."""

    def __init__(self, account):
        self.ecs = account.alibaba.ecs()
        self.sleep = account.clock.sleep  # in place of time.sleep

    def create(self, _network, subnet, group):
        request = models.CreateNetworkInterfaceRequest(
            **REGION, v_switch_id=subnet, security_group_id=group
        )
        interface = self.ecs.create_network_interface(request).body.network_interface_id
        self._wait(interface, "Available")
        return interface

    def attach(self, interface, instance):
        self.ecs.attach_network_interface(
            models.AttachNetworkInterfaceRequest(
                **REGION, network_interface_id=interface, instance_id=instance
            )
        )
        self._wait(interface, "InUse")

    def detach(self, interface, instance):
        self.ecs.detach_network_interface(
            models.DetachNetworkInterfaceRequest(
                **REGION, network_interface_id=interface, instance_id=instance
            )
        )
        self._wait(interface, "Available")

    def assign(self, interface, count):
        self.ecs.assign_private_ip_addresses(
            models.AssignPrivateIpAddressesRequest(
                **REGION, network_interface_id=interface, secondary_private_ip_address_count=count
            )
        )

    def unassign(self, interface, address):
        self.ecs.unassign_private_ip_addresses(
            models.UnassignPrivateIpAddressesRequest(
                **REGION, network_interface_id=interface, private_ip_address=[address]
            )
        )

    def delete(self, interface):
        self.ecs.delete_network_interface(
            models.DeleteNetworkInterfaceRequest(**REGION, network_interface_id=interface)
        )
        while self._shown(interface):
            self.sleep(1)

    def look(self, interface):
        shown = self._shown(interface)
        if shown is None:
            return None
        addresses = {each.private_ip_address for each in shown.private_ip_sets.private_ip_set}
        return Seen(shown.instance_id or None, frozenset(addresses))

    def _shown(self, interface):
        request = models.DescribeNetworkInterfacesRequest(**REGION, network_interface_id=[interface])
        found = self.ecs.describe_network_interfaces(request).body.network_interface_sets
        return next(iter(found.network_interface_set), None)

    def _wait(self, interface, wanted):
        while (status := self._shown(interface).status) != wanted:
            if not status.endswith("ing"):
                raise RuntimeError(f"{interface} is {status} and will not be {wanted}")
            self.sleep(1)


def test_the_program_comes_through_every_story(duolect):
    tell_stories(duolect, "alibaba", Program)
