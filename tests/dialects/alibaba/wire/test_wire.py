"""The wire of Alibaba Cloud, there and back, with whatever text a name or value may hold."""

import json
import re
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.harness import fold

from duolect_dialects.alibaba.wire import protocol
from duolect_dialects.exchange import Unreadable, read_pairs, unfold, write_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
HOSTILE = st.text(
    st.sampled_from(list("&=+%?#./\\<>\"';\0\t\r\n\x0b\x1f\x7f\u2028\ufffe\ud7ff🂡éß")), max_size=12
)
VALUES = st.one_of(TEXTS, HOSTILE)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,8}", fullmatch=True)
SCALARS = st.one_of(VALUES, st.integers(), st.booleans())
ANSWERS = st.dictionaries(
    NAMES,
    st.recursive(
        SCALARS,
        lambda inner: st.one_of(
            st.dictionaries(NAMES, inner, max_size=3),
            st.lists(st.one_of(SCALARS, st.dictionaries(NAMES, inner, max_size=3)), min_size=1, max_size=3),
        ),
        max_leaves=12,
    ),
    max_size=4,
)
REQUESTS = st.dictionaries(
    NAMES,
    st.recursive(
        VALUES.filter(bool),
        lambda inner: st.one_of(
            st.dictionaries(NAMES, inner, min_size=1, max_size=3), st.lists(inner, min_size=1, max_size=3)
        ),
        max_leaves=12,
    ),
    max_size=4,
)


@given(st.lists(st.tuples(VALUES, VALUES).filter(any)), st.booleans())
def test_pairs_read_what_a_client_encodes(sent, plus):
    encoded = urlencode(sent) if plus else urlencode(sent, quote_via=quote)
    assert read_pairs(encoded.encode()) == dict(sent)


def numbered(tree):
    """Return a tree with each list as the numbered members that it becomes on the way."""
    if isinstance(tree, dict):
        return {name: numbered(part) for name, part in tree.items()}
    if isinstance(tree, list):
        return {str(place): numbered(part) for place, part in enumerate(tree, 1)}
    return tree


@given(REQUESTS)
def test_unfolding_undoes_what_the_sdks_fold(tree):
    assert unfold(fold(tree, 1)) == numbered(tree)


def leaves(tree, path=()):
    """Return the values of a tree by their dotted paths."""
    if not isinstance(tree, dict):
        return {".".join(path): tree}
    return {name: value for key, part in tree.items() for name, value in leaves(part, (*path, key)).items()}


@given(st.dictionaries(VALUES, VALUES, max_size=6))
def test_no_names_can_be_unfolded_into_anything_but_a_tree_or_a_refusal(flat):
    try:
        tree = unfold(flat)
    except Unreadable:
        return
    assert leaves(tree) == flat


def same(value):
    """Return a JSON value as XML says it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return re.sub(protocol._NOT_XML, "\ufffd", str(value))


def assert_same(element, tree):
    """Assert that an element has the members of a tree, a list as repeated elements."""
    wanted = [
        (name, entry)
        for name, value in tree.items()
        for entry in (value if isinstance(value, list) else [value])
    ]
    assert [child.tag for child in element] == [name for name, _ in wanted]
    for child, (_, entry) in zip(element, wanted, strict=True):
        if isinstance(entry, dict):
            assert_same(child, entry)
        else:
            assert (child.text or "") == same(entry)


@given(ANSWERS)
def test_xml_holds_the_same_as_json(tree):
    assert json.loads(write_json(tree)) == tree
    root = ET.fromstring(protocol.write_xml("AnyResponse", tree))  # noqa: S314 - our own answer
    assert root.tag == "AnyResponse"
    assert_same(root, tree)


def test_an_empty_list_is_its_wrapper():
    tree = {"Tags": {"Tag": []}}
    assert write_json(tree) == b'{"Tags":{"Tag":[]}}'
    root = ET.fromstring(protocol.write_xml("R", tree))  # noqa: S314
    assert [child.tag for child in root] == ["Tags"]
    assert len(root[0]) == 0


@pytest.mark.parametrize(
    ("headers", "acs3"),
    [
        ({"x-acs-signature-nonce": "n"}, True),
        ({"authorization": "ACS3-HMAC-SHA256 Credential=a"}, True),
        ({"authorization": "TC3-HMAC-SHA256 Credential=a"}, False),
        ({}, False),
    ],
)
def test_the_newer_way_is_told_by_its_headers(headers, acs3):
    assert protocol.is_acs3(headers) is acs3
