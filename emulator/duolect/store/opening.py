"""Which store a setting names, and a state that is kept there from now on."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

from duolect.access.checker import AccessChecker
from duolect.faults.engine import Faults
from duolect.record.marks import Marks
from duolect.settings.checks import SettingsError
from duolect.settings.settings import POSTGRES, Settings
from duolect.state.emulator import EmulatorState
from duolect.store.belongings import restore_and_follow
from duolect.store.interface import Damaged, Store, StoreError, WriteFailed
from duolect.store.keeper import Keeper
from duolect.store.reviving import renew_durations, revive
from duolect.store.sqlite import SqliteStore

SQLITE: Final = "sqlite:///"
_AT_ONCE: Final = 2**22
"""Bytes of snapshots that are kept together in the end."""
_log = logging.getLogger("duolect.store")


def open_store(url: str, sync: str) -> Store:
    """Return the store that a URL names.

    That is ``sqlite:///FILE``, with one slash more for an absolute path, or ``postgresql://...``.

    Raises:
        StoreError: there is no such kind of store, or it cannot be opened.
    """
    if url.startswith(POSTGRES):
        with driver():
            from duolect.store.postgres import PostgresStore  # noqa: PLC0415 - most emulators use none
        return PostgresStore(url, sync)
    file = url.removeprefix(SQLITE)
    if file == url or not file:
        kind = url.partition("://")[0][:100]
        raise StoreError(f"{kind!r} names no store: it is memory, sqlite:///FILE or postgresql://...")
    return SqliteStore(Path(file), sync)


def open_to_look(url: str) -> Store:
    """Return the store that a URL names, to be read alone: in PostgreSQL whoever uses it meanwhile.

    Raises:
        StoreError: there is no such kind of store, or it cannot be opened.
    """
    if not url.startswith(POSTGRES):
        return open_store(url, "normal")
    with driver():
        from duolect.store.postgres_reading import PostgresLook  # noqa: PLC0415 - as above
    return cast("Store", PostgresLook(url))  # nothing is written


@contextmanager
def driver() -> Iterator[None]:
    """Say how the driver is to be had that PostgreSQL needs, where it is not there."""
    try:
        yield
    except ImportError as reason:
        raise StoreError(
            f"PostgreSQL needs the package psycopg ({reason}): pip install 'duolect[postgres]'"
        ) from None


def exists(url: str) -> bool:
    """Say whether something is kept where a URL says.

    Raises:
        StoreError: that cannot be known.
    """
    if not url.startswith(POSTGRES):
        return Path(url.removeprefix(SQLITE)).exists()
    try:
        store = open_to_look(url)
    except StoreError as reason:
        if str(reason).startswith("there is no store"):
            return False
        raise
    try:
        return bool(store.settings())
    except Damaged:
        return True
    finally:
        store.close()


def open_kept(settings: Settings, state: EmulatorState, store: Store | None = None) -> Keeper:
    """Bring a state to what the store says that the settings name, and return what keeps it there.

    It is kept from ``Keeper.follow`` on. Where the ``store`` is open already, that is taken.

    Raises:
        SettingsError: the store cannot be opened or restored.
    """
    try:
        store = store or open_store(settings.store, settings.store_sync)
    except StoreError as reason:
        raise SettingsError(f"store: {reason}") from None
    keeper = Keeper(store, state)
    try:
        keeper.is_new = not revive(keeper)
        keeper.follow()
        renew_durations(keeper)
        if keeper.is_mending:
            keeper.commits.flush()
            _log.error("%s holds what is whole; %s", store, store.replace())
    except (StoreError, WriteFailed) as reason:
        store.close()
        raise SettingsError(f"store: {reason}") from None
    return keeper


@contextmanager
def looked_into(
    url: str, state: EmulatorState, also: Callable[[Keeper], object] = bool
) -> Iterator[EmulatorState]:
    """Bring a state to what a store says, which stays as it is; let ``also`` do so with what is beside it.

    Raises:
        SettingsError: it cannot be opened or read.
    """
    try:
        store = open_to_look(url)
        try:
            keeper = Keeper(store, state)
            revive(keeper, look_only=True)
            also(keeper)
            yield state
        finally:
            store.close()
    except StoreError as reason:
        raise SettingsError(f"store: {reason}") from None


def close(keeper: Keeper) -> None:
    """Write all that is left, and a snapshot of each partition that has changed since its latest one."""
    keeper.commits.stop()
    try:
        keeper.commits.flush()
        size = 0
        for found in keeper.kept.values():
            if found.work:
                size += keeper.add_snapshot(found)
            if size > _AT_ONCE:
                size = 0
                keeper.commits.flush()
        keeper.commits.flush()
    except WriteFailed as reason:
        _log.error("%s; what was not answered is lost, and the next start repeats the log", reason)
    keeper.store.close()


def keep_belongings(keeper: Keeper, access: AccessChecker, faults: Faults, marks: Marks) -> None:
    """Bring what belongs to the emulator to what the store says, and keep it there.

    Raises:
        SettingsError: what the store says cannot be restored.
    """
    try:
        restore_and_follow(keeper, access, faults, marks)
    except StoreError as reason:
        raise SettingsError(f"store: {reason}") from None


def flush(keeper: Keeper) -> None:
    """Write all that the start has changed.

    Raises:
        SettingsError: it cannot be written.
    """
    try:
        keeper.commits.flush()
    except WriteFailed as reason:
        raise SettingsError(f"store: {reason}") from None
