import time
import tomllib
from pathlib import Path

import pytest

from duolect import __version__
from duolect.cli.main import main
from duolect.server import serve
from duolect.settings.settings import SCALARS, Settings


@pytest.fixture
def served(monkeypatch):
    """What ``serve`` would have been started with."""
    started: list[Settings] = []
    monkeypatch.setattr(serve, "serve", started.append)
    for field in (*SCALARS, None):
        monkeypatch.delenv(f"DUOLECT_{field.name.upper() if field else 'CONFIG'}", raising=False)
    return started


def test_serve_takes_every_setting_as_a_flag(served):
    flags = ["--host", "::1", "--port", "1", "--timing", "instant", "--seed", "2", "--max-body", "3"]
    assert main(["serve", *flags, "--log-level", "error"]) == 0
    expected = Settings(host="::1", port=1, timing="instant", seed=2, max_body=3, log_level="error")
    assert served == [expected]


def test_serve_needs_no_flag(served):
    assert main(["serve"]) == 0
    assert served == [Settings()]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["fly"], "invalid choice: 'fly'"),
        (["serve", "--prot", "1"], "unrecognized arguments: --prot 1 (see duolect serve --help)"),
        (
            ["clock", "show", "--cloud", "x"],
            "unrecognized arguments: --cloud x (see duolect clock show --help)",
        ),
        (["journal", "show", "--limit", "-1"], "argument --limit: "),
        (["clock", "advance"], "the following arguments are required: DURATION"),
        (["serve", "--por", "1"], "unrecognized arguments: --por 1"),
        (["serve", "--port"], "argument --port: expected one argument"),
        (["serve", "--port", "x"], "--port: port must be a whole number"),
    ],
)
def test_a_usage_error_is_one_line_and_status_2(served, capsys, arguments, message):
    try:
        status = main(arguments)
    except SystemExit as end:
        status = end.code
    assert status == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("duolect: ")
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert served == []


def test_help_names_every_setting(capsys):
    with pytest.raises(SystemExit) as end:
        main(["serve", "--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    for field in SCALARS:
        assert f"--{field.name.replace('_', '-')} " in text
    assert "(default: )" not in text


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_that_of_the_package(capsys, flag):
    with pytest.raises(SystemExit) as end:
        main([flag])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"duolect {__version__}\n"
    pyproject = Path(__file__).parents[3] / "pyproject.toml"
    assert tomllib.loads(pyproject.read_text())["project"]["version"] == __version__


def test_a_command_that_takes_long_says_what_it_waits_for(monkeypatch, capsys):
    monkeypatch.setattr("duolect.cli.command._WAIT_NOTICE", 0.01)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    def slow(*_):
        time.sleep(0.2)
        return {"status": "ok", "version": "1", "dialects": {}}

    monkeypatch.setattr("duolect.client.Duolect.health", slow)
    assert main(["health", "--url", "127.0.0.1:1"]) == 0
    assert capsys.readouterr().err == "duolect: waiting for 127.0.0.1:1 ...\n"
