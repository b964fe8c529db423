"""What a snapshot covers."""

from typing import Final

import attrs

from duolect.state.placed import Key
from duolect_core.archive import Unfit


@attrs.frozen
class Scope:
    """What is covered: one cloud, account or region, or where they are None all of them."""

    cloud: str | None = None
    access_key: str | None = None
    region: str | None = None

    def covers(self, key: Key) -> bool:
        """Say whether a partition is covered."""
        return all(mine in {None, its} for mine, its in zip(attrs.astuple(self), key, strict=True))

    def intersection(self, other: "Scope") -> "Scope":
        """Return what both cover.

        Raises:
            Unfit: they have nothing in common.
        """
        mine, others = attrs.asdict(self), attrs.asdict(other)
        for name, value in others.items():
            if value is not None and mine[name] not in {None, value}:
                raise Unfit(f"/scope/{name}", f"is {value}, and not {mine[name]}")
        return Scope(
            **{name: value if mine[name] is None else mine[name] for name, value in others.items()}
        )


EVERYTHING: Final = Scope()
