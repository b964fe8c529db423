"""Files that are written whole or not at all, wherever they are and whatever is there.

A file is written beside its place and moved there. Where that cannot be, because something is mounted on it
(as containers mount single files), its folder cannot be written or it has several names, it is written in
place; if that fails, it gets back what it held. Symbolic links are followed. What is no regular file, such
as a pipe, is written into.
"""

import errno
import os
import select
import stat
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Final

_READER_TIMEOUT: Final = 10.0
"""Seconds in which whoever reads a pipe must take something."""
_ANY_MODE: Final = 0o666
"""What a new file may be used for, but for what the user's umask takes away."""
_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What goes wrong in place just as it does beside."""
_STREAMS: Final = ("/dev/", "/proc/")
"""Where paths stand for open files, which nothing can be moved to."""


def check(path: Path) -> None:
    """Check that a file can be written, and change nothing.

    Raises:
        OSError: it cannot.
    """
    there = _status(path)
    if there is None:
        with _beside(_target(path)):
            pass
    elif stat.S_ISREG(there.st_mode):
        os.close(os.open(path, os.O_WRONLY))
    else:
        _check_special(path, there)


def write_whole(path: Path, *content: bytes) -> None:
    """Write a file, whose content is in one part or several; what it held before is lost only then.

    Raises:
        OSError: it cannot be written.
    """
    there = _status(path)
    if there is not None and (not stat.S_ISREG(there.st_mode) or os.fspath(path).startswith(_STREAMS)):
        _check_special(path, there)
        _write_into(path, content)
        return
    target = _target(path)
    if there is not None and there.st_nlink > 1:
        _write_in_place(target, content)
        return
    try:
        _write_beside(target, content, there)
    except OSError as error:
        if there is None or error.errno in _NO_ROOM:
            raise
        _write_in_place(target, content)


def _target(path: Path) -> Path:
    """Return what a path names once its links are followed."""
    return Path(os.path.realpath(path))


def _status(path: Path) -> os.stat_result | None:
    """Return what is there, or None where there is nothing yet."""
    try:
        return os.stat(path)  # noqa: PTH116 - a path with a null character is a ValueError below
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error)) from None


def _check_special(path: Path, there: os.stat_result) -> None:
    """Raise where what is no regular file cannot be written into."""
    if stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if stat.S_ISSOCK(there.st_mode):
        raise OSError(errno.ENXIO, "it is a socket")
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


class _beside:  # noqa: N801 - used like a function
    """A temporary file in the folder of another, which is gone afterwards unless it was moved."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __enter__(self) -> tuple[int, str]:
        self._name = str(self._target.with_name(f".duolect-{os.getpid()}-{token_hex(4)}"))
        self._descriptor = os.open(self._name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ANY_MODE)
        return self._descriptor, self._name

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)
        with suppress(FileNotFoundError):
            os.unlink(self._name)  # noqa: PTH108 - a plain name


def _write_beside(target: Path, content: Sequence[bytes], there: os.stat_result | None) -> None:
    with _beside(target) as (descriptor, name):
        if there is not None:
            with suppress(PermissionError):
                os.fchown(descriptor, there.st_uid, there.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(there.st_mode))
        _write_all(descriptor, content)
        os.fsync(descriptor)
        os.replace(name, target)  # noqa: PTH105 - as above


def _write_in_place(target: Path, content: Sequence[bytes]) -> None:
    before = target.read_bytes()
    descriptor = os.open(target, os.O_WRONLY)
    try:
        try:
            _overwrite(descriptor, content)
        except OSError:
            with suppress(OSError):
                _overwrite(descriptor, (before,))
            raise
    finally:
        os.close(descriptor)


def _overwrite(descriptor: int, content: Sequence[bytes]) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    _write_all(descriptor, content)
    os.ftruncate(descriptor, sum(map(len, content)))
    os.fsync(descriptor)


def _write_into(path: Path, content: Sequence[bytes]) -> None:
    """Write into a pipe or a device, which somebody must read."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_APPEND)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "nobody reads from it") from None
        raise
    try:
        _write_all(descriptor, content)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, content: Sequence[bytes]) -> None:
    for part in content:
        _write_part(descriptor, part)


def _write_part(descriptor: int, content: bytes) -> None:
    rest, deadline = memoryview(content), time.monotonic() + _READER_TIMEOUT
    while rest:
        try:
            written = os.write(descriptor, rest)
        except BlockingIOError:
            if not select.select((), (descriptor,), (), max(deadline - time.monotonic(), 0))[1]:
                raise OSError(errno.ETIMEDOUT, "nobody reads on from it") from None
            continue
        rest, deadline = rest[written:], time.monotonic() + _READER_TIMEOUT
