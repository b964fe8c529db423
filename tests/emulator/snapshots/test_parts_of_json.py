"""Reading JSON in small steps comes to what Python's decoder comes to, whatever the text and its parts."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from duolect.snapshots import parts_of_json
from duolect.snapshots.layout import pretty_json
from duolect.snapshots.parts_of_json import read_json_in_parts
from duolect_dialects.exchange import load_json

NAMES = st.text(max_size=5)
TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda below: st.lists(below, max_size=8) | st.dictionaries(NAMES, below, max_size=8),
    max_leaves=40,
)
ENCODINGS = st.sampled_from(["utf-8", "utf-16"])
PUT = st.sampled_from(["", ",", "}", "]", '"', " 1", "\\"])
LAYOUTS = st.sampled_from([pretty_json, json.dumps, lambda tree: json.dumps(tree, indent=2)])


WINDOWS = st.sampled_from([(45, 45), (60, 200), (2**16, 2**18)])
"""Most are too small for anything but a number."""


def read(text, size, window=(45, 45)):
    """Read a text that comes in parts of a size, through a window."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts_of_json, "_LEAST", window[0])
        patch.setattr(parts_of_json, "_MOST", window[1])
        return read_json_in_parts([text[start : start + size] for start in range(0, len(text), size)])


def outcome(work):
    try:
        return work()
    except (ValueError, RecursionError):
        return "no JSON"


@settings(max_examples=150, deadline=None)
@given(tree=TREES, layout=LAYOUTS, size=st.integers(1, 50), window=WINDOWS, encoding=ENCODINGS)
def test_a_tree_is_read_as_it_was_written(tree, layout, size, window, encoding):
    text = layout(tree).encode(encoding, "replace")
    assert read(text, size, window) == json.loads(text)


@settings(max_examples=150, deadline=None)
@given(tree=TREES, layout=LAYOUTS, cut=st.integers(0, 200), put=PUT, window=WINDOWS)
def test_a_damaged_text_is_refused_where_pythons_decoder_refuses_it(tree, layout, cut, put, window):
    text = layout(tree).encode(errors="replace").decode()
    damaged = text[:cut] + put + text[cut + 1 :]
    found = outcome(lambda: read(damaged.encode(), 7, window))
    assert found == outcome(lambda: load_json(damaged))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" ",
        b"nul",
        b"[1,]",
        b"[,1]",
        b'{"a": 1,}',
        b'{"a" 1}',
        b'{"a": 1 "b": 2}',
        b"{1: 2}",
        b"[1] 2",
        b"NaN",
        b"[-Infinity]",
        b'"\\ud800"',
        b'{"a": ["\\udfff"]}',
        b'"\xff"',
        b'["a\nb"]',
        b'["' + b"x" * 300,
        b"[" * 5_000,
    ],
)
def test_what_is_no_json_is_refused(text):
    with pytest.raises((ValueError, RecursionError)):
        read(text, 11)


def test_of_members_with_one_name_the_last_one_counts():
    assert read_json_in_parts([b'{"a": 1, "b": 2,\n"a": 3,\n"b": 4}']) == {"a": 3, "b": 4}


def test_both_halves_of_a_pair_and_long_texts_are_read():
    tree = ["\U0001f600", "x" * 1_000, -1.5e-300, {"y" * 500: []}]
    assert read(json.dumps(tree).encode(), 33) == tree
