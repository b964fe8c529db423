"""What comparisons come to: ratios, shown while they are made, kept as JSON, and drawn."""

import json
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import attrs
from tests.bench.plot import draw

LIBRARIES = ("attrs", "cattrs", "starlette", "uvicorn", "uvloop")
"""What a server's speed depends on beside its own code."""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@attrs.frozen
class Ratio:
    """The ratios of all rounds."""

    rounds: Sequence[float]

    def __str__(self) -> str:
        return f"{median(self.rounds):.2f}  ({min(self.rounds):.2f} to {max(self.rounds):.2f})"


class Progress:
    """How far a run is, on standard error: one line that changes on a terminal, a line each elsewhere."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._terminal = sys.stderr.isatty()

    def __call__(self, text: str) -> None:
        line = f"{time.monotonic() - self._begun:5.0f} s  {text}"
        sys.stderr.write(f"\r\033[K{line}" if self._terminal else f"{line}\n")
        sys.stderr.flush()

    def end(self) -> None:
        if self._terminal:
            sys.stderr.write("\r\033[K")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def machine() -> dict[str, Any]:
    """Return what figures of this run can depend on beside the code."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
        **{name: version(name) for name in LIBRARIES},
    }


@attrs.define
class Results:
    """The results of one run, row by row.

    Each row is a ratio: of ``ours`` to ``theirs``, or the other way round where the section says so.
    """

    about: str
    options: Mapping[str, Any]
    date: str = attrs.field(factory=lambda: datetime.now(UTC).isoformat(timespec="minutes"))
    machine: Mapping[str, Any] = attrs.field(factory=machine)
    rows: list[dict[str, Any]] = attrs.field(factory=list)

    def add(
        self,
        section: str,
        title: str,
        rounds: Sequence[float],
        *,
        ours: Sequence[float] = (),
        theirs: Sequence[float] = (),
        unit: str = "",
        aim: float | None = None,
    ) -> None:
        """Keep a row: the ratios of all rounds, and what they are ratios of, in ``unit``."""
        self.rows.append(
            {
                "section": section,
                "title": title,
                "median": round(median(rounds), 4),
                "least": round(min(rounds), 4),
                "greatest": round(max(rounds), 4),
                "aim": aim,
                "unit": unit,
                "ours": round(median(ours), 4) if ours else None,
                "theirs": round(median(theirs), 4) if theirs else None,
                "rounds": [round(each, 4) for each in rounds],
            }
        )

    def show(self) -> None:
        """Write the rows as a table, section by section."""
        sections = list(dict.fromkeys(row["section"] for row in self.rows))
        self.rows.sort(key=lambda row: sections.index(row["section"]))
        section = ""
        for row in self.rows:
            if row["section"] != section:
                section = row["section"]
                say(f"\n{section}")
            figures = f"{row['ours']:,.4g} and {row['theirs']:,.4g} {row['unit']}" if row["unit"] else ""
            aim = f"aim {row['aim']:g}" if row["aim"] else ""
            say(f"  {row['title']:46}{Ratio(row['rounds'])!s:26}{aim:10}{figures}")

    def save(self, folder: Path, name: str) -> None:
        """Write ``NAME.json`` and ``NAME.svg``."""
        folder.mkdir(parents=True, exist_ok=True)
        tree = attrs.asdict(self)
        text = json.dumps(tree, indent=2)
        (folder / f"{name}.json").write_text(f"{text}\n")
        (folder / f"{name}.svg").write_text(draw(tree))
        say(f"\n{folder / name}.json, {folder / name}.svg")
