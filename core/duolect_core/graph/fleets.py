"""Launch templates."""

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.fleets import LaunchTemplate


class FleetTables(TagTables):
    """The launch templates of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.launch_templates: dict[str, LaunchTemplate] = {}
        self.launch_templates_by_name: Index[str] = Index()

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
