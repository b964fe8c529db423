"""Any damage to a tree is refused, or leaves a partition that goes on."""

import copy
import json
from importlib import import_module
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.archive.archived import everything_of
from tests.core.archive.damage import at, drop, places, put
from tests.core.model.rules import DAY, NORTH, SOUTH

from duolect_core.archive import Unfit, dump, load
from duolect_core.archive.addresses import plain_addresses
from duolect_core.archive.codec import codec
from duolect_core.archive.trees import ROOT, Places
from duolect_core.invariants import check
from duolect_core.model.addresses import PrivateAddress, all_plain, keep
from duolect_core.model.lifecycles import AddressState

CODEC = import_module("duolect_core.archive.codec")
VALUES = st.one_of(
    st.sampled_from(
        [None, True, False, -1, 0, 1, 2, 2**53, 2**80, 10**30, 0.5, "", "x", "10.0.0.9", "::1"]
    ),
    st.sampled_from(["primary", "member", "trunk", "in-use", "pending", "available", "moved", "running"]),
    st.sampled_from([[], {}, [{}], {"$ref": "#/operations/op 1"}, {"$type": "Network"}, {"$tuple": [1]}]),
)


def damaged(trees, rules, data):
    """Return the tree of a partition with one or two places damaged."""
    tree = json.loads(trees[rules.region])
    known = list(places(tree))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(known[1:]))
        other = data.draw(st.sampled_from(known[1:]))
        kind = data.draw(st.sampled_from(["drop", "put", "copy", "copy"]))
        try:
            value = copy.deepcopy(at(tree, other) if kind == "copy" else data.draw(VALUES))
            (drop(path) if kind == "drop" else put(path, value))(tree)
        except (KeyError, IndexError, TypeError):
            continue
    return tree


@given(data=st.data())
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_is_refused_or_leaves_a_partition_that_goes_on(trees, data):
    rules = data.draw(st.sampled_from([NORTH, SOUTH]))
    tree = damaged(trees, rules, data)
    try:
        partition = load(tree, rules)
    except Unfit:
        return
    assert check(partition) == []
    assert everything_of(load(json.loads(json.dumps(dump(partition))), rules)) == everything_of(partition)
    partition.settle(partition.now + 2 * DAY)
    assert check(partition) == []


@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_record_that_is_read_at_once_is_what_it_is_member_by_member(trees, data):
    rules = data.draw(st.sampled_from([NORTH, SOUTH]))
    text = json.dumps(damaged(trees, rules, data))
    with mock.patch.object(CODEC, "_plan", return_value=None):
        expected = outcome(text, rules)
    assert outcome(text, rules) == expected


def outcome(text, rules):
    try:
        return everything_of(load(json.loads(text), rules))
    except Unfit as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    ("state", "given"),
    [
        ("available", [{"primary": True, "state": "available"}, {"state": "available"}]),
        ("pending", [{"primary": True, "state": "pending"}, {"state": "pending"}]),
        ("available", [{"primary": True, "state": "pending"}]),
        ("pending", [{"primary": True, "state": "available"}]),
        ("available", [{"primary": 1, "state": "available"}]),
        ("available", [{"state": "available"}]),
        ("available", [{"primary": True, "state": "available", "since": 1}]),
        ("available", [{"primary": True, "state": "available"}, {"state": "available", "pending": 1}]),
    ],
)
def test_addresses_that_are_read_at_once_are_what_they_are_one_by_one(state, given):
    tree = {"state": state, "ipv4": [{"ip": f"10.0.0.{n}", **each} for n, each in enumerate(given)]}
    found = plain_addresses(tree, Places()).get("ipv4")
    addresses = codec(tuple[PrivateAddress, ...])
    try:
        expected = addresses.read(tree["ipv4"], ROOT, Places())
    except Unfit:
        assert found is None
    else:
        plain = AddressState.PENDING if state == "pending" else AddressState.AVAILABLE
        kept = keep(expected, plain)
        assert found == (kept if all_plain(kept) else None)
