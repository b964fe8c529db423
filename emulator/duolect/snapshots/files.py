"""Snapshots in files: what a server starts with, and what it writes when it is stopped."""

import os
from pathlib import Path

from duolect.settings.settings import Settings, SettingsError
from duolect.state.emulator import EmulatorState


def restore_file(state: EmulatorState, settings: Settings) -> None:
    """Restore the snapshot that the settings name.

    A file that is not there, or empty, is none yet where one is to be left there: so a container can be
    given an empty file for it.

    Raises:
        SettingsError: it cannot be read or restored.
    """
    from duolect.snapshots.snapshots import Unfit, parse, restore  # noqa: PLC0415 - most starts need no snapshots

    path = Path(settings.snapshot)
    try:
        text, absence = path.read_bytes(), "is empty"
    except FileNotFoundError:
        text, absence = b"", "is not there"
    except (OSError, ValueError) as error:
        raise SettingsError(f"snapshot: {path}: {_reason(error)}") from None
    if not text.strip():
        if _is_left_there(settings):
            return
        raise SettingsError(f"snapshot: {path} {absence}")
    try:
        restore(state, parse(text))
    except Unfit as reason:
        raise SettingsError(f"snapshot: {path} cannot be restored: {reason}") from None


def _is_left_there(settings: Settings) -> bool:
    """Say whether the snapshot to begin with and the one to leave are one file."""
    return bool(settings.snapshot_on_exit) and (
        os.path.realpath(settings.snapshot) == os.path.realpath(settings.snapshot_on_exit)
    )


def check(path: Path) -> None:
    """Check that a snapshot can be written.

    Raises:
        SettingsError: it cannot.
    """
    from duolect.snapshots import output  # noqa: PLC0415 - as above

    try:
        output.check(path)
    except OSError as error:
        raise SettingsError(f"snapshot-on-exit: {path} cannot be written: {_reason(error)}") from None


def save(state: EmulatorState, path: Path) -> None:
    """Write a snapshot of everything: whole, or not at all.

    Raises:
        SettingsError: it cannot be written.
    """
    from duolect.snapshots import output  # noqa: PLC0415
    from duolect.snapshots.snapshots import take, write  # noqa: PLC0415

    try:
        output.write_whole(path, write(take(state)))
    except OSError as error:
        raise SettingsError(f"snapshot-on-exit: {path}: {_reason(error)}") from None


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
