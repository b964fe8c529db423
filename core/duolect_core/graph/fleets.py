"""Launch templates, placement groups and provisioning groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables

if TYPE_CHECKING:
    from duolect_core.model.fleets import LaunchTemplate, PlacementGroup, ProvisioningGroup


class FleetTables(TagTables):
    """The launch templates, placement groups and provisioning groups of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.launch_templates: dict[str, LaunchTemplate] = {}
        self.launch_templates_by_name: Index[str] = Index()
        self.placement_groups: dict[str, PlacementGroup] = {}
        self.provisioning_groups: dict[str, ProvisioningGroup] = {}

    def add_launch_template(self, template: LaunchTemplate) -> None:
        """Put a new launch template in."""
        self.launch_templates[template.id] = template
        self.launch_templates_by_name.add(template.name, template.id, template.order)
        self._tag(template)

    def remove_launch_template(self, template: LaunchTemplate) -> None:
        """Take a launch template out."""
        self._untag(template)
        self.launch_templates_by_name.discard(template.name, template.id)
        del self.launch_templates[template.id]

    def add_placement_group(self, group: PlacementGroup) -> None:
        """Put a new placement group in."""
        self.placement_groups[group.id] = group
        self._tag(group)

    def remove_placement_group(self, group: PlacementGroup) -> None:
        """Take a placement group out, which has no instances."""
        self._untag(group)
        del self.placement_groups[group.id]

    def add_provisioning_group(self, group: ProvisioningGroup) -> None:
        """Put a new provisioning group in; its instances are there already."""
        self.provisioning_groups[group.id] = group
        self._tag(group)

    def remove_provisioning_group(self, group: ProvisioningGroup) -> None:
        """Take a provisioning group out; its instances stay."""
        self._untag(group)
        del self.provisioning_groups[group.id]
