"""What is served, told from the declarations themselves.

``tree`` is what ``/_duolect/coverage`` shows; ``page`` is docs/coverage.md, which the command
``python -m duolect.coverage`` writes to standard output. A test holds page and code together.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import attrs

from duolect_dialects.action import Action, Treatment, declared
from duolect_dialects.dialect import Dialect

_CLOUDS = {"alibaba": "Alibaba Cloud", "tencent": "Tencent Cloud"}

_ABOUT = (
    "Made from the code by `python -m duolect.coverage`; a test fails when the two differ. An action",
    "that is not listed is answered as an unknown one. A *served* parameter does what the vendor",
    "documents, a *stored* one is kept and shown again, an *ignored* one is without effect for the",
    "reason given, a *refused* one is answered with the vendor's code for what is not supported. The",
    "common codes that every action can return are not counted.",
)


def tree(dialects: Sequence[Dialect]) -> dict[str, Any]:
    """Return for each cloud its actions, each with its parameters and codes."""
    return {
        dialect.name: [_action(dialect, action) for _, action in sorted(dialect.actions.items())]
        for dialect in dialects
    }


def _action(dialect: Dialect, action: Action) -> dict[str, Any]:
    return {
        "action": action.name,
        "product": action.product,
        "version": action.version,
        "parameters": [
            {"name": name, "treatment": treatment, "note": note}
            for name, treatment, note in _parameters(action.request, "")
        ],
        "codes": sorted(dialect.documents(action)),
    }


def _parameters(request: type[Any], path: str) -> Iterator[tuple[str, str, str]]:
    """Walk the declared parameters, members of objects and of lists of objects included."""
    for field in attrs.fields(request):
        param = declared(field)
        name = f"{path}{field.name}"
        members = [each for each in _types(field.type) if attrs.has(each)]
        if members and param.treatment is not Treatment.REFUSED:
            for member in members:
                yield from _parameters(member, f"{name}.")
        else:
            yield name, param.treatment.value, param.note


def _types(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever an annotation may be
    """Yield an annotation and everything inside it: ``tuple[X, ...] | None`` holds X."""
    yield annotation
    for part in get_args(annotation):
        yield from _types(part)


def page(dialects: Sequence[Dialect]) -> str:
    """Return docs/coverage.md."""
    lines = ["# What is served", "", *_ABOUT]
    for cloud, actions in tree(dialects).items():
        lines += ["", f"## {_CLOUDS[cloud]}: {len(actions)} actions", ""]
        lines += ["| action | product | served | stored | ignored | refused | codes |"]
        lines += ["| --- | --- | --- | --- | --- | --- | --- |"]
        lines += [_row(action) for action in actions]
        lines += ["", "### Parameters without full effect", ""]
        lines += ["| action | parameter | | why |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {action['action']} | {each['name']} | {each['treatment']} | {each['note']} |"
            for action in actions
            for each in action["parameters"]
            if each["treatment"] in {Treatment.IGNORED, Treatment.REFUSED}
        ]
    return "\n".join(lines) + "\n"


def _row(action: dict[str, Any]) -> str:
    treatments = [each["treatment"] for each in action["parameters"]]
    counts = " | ".join(str(treatments.count(each) or "") for each in Treatment)
    product = f"{action['product']} {action['version']}"
    return f"| {action['action']} | {product} | {counts} | {len(action['codes'])} |"


def main() -> None:
    """Write the page to standard output."""
    from duolect.bootstrap import DIALECTS  # noqa: PLC0415 - only where this module is the program

    sys.stdout.write(page([dialect() for dialect in DIALECTS]))


if __name__ == "__main__":
    main()
