"""``duolect snapshot`` and ``duolect restore``."""

import argparse
import sys
from pathlib import Path

from duolect.cli.options import STREAM, Parser, add_scope, controls, read_object, scope_of, write
from duolect.client import Duolect
from duolect.snapshots.layout import pretty_json
from duolect.snapshots.output import write_whole


def declare_snapshot(parser: Parser) -> None:
    """Declare ``duolect snapshot``."""
    add_scope(controls(parser, snapshot, "snapshot before.json", "snapshot --access-key me mine.json"))
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        default=STREAM,
        help="where to write it (default: standard output)",
    )


def declare_restore(parser: Parser) -> None:
    """Declare ``duolect restore``."""
    add_scope(controls(parser, restore, "restore before.json", "restore --into other mine.json"))
    parser.add_argument("file", metavar="FILE", help="a snapshot; - is standard input")
    parser.add_argument("--into", metavar="KEY", help="the account that gets what one account had")


def snapshot(duolect: Duolect, options: argparse.Namespace) -> int:
    """Write a snapshot."""
    tree = duolect.snapshot(**scope_of(options))
    text = pretty_json(tree)
    if options.file == STREAM:
        sys.stdout.write(text)
        return 0
    try:
        write_whole(Path(options.file), text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise ValueError(f"{options.file}: {error.strerror}") from None
    write(options, {"file": options.file}, f"wrote {options.file}")
    return 0


def restore(duolect: Duolect, options: argparse.Namespace) -> int:
    """Restore a snapshot."""
    into = {} if options.into is None else {"into": options.into}
    done = duolect.restore(read_object(options.file), **scope_of(options), **into)
    lines = [
        f"{how} {each['cloud']} {each['region']}, account {each['access_key']}"
        for how, names in (("restored", done["restored"]), ("forgot", done["forgotten"]))
        for each in names
        if how == "restored" or each not in done["restored"]
    ]
    write(options, done, "\n".join(lines) or "there was nothing")
    return 0
