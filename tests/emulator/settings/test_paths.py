"""Every setting that names a file or a folder, against every error that a system can have with one.

An error is one line that names the path; nothing is a traceback. Relative paths in a settings file begin at
that file.
"""

import builtins
import errno
import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.contract.requirements import require_command
from tests.contract.server import environment

from duolect.bootstrap import bootstrap
from duolect.server.unix_socket import listen_on_path
from duolect.settings.settings import PATHS, Settings, SettingsError
from duolect.settings.sources import load, overlooked
from duolect.snapshots import files

SETTINGS = ("config", *sorted(PATHS))
OPENERS = ((builtins, "open"), (io, "open"), *((os, name) for name in ("open", "stat", "lstat", "scandir")))
ERRORS = sorted(errno.errorcode)


@pytest.fixture(scope="module")
def state():
    return bootstrap(Settings()).state


def use(setting, path, state):
    """Use a path as the setting of this name, as the server does."""
    settings = Settings(**({} if setting == "config" else {setting: str(path)}))
    match setting:
        case "config":
            load({"config": str(path)}, {})
        case "snapshot":
            files.restore_file(state, settings)
        case "snapshot_on_exit":
            files.check(path)
            files.save(state, path)
        case "uds":
            listen_on_path(path, 1).close()
        case _:
            bootstrap(settings)


def refused(setting, path, state):
    """Return in what words a path is refused, which are one line, or None where it is used."""
    try:
        use(setting, path, state)
    except SettingsError as error:
        words = str(error)
    else:
        return None
    assert "\n" not in words
    return words


def break_paths(monkeypatch, under, number):
    """Let whatever opens or looks at a path there fail."""

    def breaking(real):
        def fail(path, *more, **named):
            if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(str(under)):
                raise OSError(number, os.strerror(number), os.fspath(path))
            return real(path, *more, **named)

        return fail

    for module, name in OPENERS:
        monkeypatch.setattr(module, name, breaking(getattr(module, name)))


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_error_of_the_system_is_one_line(setting, tmp_path, state, monkeypatch):
    path = tmp_path / "named"
    for number in ERRORS:
        with monkeypatch.context() as patch:
            break_paths(patch, path, number)
            refusal = refused(setting, path, state)
        if refusal is None:
            assert number in HARMLESS.get(setting, set()), errno.errorcode[number]
        else:
            assert str(path) in refusal


HARMLESS = {"uds": {errno.ENOENT}, "snapshot_on_exit": {errno.ENOENT}}
"""A socket need not be there, nor a file that is to be written."""


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(
    "kind", ["loop", "too long", "under a file", "null", "folder", "socket", "absent/x"]
)
def test_paths_that_cannot_be_are_one_line(setting, kind, tmp_path, state):
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        listener.listen()
        path = {"too long": "n" * 256, "under a file": "file/x", "null": "a\0b"}.get(kind, kind)
        refusal = refused(setting, tmp_path / path, state)
    possible = {("boot_dir", "folder"), ("ca_dir", "folder"), ("ca_dir", "absent/x")}
    assert (refusal is None) is ((setting, kind) in possible)


@pytest.fixture
def closed(tmp_path):
    """A folder that may not be entered, and before which command that is so: root may enter any."""
    folder, before = tmp_path / "closed", []
    folder.mkdir()
    (folder / "named").touch()
    if os.getuid() == 0:
        before = [require_command("setpriv"), "--bounding-set=-dac_override,-dac_read_search"]
        os.chown(folder, 65534, 65534)
        folder.chmod(0o700)
    else:
        folder.chmod(0)
    yield folder, before
    folder.chmod(0o700)


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_folder_that_may_not_be_entered_is_one_line(setting, closed):
    folder, before = closed
    done = subprocess.run(  # noqa: S603 - our own
        [*before, sys.executable, "-m", "duolect", "serve", "--port", "0"],
        env=environment(**{f"DUOLECT_{setting.upper()}": str(folder / "named")}),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert done.stderr.startswith("duolect: ")
    assert str(folder / "named") in done.stderr


def test_relative_paths_of_a_settings_file_begin_at_it(tmp_path, monkeypatch):
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    keys = {name: f"sub/{name}" for name in PATHS}
    text = "".join(f'{name.replace("_", "-")} = "{value}"\n' for name, value in keys.items())
    (folder / "duolect.toml").write_text(text)
    monkeypatch.chdir(elsewhere)
    settings = load({"config": str(folder / "duolect.toml")}, {})
    assert {name: getattr(settings, name) for name in PATHS} == {
        name: str(folder / value) for name, value in keys.items()
    }
    settings = load({"config": "../folder/duolect.toml", "world": "w"}, {"DUOLECT_SNAPSHOT": "s"})
    assert (settings.world, settings.snapshot) == ("w", "s")
    assert Path(settings.uds).resolve() == folder / "sub" / "uds"


def test_absolute_and_absent_paths_of_a_settings_file_stay(tmp_path):
    file = tmp_path / "duolect.toml"
    file.write_text('world = "/w.toml"\nsnapshot = ""\n')
    settings = load({"config": str(file)}, {})
    assert (settings.world, settings.snapshot) == ("/w.toml", "")


def test_a_world_beside_a_settings_file_is_found_from_anywhere(tmp_path, monkeypatch):
    (tmp_path / "duolect.toml").write_text('world = "world.toml"\n')
    (tmp_path / "world.toml").write_text('[[alibaba]]\naccount = "me"\n')
    monkeypatch.chdir("/")
    settings = load({"config": str(tmp_path / "duolect.toml")}, {})
    assert [key[1] for key, _ in bootstrap(settings).partitions.items()] == ["me"]


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("DUOLECT_TIMNG", ": after DUOLECT_ the nearest is TIMING"),
        ("DUOLECT_SNAPSHOT_ON_EXT", "SNAPSHOT_ON_EXIT"),
        ("DUOLECT_XYZZY", "none of the"),
        ("DUOLECT_TIMING", None),
        ("DUOLECT_CONFIG", None),
        ("DUOLECT_ENDPOINT", None),
        ("DUOLECT_PORT", None),
        ("DUOLECT_SERVICE_HOST", None),
        ("DUOLECT_SERVICE_PORT_HTTP", None),
        ("DUOLECT_PORT_4780_TCP_ADDR", None),
        ("DUOLECT_MAIN_SERVICE_HOST", None),
        ("DUOLECT_MAIN_PORT_4780_TCP", None),
        ("SOMETHING_ELSE", None),
    ],
)
def test_a_variable_that_is_no_setting_is_told_with_what_may_have_been_meant(name, remark):
    found = list(overlooked({name: "x"}))
    assert len(found) == (0 if remark is None else 1)
    if remark:
        assert f"variable {name} is no setting" in found[0]
        assert remark in found[0]
