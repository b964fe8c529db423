"""Snapshots in files: what a server starts with, and what it writes when it is stopped."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from duolect.settings.settings import Settings, SettingsError
from duolect.state.emulator import EmulatorState


def restore_file(state: EmulatorState, settings: Settings) -> None:
    """Restore the snapshot that the settings name.

    Raises:
        SettingsError: it cannot be read or restored.
    """
    path = Path(settings.snapshot)
    try:
        _restore(state, path, "snapshot")
    except FileNotFoundError:
        if settings.snapshot != settings.snapshot_on_exit:
            raise SettingsError(f"snapshot: there is no file {path}") from None


def restore_boot(state: EmulatorState, path: Path) -> None:
    """Restore a snapshot of the boot folder.

    Raises:
        SettingsError: it cannot be read or restored.
    """
    try:
        _restore(state, path, "boot-dir")
    except FileNotFoundError:  # a link that leads nowhere
        raise SettingsError(f"boot-dir: there is no file {path}") from None


def _restore(state: EmulatorState, path: Path, setting: str) -> None:
    """Restore a snapshot that a setting names, or raise ``SettingsError`` or ``FileNotFoundError``."""
    from duolect.snapshots.snapshots import Unfit, parse, restore  # noqa: PLC0415 - most starts need no snapshots

    try:
        restore(state, parse(path.read_bytes()), consume=True)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise SettingsError(f"{setting}: {path}: {error.strerror}") from None
    except Unfit as reason:
        raise SettingsError(f"{setting}: {path} cannot be restored: {reason}") from None


def check(path: Path) -> None:
    """Check that a snapshot can be written.

    Raises:
        SettingsError: it cannot.
    """
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise SettingsError(f"snapshot-on-exit: {path} cannot be written")


def save(state: EmulatorState, path: Path) -> None:
    """Write a snapshot of everything: whole, or not at all.

    Raises:
        SettingsError: it cannot be written.
    """
    write_tree(take(state), path)


def take(state: EmulatorState) -> dict[str, Any]:
    """Return a snapshot of everything, in which nothing changes any more."""
    from duolect.snapshots import snapshots  # noqa: PLC0415

    return snapshots.take(state)


def write_tree(tree: Mapping[str, Any], path: Path) -> None:
    """Write a snapshot: whole, or not at all.

    Raises:
        SettingsError: it cannot be written.
    """
    from duolect.snapshots.snapshots import write  # noqa: PLC0415

    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(write(tree))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise SettingsError(f"snapshot-on-exit: {path}: {error.strerror}") from None
