"""Changing tags of resources that are named."""

from collections.abc import Mapping

import attrs

from duolect_core.tags.tags import ChangeTags, Keys
from duolect_dialects.session import Session
from duolect_dialects.tencent.tags.resource_names import ResourceName


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
    session.in_region(where.region).execute(
        ChangeTags(
            kind=where.kind,
            resource_ids=resource_ids,
            put=change.put,
            drop=change.drop,
            keys=change.keys,
        )
    )
