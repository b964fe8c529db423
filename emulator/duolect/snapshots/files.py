"""Snapshots in files: what a server begins with, and what it leaves."""

import os
from pathlib import Path

from duolect.calls.pipeline import Pipeline
from duolect.settings.settings import Settings, SettingsError


def begin(pipeline: Pipeline, settings: Settings) -> None:
    """Restore the snapshot that the settings name.

    Raises:
        SettingsError: it cannot be read or restored.
    """
    from duolect.snapshots.snapshots import Unfit, parse, restore  # noqa: PLC0415 - most starts need no snapshots

    path = Path(settings.snapshot)
    try:
        restore(pipeline, parse(path.read_bytes()))
    except FileNotFoundError:
        if settings.snapshot != settings.snapshot_on_exit:
            raise SettingsError(f"snapshot: there is no file {path}") from None
    except OSError as error:
        raise SettingsError(f"snapshot: {path}: {error.strerror}") from None
    except Unfit as reason:
        raise SettingsError(f"snapshot: {path} cannot be restored: {reason}") from None


def check(path: Path) -> None:
    """See whether a snapshot could be written.

    Raises:
        SettingsError: it could not.
    """
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise SettingsError(f"snapshot-on-exit: {path} cannot be written")


def save(pipeline: Pipeline, path: Path) -> None:
    """Write a snapshot of everything: whole, or not at all.

    Raises:
        SettingsError: it cannot be written.
    """
    from duolect.snapshots.snapshots import take, write  # noqa: PLC0415

    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(write(take(pipeline)))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SettingsError(f"snapshot-on-exit: {path}: {error.strerror}") from None
