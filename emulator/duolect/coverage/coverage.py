"""What is served, from the declarations themselves, and what the vendors have beside it.

``tree`` is what ``/_duolect/coverage`` shows; ``page`` is docs/coverage.md, which the command
``python -m duolect.coverage`` writes to standard output. A test holds page and code together. With
``--definitions`` the command writes ``definitions.json`` anew, from the vendors' packages.
"""

from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import Any, Final, get_args

import attrs

from duolect.coverage.definitions import FAMILIES, Product, absent, family, products
from duolect_dialects.action import Action
from duolect_dialects.declarations import Treatment, declared
from duolect_dialects.dialect import Dialect

_CLOUDS = {"alibaba": "Alibaba Cloud", "tencent": "Tencent Cloud"}

_ABOUT = (
    "Made from the code by `python -m duolect.coverage`; a test fails when the two differ. An action",
    "that is not listed is answered as an unknown one; those that the vendors' own packages have and",
    "that are absent here stand at the end of each cloud. A *served* parameter does what the vendor",
    "documents, a *stored* one is kept and shown again, an *ignored* one is without effect for the",
    "reason given, a *refused* one is answered with the vendor's code for what is not supported. The",
    "common codes that every action can return are not counted.",
)


_WIDTH: Final = 108


def tree(dialects: Sequence[Dialect]) -> dict[str, Any]:
    """Return for each cloud its actions, each with its parameters and codes, and its products.

    A product shows how many actions the vendor has, and which of them are absent here.
    """
    return {
        dialect.name: {
            "actions": [_action(dialect, action) for _, action in sorted(dialect.actions.items())],
            "products": [_product(dialect, each) for each in _products(dialect)],
        }
        for dialect in dialects
    }


def _products(dialect: Dialect) -> list[Product]:
    return [each for each in products() if each.cloud == dialect.name]


def _served(dialect: Dialect, product: Product) -> set[str]:
    return {
        action.name
        for action in dialect.actions.values()
        if (action.product, action.version) == (product.name, product.version)
    }


def _product(dialect: Dialect, product: Product) -> dict[str, Any]:
    served = _served(dialect, product)
    return {
        "product": product.name,
        "version": product.version,
        "source": product.source,
        "actions": len(product.actions),
        "served": len(served),
        "absent": absent(product, served),
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
    lines = ["# What is served", "", *_ABOUT, "", *_side_by_side(dialects)]
    for dialect, (cloud, described) in zip(dialects, tree(dialects).items(), strict=True):
        actions = described["actions"]
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
        lines += ["", "### Absent", "", *_absent(dialect)]
    return "\n".join(lines) + "\n"


def _side_by_side(dialects: Sequence[Dialect]) -> Iterator[str]:
    """Yield a table of both clouds: of how many actions of each family how many are served."""
    yield f"| family of actions | {' | '.join(_CLOUDS[each.name] for each in dialects)} |"
    yield f"| --- |{' --- |' * len(dialects)}"
    for name, _ in FAMILIES:
        cells = []
        for dialect in dialects:
            served = all_there_are = 0
            for product in _products(dialect):
                mine = {each for each in product.actions if family(each) == name}
                all_there_are += len(mine)
                served += len(mine & _served(dialect, product))
            cells.append(f"{served} of {all_there_are}")
        yield f"| {name} | {' | '.join(cells)} |"


def _absent(dialect: Dialect) -> Iterator[str]:
    """Yield what of the vendor's products is absent, by family."""
    missing = {product.name: absent(product, _served(dialect, product)) for product in _products(dialect)}
    for product in _products(dialect):
        yield (
            f"- {product.name} {product.version}: {len(missing[product.name])} of "
            f"{len(product.actions)} ({product.source})"
        )
    for name, _ in FAMILIES:
        listed = [
            f"{action} ({product})" if _is_shared(action, missing) else action
            for product, actions in missing.items()
            for action in actions
            if family(action) == name
        ]
        if listed:
            yield ""
            yield fill(f"*{name}*: {', '.join(listed)}.", _WIDTH, break_on_hyphens=False)


def _is_shared(action: str, missing: dict[str, list[str]]) -> bool:
    """Say whether an action is absent from several products, so that its name alone is ambiguous."""
    return sum(action in actions for actions in missing.values()) > 1


def _row(action: dict[str, Any]) -> str:
    treatments = [each["treatment"] for each in action["parameters"]]
    counts = " | ".join(str(treatments.count(each) or "") for each in Treatment)
    product = f"{action['product']} {action['version']}"
    return f"| {action['action']} | {product} | {counts} | {len(action['codes'])} |"
