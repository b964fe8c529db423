"""``duolect health``, ``partitions``, ``coverage`` and ``reset``."""

import argparse
from collections.abc import Iterator

from duolect.cli.options import Parser, add_scope, controls, scope_of, table, write
from duolect.client import Duolect, Json


def declare_health(parser: Parser) -> None:
    """Declare ``duolect health``."""
    controls(parser, health)


def declare_reset(parser: Parser) -> None:
    """Declare ``duolect reset``."""
    add_scope(controls(parser, reset, "reset", "reset --access-key me --region cn-hangzhou"))


def declare_partitions(parser: Parser) -> None:
    """Declare ``duolect partitions``."""
    add_scope(controls(parser, partitions, "partitions", "partitions --cloud tencent"))


def declare_coverage(parser: Parser) -> None:
    """Declare ``duolect coverage``."""
    controls(parser, coverage, "coverage", "coverage AttachNetworkInterface", "coverage --json")
    parser.add_argument(
        "action", nargs="?", metavar="ACTION", help="the parameters of this one, on each cloud"
    )


def health(duolect: Duolect, options: argparse.Namespace) -> int:
    """Say that the emulator serves."""
    tree = duolect.health()
    served = ", ".join(f"{count} actions of {cloud}" for cloud, count in tree["dialects"].items())
    write(options, tree, f"Duolect {tree['version']} on {duolect.endpoint} serves {served}")
    return 0


def reset(duolect: Duolect, options: argparse.Namespace) -> int:
    """Forget everything, or a part of it."""
    tree = duolect.reset(**scope_of(options))
    lines = [
        f"{each['cloud']} {each['region']}, account {each['access_key']}" for each in tree["forgotten"]
    ]
    write(options, tree, "\n".join(f"forgot {line}" for line in lines) or "there was nothing")
    return 0


def partitions(duolect: Duolect, options: argparse.Namespace) -> int:
    """List the partitions that were used."""
    tree = duolect.partitions(**scope_of(options))
    rows = [
        (
            each["cloud"],
            each["region"],
            each["access_key"],
            each["pending"],
            ", ".join(f"{count} {kind}" for kind, count in each["resources"].items()),
        )
        for each in tree["partitions"]
    ]
    titles = ("cloud", "region", "account", "under way", "resources")
    write(options, tree, table(rows, *titles) if rows else "nothing was used yet")
    return 0


def coverage(duolect: Duolect, options: argparse.Namespace) -> int:
    """Say what is served: all actions in a line each, or one with its parameters.

    Raises:
        ValueError: no cloud serves the action.
    """
    tree = duolect.coverage()
    if options.action is not None:
        tree = {
            cloud: {"actions": [each for each in served["actions"] if each["action"] == options.action]}
            for cloud, served in tree.items()
        }
        if not any(served["actions"] for served in tree.values()):
            raise ValueError(f"no cloud serves an action {options.action}; duolect coverage lists them")
    write(options, tree, "\n".join(_coverage_lines(tree, whole=options.action is not None)))
    return 0


def _coverage_lines(tree: Json, *, whole: bool) -> Iterator[str]:
    for cloud, served in tree.items():
        for action in served["actions"]:
            yield f"{cloud} {action['product']} {action['version']} {action['action']}"
            if whole:
                rows = [(each["name"], each["treatment"], each["note"]) for each in action["parameters"]]
                yield table(rows, "parameter", "treatment", "note") if rows else "no parameters"
                yield f"codes: {', '.join(action['codes']) or 'none'}"
                yield ""
