"""``duolect snapshot`` and ``duolect restore``."""

import argparse
import sys
from codecs import iterdecode
from pathlib import Path
from typing import Final

from duolect.cli.options import (
    STREAM,
    Parser,
    add_scope,
    controls,
    read_text_and_object,
    scope_of,
    write,
)
from duolect.cli.progress import end, shown
from duolect.client import Duolect
from duolect.snapshots.output import write_whole

_PART: Final = 2**16


def declare_snapshot(parser: Parser) -> None:
    """Declare ``duolect snapshot``."""
    shown = ("snapshot before.json", "snapshot --access-key me mine.json")
    add_scope(controls(parser, snapshot, *shown, "snapshot --with faults,conditions before.json"))
    add_sections(parser)
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        default=STREAM,
        help="where to write it (default: standard output)",
    )


def add_sections(parser: Parser) -> None:
    """Let a command take what of the emulator itself a snapshot shall hold."""
    parser.add_argument(
        "--with",
        dest="beside",
        metavar="NAME,...",
        default="",
        help="what shall be in it too: faults, conditions, keys (with their secrets), marks",
    )


def sections_of(options: argparse.Namespace) -> list[str]:
    """Return what of the emulator itself a snapshot shall hold."""
    return [name for name in options.beside.split(",") if name]


def declare_restore(parser: Parser) -> None:
    """Declare ``duolect restore``."""
    add_scope(controls(parser, restore, "restore before.json", "restore --into other mine.json"))
    parser.add_argument("file", metavar="FILE", help="a snapshot; - is standard input")
    parser.add_argument("--into", metavar="KEY", help="the account that gets what one account had")


def snapshot(duolect: Duolect, options: argparse.Namespace) -> int:
    """Write a snapshot."""
    text = shown(duolect.snapshot_text(beside=sections_of(options), **scope_of(options)), "received")
    if options.file == STREAM:
        for part in iterdecode(text, "utf-8"):
            sys.stdout.write(part)
        return 0
    try:
        write_whole(Path(options.file), *text)
    except OSError as error:
        raise ValueError(f"{options.file}: {error.strerror}") from None
    write(options, {"file": options.file}, f"wrote {options.file}")
    return 0


def restore(duolect: Duolect, options: argparse.Namespace) -> int:
    """Restore a snapshot."""
    into = {} if options.into is None else {"into": options.into}
    text = read_text_and_object(options.file)[0].encode()
    parts = (text[start : start + _PART] for start in range(0, len(text), _PART))
    sent = shown(parts, "sent", len(text), then="the emulator restores it ...")
    try:
        done = duolect.restore_text(sent, **scope_of(options), **into)
    finally:
        end()
    lines = [
        f"{how} {each['cloud']} {each['region']}, account {each['access_key']}"
        for how, names in (("restored", done["restored"]), ("forgot", done["forgotten"]))
        for each in names
        if how == "restored" or each not in done["restored"]
    ]
    write(options, done, "\n".join(lines) or "there was nothing")
    return 0
