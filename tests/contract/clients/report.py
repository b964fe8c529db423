"""What the clients said, as a table: one row for each way in which a client calls."""

from collections.abc import Iterable, Mapping, Sequence
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
_BY: Final = (
    "how the client got to the emulator, each time with everything else: `http` and `https` to an endpoint "
    "that it was told, `proxy` by https to the vendor's own hosts, led by nothing but the variables that "
    "[reach.md](reach.md#clients) names"
)
REQUIRED: Final = frozenset(CHECKS) - {"xml"}


@attrs.frozen
class Row:
    """What is known about one client's way of calling."""

    client: str
    version: str
    way: str
    results: dict[str, bool]
    """What held, however the client got to the emulator."""
    checked: dict[str, set[str]] = attrs.field(factory=dict)
    """By how it got there, what was checked."""
    lacks: tuple[str, ...] = ()
    does: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing failed and nothing required is missing."""
        return (
            bool(self.checked)
            and all(self.results.values())
            and all(checks >= self._required for checks in self.checked.values())
        )

    @property
    def _required(self) -> frozenset[str]:
        return REQUIRED - {*self.lacks}

    def cells(self) -> tuple[str, ...]:
        """Return the row as words."""
        words = {True: "yes", False: "NO", None: ""}
        known = self.checked.values() or [set()]
        missing = {check: False for check in self._required if not all(check in checks for checks in known)}
        results = self.results | missing
        reached = ", ".join(self.checked)
        return (
            self.client,
            self.version,
            self.way,
            reached,
            *(words[results.get(check)] for check in CHECKS),
        )


HEADER: Final = ("client", "version", "way", "by", *CHECKS)


def rows(program: Program, said: Mapping[str, Iterable[Line]]) -> list[Row]:
    """Return the rows of a program, of what it said however it got to the emulator.

    A client that it did not speak of fails everything, and so does one that it did not speak of each time.
    """
    found: dict[tuple[str, str], Row] = {}
    for line in (line for lines in said.values() for line in lines):
        checked: dict[str, set[str]] = {reach: set() for reach in said}
        row = Row(line.client, line.version, line.way, {}, checked, program.lacks, program.does)
        found.setdefault((line.client, line.way), row)
    for reach, lines in said.items():
        for line in lines:
            row = found[line.client, line.way]
            row.results[line.check] = row.results.get(line.check, True) and line.ok
            row.checked[reach].add(line.check)
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
            "",
            f"- **by**: {_BY}.",
            "",
            f"Run with {', '.join(dict.fromkeys(toolchains))}.",
            "",
        ]
    )
