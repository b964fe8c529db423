"""Every message that the source can put before a Tencent client, read from the source itself.

Messages are found where they are made: in the calls below, each with the place of its text among the
arguments. The text must be written out there, or stand under a name in the same module; its facts must be
named beside it.
"""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[4]
MAKERS = {
    "Form": 1,
    "Message": 0,
    "Refusal": 1,
    "ErrorTemplate": 1,
    "Unreadable": 0,
    "Unsupported": 0,
    "NotOfType": 0,
    "refused": 0,
}
"""What makes a message, or a part of one, and which of its arguments is the text."""
WITH_FACTS = {"Form", "Message", "Unreadable"}
"""Makers that take the facts as further arguments, by name."""
_FORMATTERS = {"format", "format_map", "join", "str"}
FOLDERS = ("dialects/duolect_dialects", "emulator/duolect")
ELSEWHERE = "dialects/duolect_dialects/alibaba"


@attrs.frozen
class FoundMessage:
    """One text, and where it is written."""

    template: str
    where: str


def messages() -> Iterator[FoundMessage | str]:
    """Yield every message; of one that cannot be read, what is wrong with it."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if not name.startswith(ELSEWHERE):
                yield from in_source(path.read_text("utf-8"), name)


def in_source(source: str, name: str) -> Iterator[FoundMessage | str]:
    """Yield what one module has to say."""
    tree = ast.parse(source)
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and maker(node) in MAKERS:
            place = MAKERS[maker(node)]
            if len(node.args) > place:
                where = f"{name}:{node.lineno}"
                for text in texts(node.args[place], named):
                    yield from _judge(text, node, where)


def _judge(text: str | None, node: ast.Call, where: str) -> Iterator[FoundMessage | str]:
    if text is None:
        yield f"{where}: the text is put together here; write Message(template, fact=...) instead"
        return
    yield FoundMessage(text, where)
    facts = {keyword.arg for keyword in node.keywords}
    if maker(node) in WITH_FACTS:
        if None not in facts and facts != {name for name, _ in places(text)}:
            yield f"{where}: the facts are {sorted(map(str, facts))}, but the text is {text!r}"
    elif maker(node) != "ErrorTemplate" and places(text):
        yield f"{where}: {text!r} has places for facts; write Message(template, fact=...)"


def maker(node: ast.expr) -> str:
    """Return the name that is called, or nothing where none is."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def texts(node: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str | None]:
    """Yield the texts that an argument can be, None for one that only a run would show.

    What comes in from elsewhere (an argument, an attribute, an import) was made there, and is found there.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body, named)
        yield from texts(node.orelse, named)
    elif isinstance(node, ast.Name):
        for value in named.get(node.id, ()):
            yield from texts(value, named)
    elif isinstance(node, ast.JoinedStr | ast.BinOp) or maker(node) in _FORMATTERS:
        yield None


def places(template: str) -> list[tuple[str, str]]:
    """Return the places of a template: the name of each, and how the fact is written there."""
    parts = string.Formatter().parse(template)
    return sorted((name, spec or "") for _, name, spec, _ in parts if name is not None)
