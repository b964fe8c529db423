"""Resources by a key of their tags alone: what does not carry it is not looked at."""

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
    selection = Selection(tag_keys=((graph.tag_keys, tuple(keys)),))
    found = select(graph.networks, selection)
    scanned = [each for each in reversed(graph.networks.values()) if not each.tags.keys().isdisjoint(keys)]
    assert (list(found.items), found.total) == (scanned, len(scanned))
    assert not select(graph.interfaces, selection).items


@pytest.mark.parametrize("cloud", ["alibaba", "tencent"])
def test_a_describe_by_a_key_alone_looks_at_what_it_shows(cloud):
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
        answer = client.call("DescribeVpcs", "2016-04-28", Tag=[{"Key": "mine"}])
        shown = len(answer["Vpcs"]["Vpc"])
    else:
        answer = client.call("DescribeVpcs", Filters=[{"Name": "tag-key", "Values": ["mine"]}], Limit="10")
        shown = len(answer["VpcSet"])
    assert (shown, answer["TotalCount"]) == (10, 100)
    assert len(looked_at) < 20
