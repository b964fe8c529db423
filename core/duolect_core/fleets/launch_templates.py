"""Creating and deleting launch templates and their versions, and choosing the default one."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.fleets import LaunchTemplate, TemplateVersion
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class CreateLaunchTemplate:
    """Create a launch template with its first version, which is its default one.

    ``parameters`` are what the version says of new instances, and ``version_description`` what is said of
    it.

    Raises:
        LaunchTemplateNameTaken: another one is called so, where no two have the same name.
        LaunchTemplateQuotaExceeded, TagQuotaExceeded: it cannot be had.
    """

    name: str
    parameters: Mapping[str, Any] = attrs.field(factory=dict)
    version_description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> LaunchTemplate:
        """Return the launch template."""
        self.check(partition)
        first = TemplateVersion(
            number=1,
            created=partition.now,
            description=self.version_description,
            parameters=self.parameters,
        )
        created = LaunchTemplate(
            id=partition.new_id(ResourceKind.LAUNCH_TEMPLATE, partition.graph.launch_templates),
            order=partition.next_order(),
            created=partition.now,
            modified=partition.now,
            name=self.name,
            tags=dict(self.tags),
            extras=self.extras,
            versions=(first,),
        )
        partition.graph.add_launch_template(created)
        return created

    def check(self, partition: Partition) -> None:
        """Raise what keeps the launch template from being created."""
        graph, rules = partition.graph, partition.rules
        if rules.template_names_unique:
            for taken_by in graph.launch_templates_by_name.ids(self.name):
                raise errors.LaunchTemplateNameTaken(self.name, taken_by)
        limit = rules.quotas.launch_templates
        if limit is not None and len(graph.launch_templates) >= limit:
            raise errors.LaunchTemplateQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)


@attrs.frozen(kw_only=True)
class CreateTemplateVersion:
    """Add a version to a launch template, with the next number.

    Where it ``inherits``, it says what another version says, the one of the number ``source`` or else the
    default one, and ``parameters`` over that.

    Raises:
        LaunchTemplateNotFound, TemplateVersionNotFound: what was named.
        TemplateVersionQuotaExceeded: it has as many as it may have.
    """

    template_id: str
    parameters: Mapping[str, Any] = attrs.field(factory=dict)
    description: str = ""
    inherits: bool = False
    source: int | None = None

    def apply(self, partition: Partition) -> int:
        """Return the number of the version."""
        template, source = self.check(partition)
        template.latest += 1
        inherited = source.parameters if self.inherits else {}
        new = TemplateVersion(
            number=template.latest,
            created=partition.now,
            description=self.description,
            parameters={**inherited, **self.parameters},
        )
        template.versions = (*template.versions, new)
        template.modified = partition.now
        return template.latest

    def check(self, partition: Partition) -> tuple[LaunchTemplate, TemplateVersion]:
        """Return the launch template and the version to inherit from, or raise what is in the way."""
        template = lookup.launch_template(partition.graph, self.template_id)
        source = lookup.template_version(template, self.source)
        limit = partition.rules.quotas.versions_per_launch_template
        if limit is not None and len(template.versions) >= limit:
            raise errors.TemplateVersionQuotaExceeded(template.id, limit)
        return template, source


@attrs.frozen(kw_only=True)
class SetDefaultVersion:
    """Let another version of a launch template be its default one.

    Raises:
        LaunchTemplateNotFound, TemplateVersionNotFound: what was named.
    """

    template_id: str
    number: int

    def apply(self, partition: Partition) -> LaunchTemplate:
        """Return the launch template."""
        template = self.check(partition)
        template.default = self.number
        template.modified = partition.now
        return template

    def check(self, partition: Partition) -> LaunchTemplate:
        """Return the launch template, or raise what is not there."""
        template = lookup.launch_template(partition.graph, self.template_id)
        lookup.template_version(template, self.number)
        return template


@attrs.frozen(kw_only=True)
class ModifyLaunchTemplate:
    """Store ``extras`` on a launch template, over what it has.

    Raises:
        LaunchTemplateNotFound: there is none.
    """

    template_id: str
    extras: Mapping[str, Any]

    def apply(self, partition: Partition) -> LaunchTemplate:
        """Return the launch template."""
        template = self.check(partition)
        template.extras = {**template.extras, **self.extras}
        return template

    def check(self, partition: Partition) -> LaunchTemplate:
        """Return the launch template, or raise that there is none."""
        return lookup.launch_template(partition.graph, self.template_id)


@attrs.frozen
class DeleteLaunchTemplate:
    """Delete a launch template with all its versions. Instances that were made by it stay.

    Raises:
        LaunchTemplateNotFound: there is none.
    """

    template_id: str

    def apply(self, partition: Partition) -> LaunchTemplate:
        """Return the launch template that was there."""
        template = self.check(partition)
        partition.graph.remove_launch_template(template)
        return template

    def check(self, partition: Partition) -> LaunchTemplate:
        """Return the launch template, or raise that there is none."""
        return lookup.launch_template(partition.graph, self.template_id)


@attrs.frozen(kw_only=True)
class DeleteTemplateVersions:
    """Delete versions of a launch template: all of them, or none. The default one stays.

    Raises:
        LaunchTemplateNotFound, TemplateVersionNotFound, TemplateVersionIsDefault: one of them is not there,
            or stays.
    """

    template_id: str
    numbers: tuple[int, ...]

    def apply(self, partition: Partition) -> LaunchTemplate:
        """Return the launch template."""
        template = self.check(partition)
        template.versions = tuple(each for each in template.versions if each.number not in self.numbers)
        template.modified = partition.now
        return template

    def check(self, partition: Partition) -> LaunchTemplate:
        """Return the launch template, or raise what keeps a version."""
        template = lookup.launch_template(partition.graph, self.template_id)
        for number in self.numbers:
            lookup.template_version(template, number)
            if number == template.default:
                raise errors.TemplateVersionIsDefault(template.id, number)
        return template
