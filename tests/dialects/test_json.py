"""Answers as JSON are, byte for byte, what the standard library makes of them."""

import json
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duolect_dialects.exchange import exactly, write_json
from duolect_dialects.wording import Message

written = json.JSONEncoder(separators=(",", ":")).encode


class State(StrEnum):
    IN_USE = "in-use"


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(2**65), 2**65),
    st.floats(allow_nan=False, allow_infinity=False).map(exactly),
    st.text(st.characters(exclude_categories=[])),
    st.text(st.characters(max_codepoint=0x9F)),
    st.just(State.IN_USE),
    st.builds(Message, st.text()),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner)),
    max_leaves=8,
)


@given(TREES)
def test_an_answer_is_written_as_the_standard_library_writes_it(tree):
    assert write_json({"Response": tree}) == written({"Response": tree}).encode()


@pytest.mark.parametrize(
    "number",
    [0.0, -0.0, 1e-4, 9.9e-5, 1e-5, -2e-5, 1e-6, 1e-7, 5e-324, 0.1, 2.5, 1e15, 1e16, -1e17, 1.7e308],
)
def test_a_number_of_any_size_is_written_as_the_standard_library_writes_it(number):
    assert write_json({"Price": [exactly(number)]}) == written({"Price": [number]}).encode()
