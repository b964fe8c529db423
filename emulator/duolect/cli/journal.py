"""``duolect journal``."""

import argparse
import json
import sys
from collections import deque
from contextlib import suppress
from typing import Final

from duolect.cli.options import Parser, add_scope, command, count, group, printable, scope_of, table, write
from duolect.client import Duolect, Json

_CRITERIA: Final = {
    "action": "only this action",
    "outcome": "only calls that ended so: ok, refused or failed",
    "code": "only calls that were answered with this error code",
    "command": "only calls that carried out this command of the core, such as AttachInterface",
    "resource": "only calls that changed or named this resource",
    "finding": "only calls with this finding, such as retried-without-token",
    "after": "only calls with a higher number",
}


def declare_journal(parser: Parser) -> None:
    """Declare ``duolect journal``."""
    subcommands = group(parser)
    latest = command(
        subcommands,
        "show",
        show,
        "show the latest calls, oldest first",
        "journal show --limit 100 --outcome refused",
        "journal show --cloud tencent --command AttachInterface --json",
        "journal show --finding retried-without-token",
    )
    _criteria(latest).add_argument("--limit", type=count, default=20, help="how many (default: 20)")
    _criteria(command(subcommands, "follow", follow, "show calls as they are made, until Ctrl-C"))
    _criteria(
        command(
            subcommands,
            "export",
            export,
            "write the calls as JSON lines",
            "journal export > calls.jsonl",
        )
    )
    add_scope(command(subcommands, "clear", clear, "forget the calls that were made"), "access_key")


def _criteria(parser: Parser) -> Parser:
    add_scope(parser)
    for name, meaning in _CRITERIA.items():
        parser.add_argument(f"--{name}", dest=f"only_{name}", metavar=name.upper(), help=meaning)
    return parser


def _wanted(options: argparse.Namespace) -> dict[str, str]:
    given = {name: getattr(options, f"only_{name}") for name in _CRITERIA}
    return {**scope_of(options), **{name: value for name, value in given.items() if value is not None}}


def show(duolect: Duolect, options: argparse.Namespace) -> int:
    """Show the latest calls."""
    records = deque(duolect.journal.records(**_wanted(options)), maxlen=options.limit)
    text = table(list(map(_row, records)), *_TITLES) if records else "no calls"
    write(options, list(records), text)
    return 0


def follow(duolect: Duolect, options: argparse.Namespace) -> int:
    """Show calls as they are made."""
    with suppress(KeyboardInterrupt):
        for record in duolect.journal.follow(**_wanted(options)):
            line = (
                json.dumps(record, ensure_ascii=False)
                if options.json
                else printable("  ".join(_row(record)).rstrip())
            )
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return 0


def export(duolect: Duolect, options: argparse.Namespace) -> int:
    """Write the calls as JSON lines."""
    for record in duolect.journal.records(**_wanted(options)):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 0


def clear(duolect: Duolect, options: argparse.Namespace) -> int:
    """Forget the calls that were made."""
    duolect.journal.clear(options.access_key)
    write(options, {}, "")
    return 0


_TITLES: Final = ("call", "at", "cloud", "account", "region", "action", "outcome", "about")


def _row(record: Json) -> tuple[str, ...]:
    resources = dict.fromkeys(each for changed in record["changed"] for each in changed["resources"])
    fault = [f"fault {record['fault']}"] if record["fault"] else []
    return (
        str(record["number"]),
        record["at"][11:23],
        f"{record['cloud']:<7}",
        record["account"],
        record["region"],
        record["action"],
        record["code"] or record["outcome"],
        "; ".join(filter(None, (" ".join(resources), *record["findings"], *fault))),
    )
