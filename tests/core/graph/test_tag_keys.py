"""Resources by a key of their tags, alone or with a value: what does not carry it is not looked at."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness import emulator

from duolect_core.graph.queries import Selection, select

KEYS = ("a", "b", "c")


@settings(deadline=None)
@given(st.lists(st.sets(st.sampled_from(KEYS)), max_size=6), st.lists(st.sampled_from(KEYS), min_size=1))
def test_a_page_by_keys_is_what_a_scan_finds(tags, keys):
    client = emulator(timing="instant").tencent()
    for number, each in enumerate(tags):
        given_tags = [{"Key": key, "Value": str(number)} for key in sorted(each)]
        client.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16", Tags=given_tags)
    graph = client.partition.graph
    selection = Selection(tags=((graph.tag_keys, tuple((key,) for key in dict.fromkeys(keys))),))
    found = select(graph.networks, selection)
    scanned = [each for each in reversed(graph.networks.values()) if not each.tags.keys().isdisjoint(keys)]
    assert (list(found.items), found.total) == (scanned, len(scanned))
    assert not select(graph.interfaces, selection).items


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), st.sampled_from("vw"), max_size=3), max_size=6))
def test_a_page_by_tags_is_what_a_scan_finds(tags):
    client = emulator(timing="instant").tencent()
    for each in tags:
        given_tags = [{"Key": key, "Value": value} for key, value in each.items()]
        client.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16", Tags=given_tags)
    graph = client.partition.graph
    wanted = (("a", "v"), ("b", "w"))
    found = select(graph.networks, Selection(tags=((graph.tag_values, wanted),)))
    scanned = [each for each in reversed(graph.networks.values()) if {*wanted} & each.tags.items()]
    assert (list(found.items), found.total) == (scanned, len(scanned))


@pytest.mark.parametrize("value", [None, "v"])
@pytest.mark.parametrize("cloud", ["alibaba", "tencent"])
def test_a_describe_by_a_tag_looks_at_what_it_shows(cloud, value):
    world = emulator(timing="instant")
    client = world.alibaba() if cloud == "alibaba" else world.tencent()
    for number in range(200):
        tags = [{"Key": "mine", "Value": "v"}] if number % 2 else []
        if cloud == "alibaba":
            client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8", Tag=tags)
        else:
            client.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16", Tags=tags)
    graph = client.partition.graph
    looked_at = []

    class Table(dict):
        def __getitem__(self, key):
            looked_at.append(key)
            return super().__getitem__(key)

        def values(self):
            return (looked_at.append(key) or value for key, value in self.items())

    graph.networks = Table(graph.networks)
    if cloud == "alibaba":
        tag = {"Key": "mine"} if value is None else {"Key": "mine", "Value": value}
        answer = client.call("DescribeVpcs", "2016-04-28", Tag=[tag])
        shown = len(answer["Vpcs"]["Vpc"])
    else:
        by_key, by_tag = {"Name": "tag-key", "Values": ["mine"]}, {"Name": "tag:mine", "Values": [value]}
        answer = client.call("DescribeVpcs", Filters=[by_tag if value else by_key], Limit="10")
        shown = len(answer["VpcSet"])
    assert (shown, answer["TotalCount"]) == (10, 100)
    assert len(looked_at) < 20
