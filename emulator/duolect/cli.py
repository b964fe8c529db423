"""The command ``duolect``."""

import argparse
import sys
from collections.abc import Sequence

from duolect import __version__
from duolect.settings import SCALARS, SettingsError, load


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        settings = load(vars(options))
        from duolect.serve import serve  # noqa: PLC0415 - --help need not wait for the server

        serve(settings)
    except SettingsError as error:
        sys.stderr.write(f"duolect: {error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="duolect",
        description="Emulates the network APIs of Alibaba Cloud and Tencent Cloud on one local port.",
    )
    parser.add_argument("--version", action="version", version=f"duolect {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser(
        "serve",
        help="serve both clouds on one port",
        description="Serve both clouds on one port until stopped. Each flag is also an environment "
        "variable (--max-body: DUOLECT_MAX_BODY) and a key of the TOML file (max-body).",
    )
    serve.add_argument("--config", metavar="FILE", help="TOML file with settings (DUOLECT_CONFIG)")
    for field in SCALARS:
        serve.add_argument(
            f"--{field.name.replace('_', '-')}",
            type=int if field.type is int else str,
            metavar=field.name.rpartition("_")[2].upper(),
            help=f"{field.metadata['help']} (default: {field.default})",
        )
    return parser
