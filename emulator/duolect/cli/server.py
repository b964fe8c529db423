"""``duolect health`` and ``duolect reset``."""

import argparse

from duolect.cli.options import Parser, add_scope, controls, scope_of, write
from duolect.client import Duolect


def declare_health(parser: Parser) -> None:
    """Declare ``duolect health``."""
    controls(parser, health)


def declare_reset(parser: Parser) -> None:
    """Declare ``duolect reset``."""
    add_scope(controls(parser, reset, "reset", "reset --access-key me --region cn-hangzhou"))


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
