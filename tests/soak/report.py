"""What a soak came to: as Markdown, and its course as a picture that needs nothing to be drawn."""

from collections.abc import Sequence
from pathlib import Path

import attrs
from tests.soak.watch import MB, Sample, slope
from tests.soak.workers import Findings

_WIDTH, _HEIGHT, _MARGIN = 900, 220, 60


@attrs.frozen(kw_only=True)
class Limits:
    """What must not be exceeded."""

    slope: float
    """Bytes by which memory may grow in a minute, once it is warm."""
    latency: float = 0.05
    """Seconds that calls of the second client may take, but for one in a thousand."""
    slowest: float = 0.25
    """Seconds that any of them may take."""
    descriptors: int = 8
    """How many more may be open after all have gone than before they came."""


@attrs.frozen(kw_only=True)
class Soak:
    """A soak that is over."""

    seed: int
    minutes: float
    samples: Sequence[Sample]
    findings: Sequence[Findings]
    limits: Limits
    log: str
    """What the server has said."""
    status: int
    """With which it ended."""
    lost: Sequence[str]
    """What was acknowledged and is not in the snapshot that it left."""
    descriptors: tuple[int, int]
    """How many were open before anybody came, and after all had gone."""

    @property
    def warm(self) -> list[Sample]:
        """What was seen in the second half."""
        return list(self.samples[len(self.samples) // 2 :])

    @property
    def latencies(self) -> list[float]:
        return sorted(seconds for each in self.findings for _, seconds in each.latencies)

    def problems(self) -> list[str]:
        """Return all that is not as it must be."""
        found = [problem for each in self.findings for problem in each.problems]
        if self.log:
            found.append(f"the server said: {self.log[:2000]}")
        if self.status:
            found.append(f"the server ended with {self.status}")
        if self.lost:
            found.append(f"{len(self.lost)} acknowledged are not in the snapshot: {self.lost[:5]}")
        if slope(self.warm) > self.limits.slope:
            found.append(f"memory grows by {slope(self.warm) / MB:.2f} MB a minute")
        latencies = self.latencies or [0.0]
        usual = latencies[int(0.999 * (len(latencies) - 1))]
        if usual > self.limits.latency or latencies[-1] > self.limits.slowest:
            slow = f"{usual * 1000:.0f} ms, and {latencies[-1] * 1000:.0f} ms at most"
            found.append(f"one of a thousand calls of the second client took {slow}")
        before, after = self.descriptors
        if after > before + self.limits.descriptors:
            found.append(f"{after} descriptors are open, and there were {before} at first")
        return found


def write(soak: Soak, folder: Path) -> None:
    """Write ``soak.md`` and ``soak.svg``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "soak.md").write_text(markdown(soak))
    (folder / "soak.svg").write_text(picture(soak))


def markdown(soak: Soak) -> str:
    """Return the report."""
    latencies, problems = soak.latencies, soak.problems()
    first, last = soak.samples[0], soak.samples[-1]
    highest = max(soak.samples, key=lambda each: each.memory)
    lines = [
        f"# Soak of {soak.minutes:g} minutes, seed {soak.seed}",
        "",
        "**As it must be.**" if not problems else "**Not as it must be:**",
        *(f"- {each}" for each in problems),
        "",
        "![memory, descriptors and latency](soak.svg)",
        "",
        "| | |",
        "| --- | --- |",
        f"| memory at first, at most, at last | {_mb(first)}, {_mb(highest)}, {_mb(last)} MB |",
        f"| growth in the second half | {slope(soak.warm) / MB:.2f} MB a minute |",
        f"| descriptors before and after | {soak.descriptors[0]}, {soak.descriptors[1]} |",
    ]
    if latencies:
        lines.append(
            f"| second client: calls, median, 99 %, slowest | {len(latencies)}, {_ms(latencies, 0.5)}, "
            f"{_ms(latencies, 0.99)}, {_ms(latencies, 1)} ms |"
        )
    for each in soak.findings:
        counts = ", ".join(f"{name} {count}" for name, count in sorted(each.counts.items()))
        lines.append(f"| {each.name} | {counts} |")
    return "\n".join(lines) + "\n"


def _mb(sample: Sample) -> str:
    return f"{sample.memory / MB:.1f}"


def _ms(latencies: Sequence[float], part: float) -> str:
    return f"{latencies[min(len(latencies) - 1, int(part * len(latencies)))] * 1000:.1f}"


# -- the picture ------------------------------------------------------------------------------------


def picture(soak: Soak) -> str:
    """Return the course of memory, descriptors and latency as SVG."""
    began = soak.samples[0].at
    calls = [(at - began, seconds * 1000) for each in soak.findings for at, seconds in each.latencies]
    panels = [
        ("memory, MB", [(each.at - began, each.memory / MB) for each in soak.samples]),
        ("open descriptors", [(each.at - began, float(each.descriptors)) for each in soak.samples]),
        ("slowest call of the second client in each second, ms", _slowest(calls)),
    ]
    height = len(panels) * (_HEIGHT + _MARGIN)
    drawn = "".join(
        _panel(title, points, place * (_HEIGHT + _MARGIN)) for place, (title, points) in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
        f"{drawn}</svg>\n"
    )


def _slowest(calls: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    slowest: dict[int, float] = {}
    for at, milliseconds in calls:
        slowest[int(at)] = max(milliseconds, slowest.get(int(at), 0.0))
    return [(float(at), milliseconds) for at, milliseconds in sorted(slowest.items())]


def _panel(title: str, points: Sequence[tuple[float, float]], top: int) -> str:
    if not points:
        return ""
    last, highest = max(points[-1][0], 1.0), max(value for _, value in points) * 1.1 or 1.0
    width, bottom = _WIDTH - 2 * _MARGIN, top + _MARGIN // 2 + _HEIGHT
    places = ((_MARGIN + at / last * width, bottom - value / highest * _HEIGHT) for at, value in points)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    marks = "".join(
        f'<text x="{_MARGIN - 6}" y="{bottom - part * _HEIGHT + 4:.0f}" text-anchor="end">'
        f"{highest * part:.4g}</text>"
        f'<path d="M{_MARGIN} {bottom - part * _HEIGHT:.0f}h{width}" stroke="#ddd"/>'
        for part in (0.0, 0.5, 1.0)
    )
    return (
        f'<text x="{_MARGIN}" y="{top + 18}" font-weight="bold">{title}</text>{marks}'
        f'<polyline fill="none" stroke="#1f6f8b" points="{line}"/>'
        f'<text x="{_WIDTH - _MARGIN}" y="{bottom + 16}" text-anchor="end">{last / 60:.1f} minutes</text>'
    )
