"""The run with one large account comes to its end when it is small, and finds what it promises."""

import json

from tests.bench.test_bench import bench

CONTROL_CALLS = (
    *("nothing", "metrics", "mark", "partitions", "export", "journal", "verify", "leaks", "state"),
    *("snapshot", "restore", "clock idle", "forget", "reset", "restore again"),
)


def test_a_small_run_pages_waits_compares_and_checks(tmp_path):
    results = tmp_path / "scale.json"
    sizes = ("--interfaces", "240", "--instances", "4", "--subnets", "4", "--rounds", "1")
    bench("tests.bench.scale", *sizes, "--requests", "10", "--quiet", "0.1", "--results", str(results))
    figures = json.loads(results.read_text())
    assert figures["made"]["interfaces"] == 4 * (60 - 1)
    assert tuple(figures["waits"]) == CONTROL_CALLS
    assert all(row["calls"] >= 3 for row in figures["waits"].values())
    assert {"describe", "create", "change"} == set(figures["single calls"])
    assert figures["paged by token"]["pages"] == figures["paged by number"]["pages"] == 1
    assert figures["checked"] >= figures["made"]["interfaces"]
