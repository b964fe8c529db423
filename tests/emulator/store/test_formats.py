"""What a store does not open: other files, other formats, what is in use, what cannot be written."""

import sqlite3
import sys
from subprocess import run

import pytest
from tests.contract.server import environment
from tests.emulator.store.servers import serving
from tests.emulator.store.stored import Stored, furnish

from duolect.settings.checks import SettingsError
from duolect.settings.settings import Settings


def reason(file):
    with pytest.raises(SettingsError) as caught:
        Stored(file)
    return str(caught.value)


def test_another_file_is_refused_and_left_as_it_is(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("these are notes")
    assert reason(file) == f"store: {file} is no store of Duolect: it begins with b'these are notes'"
    assert file.read_text() == "these are notes"


def test_the_database_of_another_program_is_refused_and_left_as_it_is(tmp_path):
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE songs (name TEXT)")
    database.close()
    before = file.read_bytes()
    assert reason(file) == f"store: {file} is a database of another program, and no store of Duolect"
    assert file.read_bytes() == before


def test_a_newer_format_is_refused_with_the_reason(tmp_path):
    stored = Stored(tmp_path / "state.db")
    stored.stop()
    database = sqlite3.connect(stored.file)
    database.execute("PRAGMA user_version = 2")
    database.close()
    assert "has format 2, and this Duolect reads format 1" in reason(stored.file)


def test_a_command_of_a_newer_duolect_is_refused_with_the_reason(stored):
    furnish(stored)
    from duolect.store.interface import Changes, Record  # noqa: PLC0415

    found = next(iter(stored.pipeline.keeper.kept.values()))
    stored.pipeline.keeper.commits.flush()
    foreign = Record(found.version + 1, 1, "Teleport", b'{"at":1,"command":"Teleport","with":{}}', 0)
    stored.pipeline.keeper.store.commit(Changes(records=[(found.number, foreign)]))
    stored.kill()
    said = reason(stored.file)
    assert "(Teleport) cannot be read: /command: names no command that there is" in said
    assert "it was written by duolect" in said


def test_a_command_with_another_outcome_is_refused_with_the_reason(stored):
    furnish(stored)
    stored.kill()
    from duolect.store import reviving  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reviving, "after", lambda _: 7)
        assert "has another outcome than when it was carried out" in reason(stored.file)
    stored.start()


def test_a_place_that_is_not_there_is_refused(tmp_path):
    assert "cannot be used: unable to open database file" in reason(tmp_path / "missing" / "state.db")
    assert reason(tmp_path).startswith(f"store: {tmp_path}")


@pytest.mark.parametrize("url", ["sqlite://x", "sqlite:///", "mysql://u:s3cret@h/d", "file.db", "", 7])
def test_a_url_of_nothing_is_refused(url):
    with pytest.raises(
        SettingsError, match=r"store must be memory, sqlite:///FILE or postgresql://\.\.\., not"
    ) as caught:
        Settings(store=url)
    assert "s3cret" not in str(caught.value)


def test_a_second_emulator_on_one_file_is_refused_and_the_first_goes_on(tmp_path):
    file = tmp_path / "state.db"
    with serving(file) as first:
        command = [sys.executable, "-m", "duolect", "serve", "--port", "0", "--store", f"sqlite:///{file}"]
        second = run(command, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603
        assert second.returncode == 2
        assert second.stderr == f"duolect: store: {file} is in use: by another emulator, most likely\n"
        assert first.poll() is None


def test_a_file_beside_a_settings_file_is_found_from_there(tmp_path):
    from duolect.settings.sources import load  # noqa: PLC0415

    config = tmp_path / "duolect.toml"
    config.write_text('store = "sqlite:///state.db"\n')
    assert load({"config": str(config)}, {}).store == f"sqlite:///{tmp_path / 'state.db'}"
    assert load({"store": "sqlite:///state.db"}, {}).store == "sqlite:///state.db"
