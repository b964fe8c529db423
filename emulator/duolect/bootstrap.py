"""Putting the parts together: from settings to a pipeline."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from duolect.access.authentication import Authenticator, Key, Mode, parse_keys
from duolect.access.certificates import CertificateAuthority, NoTls
from duolect.access.checker import AccessChecker
from duolect.access.conditions import InvalidCondition, validate_condition
from duolect.access.throttle import Throttle
from duolect.calls.pipeline import Pipeline
from duolect.clock import Clock, Clocks
from duolect.faults.engine import Faults
from duolect.record.journal import Journal
from duolect.settings.checks import SettingsError
from duolect.settings.settings import MEMORY, Settings
from duolect.snapshots import files as snapshot_files
from duolect.state import boot_folder
from duolect.state.emulator import EmulatorState
from duolect.state.partitions import Partitions
from duolect.state.worlds import ANY_ACCOUNT, WorldError, Worlds
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.dialect import Dialect
from duolect_dialects.tencent.dialect import TencentDialect

if TYPE_CHECKING:  # most starts read no file
    from duolect.state.world_file import WorldFile
    from duolect.store.interface import Store
    from duolect.store.keeper import Keeper

DIALECTS: Final[Sequence[Callable[[], Dialect]]] = (AlibabaDialect, TencentDialect)
"""Every dialect, in the order in which they look at a request."""


def bootstrap(settings: Settings, clock: Clock | None = None, store: "Store | None" = None) -> Pipeline:
    """Return the pipeline that the settings describe; ``store`` is theirs, where it is open already.

    Raises:
        SettingsError: a condition or a fault could match no call, or a world, a snapshot or the folder of
            the certificate authority or the store that the settings name cannot be used.
    """
    dialects = tuple(dialect() for dialect in DIALECTS)
    clocks = Clocks(clock or Clock(settings.clock_rate), per_account=settings.clocks == "per-account")
    boot = boot_folder.find(Path(settings.boot_dir)) if settings.boot_dir else boot_folder.BootFiles()
    worlds = Worlds(clocks, default_network=settings.default_vpc)
    partitions = Partitions(
        settings.seed, {dialect.name: settings.of_cloud(dialect.name) for dialect in dialects}, worlds
    )
    state = EmulatorState(dialects, partitions, clocks)
    named = [Path(settings.world)] if settings.world else []
    files = _read_worlds([*named, *boot.worlds], dialects)
    keeper = None if settings.store == MEMORY else _kept(settings, state, files, store)
    try:
        pipeline = _begun(settings, state, files, boot.snapshots, keeper)
    except BaseException:
        if keeper is not None:
            keeper.store.close()
        raise
    return pipeline


def _kept(
    settings: Settings, state: EmulatorState, files: "Sequence[WorldFile]", store: "Store | None"
) -> "Keeper":
    """Bring the state to what its store says, and keep it there."""
    from duolect.store.opening import open_kept  # noqa: PLC0415 - most states end with their process

    with state.partitions.worlds.foreseen([world for file in files for world in file.worlds]):
        return open_kept(settings, state, store)


def _begun(
    settings: Settings,
    state: EmulatorState,
    files: "Sequence[WorldFile]",
    snapshots: Sequence[Path],
    keeper: "Keeper | None",
) -> Pipeline:
    """Return the pipeline of a state that has what its store says, and gets what the settings say."""
    dialects, partitions, clocks = state.dialects, state.partitions, state.clocks
    known = _lay(files, partitions, dialects)
    conditions = settings.standing_conditions()
    for condition in conditions:
        try:
            validate_condition(condition, dialects)
        except InvalidCondition as reason:
            raise SettingsError(f"conditions: {reason}") from None
    rates = {each.name: each.rates if settings.throttle == "vendor" else {} for each in dialects}
    keys = {**known, **parse_keys(settings.keys)}
    authenticator = Authenticator(Mode(settings.signatures), keys, clocks)
    access = AccessChecker(authenticator, Throttle(rates, authenticator.now), conditions)
    journal = Journal(settings.journal, settings.journal_bytes)
    faults = Faults(settings.seed, dialects, authenticator.account_of)
    for rule in settings.faults:
        try:
            faults.add(rule)
        except InvalidCondition as reason:
            raise SettingsError(f"faults: {reason}") from None
    pipeline = Pipeline(
        state,
        access,
        journal=journal,
        faults=faults,
        unknown_parameters=settings.unknown_parameters,
        max_bodies=settings.max_bodies,
        authority=_authority(settings),
    )
    if keeper is not None:
        from duolect.store.opening import keep_belongings  # noqa: PLC0415 - as above

        pipeline.keeper = keeper
        keep_belongings(keeper, access, faults, pipeline.marks)
    if keeper is None or keeper.is_new:
        for path in snapshots:
            snapshot_files.restore_boot(state, path)
        if settings.snapshot:
            snapshot_files.restore_file(state, settings)
    if keeper is not None:
        from duolect.store.opening import flush  # noqa: PLC0415 - as above

        flush(keeper)
    return pipeline


def _authority(settings: Settings) -> CertificateAuthority:
    authority = CertificateAuthority(settings.ca_dir, off=settings.tls == "off")
    try:
        authority.prepare()
    except NoTls as reason:
        raise SettingsError(f"ca-dir: {reason}") from None
    return authority


def _read_worlds(paths: Sequence[Path], dialects: Sequence[Dialect]) -> "Sequence[WorldFile]":
    if not paths:
        return ()
    from duolect.state.world_file import read  # noqa: PLC0415 - most starts read no file

    return [read(path, dialects) for path in paths]


def _lay(
    files: "Iterable[WorldFile]", partitions: Partitions, dialects: Sequence[Dialect]
) -> dict[str, Key]:
    """Create the worlds of named accounts, try those of every account, and return the keys."""
    by_name = {dialect.name: dialect for dialect in dialects}
    keys: dict[str, Key] = {}
    there = {placed.key for placed in partitions.placed()}
    for file in files:
        partitions.worlds.keep(file.worlds)
        try:
            for cloud, account, region in partitions.worlds.concerned(file.worlds):
                if account == ANY_ACCOUNT:
                    partitions.try_worlds(by_name[cloud], account, region)
                elif (cloud, account, region) not in there:  # else its store has it
                    partitions.forget(account, cloud, region)  # an earlier file may have made it
                    partitions.get(by_name[cloud], account, region)
        except WorldError as error:
            raise file.error(error) from None
        keys.update(file.keys)
    return keys
