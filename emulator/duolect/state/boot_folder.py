"""A folder of files that are laid before the server is ready: worlds (``.toml``) and snapshots (``.json``).

They are laid in the order of their names: first all worlds, then all snapshots.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs

from duolect.settings.checks import SettingsError
from duolect_core.by_fields import Value

_WORLD: Final = ".toml"
_SNAPSHOT: Final = ".json"


@attrs.frozen(eq=False, repr=False)
class BootFiles(Value):
    """The files of a folder, by what they are."""

    worlds: Sequence[Path] = ()
    snapshots: Sequence[Path] = ()


def find(folder: Path) -> BootFiles:
    """Return the files of a folder; names that begin with a dot are overlooked, as Kubernetes mounts some.

    Raises:
        SettingsError: it cannot be read, or holds something that is neither a world nor a snapshot.
    """
    try:
        files = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except OSError as error:
        raise SettingsError(f"boot-dir: {folder}: {error.strerror}") from None
    for file in files:
        if file.suffix not in {_WORLD, _SNAPSHOT}:
            raise SettingsError(
                f"boot-dir: {file} is neither a world ({_WORLD}) nor a snapshot ({_SNAPSHOT})"
            )
    return BootFiles(
        worlds=[file for file in files if file.suffix == _WORLD],
        snapshots=[file for file in files if file.suffix == _SNAPSHOT],
    )
