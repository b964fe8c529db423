"""Changing tags, those of disks too: they are kept with the instances that the disks are on."""

from collections.abc import Mapping

import attrs

from duolect_core.errors import InstanceNotFound, TagKeyAbsent, TagKeyPresent
from duolect_core.instances.changes import ModifyInstances
from duolect_core.relations import lookup
from duolect_core.tags.tags import ChangeTags, CreateTags, Keys
from duolect_dialects.session import Session
from duolect_dialects.tencent.tags.disk_tags import DISK_TAGS, disk_tags, instance_of_disk
from duolect_dialects.tencent.tags.resource_names import PartKind, ResourceName


@attrs.frozen
class TagChange:
    """What shall become of tags: see ``ChangeTags``."""

    put: Mapping[str, str]
    drop: tuple[str, ...] = ()
    keys: Keys = Keys.ANY


def change_tags(
    session: Session, where: ResourceName, resource_ids: tuple[str, ...], change: TagChange
) -> None:
    """Change the tags of resources of the kind and region of a name: of all of them, or of none.

    Raises:
        CoreError: what ``ChangeTags`` raises.
    """
    there = session.in_region(where.region)
    if not isinstance(where.kind, PartKind):
        there.execute(
            ChangeTags(
                kind=where.kind,
                resource_ids=resource_ids,
                put=change.put,
                drop=change.drop,
                keys=change.keys,
            )
        )
        return
    changed = {each: _changed(there, each, change) for each in dict.fromkeys(resource_ids)}
    for disk_id, tags in changed.items():
        instance = instance_of_disk(there.graph, disk_id)
        if instance is not None:
            kept = {**instance.extras.get(DISK_TAGS, {}), disk_id: tags}
            there.execute(ModifyInstances(instance_ids=(instance.id,), extras={DISK_TAGS: kept}))
    known = there.graph.known_tags
    new = tuple(tag for tag in change.put.items() if tag not in known)
    if new:
        there.execute(CreateTags(new))


def _changed(there: Session, disk_id: str, change: TagChange) -> dict[str, str]:
    """Return the tags that a disk shall have, or raise what stands against it."""
    instance = instance_of_disk(there.graph, disk_id)
    if instance is None:
        raise InstanceNotFound(disk_id)
    tags = disk_tags(instance, disk_id)
    for key in (*change.drop, *change.put):
        if change.keys is Keys.ABSENT and key in tags:
            raise TagKeyPresent(disk_id, key)
        if change.keys is Keys.PRESENT and key not in tags:
            raise TagKeyAbsent(disk_id, key)
    changed = {**{key: value for key, value in tags.items() if key not in change.drop}, **change.put}
    lookup.check_tags(there.rules, changed, disk_id)
    return changed
