"""JSON that is made to be read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duolect.snapshots.layout import pretty_json

LONG = "x" * 101


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        ({}, "{}\n"),
        ([1, {"a": None}], '[1, {"a": null}]\n'),
        ("中", '"中"\n'),
        ({"a": LONG, "b": [1, 2]}, f'{{\n "a": "{LONG}",\n "b": [1, 2]\n}}\n'),
        ([[LONG]], f'[\n [\n  "{LONG}"\n ]\n]\n'),
    ],
)
def test_what_is_short_stands_in_one_line(tree, text):
    assert pretty_json(tree) == text


TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=60)),
    lambda trees: st.one_of(st.lists(trees), st.dictionaries(st.text(max_size=9), trees)),
    max_leaves=40,
)


@given(TREES)
def test_a_text_is_its_tree(tree):
    assert json.loads(pretty_json(tree)) == tree
