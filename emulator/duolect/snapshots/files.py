"""Snapshots in files: what a server starts with, and what it writes when it is stopped."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from duolect.settings.checks import SettingsError
from duolect.settings.settings import Settings
from duolect.state.emulator import EmulatorState


def restore_file(state: EmulatorState, settings: Settings) -> None:
    """Restore the snapshot that the settings name.

    A file that is not there, or empty, is none yet where one is to be left there: so a container can be
    given an empty file for it.

    Raises:
        SettingsError: it cannot be read or restored.
    """
    path = Path(settings.snapshot)
    try:
        found = _restored(state, path, "snapshot")
        absence = f"{path} is empty"
    except FileNotFoundError:
        found, absence = False, f"there is no file {path}"
    if not (found or _is_left_there(settings)):
        raise SettingsError(f"snapshot: {absence}")


def restore_boot(state: EmulatorState, path: Path) -> None:
    """Restore a snapshot of the boot folder; an empty file is none yet.

    Raises:
        SettingsError: it cannot be read or restored.
    """
    try:
        _restored(state, path, "boot-dir")
    except FileNotFoundError:  # a link that leads nowhere
        raise SettingsError(f"boot-dir: there is no file {path}") from None


def _restored(state: EmulatorState, path: Path, setting: str) -> bool:
    """Restore a snapshot that a setting names, and say whether there was any in the file.

    Raises:
        FileNotFoundError: there is no file.
        SettingsError: it cannot be read or restored.
    """
    from duolect.snapshots.snapshots import Unfit, parse, prepare  # noqa: PLC0415 - most starts need no snapshots

    try:
        text = path.read_bytes()
        if text.strip():
            prepare(state, parse(text), consume=True).put(state)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise SettingsError(f"{setting}: {path}: {error.strerror or error}") from None
    except Unfit as reason:
        raise SettingsError(f"{setting}: {path} cannot be restored: {reason}") from None
    except ValueError as error:  # a null character, which no path has
        raise SettingsError(f"{setting}: {path}: {error}") from None
    return bool(text.strip())


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
        raise SettingsError(f"snapshot-on-exit: {path} cannot be written: {error.strerror}") from None


def save(state: EmulatorState, path: Path) -> None:
    """Write a snapshot of everything: whole, or not at all.

    Raises:
        SettingsError: it cannot be written.
    """
    from duolect.snapshots import snapshots  # noqa: PLC0415 - as above

    _write(path, tuple(snapshots.cut(state).text()))


async def save_meanwhile(state: EmulatorState, path: Path) -> None:
    """Write a snapshot of everything as it is now, while calls go on: whole, or not at all.

    Raises:
        SettingsError: it cannot be made or written.
    """
    from duolect.snapshots import snapshots  # noqa: PLC0415 - as above
    from duolect.state.forked import CopyFailed, on_the_state  # noqa: PLC0415

    await state.settled()
    cut = snapshots.cut(state)
    try:
        text = [part async for part in on_the_state(cut.text, cut.weight)]
    except CopyFailed:
        raise SettingsError(f"snapshot-on-exit: {path}: the snapshot could not be made") from None
    await asyncio.to_thread(_write, path, text)


def _write(path: Path, text: Sequence[bytes]) -> None:
    from duolect.snapshots import output  # noqa: PLC0415 - as above

    try:
        output.write_whole(path, *text)
    except OSError as error:
        raise SettingsError(f"snapshot-on-exit: {path}: {error.strerror}") from None
