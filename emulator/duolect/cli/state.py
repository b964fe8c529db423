"""``duolect state``: what exists, as a tree."""

import argparse
from collections.abc import Iterator

from duolect.cli.options import Parser, add_scope, controls, count, scope_of, write
from duolect.client import Duolect, Json


def declare_state(parser: Parser) -> None:
    """Declare ``duolect state``."""
    add_scope(controls(parser, state, "state", "state --access-key me --cloud tencent"))
    parser.add_argument(
        "--at",
        metavar="VERSION",
        type=count,
        help="what one account's region was after so many commands, where a store keeps them",
    )


def state(duolect: Duolect, options: argparse.Namespace) -> int:
    """Draw what exists."""
    query = {**scope_of(options), "at": options.at}
    tree = duolect.call("GET", "state", query)
    write(options, tree, "\n".join(_lines(tree)) or "nothing exists yet")
    return 0


def _lines(tree: Json) -> Iterator[str]:
    for partition in tree["partitions"]:
        yield f"{partition['cloud']} {partition['region']}, account {partition['access_key']}"
        yield from _tree_lines(partition["nodes"], "")
        for operation in partition["operations"]:
            end = "until it is released" if operation["held"] else f"until {operation['due']}"
            yield f"  {operation['kind']} {operation['id']} {end}"


def _tree_lines(nodes: list[Json], indent: str) -> Iterator[str]:
    for place, node in enumerate(nodes, 1):
        last = place == len(nodes)
        yield f"{indent}{'└── ' if last else '├── '}{_label(node)}"
        yield from _tree_lines(node["children"], indent + ("    " if last else "│   "))


def _label(node: Json) -> str:
    waits = (f"{each['trigger']} {_when(each['remaining'])}" for each in node["pending"])
    parts = (
        f"{node['kind']} {node['id']}",
        node["name"] and f"({node['name']})",
        node["state"],
        ", ".join(waits),
    )
    return "  ".join(filter(None, parts))


def _when(remaining: str | None) -> str:
    return "when it is released" if remaining is None else f"in {remaining}"
