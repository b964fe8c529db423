"""Every promise of docs/promises.md names a test that is there."""

import ast
import re

import pytest
from tests.docs.guides import ROOT

PAGE = (ROOT / "docs" / "promises.md").read_text("utf-8")
ROWS = [
    line for line in PAGE.splitlines() if line.startswith("| ") and not re.match(r"\| (what|---)", line)
]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED)))
def test_a_test_that_holds_a_promise_is_there(path, name):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS)
def test_every_promise_names_a_test(row):
    assert re.search(
        r"`tests/[\w/]+\.py::test_\w+` ?\|$|`tests/[\w/]+\.py::test_\w+`", row.rsplit("|", 2)[1]
    )


def test_there_are_promises():
    assert len(ROWS) > 20
