"""A disk without room: calls are refused in the vendors' words, and nothing answered is lost."""

import time
from contextlib import contextmanager

import pytest
from tests.emulator.store import servers
from tests.emulator.store.servers import Refused, alibaba, serving, tencent

LIMITED = """
import os, sys
from duolect.store.sqlite import SqliteStore

sign, commit = sys.argv.pop(), SqliteStore.commit

def limited(self, changes):
    (pages,) = self._db.execute("PRAGMA page_count").fetchone()
    most = pages if os.path.exists(sign) else 2**30
    self._db.execute(f"PRAGMA max_page_count = {most}")
    commit(self, changes)

SqliteStore.commit = limited
from duolect.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
"""A server whose disk is full as long as there is a certain file."""


@contextmanager
def limited(file, sign):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(servers, "SMALL", LIMITED)
        with serving(file, "--timing", "instant", str(sign), small=True) as process:
            yield process


def fill(client, made):
    """Create until that is refused; return the code."""
    for _ in range(2_000):
        try:
            made.add(client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/16")["VpcId"])
        except Refused as refused:
            return str(refused)
    raise AssertionError("the disk is never full")


def networks(client):
    found = set()
    for page in range(1, 100):
        some = client.call("DescribeVpcs", "2016-04-28", PageSize=50, PageNumber=page)
        found |= {each["VpcId"] for each in some["Vpcs"]["Vpc"]}
        if len(found) >= some["TotalCount"]:
            return found
    raise AssertionError


def test_a_full_disk_refuses_calls_and_takes_nothing_back(tmp_path):
    file, sign = tmp_path / "state.db", tmp_path / "full"
    made = set()
    with limited(file, sign) as process:
        one, other, control = alibaba(process.port), tencent(process.port), alibaba(process.port)
        made.add(one.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/16")["VpcId"])
        other.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")
        sign.touch()
        assert fill(one, made) == "ServiceUnavailable"
        for call in (
            lambda: one.call("DescribeVpcs", "2016-04-28"),
            lambda: other.call("DescribeVpcs"),
            lambda: other.call("CreateVpc", VpcName="w", CidrBlock="10.0.0.0/16"),
        ):
            with pytest.raises(Refused, match="ServiceUnavailable"):
                call()
        status, tree = control.get("health")
        assert (status, tree["status"]) == (503, "failing")
        reason = f"{file} cannot be used: database or disk is full"
        assert tree["store"]["reason"] == reason
        for path in ("state", "partitions", "journal"):
            status, tree = control.get(path)
            assert status == 503
            assert tree["detail"] == f"The emulator's state cannot be kept now: {reason}."
        assert control.post("reset")[0] == 503
        sign.unlink()
        until = time.monotonic() + 20
        while control.get("health")[0] != 200:
            assert time.monotonic() < until
            time.sleep(0.05)
        later = one.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/16")["VpcId"]
        there = networks(one)
        assert made | {later} <= there
        assert len(there) == len(made) + 2, "the call that was refused first is there too, once"
        sign.touch()
        assert fill(one, made) == "ServiceUnavailable"
    with limited(file, sign) as process:
        there = networks(alibaba(process.port))
        assert made <= there
        assert len(there) <= len(made) + 2


def test_a_full_disk_at_the_end_loses_nothing_that_was_answered(tmp_path):
    file, sign = tmp_path / "state.db", tmp_path / "full"
    made = set()
    with limited(file, sign) as process:
        one = alibaba(process.port)
        made.add(one.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/16")["VpcId"])
        sign.touch()
        fill(one, made)
        process.terminate()
        _, said = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "database or disk is full; calls are refused until it can be written" in said
        assert "what was not answered is lost" in said
    sign.unlink()
    with limited(file, sign) as process:
        assert made == networks(alibaba(process.port))
