"""Damaged trees are refused with the place and the reason."""

import json

import pytest
from tests.core.archive.damage import drop, put, reverse
from tests.core.model.rules import NORTH

from duolect_core.archive import Unfit, load

POOL = ("subnets", None, "pool")
DAMAGES = [
    (put(["version"], 2), "/version: is 2, and only up to 1 can be read"),
    (put(["version"], 0), "/version: there is no 0"),
    (drop(["version"]), "/version: must be a whole number, not None"),
    (put(["colour"], "red"), "/colour: is not known here"),
    (drop(["timeline"]), "/timeline: is missing"),
    (put(["networks"], []), "/networks: must be an object"),
    (put(["ledger"], {}), "/ledger: must be a list"),
    (put(["now"], value=True), "/now: must be a whole number, not True"),
    (put(["now"], "x"), "/now: must be a whole number, not 'x'"),
    (put(["now"], "1" * 99), "/now: must be a whole number, not '1111"),
    (put(["seed"], 10**4000), "/seed: must be a whole number, not a huge number"),
    (put(["seed"], {}), "/seed: must be a whole number, not an object"),
    (put(["seed"], []), "/seed: must be a whole number, not a list"),
    (put(["networks", None, "name"], "\ud800"), "/name: must be text"),
    (
        put(["networks", None, "state"], "sleepy"),
        "/state: must be one of pending, available, deleting, gone, not 'sleepy'",
    ),
    (put(["networks", None, "block"], "10.0.0.0/33"), "/block: must be a block of addresses (IPv4Network)"),
    (put(["networks", None, "block"], 7), "/block: must be a block of addresses (IPv4Network), not 7"),
    (put(["networks", None, "colour"], 7), "/colour: is no field of a Network"),
    (drop(["networks", None, "block"]), "/block: is missing"),
    (put(["networks", None, "id"], "other"), "which is not there"),
    (put(["networks", None, "order"], 10**6), "order"),
    (put(["networks", None, "created"], 2**60), "in the future"),
    (put(["interfaces", None, "ipv4", 0, "ip"], "10.0.0.256"), "/ipv4/0/ip: must be an IP address"),
    (put(["interfaces", None, "ipv4", 0, "ip"], 1), "/ipv4/0/ip: must be an IP address, not 1"),
    (put(["interfaces", None, "ipv4", 0, "primary"], 1), "/primary: must be true or false, not 1"),
    (put(["interfaces", None, "ipv4"], []), "not exactly its first address is primary"),
    (put(["interfaces", None, "subnet_id"], "absent"), "in a subnet that is not there"),
    (put(["interfaces", None, "group_ids"], ["absent"]), "names 'absent', which is not there"),
    (put(["instances", None, "type_name"], "absent"), "of a type that is not there"),
    (
        put(["instances", None, "operation"], {"$ref": "#/operations/x"}),
        "must lead to an earlier place with",
    ),
    (put(["instances", None, "operation"], {"$ref": 7}), "must lead to an earlier place with"),
    (put(["instances", None, "operation"], {"$ref": "#/networks"}), "must lead to an earlier place with"),
    (put(["subnets", None, "network_id"], "absent"), "names 'absent', which is not there"),
    (put(["subnets", None, "extras"], {"x": {"$type": "Rules"}}), "/extras/x/$type: must name a object"),
    (put(["subnets", None, "extras"], {"x": {"$type": []}}), "/extras/x/$type: must name a object"),
    (put(["subnets", None, "extras"], {"x": float("inf")}), "/extras/x: must be a fraction, not inf"),
    (put(["subnets", None, "extras"], {"x": {"$items": [["a"]]}}), "/$items/0: must have 2 entries"),
    (put([*POOL, "block"], "10.0.0.0/25"), "first, last and prefix_length do not fit the block"),
    (put([*POOL, "prefix_length"], 32), "first, last and prefix_length do not fit the block"),
    (put([*POOL, "first"], "10.0.0.2"), "what is drawn is not what is held"),
    (put([*POOL, "holders", "10.0.0.0"], "x"), "an address is outside or reserved"),
    (drop([*POOL, "holders", None]), "what is drawn is not what is held"),
    (put([*POOL, "holders", None], "other"), "the pool's holders are not those"),
    (put([*POOL, "singles", "free"], -1), "numbers cannot be free"),
    (put([*POOL, "singles", "displaced"], {"1": 2}), "the displaced numbers do not fill the places"),
    (put([*POOL, "singles", "displaced"], {"1": 2, "2": 1}), "needs no other place"),
    (put([*POOL, "singles", "size"], 9), "numbers cannot be free"),
    (put(["ipv6_blocks", "size"], 2**20), "what is drawn|not those of this region"),
    (put(["public_pool", "block"], "203.0.113.0/27"), "do not fit the block|not that of this region"),
    (put(["timeline", "planned"], 1), "/timeline: number"),
    (put(["timeline", "pending"], []), "with 0 transitions to come"),
    (put(["timeline", "pending", 0, "trigger"], "start"), "knows no start"),
    (put(["ledger", 0, "remembered", "refusal"], {"$type": "Network"}), "/$type: must name a CoreError"),
    (put(["orders", "colours"], [{"key": 1, "ids": []}]), "/orders/colours/0: there is no such index"),
    (
        put(["orders", "tag_keys"], [{"key": [], "ids": []}]),
        "/orders/tag_keys/0: there is no such index",
    ),
    (
        put(["orders", "tag_keys"], [{"key": "x", "ids": ["y"]}]),
        "/orders/tag_keys/0: is not what the resources say",
    ),
    (reverse("interfaces"), "not in the order of creation"),
]


@pytest.mark.parametrize(("damage", "reason"), DAMAGES, ids=lambda each: "" if callable(each) else None)
def test_a_damaged_tree_is_refused_with_the_place_and_the_reason(trees, damage, reason):
    tree = json.loads(trees["north"])
    damage(tree)
    with pytest.raises(Unfit) as refusal:
        load(tree, NORTH)
    assert any(each in str(refusal.value) for each in reason.split("|"))
    assert "\n" not in str(refusal.value)
