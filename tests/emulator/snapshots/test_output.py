"""Files that are written whole or not at all: links, mounts, pipes, folders and files that refuse."""

import errno
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.contract.server import environment

from duolect.snapshots import output

OLD, NEW = b"old and longer than the new", b"new"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "state.json"
    path.write_bytes(OLD)
    return path


def fail_with(number, monkeypatch, name, times=1):
    """Let the first calls of a function of ``os`` fail."""
    real, calls = getattr(os, name), []

    def fail(*arguments, **named):
        calls.append(arguments)
        if len(calls) <= times:
            raise OSError(number, os.strerror(number))
        return real(*arguments, **named)

    monkeypatch.setattr(os, name, fail)
    return calls


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_a_new_file_has_the_mode_of_any_other(tmp_path):
    path, other = tmp_path / "new", tmp_path / "other"
    output.check(path)
    assert names(tmp_path) == []
    output.write_whole(path, NEW)
    other.touch()
    assert path.read_bytes() == NEW
    assert path.stat().st_mode == other.stat().st_mode
    assert names(tmp_path) == ["new", "other"]


def test_what_was_there_keeps_its_mode(file):
    file.chmod(0o640)
    output.write_whole(file, NEW)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (NEW, 0o640)


def test_a_file_whose_name_is_as_long_as_names_can_be(tmp_path):
    path = tmp_path / ("n" * 255)
    output.check(path)
    output.write_whole(path, NEW)
    output.write_whole(path, NEW)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("exists", [True, False])
def test_a_symbolic_link_is_followed_and_stays(tmp_path, exists):
    folder = tmp_path / "folder"
    folder.mkdir()
    target, link = folder / "target", tmp_path / "link"
    if exists:
        target.write_bytes(OLD)
    link.symlink_to("folder/target")
    output.check(link)
    output.write_whole(link, NEW)
    assert (link.is_symlink(), target.read_bytes(), names(folder)) == (True, NEW, ["target"])


def test_a_file_of_several_names_keeps_them(file, tmp_path):
    (tmp_path / "twin").hardlink_to(file)
    output.write_whole(file, NEW)
    assert (tmp_path / "twin").read_bytes() == NEW
    assert names(tmp_path) == ["state.json", "twin"]


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES])
def test_a_file_that_nothing_can_be_moved_to_is_written_in_place(file, tmp_path, monkeypatch, number):
    fail_with(number, monkeypatch, "replace")
    inode = file.stat().st_ino
    output.write_whole(file, NEW)
    assert (file.read_bytes(), file.stat().st_ino, names(tmp_path)) == (NEW, inode, ["state.json"])


def test_a_file_in_a_folder_that_cannot_be_written_is_written_in_place(file, tmp_path, monkeypatch):
    real = os.open

    def refuse(path, *more):
        if ".duolect-" in os.fspath(path):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *more)

    monkeypatch.setattr(os, "open", refuse)
    output.check(file)
    output.write_whole(file, NEW)
    assert file.read_bytes() == NEW
    with pytest.raises(PermissionError):
        output.check(tmp_path / "another")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize("name", ["write", "fsync"])
def test_where_there_is_no_room_the_old_file_stays(file, tmp_path, monkeypatch, name, number):
    fail_with(number, monkeypatch, name)
    with pytest.raises(OSError, match=os.strerror(number)):
        output.write_whole(file, NEW)
    assert (file.read_bytes(), names(tmp_path)) == (OLD, ["state.json"])


@pytest.mark.parametrize("name", ["write", "ftruncate", "fsync"])
def test_what_fails_in_place_is_taken_back(file, monkeypatch, name):
    (file.parent / "twin").hardlink_to(file)
    fail_with(errno.EIO, monkeypatch, name)
    with pytest.raises(OSError, match="Input/output error"):
        output.write_whole(file, NEW)
    assert file.read_bytes() == OLD


def test_a_pipe_is_written_into_and_stays(tmp_path):
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    output.check(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    content = bytes(range(256)) * 1_000  # more than a pipe holds at once
    for _ in range(500):
        with suppress(OSError):  # the reader is not there yet
            output.write_whole(pipe, content)
            break
        time.sleep(0.02)
    reader.join(10)
    assert read == [content]
    assert pipe.is_fifo()


def test_a_pipe_that_nobody_reads_from_is_told_and_not_waited_for(tmp_path, monkeypatch):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="nobody reads from it"):
        output.write_whole(pipe, NEW)
    monkeypatch.setattr(output, "_READER_TIMEOUT", 0.1)
    held = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(OSError, match="nobody reads on from it"):
            output.write_whole(pipe, bytes(1_000_000))
    finally:
        os.close(held)
    assert pipe.is_fifo()


def test_what_stands_for_standard_output_is_written_into(tmp_path):
    code = (
        "from pathlib import Path\nfrom duolect.snapshots import output\nprint('before', flush=True)\n"
        "output.check(Path('/dev/stdout'))\noutput.write_whole(Path('/dev/stdout'), b'content')"
    )
    command = [sys.executable, "-c", code]
    piped = subprocess.run(command, env=environment(), capture_output=True, check=True)  # noqa: S603 - our own
    assert piped.stdout == b"before\ncontent"
    file = tmp_path / "said"
    with file.open("wb") as said:
        subprocess.run(command, env=environment(), stdout=said, check=True)  # noqa: S603 - our own
    assert file.read_bytes() == b"before\ncontent"


def test_folders_sockets_and_links_to_themselves_are_refused(tmp_path):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
    (tmp_path / "loop").symlink_to("loop")
    refused = {
        tmp_path: "Is a directory",
        tmp_path / "socket": "it is a socket",
        tmp_path / "loop": "Too many levels of symbolic links",
        tmp_path / "absent" / "state": "No such file or directory",
        tmp_path / ("n" * 256): "File name too long",
        tmp_path / "socket" / "state": "Not a directory",
        Path("a\0b"): "null",
    }
    for path, reason in refused.items():
        for refuse in (output.check, lambda path: output.write_whole(path, NEW)):
            with pytest.raises(OSError, match=reason):
                refuse(path)


MOUNTED = """
mount --bind "$1" "$2" || exit 77
exec "$3" -c '
import sys
from pathlib import Path
from duolect.snapshots import output
output.check(Path(sys.argv[1]))
output.write_whole(Path(sys.argv[1]), b"new")
' "$2"
"""


def test_a_file_that_is_mounted_is_written_in_place(tmp_path, file):
    outside = tmp_path / "outside"
    outside.write_bytes(OLD)
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("there is no unshare")
    done = subprocess.run(  # noqa: S603 - our own
        [unshare, "--mount", "sh", "-c", MOUNTED, "sh", str(outside), str(file), sys.executable],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode in {1, 77} and "Traceback" not in done.stderr:
        pytest.skip(f"nothing can be mounted here: {done.stderr}")
    assert (done.returncode, done.stderr) == (0, "")
    assert (outside.read_bytes(), file.read_bytes()) == (b"new", OLD)
    assert names(tmp_path) == ["outside", "state.json"]
