"""A cloud's instance types, which are read when the first of them is asked for."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from duolect_core.model.rules import InstanceType


class InstanceTypes(Mapping[str, InstanceType]):
    """The types of a region by name: those that the cloud is known to have, and those of the settings.

    A server that nobody asks for a type reads no catalogue.
    """

    def __init__(
        self, known: Callable[[], Mapping[str, InstanceType]], more: Mapping[str, InstanceType]
    ) -> None:
        """Take what reads the known ones, and those that are added to them or take their place."""
        self._known = known
        self._more = more

    @cached_property
    def _all(self) -> Mapping[str, InstanceType]:
        return {**self._known(), **self._more}

    def __getitem__(self, name: str) -> InstanceType:
        """Return a type by its name."""
        return self._all[name]

    def __contains__(self, name: object) -> bool:
        """Say whether there is a type of this name."""
        return name in self._all

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._all)

    def __len__(self) -> int:
        """Return how many types there are."""
        return len(self._all)


def read(package: str, file: str) -> Mapping[str, Any]:
    """Return what a data file beside the modules of a package holds."""
    from importlib.resources import files  # noqa: PLC0415 - only a catalogue that is read needs it

    found: Mapping[str, Any] = json.loads(files(package).joinpath(file).read_bytes())
    return found
