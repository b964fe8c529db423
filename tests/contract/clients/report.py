"""What the clients said, as a table: one row for each way in which a client calls."""

from collections.abc import Iterable, Sequence
from typing import Final

import attrs
from tests.contract.clients.languages import Line, Program

CHECKS: Final = {
    "sign": "requests signed by the client are believed in strict mode, those with another secret are not",
    "success": "a network, subnets, a group, an instance and interfaces are made, read back and deleted",
    "error": "three refusals (an unknown id, another zone, a missing parameter) arrive as the client's own "
    "error, with the vendor's code, and with the HTTP status where the client tells it",
    "poll": "an attach and a detach are seen under way and then done, as the client's users look for them; "
    "tccli waits with its `--waiter` and shows the end only",
    "xml": "answers come in XML where the client can ask for it",
}
"""The checks, and what each of them says."""
REQUIRED: Final = frozenset(CHECKS) - {"xml"}


@attrs.frozen
class Row:
    """What is known about one client's way of calling."""

    client: str
    version: str
    way: str
    results: dict[str, bool]
    lacks: tuple[str, ...] = ()
    does: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing failed and nothing required is missing."""
        return all(self.results.values()) and set(self.results) >= REQUIRED - {*self.lacks}

    def cells(self) -> tuple[str, ...]:
        """Return the row as words."""
        words = {True: "yes", False: "NO", None: ""}
        missing = {check: False for check in REQUIRED - {*self.lacks} if check not in self.results}
        results = self.results | missing
        return (self.client, self.version, self.way, *(words[results.get(check)] for check in CHECKS))


HEADER: Final = ("client", "version", "way", *CHECKS)


def rows(program: Program, lines: Iterable[Line]) -> list[Row]:
    """Return the rows of a program; a client that it did not speak of fails everything."""
    found: dict[tuple[str, str], Row] = {}
    for line in lines:
        row = found.setdefault(
            (line.client, line.way),
            Row(line.client, line.version, line.way, {}, program.lacks, program.does),
        )
        row.results[line.check] = row.results.get(line.check, True) and line.ok
    silent = set(program.clients) - {client for client, _ in found}
    return [*found.values(), *(Row(client, "", "", results={}) for client in sorted(silent))]


def as_text(table: Sequence[Row]) -> str:
    """Return the table for a terminal."""
    cells = [HEADER, *(row.cells() for row in table)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def as_page(table: Sequence[Row], toolchains: Sequence[str]) -> str:
    """Return the table as ``docs/clients.md``."""
    lines = [HEADER, tuple("---" for _ in HEADER), *(row.cells() for row in table)]
    return "\n".join(
        [
            "# Clients",
            "",
            "The vendors' own SDKs and tools, and a few that many programs stand on, unmodified, against",
            "`duolect serve --signatures strict`. `make contract` runs them; this page is what",
            "`make contract ARGS=--write` wrote.",
            "",
            *("| " + " | ".join(line) + " |" for line in lines),
            "",
            *(f"- **{check}**: {meaning}." for check, meaning in CHECKS.items()),
            "",
            "A client that has no calls for a check leaves it empty. Those that are no SDKs did this:",
            "",
            *dict.fromkeys(f"- **{row.client}**: {row.does}." for row in table if row.does),
            "",
            "Where no way is named, the client calls as it does by default.",
            f"Run with {', '.join(dict.fromkeys(toolchains))}.",
            "",
        ]
    )
