"""``duolect store``: a store that no emulator has open, as a snapshot, and the other way round."""

import argparse
import sys
from pathlib import Path
from typing import Final

from duolect.cli.options import Parser, described, examples, group
from duolect.cli.snapshots import add_sections, sections_of
from duolect.settings.checks import SettingsError
from duolect.settings.settings import Settings
from duolect.settings.sources import load

_URL: Final = "the store: sqlite:///FILE or postgresql://..."


def declare_store(parser: Parser) -> None:
    """Declare ``duolect store``."""
    subcommands = group(parser)
    about = "write what a store holds as a snapshot; no emulator may have a file open"
    child = subcommands.add_parser("export", help=about, description=described(about), allow_abbrev=False)
    child.set_defaults(run=export)
    child.epilog = examples("store export sqlite:///state.db state.json")
    child.add_argument("store", metavar="URL", help=_URL)
    child.add_argument("file", metavar="FILE", help="where to write the snapshot")
    add_sections(child)
    about = "make a new store that holds what a snapshot says"
    child = subcommands.add_parser("import", help=about, description=described(about), allow_abbrev=False)
    child.set_defaults(run=import_)
    child.epilog = examples("store import sqlite:///other.db state.json")
    child.add_argument("store", metavar="URL", help=_URL)
    child.add_argument("file", metavar="FILE", help="a snapshot")
    child.add_argument("--config", metavar="FILE", help="TOML file with settings (DUOLECT_CONFIG)")


def export(options: argparse.Namespace) -> None:
    """Write what a store holds as a snapshot; the store stays as it is.

    Raises:
        SettingsError: the store cannot be read, or the file not written.
    """
    from duolect.bootstrap import bootstrap  # noqa: PLC0415 - --help needs none of it
    from duolect.snapshots.output import write_whole  # noqa: PLC0415 - likewise
    from duolect.snapshots.snapshots import SECTIONS, take, write  # noqa: PLC0415 - likewise
    from duolect.store.opening import keep_belongings, looked_into  # noqa: PLC0415 - likewise

    beside = sections_of(options)
    for name in beside:
        if name not in SECTIONS:
            raise SettingsError(f"with must be of {', '.join(SECTIONS)}, with commas between them")

    if not _exists(options.store):
        raise SettingsError(f"store: there is no {_shown(options.store)}")
    pipeline = bootstrap(Settings())
    parts = pipeline.access, pipeline.faults, pipeline.marks
    with looked_into(
        options.store, pipeline.state, lambda keeper: keep_belongings(keeper, *parts)
    ) as state:
        text = write(take(state, beside=beside))
    try:
        write_whole(Path(options.file), text)
    except OSError as error:
        raise SettingsError(f"{options.file}: {error.strerror}") from None
    sys.stdout.write(f"wrote {options.file}\n")


def import_(options: argparse.Namespace) -> None:
    """Make a store of a snapshot.

    Raises:
        SettingsError: there is something in the store already, or the snapshot cannot be restored.
    """
    from duolect.bootstrap import bootstrap  # noqa: PLC0415 - --help needs none of it
    from duolect.store.opening import close  # noqa: PLC0415 - likewise

    named = {"config": options.config, "store": options.store, "snapshot": options.file}
    if _exists(options.store):
        raise SettingsError(f"store: {_shown(options.store)} is there already")
    keeper = bootstrap(load(named)).keeper
    if keeper is None:
        raise SettingsError(f"store: {options.store} is none that lasts")
    close(keeper)
    sys.stdout.write(f"made {_shown(options.store)}\n")


def _exists(url: str) -> bool:
    """Say whether something is kept there.

    Raises:
        SettingsError: that cannot be known.
    """
    from duolect.store.interface import StoreError  # noqa: PLC0415 - --help needs none of it
    from duolect.store.opening import exists  # noqa: PLC0415 - likewise

    try:
        return exists(url)
    except StoreError as reason:
        raise SettingsError(f"store: {reason}") from None


def _shown(url: str) -> str:
    """Return a URL without what nobody should see."""
    scheme, _, rest = url.partition("://")
    return (
        f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}" if scheme.startswith("postgres") else url
    )
