"""The benchmarks run and compare what they promise; figures of so short a run mean nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from tests.bench import peers
from tests.bench.figures import Results
from tests.bench.servers import HEALTH, ROOT, duolect
from tests.bench.work import CLOUDS
from tests.contract.server import environment

MOTO = ROOT / "build" / "peers" / f"moto-{peers.MOTO}"


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", *arguments],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended


def rows(folder: Path, name: str) -> dict[str, list[str]]:
    """Return the titles of each section that was kept, after a look at the picture."""
    picture = etree.parse(folder / f"{name}.svg")
    texts = {element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")}
    kept = json.loads((folder / f"{name}.json").read_text())
    assert {"processor", "cores", "python", "load"} <= set(kept["machine"])
    sections: dict[str, list[str]] = {}
    for row in kept["rows"]:
        assert {row["section"], row["title"]} <= texts
        assert row["least"] <= row["median"] <= row["greatest"]
        sections.setdefault(row["section"], []).append(row["title"])
    return sections


def test_every_comparison_is_made(tmp_path):
    ended = bench(
        *("tests.bench", "--rounds", "1", "--requests", "16", "--many", "20", "--out", str(tmp_path))
    )
    assert ended.stderr == ""
    for cloud in ("alibaba", "tencent"):
        for row in ("create", "attach", "describe", "create, signature verified", "describe by id"):
            assert f"  {cloud:8} {row}  " in ended.stdout
    for row in ("start to first answer", "start to first answer, processor time", "memory when idle"):
        assert f"  {row}  " in ended.stdout
    assert [len(titles) for titles in rows(tmp_path, "bench").values()] == [8, 8, 6, 3]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="the other revision comes from git")
def test_another_revision_takes_turns(tmp_path):
    short = ("--rounds", "1", "--requests", "16", "--many", "20")
    folders = ("--out", str(tmp_path), "--sources", str(tmp_path))
    ended = bench("tests.bench.against", "--rev", "HEAD", *short, *folders)
    assert "round 1 of 1: tencent, describe a page of 100" in ended.stderr
    requests, memory, starting = rows(tmp_path, "against").values()
    assert requests == [
        f"{cloud}, {request}"
        for cloud in ("alibaba", "tencent")
        for request in (
            "create, signature verified",
            "attach and detach",
            "describe by id",
            "describe a page of 100",
        )
    ]
    assert memory == ["alibaba", "tencent"]
    assert starting == [
        "start to first answer",
        "start to first answer, processor time",
        "memory when idle",
    ]


def test_peers_are_asked_for_the_same(tmp_path):
    """Without the network: in the place of moto, another Duolect."""
    results = Results("peers", {})
    extent = peers.Extent(1, 8, (0, 20))
    with (
        duolect("--timing", "instant", first=HEALTH) as ours,
        duolect("--timing", "instant", first=HEALTH) as theirs,
    ):
        mine = [peers.Peer(ours, make(ours.port, "me")) for make in CLOUDS]
        other = peers.Peer(theirs, CLOUDS[0](theirs.port, "other"))
        peers.creates(results, other, mine, extent)
        taken = peers.memory(peers.Peer(ours, CLOUDS[0](ours.port, "memory")), extent.sizes)
    peers.memories(results, "other", taken, {"alibaba": taken})
    results.show()
    results.save(tmp_path, "peers")
    among = ["alibaba, among 0", "tencent, among 0", "alibaba, among 20", "tencent, among 20"]
    assert list(rows(tmp_path, "peers").values()) == [
        among,
        among,
        ["alibaba, server with none", "alibaba, an interface of 20"],
    ]


@pytest.mark.skipif(not MOTO.exists(), reason="make bench-peers installs moto")
def test_moto_is_a_peer(tmp_path):
    short = ("--rounds", "1", "--requests", "4", "--sizes", "0", "12")
    bench("tests.bench.peers", *short, "--out", str(tmp_path))
    among = ["alibaba, among 0", "tencent, among 0", "alibaba, among 12", "tencent, among 12"]
    processor, p50, memory = rows(tmp_path, "peers").values()
    assert (processor, p50, len(memory)) == (among, among, 4)
