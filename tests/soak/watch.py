"""Watching a process from outside by what Linux tells: memory, descriptors, time without a processor."""

import os
import time
from contextlib import suppress
from pathlib import Path

import attrs

MB = 2**20
_PAGE = os.sysconf("SC_PAGE_SIZE")


def waited_for_processor(process: int | str) -> float:
    """Return for how many seconds the threads of a process have been ready to run, and had no processor."""
    waited = 0
    for each in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):  # a thread that has just ended
            waited += int((each / "schedstat").read_text().split()[1])
    return waited / 1e9


@attrs.frozen
class Sample:
    """A look at the server."""

    at: float
    memory: int
    """Bytes that are resident."""
    descriptors: int


def sample(process: int) -> Sample:
    """Look at a process."""
    resident = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    return Sample(time.time(), resident, len(list(Path(f"/proc/{process}/fd").iterdir())))


def slope(samples: list[Sample]) -> float:
    """Return by how many bytes a minute memory grows, by least squares; 0 of too few samples."""
    if len(samples) < 3:
        return 0.0
    mean_at = sum(each.at for each in samples) / len(samples)
    mean = sum(each.memory for each in samples) / len(samples)
    spread = sum((each.at - mean_at) ** 2 for each in samples)
    return 60 * sum((each.at - mean_at) * (each.memory - mean) for each in samples) / spread
