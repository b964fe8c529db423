"""Run programs of others against the emulator, as they were released.

    python -m tests.consumers

Each is a folder here: a Go program that calls the released code, and the world that it begins in. The first
time it is fetched and built, which takes minutes.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.contract.server import environment, running

_HERE = Path(__file__).parent
_BUILD = _HERE.parents[1] / "build" / "consumers"
_TO_BUILD, _TO_RUN = 900, 120
"""Seconds."""


def main() -> int:
    go = shutil.which("go")
    if go is None:
        sys.stderr.write("go is not installed\n")
        return 1
    failed = 0
    for folder in sorted(each.parent for each in _HERE.glob("*/go.mod")):
        program = _BUILD / folder.name
        subprocess.run([go, "build", "-o", program, "."], cwd=folder, check=True, timeout=_TO_BUILD)  # noqa: S603
        with running("--world", str(folder / "world.toml")) as server:
            variables = environment(DUOLECT_ENDPOINT=server.address)
            done = subprocess.run([program], env=variables, check=False, timeout=_TO_RUN)  # noqa: S603
        sys.stdout.write(f"{folder.name}: {'ok' if done.returncode == 0 else 'FAIL'}\n")
        failed |= done.returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
