"""``duolect verify``, ``duolect leaks`` and ``duolect mark``."""

import argparse
from typing import Any

from duolect.cli.options import NOT_VERIFIED, Parser, add_scope, controls, read_object, scope_of, write
from duolect.client import Duolect, VerificationFailed, leak_told, told


def declare_verify(parser: Parser) -> None:
    """Declare ``duolect verify``."""
    controls(
        parser,
        verify,
        "verify --no-leaks",
        "verify --mark mark-1 --called AttachNetworkInterface=1 --never DeleteVpc --no-leaks",
        "verify --expect expected.json",
    )
    add_scope(parser, "access_key")
    _since(parser)
    parser.add_argument("--no-leaks", action="store_true", help="everything created must be deleted again")
    parser.add_argument(
        "--called",
        action="append",
        default=[],
        metavar="ACTION[=N]",
        help="it was called N times, or at least once",
    )
    parser.add_argument(
        "--never", action="append", default=[], metavar="ACTION", help="it was never called"
    )
    parser.add_argument(
        "--expect",
        metavar="FILE",
        help='a JSON file that says more: {"expect": [...], "order": [...]}; - is standard input',
    )


def declare_leaks(parser: Parser) -> None:
    """Declare ``duolect leaks``."""
    add_scope(controls(parser, leaks))
    _since(parser)


def declare_mark(parser: Parser) -> None:
    """Declare ``duolect mark``."""
    controls(parser, mark)


def _since(parser: Parser) -> None:
    parser.add_argument("--mark", default="start", help="only what came after this mark (default: start)")


def verify(duolect: Duolect, options: argparse.Namespace) -> int:
    """Check what is wanted, and say what is not so."""
    wanted = read_object(options.expect) if options.expect else {}
    wanted.setdefault("mark", options.mark)
    if options.access_key is not None:
        wanted["access_key"] = options.access_key
    wanted["no_leaks"] = options.no_leaks or bool(wanted.get("no_leaks"))
    wanted["expect"] = [
        *wanted.get("expect", []),
        *map(_called, options.called),
        *({"calls": {"action": action}, "times": 0} for action in options.never),
    ]
    if not (wanted["expect"] or wanted.get("order") or wanted["no_leaks"]):
        raise ValueError("there is nothing to verify: give --called, --never, --expect or --no-leaks")
    try:
        verdict = duolect.verify(**wanted)
    except VerificationFailed as failed:
        verdict = failed.verdict
    write(options, verdict, "verified" if verdict["passed"] else told(verdict))
    return 0 if verdict["passed"] else NOT_VERIFIED


def _called(text: str) -> dict[str, Any]:
    action, equals, times = text.partition("=")
    if not action or (equals and not (times.isascii() and times.isdecimal())):
        raise ValueError(f"--called {text}: write ACTION or ACTION=N")
    return {"calls": {"action": action}, **({"times": int(times)} if equals else {})}


def leaks(duolect: Duolect, options: argparse.Namespace) -> int:
    """Show what was created and not deleted."""
    found = duolect.leaks(mark=options.mark, **scope_of(options))
    write(options, found, "\n".join(map(leak_told, found)) or "no leaks")
    return 0


def mark(duolect: Duolect, options: argparse.Namespace) -> int:
    """Set a mark."""
    made = duolect.mark()
    write(options, {"id": made}, made)
    return 0
