"""The command ``duolect``: its flags, and its exit status.

``serve`` runs the emulator. All others control one that runs; each is declared by a function of a module
beside this one, which is imported only when the command is called.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from io import TextIOWrapper
from threading import Timer
from typing import Final

from duolect import __version__
from duolect.cli.options import USAGE_ERROR, Parser, described, examples
from duolect.settings.checks import SettingsError, kebab_case
from duolect.settings.settings import SCALARS
from duolect.settings.sources import load

_WAIT_NOTICE: Final = 1.0
"""Seconds after which a command says that it is still waiting."""
_SERVE: Final = "serve"
_STORE: Final = "store"
COMMANDS: Final = {
    "clock": ("time", "read, set and move the emulator's clock"),
    "durations": ("time", "read and set how long changes take"),
    "faults": ("faults", "make things go wrong"),
    "release": ("faults", "let an operation that hangs go on"),
    "journal": ("journal", "read the calls that were made"),
    "verify": ("verify", "check the calls that were made, and that nothing has leaked"),
    "leaks": ("verify", "show what was created and not deleted"),
    "mark": ("verify", "set a mark for verify and leaks, and write its id"),
    "state": ("state", "draw what exists as a tree, with what is under way"),
    "log": ("log", "show the commands that an account's region has carried out, where a store keeps them"),
    "lay": ("worlds", "give accounts what a world file says"),
    "worlds": ("worlds", "show and clear what accounts begin with"),
    "keys": ("accounts", "make access keys known, list and forget them"),
    "conditions": ("accounts", "refuse accounts what they may not do"),
    "signatures": ("accounts", "show why signatures were not believed"),
    "snapshot": ("snapshots", "write everything, or a part of it, to a file"),
    "restore": ("snapshots", "make everything, or a part of it, what a snapshot says"),
    _STORE: ("store", "write a store that is not in use as a snapshot, or make one of that"),
    "ca": ("certificates", "write the certificate that clients have to trust to use https"),
    "env": ("environment", "write the variables by which unmodified programs find the emulator"),
    "health": ("server", "say whether the emulator serves, and what"),
    "partitions": ("server", "list which accounts and regions were used"),
    "coverage": ("server", "say which actions are served, and what becomes of their parameters"),
    "reset": ("server", "forget everything, or a part of it"),
}
"""The commands that control a running emulator: the module that declares each, and what it does."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(given[0] if given else "").parse_args(given)
    if options.subject == _SERVE:
        return _serve(options)
    return _keep(options) if options.subject == _STORE else _control(options)


def _serve(options: argparse.Namespace) -> int:
    try:
        settings = load(vars(options))
        from duolect.server.serve import serve  # noqa: PLC0415 - --help need not wait for the server

        serve(settings)
    except SettingsError as error:
        return _fail(str(error))
    return 0


def _keep(options: argparse.Namespace) -> int:
    try:
        options.run(options)
    except SettingsError as error:
        return _fail(str(error))
    return 0


def _control(options: argparse.Namespace) -> int:
    from duolect.client import ControlError, Duolect  # noqa: PLC0415 - serve needs no client

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show a sign shows another
    try:
        duolect = Duolect(options.url)
        with _wait_notice(f"duolect: waiting for {duolect.endpoint} ...\n"):
            status: int = options.run(duolect, options)
            sys.stdout.flush()
    except (ControlError, ValueError) as error:
        return _fail(str(error))
    except OSError as error:  # from standard output only: all others are raised as one of the above
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # where the rest of it goes
        reader_left = isinstance(error, BrokenPipeError)
        return 0 if reader_left else _fail(f"the output cannot be written: {error.strerror}")
    return status


@contextmanager
def _wait_notice(message: str) -> Iterator[None]:
    """Write on a terminal what a command waits for, once that takes long."""
    timer = Timer(_WAIT_NOTICE, lambda: sys.stderr.write(message))
    if sys.stderr.isatty():
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _fail(message: str) -> int:
    sys.stderr.write(f"duolect: {message}\n")
    return USAGE_ERROR


def _parser(command: str) -> Parser:
    """Return the parser: with the details of one command and no others, or all without details."""
    parser = Parser(
        prog="duolect",
        description="Emulates the network APIs of Alibaba Cloud and Tencent Cloud on one local port, and "
        "controls a running emulator.",
        epilog="duolect COMMAND --help tells what a command takes. All but serve and store speak "
        "to the emulator that --url or DUOLECT_ENDPOINT names. The exit status is 0; 1 where verify finds "
        "that something is not so; 2 where a command was told something wrong, or found no emulator.",
        allow_abbrev=False,
    )
    parser.add_argument("-V", "--version", action="version", version=f"duolect {__version__}")
    commands = parser.add_subparsers(title="commands", dest="subject", required=True, metavar="COMMAND")
    if command == _SERVE or command not in COMMANDS:
        _declare_serve(
            commands.add_parser(
                _SERVE,
                help="serve both clouds on one port",
                description="Serve both clouds on one port until stopped. Each flag is also an environment "
                "variable (--max-body: DUOLECT_MAX_BODY) and a key of the TOML file (max-body).",
                epilog=examples(
                    "serve", "serve --port 0 --timing manual", "serve --world world.toml --log-level info"
                ),
                allow_abbrev=False,
            )
        )
    for name, (module, about) in COMMANDS.items():
        if command == name or command not in {_SERVE, *COMMANDS}:
            child = commands.add_parser(name, help=about, description=described(about), allow_abbrev=False)
            if name == command:
                getattr(import_module(f"duolect.cli.{module}"), f"declare_{name}")(child)
    return parser


def _declare_serve(parser: Parser) -> None:
    parser.add_argument("--config", metavar="FILE", help="TOML file with settings (DUOLECT_CONFIG)")
    for field in SCALARS:
        parser.add_argument(
            f"--{kebab_case(field.name)}",
            metavar=field.metadata["metavar"] or field.name.rpartition("_")[2].upper(),
            help=field.metadata["help"] + (f" (default: {field.default})" if field.default != "" else ""),
        )
