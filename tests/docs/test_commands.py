"""The commands that the guides and the help show run as they stand.

Where a guide writes ``...`` for the reader's own program, the tests put one.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.contract.requirements import require_command
from tests.contract.server import environment
from tests.docs.guides import GUIDES, ROOT, Program, blocks

from duolect.cli.command import run
from duolect.testing import Duolect

SHELL = [(guide, number) for guide in GUIDES for number in range(len(blocks(guide, "sh")))]
PRELUDE = """
set -euo pipefail
duolect() {{
    case "$*" in
        "journal follow"*) timeout --signal INT 2 {python} -m duolect "$@" || test $? = 124 ;;
        *--snapshot*) timeout --signal TERM 2 {python} -m duolect "$@" --port 0 || test $? = 124 ;;
        serve*) exec {python} -m duolect "$@" --port {port} ;;
        *) {python} -m duolect "$@" ;;
    esac
}}
trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
"""
"""What never ends is ended, and servers stay out of each other's way."""
LIFE = """
import os
from duolect.testing import Account, Duolect
from tests.docs.guides import CLUSTER, Program
account = Account(Duolect(), "me")
if account.state()["partitions"]:
    Program(account).lead_a_life()
else:
    account.lay("alibaba", **CLUSTER)
    Program(account).lead_a_life()
    account.reset()
"""


@pytest.mark.parametrize(("guide", "number"), SHELL)
@pytest.mark.usefixtures("program")
def test_the_commands_run_as_they_stand(guide: str, number: int, duolect: Duolect, tmp_path: Path) -> None:
    script = blocks(guide, "sh")[number].replace("127.0.0.1:4780", duolect.endpoint)
    variables = {"DUOLECT_ENDPOINT": duolect.endpoint}
    port = 0
    if "duolect serve --timing" in script:  # this one speaks to the server that it starts
        port = unused_port()
        variables["DUOLECT_ENDPOINT"] = f"127.0.0.1:{port}"
    (tmp_path / "world.toml").write_text("")
    life = f"{shlex.quote(sys.executable)} -c {shlex.quote(LIFE)}"
    script = re.sub(r"^\.\.\.( .*)?$", lambda _: life, script, flags=re.MULTILINE)
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    whole = PRELUDE.format(python=shlex.quote(sys.executable), port=port) + script
    done = subprocess.run(  # noqa: S603 - our own guides
        [require_command("bash"), "-c", whole],
        cwd=tmp_path,
        env=environment(PYTHONPATH=path, **variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    complaints = [line for line in done.stderr.splitlines() if line.startswith("duolect: ")]
    assert [line for line in complaints if "no emulator answers" not in line] == []


def unused_port() -> int:
    from socket import socket  # noqa: PLC0415

    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


COMMANDS = (
    "serve", "clock advance", "clock set", "durations set", "faults add", "journal show", "journal export",
    "verify", "snapshot", "restore", "state", "ca", "reset", "lay", "keys put", "conditions add",
    "signatures", "partitions", "coverage",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_a_commands_help_are_understood(
    command: str,
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        run([*command.split(), "--help"])
    shown = capsys.readouterr().out.partition("examples:\n")[2].splitlines()
    assert shown
    Path("expected.json").write_text('{"no_leaks": true}')
    Path("world.toml").write_text("")
    for account, file in (([], "before.json"), (["--access-key", "me"], "mine.json")):
        assert run(["snapshot", *account, file]) == 0
    monkeypatch.setattr("duolect.server.serve.serve", lambda _: None)
    program.account.duolect.mark()
    program.lead_a_life()
    program.account.reset()
    for line in shown:
        name, *arguments = shlex.split(line.partition(">")[0])
        assert name == "duolect"
        assert run(arguments) == 0, line
    assert capsys.readouterr().err == ""
