"""``duolect faults`` and ``duolect release``."""

import argparse
import json
from typing import Any, Final, get_args

import attrs

from duolect.cli.options import Parser, command, controls, group, table, write
from duolect.client import Duolect, Json
from duolect.faults.raw import RawAnswer
from duolect.faults.rules import EFFECTS, FaultRule, ResourceFilter

_OF_PRESETS: Final = ("cloud", "access_key", "resource", "skip", "times")
"""What can be said of a preset: for which calls it is."""
_TABLES: Final = {"resource": ResourceFilter, "raw": RawAnswer}
"""The members of a rule that are tables, each member of which is a flag of its own."""


def declare_faults(parser: Parser) -> None:
    """Declare ``duolect faults``."""
    subcommands = group(parser)
    command(subcommands, "list", show, "list the rules, with how many calls each has struck")
    adding = command(
        subcommands,
        "add",
        add,
        "add a rule, and write its id",
        "faults add --cloud tencent --action AttachNetworkInterface --hang",
        "faults add --cloud alibaba --action CreateNetworkInterface --code Throttling --times 3",
        "faults add --cloud tencent --action DescribeNetworkInterfaces --stale-ms 5000",
        "faults add --preset flaky-gateway --access-key my-suite",
    )
    adding.add_argument(
        "--preset", metavar="NAME", help="add the rules of a preset: see duolect faults presets"
    )
    for field in attrs.fields(FaultRule):
        if field.name in _TABLES:
            for each in attrs.fields(_TABLES[field.name]):
                _flag(adding, f"{field.name}_{each.name}", each)
        else:
            _flag(adding, field.name, field)
    adding.add_argument("--raw-file", metavar="FILE", help="a file with the body of the raw answer")
    command(subcommands, "presets", show_presets, "list the presets: the weather that real clouds have")
    removing = command(subcommands, "remove", remove, "take a rule away")
    removing.add_argument("id", metavar="ID", help="the rule's id")
    command(subcommands, "clear", clear, "take all rules away")


def declare_release(parser: Parser) -> None:
    """Declare ``duolect release``."""
    controls(parser, release)
    parser.add_argument(
        "operation", metavar="OPERATION", help="the id of an operation that hangs: see duolect state"
    )
    parser.add_argument("--fails", action="store_true", help="let it end in failure")


def _flag(parser: Parser, name: str, field: "attrs.Attribute[Any]") -> None:
    """Declare a flag for a member of a rule."""
    flag, meaning = f"--{name.replace('_', '-')}", field.metadata["meaning"]
    if field.type is bool:
        parser.add_argument(flag, dest=name, action="store_const", const=True, help=meaning)
        return
    if name == "raw_headers":
        parser.add_argument(
            "--raw-header",
            dest=name,
            type=_header,
            action="append",
            metavar="NAME:VALUE",
            help="a header of the raw answer, as often as there are any",
        )
        return
    if name == "raw_json":
        parser.add_argument(flag, dest=name, type=_json, metavar="JSON", help=meaning)
        return
    kinds = [kind for kind in (field.type, *get_args(field.type)) if kind in {int, float}]
    parser.add_argument(
        flag,
        dest=name,
        type=kinds[0] if kinds else str,
        metavar=name.rpartition("_")[2].upper(),
        help=meaning,
    )


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not (name and colon):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME:VALUE")
    return name, value.strip()


def _json(text: str) -> Any:  # noqa: ANN401 - a JSON tree
    try:
        return json.loads(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text[:100]!r} is not JSON: {error}") from None


def show(duolect: Duolect, options: argparse.Namespace) -> int:
    """List the rules."""
    rules = duolect.faults.list()
    rows = [
        (
            rule["id"],
            rule["hits"],
            rule["cloud"],
            rule["action"],
            rule["access_key"],
            _described(rule, *EFFECTS, "status", "message", "after"),
            _described(rule, "resource", "probability", "skip", "times"),
        )
        for rule in rules
    ]
    text = (
        table(rows, "id", "hits", "cloud", "action", "account", "effect", "only") if rows else "no faults"
    )
    write(options, rules, text)
    return 0


def _described(rule: Json, *names: str) -> str:
    """Return the members of a rule that are not the defaults."""
    defaults = {field.name: field.default for field in attrs.fields(FaultRule)}
    given = {name: rule[name] for name in names if rule[name] != defaults[name]}
    for table_name in _TABLES:
        given.update({name: each for name, each in (given.pop(table_name, None) or {}).items() if each})
    return ", ".join(name if value is True else f"{name}={value}" for name, value in given.items())


def show_presets(duolect: Duolect, options: argparse.Namespace) -> int:
    """List the presets."""
    found = duolect.faults.presets()
    write(
        options,
        found,
        table([(each["name"], each["about"]) for each in found], "preset", "what it is like"),
    )
    return 0


def add(duolect: Duolect, options: argparse.Namespace) -> int:
    """Add a rule, or the rules of a preset."""
    rule = _rule(options)
    if options.preset is not None:
        for name in rule:
            if name not in _OF_PRESETS:
                allowed = ", ".join(f"--{each.replace('_', '-')}" for each in _OF_PRESETS)
                raise ValueError(f"--preset goes with {allowed} only, not with {name}")
        added = duolect.faults.add_preset(options.preset, **rule)
        write(options, {"ids": added}, "\n".join(added))
        return 0
    if "cloud" not in rule:
        raise ValueError("a rule needs --cloud: alibaba or tencent")
    made = duolect.faults.add(**rule)
    write(options, {"id": made}, made)
    return 0


def _rule(options: argparse.Namespace) -> Json:
    """Return the rule that the flags describe."""
    given = {name: value for name, value in vars(options).items() if value is not None}
    rule: Json = {name: given[name] for name in attrs.fields_dict(FaultRule) if name in given}
    for table_name, kind in _TABLES.items():
        members = (*attrs.fields_dict(kind), "file") if table_name == "raw" else attrs.fields_dict(kind)
        values = {
            each: given[f"{table_name}_{each}"] for each in members if f"{table_name}_{each}" in given
        }
        if values:
            rule[table_name] = values
    if "headers" in rule.get("raw", {}):
        rule["raw"]["headers"] = dict(rule["raw"]["headers"])
    return rule


def remove(duolect: Duolect, options: argparse.Namespace) -> int:
    """Take a rule away."""
    duolect.faults.remove(options.id)
    write(options, {}, "")
    return 0


def clear(duolect: Duolect, options: argparse.Namespace) -> int:
    """Take all rules away."""
    duolect.faults.clear()
    write(options, {}, "")
    return 0


def release(duolect: Duolect, options: argparse.Namespace) -> int:
    """Let an operation that hangs go on."""
    released = duolect.release(options.operation, fails=options.fails)
    write(options, released, f"released {options.operation}")
    return 0
