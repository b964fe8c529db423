"""The end of SQLite's log: how much of it was written, and how much of that counts.

SQLite takes from the log (``FILE-wal``) what is whole up to the last commit, and says nothing of the rest.
It is there after a crash amid a write, of which nobody was told, and after damage. Its frames carry the
salts of the log's header; what an earlier round of the log has left behind carries others.
"""

import logging
import struct
from contextlib import suppress
from pathlib import Path
from typing import Final

import attrs

_HEADER: Final = struct.Struct(">8I")
_FRAME: Final = struct.Struct(">6I")
_log = logging.getLogger("duolect.store")


@attrs.frozen
class Tail:
    """What stands in a log before it is read: how many frames, how many bytes after them."""

    path: Path
    frames: int = 0
    rest: int = 0

    def tell(self, counted: int) -> None:
        """Say in the log of the emulator that what stands after so many frames was cut."""
        if self.frames > counted or self.rest:
            _log.warning(
                "%s: its end is cut to the last whole commit: %d of %d pages count; what follows was "
                "damaged, or was being written when the emulator ended",
                self.path,
                counted,
                self.frames + bool(self.rest),
            )


def cut_of(store: Path) -> Tail:
    """Return what stands in the log of a store."""
    path = Path(f"{store}-wal")
    with suppress(FileNotFoundError), path.open("rb") as file:
        size = path.stat().st_size
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size:
            return Tail(path, rest=len(head))
        _, _, page, _, *salts, _, _ = _HEADER.unpack(head)
        step = _FRAME.size + page
        if not 0 < page <= 2**16:
            return Tail(path, rest=size)
        frames, place = 0, _HEADER.size
        while place + step <= size:
            file.seek(place)
            if [*_FRAME.unpack(file.read(_FRAME.size))[2:4]] != salts:
                break
            frames, place = frames + 1, place + step
        rest = 0
        if place < size and place + step > size:
            file.seek(place)
            torn = file.read(_FRAME.size)
            rest = size - place if len(torn) < _FRAME.size or torn[8:16] == head[16:24] else 0
        if not frames and size > _HEADER.size:
            rest = size - _HEADER.size
        return Tail(path, frames, rest)
    return Tail(path)
