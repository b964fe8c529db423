"""Listening on a Unix domain socket: for those who share a folder with the emulator, and nobody else."""

import errno
import socket
import stat
from contextlib import suppress
from pathlib import Path

from duolect.settings.checks import SettingsError


def listen_on_path(path: Path, backlog: int) -> socket.socket:
    """Return a socket that takes connections from now on.

    A socket that a server left there when it was killed is replaced.

    Raises:
        SettingsError: it cannot be there, or somebody listens there already.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        _clear(path)
        listener.bind(str(path))
        listener.listen(backlog)
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)  # the path may be too long for a socket's name
        raise SettingsError(f"uds: cannot listen on {path}: {reason}") from None
    return listener


def remove(path: Path) -> None:
    """Remove the socket of a server that has ended."""
    with suppress(OSError):
        path.unlink()


def _clear(path: Path) -> None:
    """Remove a socket at which nobody listens.

    Raises:
        OSError: there is something else.
    """
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(kind):
        raise OSError(errno.EEXIST, "something else is there, which is no socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
            return
    raise OSError(errno.EADDRINUSE, "another server listens there")
