"""Snapshots in files: what a server starts with, and what it writes when it is stopped."""

import json
import os
import threading
from pathlib import Path

import pytest
from tests.emulator.snapshots.states import dumps, vpcs
from tests.harness import START, emulator

from duolect.bootstrap import bootstrap
from duolect.clock import Clock
from duolect.settings.settings import Settings, SettingsError
from duolect.snapshots import files as snapshot_files
from duolect.snapshots import snapshots
from duolect_core.archive import dump

WORLDS = Path(__file__).parents[3] / "examples" / "worlds"


def begin(path, **more):
    return bootstrap(Settings(snapshot=str(path), **more), Clock(0, START))


def test_an_emulator_begins_with_the_snapshot_in_a_file_and_leaves_one(world, tmp_path):
    path = tmp_path / "state.json"
    snapshot_files.save(world.pipeline.state, path)
    assert json.loads(path.read_bytes()) == snapshots.take(world.pipeline.state)
    assert [each.name for each in tmp_path.iterdir()] == ["state.json"]
    pipeline = begin(path)
    assert {key: dump(each) for key, each in pipeline.partitions.items()} == dumps(world)
    snapshot_files.save(pipeline.state, path)
    assert json.loads(path.read_bytes()) == snapshots.take(world.pipeline.state)


def test_a_file_that_is_written_at_the_end_need_not_be_there_at_the_beginning(tmp_path):
    path = tmp_path / "state.json"
    assert list(begin(path, snapshot_on_exit=str(path)).partitions.items()) == []
    with pytest.raises(SettingsError, match="snapshot: there is no file"):
        begin(path)


@pytest.mark.parametrize("text", [b"", b" \n"])
def test_an_empty_file_is_no_state_yet_where_one_is_to_be_left_there(tmp_path, text):
    path, link = tmp_path / "state.json", tmp_path / "link"
    path.write_bytes(text)
    link.symlink_to("state.json")
    for leave in (path, link, tmp_path / "." / "state.json"):
        assert list(begin(path, snapshot_on_exit=str(leave)).partitions.items()) == []
    for leave in ("", str(tmp_path / "another")):
        with pytest.raises(SettingsError, match=f"^snapshot: {path} is empty$"):
            begin(path, snapshot_on_exit=leave)


def test_a_snapshot_can_come_from_a_pipe(world, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    text = snapshots.write(snapshots.take(world.pipeline.state))
    writer = threading.Thread(target=pipe.write_bytes, args=(text,))
    writer.start()
    assert {key: dump(each) for key, each in begin(pipe).partitions.items()} == dumps(world)
    writer.join(10)


def test_accounts_that_a_snapshot_does_not_have_begin_with_the_world(tmp_path):
    path, world = tmp_path / "state.json", str(WORLDS / "alibaba.toml")
    first = emulator(world=world)
    first.alibaba("one").call("CreateVpc", "2016-04-28")
    snapshot_files.save(first.pipeline.state, path)
    second = emulator(world=world, snapshot=str(path))
    assert dumps(second) == dumps(first)
    assert second.alibaba("one").partition.rules == first.alibaba("one").partition.rules
    assert len(vpcs(second.alibaba("one"))) == 2
    assert [each["VpcId"] for each in vpcs(second.alibaba("two"))] == ["vpc-main"]


@pytest.mark.parametrize("text", [b"[]", b"{}", b'{"format": "duolect snapshot"}'])
def test_a_file_that_is_no_snapshot_is_one_line(tmp_path, text):
    path = tmp_path / "state.json"
    path.write_bytes(text)
    with pytest.raises(SettingsError, match=f"snapshot: {path} cannot be restored: /") as error:
        begin(path)
    assert "\n" not in str(error.value)


def test_a_folder_is_no_snapshot(tmp_path):
    with pytest.raises(SettingsError, match=r"snapshot: .*: Is a directory"):
        begin(tmp_path)


def test_a_file_that_cannot_be_written_is_an_error_at_once(tmp_path):
    snapshot_files.check(tmp_path / "state.json")
    for path in (tmp_path, tmp_path / "absent" / "state.json"):
        with pytest.raises(SettingsError, match=r"snapshot-on-exit: .* cannot be written"):
            snapshot_files.check(path)


def test_a_snapshot_that_cannot_be_written_leaves_the_old_one(world, tmp_path, monkeypatch):
    path = tmp_path / "state.json"
    path.write_text("old")

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(SettingsError, match=f"snapshot-on-exit: {path}: No space left on device"):
        snapshot_files.save(world.pipeline.state, path)
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]
