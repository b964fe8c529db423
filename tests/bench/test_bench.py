"""The benchmark runs and compares what it promises; figures of so short a run mean nothing."""

import subprocess
import sys

from tests.contract.server import environment


def test_every_comparison_is_made():
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--rounds", "1", "--requests", "16", "--many", "20"],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    for cloud in ("alibaba", "tencent"):
        for row in ("create", "attach", "describe", "create, signature verified", "describe by id"):
            assert f"  {cloud:8} {row}  " in ended.stdout
    for row in ("start to first answer", "memory when idle"):
        assert f"  {row}  " in ended.stdout
