"""``duolect log``."""

import argparse
import json
from typing import Final

from duolect.cli.options import Parser, add_scope, controls, count, table, write
from duolect.client import Duolect, Json

_SHOWN: Final = 100
"""How much of a command a line shows."""
_PAGE: Final = 1_000
_REQUIRED: Final = ("access_key", "cloud", "region")


def declare_log(parser: Parser) -> None:
    """Declare ``duolect log``."""
    place = "--cloud alibaba --access-key me --region cn-hangzhou"
    examples = (
        f"log {place}",
        f"log {place} --since 100 --command CreateInterface --json",
        f"state {place} --at 100",
    )
    controls(parser, log, *examples)
    add_scope(parser, *_REQUIRED)
    parser.add_argument("--since", type=count, default=0, help="only commands with a higher version")
    parser.add_argument("--command", help="only commands of this name, such as CreateInterface")
    parser.add_argument("--limit", type=count, help="how many, oldest first (default: all)")


def log(duolect: Duolect, options: argparse.Namespace) -> int:
    """Show the commands of a partition.

    Raises:
        ValueError: it is not said of which.
    """
    place = {name: getattr(options, name) for name in _REQUIRED}
    for name, value in place.items():
        if value is None:
            raise ValueError(f"log needs --{name.replace('_', '-')}: a log is one partition's")
    found: list[Json] = []
    since, left = options.since, options.limit
    while left is None or left > 0:
        page = _PAGE if left is None else min(left, _PAGE)
        some = duolect.log(**place, since=since, command=options.command, limit=page)["commands"]
        found += some
        if len(some) < page:
            break
        since, left = some[-1]["version"], None if left is None else left - page
    titles = ("version", "at", "command", "request", "with")
    write(options, found, table([_row(each) for each in found], *titles) if found else "no commands")
    return 0


def _row(logged: Json) -> tuple[object, ...]:
    told = json.dumps(logged["told"].get("with", {}), ensure_ascii=False)
    shown = told if len(told) <= _SHOWN else f"{told[:_SHOWN]}..."
    return logged["version"], logged["at"], logged["command"], logged["request_id"], shown
