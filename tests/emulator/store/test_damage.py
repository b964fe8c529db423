"""Files that are damaged anywhere: cut to what is whole and said so, or refused with the reason."""

import logging
import random
import shutil
import sqlite3

import pytest
from tests.emulator.store.stored import Stored, furnish

from duolect.settings.checks import SettingsError
from duolect_core import archive
from duolect_core.invariants import check

FEW, MANY = 40, 400
INTERIOR = 5
"""The first byte of a page of a table that leads to others (SQLite's file format, 1.6)."""
COMMANDS = 60


def names(partition):
    return [each.name for each in partition.graph.groups.values() if each.name.startswith("n-")]


def make(folder):
    """Make a store with a log ahead; return its folder, and each version of its account."""
    stored = Stored(folder / "made.db", timing="instant")
    furnish(stored)
    stored.restart()
    one = stored.emulator.alibaba()
    vpc = next(iter(one.partition.graph.networks))
    versions = [archive.dump(one.partition)]
    for number in range(COMMANDS):
        one.call("CreateSecurityGroup", VpcId=vpc, SecurityGroupName=f"n-{number}")
        stored.pipeline.keeper.commits.flush()
        versions.append(archive.dump(one.partition))
    kept = folder / "kept"
    kept.mkdir()
    for file in folder.glob("made.db*"):  # as they lie there when the process is killed now
        shutil.copy(file, kept / file.name.replace("made", "state"))
    stored.kill()
    return kept, versions


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("made"))


def copied(made, folder):
    shutil.copytree(made[0], folder, dirs_exist_ok=True)
    return folder / "state.db"


def outcome(file, versions):
    """Start from a file, and return which version was found, or the reason why none was."""
    try:
        stored = Stored(file, timing="instant")
    except SettingsError as reason:
        return str(reason)
    try:
        partition = stored.emulator.alibaba().partition
        assert check(partition) == []
        tree = archive.dump(partition)
        assert tree in versions
        stored.emulator.alibaba().call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
        after = stored.tree()
        assert stored.restart().tree() == after
        return versions.index(tree)
    finally:
        stored.kill()


def test_what_is_not_damaged_is_all_there(made, tmp_path, caplog):
    assert outcome(copied(made, tmp_path), made[1]) == COMMANDS
    assert not caplog.records


def test_a_log_that_was_cut_anywhere_is_cut_to_the_last_whole_commit_and_said_so(
    made, tmp_path, caplog, thorough
):
    chance = random.Random(3)  # noqa: S311 - which bytes is no secret
    found = set()
    for number in range(MANY if thorough else FEW):
        file = copied(made, tmp_path / str(number))
        log = file.with_name("state.db-wal")
        size = log.stat().st_size
        with log.open("r+b") as opened:
            opened.truncate(chance.randrange(size // 2, size))
        caplog.clear()
        version = outcome(file, made[1])
        assert isinstance(version, int)
        assert version < COMMANDS
        found.add(version)
        shutil.rmtree(file.parent)
    assert len(found) > 10


def test_a_log_with_a_byte_that_is_wrong_is_cut_before_it_and_said_so(made, tmp_path, caplog, thorough):
    chance = random.Random(4)  # noqa: S311 - which bytes is no secret
    for number in range(MANY if thorough else FEW):
        file = copied(made, tmp_path / str(number))
        log = file.with_name("state.db-wal")
        data = bytearray(log.read_bytes())
        place = chance.randrange(len(data) // 2, len(data))
        data[place] ^= 1 << chance.randrange(8)
        log.write_bytes(data)
        caplog.clear()
        version = outcome(file, made[1])
        assert isinstance(version, int)
        assert "is cut to the last whole commit" in caplog.text
        assert version < COMMANDS
        shutil.rmtree(file.parent)


def settled(made, folder):
    """Return a file into which all was written, as after a stop that made no snapshots."""
    file = copied(made, folder)
    stored = Stored(file, timing="instant")
    stored.pipeline.keeper.commits.flush()
    stored.pipeline.keeper.store.close()
    return file


def test_a_file_with_bytes_that_are_wrong_is_cut_or_refused(made, tmp_path, caplog, thorough):
    chance = random.Random(7)  # noqa: S311 - which bytes is no secret
    outcomes = []
    caplog.set_level(logging.ERROR)
    for number in range(MANY if thorough else FEW):
        file = settled(made, tmp_path / str(number))
        data = bytearray(file.read_bytes())
        for _ in range(chance.choice([1, 1, 1, 20])):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        caplog.clear()
        found = outcome(file, made[1])
        if isinstance(found, str):
            assert found.startswith(f"store: {file}"), found
            assert (
                "damaged" in found or "format" in found or "no store" in found or "another program" in found
            )
        elif found < COMMANDS:
            assert "is as it was before that command" in caplog.text or "which is whole" in caplog.text
            assert "the damaged file is" in caplog.text
            assert file.with_name("state.db.damaged-1").exists()
        outcomes.append(found)
        shutil.rmtree(file.parent)
    assert COMMANDS in outcomes
    assert any(isinstance(each, int) and each < COMMANDS for each in outcomes)


def test_a_page_that_has_fewer_rows_than_were_written_is_said_to_be_damaged(made, tmp_path, caplog):
    file = settled(made, tmp_path)
    db = sqlite3.connect(file)
    (root,), (size,) = (
        db.execute(query).fetchone()
        for query in ("SELECT rootpage FROM sqlite_master WHERE name = 'log'", "PRAGMA page_size")
    )
    db.close()
    data = bytearray(file.read_bytes())
    page = root
    while data[(page - 1) * size] == INTERIOR:  # its last child has the last rows
        page = int.from_bytes(data[(page - 1) * size + 8 : (page - 1) * size + 12])
    count = (page - 1) * size + 3
    data[count : count + 2] = (int.from_bytes(data[count : count + 2]) - 1).to_bytes(2)
    file.write_bytes(data)
    caplog.set_level(logging.ERROR)
    found = outcome(file, made[1])
    assert isinstance(found, int)
    assert "of each account that is kept which is whole" in caplog.text
    assert file.with_name("state.db.damaged-1").exists()


def test_a_file_that_was_cut_anywhere_is_cut_or_refused(made, tmp_path, thorough):
    chance = random.Random(6)  # noqa: S311 - which bytes is no secret
    for number in range(MANY if thorough else FEW):
        file = settled(made, tmp_path / str(number))
        with file.open("r+b") as opened:
            opened.truncate(chance.randrange(1, file.stat().st_size))
        found = outcome(file, made[1])
        assert isinstance(found, int) or found.startswith(f"store: {file}")
        shutil.rmtree(file.parent)
