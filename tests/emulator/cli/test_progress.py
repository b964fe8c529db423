"""Progress on a terminal: what comes is passed on, the line changes, and nothing of it is left."""

import io

from duolect.cli import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def terminal(monkeypatch):
    made = Terminal()
    monkeypatch.setattr("sys.stderr", made)
    monkeypatch.setattr(progress, "_PACE", 0)
    return made


def test_megabytes_are_told_on_a_terminal_while_parts_are_passed_on(monkeypatch):
    shown = terminal(monkeypatch)
    parts = [b"x" * 1_500_000] * 2
    assert list(progress.shown(iter(parts), "received")) == parts
    lines = shown.getvalue().split("\r\033[K")
    assert lines == ["", "duolect: received 1.5 MB", "duolect: received 3.0 MB", ""]


def test_what_is_waited_for_afterwards_is_told_until_it_ends(monkeypatch):
    shown = terminal(monkeypatch)
    list(progress.shown([b"x" * 500_000], "sent", 1_000_000, then="waiting ..."))
    progress.end()
    lines = shown.getvalue().split("\r\033[K")
    assert lines == ["", "duolect: sent 0.5 of 1.0 MB", "duolect: waiting ...", ""]


def test_nothing_is_told_where_there_is_no_terminal(capsys):
    assert list(progress.shown([b"a", b"b"], "sent", then="waiting ...")) == [b"a", b"b"]
    progress.end()
    assert capsys.readouterr().err == ""
