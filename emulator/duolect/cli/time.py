"""``duolect clock`` and ``duolect durations``."""

import argparse

from duolect.cli.options import Parser, command, group, table, write
from duolect.client import Clock, Duolect, Json


def declare_clock(parser: Parser) -> None:
    """Declare ``duolect clock``."""
    subcommands = group(parser)
    show_ = command(
        subcommands, "show", show, "say what time it is, and when the next transition falls due"
    )
    advance_ = command(
        subcommands,
        "advance",
        advance,
        "move the clock forward",
        "clock advance 30s",
        "clock advance 1h30m",
    )
    advance_.add_argument(
        "by",
        metavar="DURATION",
        help="250ms, 30s, 1h30m; a number alone counts seconds",
    )
    next_ = command(subcommands, "next", to_next, "move the clock to the next transition")
    idle_ = command(subcommands, "idle", until_idle, "move the clock until nothing is under way any more")
    set_ = command(
        subcommands,
        "set",
        set_mode,
        "let the clock run in real time, scaled, or stand still",
        "clock set manual",
        "clock set scaled --rate 60",
        "clock set real --now 2030-01-01T00:00:00Z",
    )
    set_.add_argument("mode", choices=("real", "scaled", "manual"), help="how it runs from now on")
    set_.add_argument("--rate", type=float, help="emulated seconds in a real second, where scaled")
    set_.add_argument("--now", metavar="TIME", help="an ISO 8601 time with a zone to move forward to first")
    _add_account(show_, advance_, next_, idle_, set_)


def declare_durations(parser: Parser) -> None:
    """Declare ``duolect durations``."""
    subcommands = group(parser)
    shown = command(subcommands, "show", show_durations, "say how long each change takes on each cloud")
    change = command(
        subcommands,
        "set",
        set_durations,
        "change how long changes take that begin from now on",
        "durations set --cloud alibaba attach=5s detach=1m",
        "durations set --preset realistic",
    )
    change.add_argument("--cloud", help="alibaba or tencent; without it both")
    change.add_argument("--preset", help="instant, fast or realistic, for all operations")
    change.add_argument(
        "operation",
        nargs="*",
        metavar="OPERATION=DURATION",
        help="over the preset; duolect durations show names the operations",
        type=_pair,
    )
    _add_account(shown, change)


def _add_account(*parsers: Parser) -> None:
    for parser in parsers:
        parser.add_argument("--access-key", metavar="KEY", help="for this account, not for all")


def _clock(duolect: Duolect, options: argparse.Namespace) -> Clock:
    return Clock(duolect, options.access_key)


def show(duolect: Duolect, options: argparse.Namespace) -> int:
    """Say what time it is."""
    return _show_clock(_clock(duolect, options).show(), options)


def advance(duolect: Duolect, options: argparse.Namespace) -> int:
    """Move the clock forward."""
    return _show_clock(_clock(duolect, options).advance(options.by), options)


def to_next(duolect: Duolect, options: argparse.Namespace) -> int:
    """Move the clock to the next transition."""
    return _show_clock(_clock(duolect, options).next(), options)


def until_idle(duolect: Duolect, options: argparse.Namespace) -> int:
    """Move the clock until nothing is under way."""
    return _show_clock(_clock(duolect, options).until_idle(), options)


def set_mode(duolect: Duolect, options: argparse.Namespace) -> int:
    """Let the clock run otherwise."""
    return _show_clock(
        _clock(duolect, options).set(options.mode, rate=options.rate, now=options.now), options
    )


def _show_clock(shown: Json, options: argparse.Namespace) -> int:
    running = {"real": "in real time", "manual": "only when it is moved"}
    how = running.get(shown["mode"], f"at {shown['rate']:.10g} times the real time")
    pending = shown["pending"]
    under_way = (
        f"{pending} transition{'' if pending == 1 else 's'} to come" if pending else "nothing under way"
    )
    due = f", the next at {shown['next_due']}" if shown["next_due"] else ""
    moved = "" if shown["moved"] == "0s" else f", {shown['moved']} later"
    write(options, shown, f"{shown['now']}{moved}; the clock moves {how}; {under_way}{due}")
    return 0


def show_durations(duolect: Duolect, options: argparse.Namespace) -> int:
    """Say how long each change takes."""
    return _listed(duolect.durations(access_key=options.access_key), options)


def set_durations(duolect: Duolect, options: argparse.Namespace) -> int:
    """Change how long changes take."""
    operations = dict(options.operation)
    if not (operations or options.preset):
        raise ValueError("there is nothing to set: give OPERATION=DURATION or --preset")
    shown = duolect.set_durations(
        cloud=options.cloud, preset=options.preset, access_key=options.access_key, **operations
    )
    return _listed(shown, options)


def _listed(shown: Json, options: argparse.Namespace) -> int:
    clouds = shown["clouds"]
    operations = next(iter(clouds.values()))
    rows = [(name, *(cloud[name] for cloud in clouds.values())) for name in operations]
    write(options, shown, table(rows, "operation", *clouds))
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"{text!r} is not OPERATION=DURATION")
    return name.replace("-", "_"), value
