"""Ratios as a picture: a bar for each median, a line from least to greatest, a mark where the aim is.

``python -m tests.bench.plot FILE.json`` draws the results that a run has kept once more.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_WIDTH = 800
_LABELS = 280
_BARS = 270
"""Columns: what was measured, its bar; what is left is for the figures."""
_LINE = 22
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 15px; font-weight: 600; }
.section { font-weight: 600; }
.small { font-size: 11px; fill: #59636e; }
.bar { fill: #4a90d9; }
.range { stroke: #1f2328; stroke-width: 1.5; }
.aim { stroke: #1a7f37; stroke-width: 2.5; }
.one { stroke: #8c959f; stroke-dasharray: 2 3; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .small { fill: #9198a1; }
  .bar { fill: #2f6db5; }
  .range { stroke: #e6edf3; }
  .aim { stroke: #3fb950; }
}
"""


def draw(results: Mapping[str, Any]) -> str:
    """Return an SVG picture of results, as ``Results`` keeps them."""
    body = list(_sections(results["rows"], top=62))
    height = 62 + sum(1 + len(list(rows)) for _, rows in _grouped(results["rows"])) * _LINE + 34
    machine = results["machine"]
    taken = (
        f"{results['date']}, {machine['cores']} cores, {machine['processor']}, Python {machine['python']}"
    )
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
            f"<title>{escape(results['about'])}</title>",
            f"<style>{_STYLE}</style>",
            _text(0, 20, results["about"], "title"),
            _text(0, 40, taken, "small"),
            *body,
            _text(
                0,
                height - 8,
                "Bar: median of the rounds. Line: least to greatest. Green: the aim. Dotted: 1.",
                "small",
            ),
            "</svg>\n",
        ]
    )


def _grouped(rows: list[Mapping[str, Any]]) -> Iterator[tuple[str, Iterator[Mapping[str, Any]]]]:
    return groupby(rows, key=lambda row: row["section"])


def _sections(rows: list[Mapping[str, Any]], top: int) -> Iterator[str]:
    """Draw each section to a scale of its own."""
    y = top
    for section, grouped in _grouped(rows):
        members = list(grouped)
        most = max(1.0, *(row["greatest"] for row in members), *(row["aim"] or 0 for row in members))
        scale = _BARS / most
        y += _LINE
        yield _text(0, y, section, "section")
        yield _vertical(1.0 * scale, y + 6, len(members) * _LINE, "one")
        for row in members:
            y += _LINE
            yield from _row(row, y, scale)


def _row(row: Mapping[str, Any], y: int, scale: float) -> Iterator[str]:
    yield _text(0, y, row["title"])
    yield (
        f'<rect class="bar" x="{_LABELS}" y="{y - 12}" width="{row["median"] * scale:.1f}" '
        f'height="{_LINE - 8}"/>'
    )
    least, greatest = (_LABELS + row[end] * scale for end in ("least", "greatest"))
    yield f'<line class="range" x1="{least:.1f}" x2="{greatest:.1f}" y1="{y - 5}" y2="{y - 5}"/>'
    aim = ""
    if row["aim"]:
        yield _vertical(row["aim"] * scale, y - 14, _LINE - 4, "aim")
        aim = f", aim {row['aim']:g}"
    figures = f"{row['median']:.2f} ({row['least']:.2f} to {row['greatest']:.2f}){aim}"
    yield _text(_LABELS + _BARS + 10, y, figures)


def _vertical(x: float, y: int, height: int, kind: str) -> str:
    x += _LABELS
    return f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + height}"/>'


def _text(x: int, y: int, text: str, kind: str = "") -> str:
    kind = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{kind}>{escape(text)}</text>'


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).with_suffix(".svg").write_text(draw(json.loads(Path(name).read_text())))
