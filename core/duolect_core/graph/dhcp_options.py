"""Sets of DHCP options, and the networks that they are attached to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.tags import TagTables
from duolect_core.model.lifecycles import ServiceState

if TYPE_CHECKING:
    from duolect_core.model.dhcp_options import DhcpOptionsSet


class DhcpTables(TagTables):
    """The sets of DHCP options of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.dhcp_options_sets: dict[str, DhcpOptionsSet] = {}
        self.dhcp_options_by_network: dict[str, str] = {}
        """The set of DHCP options that is attached to each network, if one is."""

    def add_dhcp_options_set(self, options: DhcpOptionsSet) -> None:
        """Put a new set in, with the networks that it is attached to."""
        self.dhcp_options_sets[options.id] = options
        for network_id in options.network_ids:
            self.dhcp_options_by_network[network_id] = options.id
        self._tag(options)

    def remove_dhcp_options_set(self, options: DhcpOptionsSet) -> None:
        """Take a set out that is attached to no network; it is GONE then."""
        self._untag(options)
        del self.dhcp_options_sets[options.id]
        options.state = ServiceState.GONE

    def attach_dhcp_options(self, options: DhcpOptionsSet, network_id: str) -> None:
        """Attach a set to a network that has none."""
        self.dhcp_options_by_network[network_id] = options.id
        options.network_ids = (*options.network_ids, network_id)

    def detach_dhcp_options(self, network_id: str) -> None:
        """Let a network have no set of DHCP options any more, if it has one."""
        set_id = self.dhcp_options_by_network.pop(network_id, None)
        if set_id is not None:
            options = self.dhcp_options_sets[set_id]
            options.network_ids = tuple(each for each in options.network_ids if each != network_id)
            if options.moving_id == network_id:
                options.moving_id, options.leaving = "", False
