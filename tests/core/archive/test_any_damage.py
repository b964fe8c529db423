"""Any damage to a tree is refused, or leaves a partition that goes on."""

import copy
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.archive.archived import everything_of
from tests.core.archive.damage import at, drop, places, put
from tests.core.model.rules import DAY, NORTH, SOUTH

from duolect_core.archive import Unfit, dump, load
from duolect_core.invariants import check

VALUES = st.one_of(
    st.sampled_from(
        [None, True, False, -1, 0, 1, 2, 2**53, 2**80, 10**30, 0.5, "", "x", "10.0.0.9", "::1"]
    ),
    st.sampled_from(["primary", "member", "trunk", "in-use", "pending", "available", "moved", "running"]),
    st.sampled_from([[], {}, [{}], {"$ref": "#/operations/op 1"}, {"$type": "Network"}, {"$tuple": [1]}]),
)


@given(data=st.data())
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_is_refused_or_leaves_a_partition_that_goes_on(trees, data):
    rules = data.draw(st.sampled_from([NORTH, SOUTH]))
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
    try:
        partition = load(tree, rules)
    except Unfit:
        return
    assert check(partition) == []
    assert everything_of(load(json.loads(json.dumps(dump(partition))), rules)) == everything_of(partition)
    partition.settle(partition.now + 2 * DAY)
    assert check(partition) == []
