"""Snapshots in files: what a server starts with, and what it writes when it is stopped."""

import os
from pathlib import Path

from duolect.settings.settings import Settings, SettingsError
from duolect.state.emulator import EmulatorState


def restore_file(state: EmulatorState, settings: Settings) -> None:
    """Restore the snapshot that the settings name.

    Raises:
        SettingsError: it cannot be read or restored.
    """
    from duolect.snapshots.snapshots import Unfit, parse, restore  # noqa: PLC0415 - most starts need no snapshots

    path = Path(settings.snapshot)
    try:
        restore(state, parse(path.read_bytes()), consume=True)
    except FileNotFoundError:
        if settings.snapshot != settings.snapshot_on_exit:
            raise SettingsError(f"snapshot: there is no file {path}") from None
    except OSError as error:
        raise SettingsError(f"snapshot: {path}: {error.strerror}") from None
    except Unfit as reason:
        raise SettingsError(f"snapshot: {path} cannot be restored: {reason}") from None


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
    from duolect.snapshots.snapshots import take, write  # noqa: PLC0415

    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(write(take(state)))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise SettingsError(f"snapshot-on-exit: {path}: {error.strerror}") from None
