"""One abstract cloud: each driver says the same thing in its vendor's words.

A driver keeps the names that the machine uses beside the ids that its cloud gave, and calls real actions
through real HTTP bodies.
"""

import attrs
from tests.harness import AlibabaClient, TencentClient

from duolect_core.addressing.pools import format_ipv4


@attrs.define
class Driver:
    """What is said in the same words on both clouds."""

    client: AlibabaClient | TencentClient
    names: dict[str, str] = attrs.field(factory=dict)

    def attach(self, interface: str, instance: str) -> None:
        self.client.call(
            "AttachNetworkInterface",
            NetworkInterfaceId=self.names[interface],
            InstanceId=self.names[instance],
        )

    def detach(self, interface: str, instance: str) -> None:
        self.client.call(
            "DetachNetworkInterface",
            NetworkInterfaceId=self.names[interface],
            InstanceId=self.names[instance],
        )

    def delete_interface(self, interface: str) -> None:
        self.client.call("DeleteNetworkInterface", NetworkInterfaceId=self.names[interface])

    def assign(self, interface: str, count: int) -> None:
        self.client.call(
            "AssignPrivateIpAddresses",
            NetworkInterfaceId=self.names[interface],
            SecondaryPrivateIpAddressCount=count,
        )

    def other_interface_id(self, instance: str) -> str:
        """Return the id of the one interface of an instance beside its primary one."""
        graph, instance_id = self.client.partition.graph, self.names[instance]
        primary_id = graph.primary_interfaces[instance_id]
        (found,) = set(graph.interfaces_by_instance.ids(instance_id)) - {primary_id}
        return found

    def address_at(self, interface: str, place: int) -> str:
        """Return an address of an interface by its place; of an interface that is gone, any address."""
        found = self.client.partition.graph.interfaces.get(self.names[interface])
        if found is None:
            return "10.0.0.10"
        return format_ipv4(found.ipv4[place % len(found.ipv4)].ip)
