"""What the page asks for, without a browser: pages, the past, vendors' views, and what is kept for it."""

import asyncio
import json
import re

import pytest
from tests.emulator.asgi import send
from tests.emulator.console.worlds import ALIBABA
from tests.emulator.resources import create_resources
from tests.harness import START, emulator

from duolect.control.console import exchanges, viewing, watching
from duolect.control.console.viewing import viewing_of
from duolect.server.app import make_app
from duolect.state.forked import LITTLE
from duolect_core import archive

DATA = "/_duolect/console/data"


@pytest.fixture
def world():
    return emulator()


@pytest.fixture(params=["alibaba", "tencent"])
def client(world, request):
    return getattr(world, request.param)()


def ask(world, path, client=None, **query):
    """Return what the control API answers, of the partition of a client."""
    place = {}
    if client is not None:
        cloud = "alibaba" if client.key == "AKTEST" else "tencent"
        place = {"cloud": cloud, "access_key": client.key, "region": client.region}
    answer = send(make_app(world.pipeline, 10_000), "GET", f"{DATA}/{path}", params={**place, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()


def followed(world, key, *steps):
    """Follow an account's stream while steps are taken; return the events of each, by their names."""

    async def scenario():
        stream = watching._events(world.pipeline, key)
        seen = []
        assert await anext(stream) == ": watching\n\n"
        first = await anext(stream)
        for step in steps:
            step()
            text = await asyncio.wait_for(anext(stream), 5)
            seen.append([parsed(each) for each in text.split("\n\n") if each])
        await stream.aclose()
        return [parsed(each) for each in first.split("\n\n") if each], seen

    return asyncio.run(scenario())


def parsed(event):
    name, data = re.fullmatch(r"event: (\w+)\ndata: (.*)", event).groups()
    return name, json.loads(data)


# -- what is there ----------------------------------------------------------------------------------------


def test_the_outline_counts_and_comes_in_pages(world, client):
    there = create_resources(client)
    whole = ask(world, "outline", client)
    (subnet,) = whole["subnets"]
    assert (subnet["id"], subnet["instances"], subnet["interfaces"]) == (there.subnet, 1, 2)
    assert subnet["states"] == {"available": 1, "in-use": 1}
    assert [each["members"] for each in whole["groups"]] == [2]
    one = ask(world, "outline", client, limit=1)
    assert (one["more"], [each["id"] for each in one["networks"]]) == (True, [there.network])
    rest = ask(world, "outline", client, after=one["networks"][0]["order"], limit=1)
    assert (rest["more"], [each["id"] for each in rest["subnets"]]) == (False, [there.subnet])


def test_rows_come_by_subnet_by_kind_and_by_id_in_pages(world, client):
    there = create_resources(client)
    found, after = [], 0
    while True:
        page = ask(world, "rows", client, subnet=there.subnet, after=after, limit=1)
        found += page["rows"]
        after = found[-1]["order"]
        if not page["more"]:
            break
    assert [each["kind"] for each in found] == ["instance", "interface", "interface"]
    assert found[1]["instance"] == there.instance
    (group,) = ask(world, "rows", client, kind="security-group")["rows"]
    assert group["id"] == there.group
    rows = ask(world, "rows", client, ids=f"{there.interface},x,{there.network}")["rows"]
    assert [each["id"] for each in rows] == [there.network, there.interface]


def test_what_waits_says_for_what_and_until_when(world, client):
    there = create_resources(client)
    client.call("AttachNetworkInterface", NetworkInterfaceId=there.interface, InstanceId=there.instance)
    (row,) = ask(world, "rows", client, ids=there.interface)["rows"]
    pending = row["pending"]
    assert (row["state"], pending["trigger"], pending["kind"]) == (
        "attaching",
        "attached",
        "attach-interface",
    )
    assert pending["due"] > pending["started"] == START
    assert not pending["held"]


def test_a_search_finds_by_id_by_name_and_by_address(world, client):
    there = create_resources(client)
    (row,) = ask(world, "rows", client, ids=there.interface)["rows"]
    for text in (there.interface, there.interface[:-2].upper().lower(), row["ip"]):
        assert there.interface in [each["id"] for each in ask(world, "search", client, text=text)["rows"]]
    assert ask(world, "search", client, text="nothing-like-it")["rows"] == []


def test_a_search_finds_an_interface_by_any_of_its_addresses(world, client):
    there = create_resources(client)
    client.call(
        "AssignPrivateIpAddresses", NetworkInterfaceId=there.interface, SecondaryPrivateIpAddressCount=2
    )
    addresses = ask(world, "resource", client, id=there.interface)["addresses"]
    assert len(addresses) == 3
    for each in addresses:
        (found,) = ask(world, "search", client, text=each["ip"])["rows"]
        assert found["id"] == there.interface


def test_each_kind_is_shown_by_its_vendors_own_action(world, client):
    there = create_resources(client)
    if client.key == "AKTEST":
        client.call("AllocateEipAddress", "2016-04-28")
    else:
        client.call("AllocateAddresses", AddressCount=1)
    kinds = ask(world, "outline", client)["others"]
    ids = [there.network, there.subnet, there.instance, there.interface]
    ids += [ask(world, "rows", client, kind=kind)["rows"][0]["id"] for kind in kinds]
    assert set(kinds) >= {"security-group", "route-table", "public-address"}
    for each in ids:
        shown = ask(world, "resource", client, id=each)
        assert shown["core"]["id"] == each
        assert shown["vendor"]["refused"] == ""
        assert each in json.dumps(shown["vendor"]["answer"])
    assert world.pipeline.journal.last == 1, "no call was made to show them"


def test_accounts_are_found_by_a_part_of_their_names(world):
    for key in ("one", "other", "third"):
        world.alibaba(key).call("DescribeVpcs", "2016-04-28")
    assert ask(world, "accounts") == {
        "accounts": ["third", "other", "one"],
        "more": False,
        "latest": "third",
    }
    assert ask(world, "accounts", text="O", limit=1) == {
        "accounts": ["other"],
        "more": True,
        "latest": "third",
    }


def test_the_form_offers_what_can_strike_an_action(world):
    form = ask(world, "fault-form", cloud="tencent", action="AttachNetworkInterface")
    possible = {each["name"] for each in form["members"] if each["effect"] and each["possible"]}
    assert {"code", "hang", "fail", "limit"} <= possible
    assert not possible & {"stale_ms", "exhausted"}
    assert form["codes"]["LimitExceeded"] == 200
    reading = ask(world, "fault-form", cloud=ALIBABA, action="DescribeVpcs")
    assert "stale_ms" in {
        each["name"] for each in reading["members"] if each["effect"] and each["possible"]
    }
    assert "DescribeVpcs" in reading["actions"]


# -- while it is open -------------------------------------------------------------------------------------


def test_the_stream_tells_what_was_touched_and_by_what(world, client):
    there = create_resources(client)
    attach = {"NetworkInterfaceId": there.interface, "InstanceId": there.instance}
    (first, (called, later)) = followed(
        world,
        client.key,
        lambda: client.call("AttachNetworkInterface", **attach),
        lambda: world.advance(60_000),
    )
    assert [name for name, _ in first] == ["partitions", "clock"]
    assert first[0][1]["partitions"][0]["recorded"]
    events = dict(called)
    assert events["calls"]["calls"][0]["action"] == "AttachNetworkInterface"
    rows = {each["id"]: each["state"] for each in events["changed"]["rows"]}
    assert rows[there.interface] == "attaching"
    assert [each["command"] for each in events["changed"]["versions"]] == ["AttachInterface"]
    assert events["changed"]["operations"][0]["state"] == "running"
    assert events["clock"]["pending"] == 1
    rows = {each["id"]: each["state"] for each in dict(later)["changed"]["rows"]}
    assert rows[there.interface] == "in-use"
    assert dict(later)["changed"]["operations"][0]["state"] == "succeeded"
    assert dict(later)["clock"]["now"] == START + 60_000_000


def test_the_stream_tells_what_was_named_among_several(world):
    client = world.tencent()
    there = create_resources(client)
    group = client.call("CreateSecurityGroup", GroupName="more", GroupDescription="")["SecurityGroup"]
    named = {"NetworkInterfaceIds": [there.interface], "SecurityGroupIds": [group["SecurityGroupId"]]}
    _, (joined,) = followed(
        world, client.key, lambda: client.call("AssociateNetworkInterfaceSecurityGroups", **named)
    )
    groups = {each["id"]: each["groups"] for each in dict(joined)["changed"]["rows"]}
    assert group["SecurityGroupId"] in groups[there.interface]


def test_the_stream_tells_what_is_gone_and_which_partitions_there_are(world, client):
    there = create_resources(client)
    _, (gone, reset) = followed(
        world,
        client.key,
        lambda: (
            client.call("DeleteNetworkInterface", NetworkInterfaceId=there.interface),
            world.advance(60_000),
        ),
        lambda: world.pipeline.partitions.forget(client.key),
    )
    assert dict(gone)["changed"]["gone"] == [there.interface]
    assert dict(reset)["partitions"] == {"partitions": []}
    assert not viewing_of(world.pipeline)._histories, "nothing is kept of what is no more"


def test_every_version_can_be_seen_again_and_is_what_it_was(world, client):
    there = create_resources(client)
    partition, seen = client.partition, []

    def step(action, **parameters):
        def take():
            client.call(action, NetworkInterfaceId=there.interface, **parameters)
            seen.append(ask_state())
            world.advance(60_000)

        return take

    def ask_state():
        return [(each.id, each.state) for each in partition.read(world.clock.now()).interfaces.values()]

    async def scenario():
        stream = watching._events(world.pipeline, client.key)
        await anext(stream)
        await anext(stream)
        for take in (
            step("AttachNetworkInterface", InstanceId=there.instance),
            step("DetachNetworkInterface", InstanceId=there.instance),
            step("DeleteNetworkInterface"),
        ):
            take()
        history = viewing_of(world.pipeline).history(partition)
        assert history is not None
        again = []
        for version in (3, 1, 2):
            async with history.past(version, None) as past:
                again.append([(each.id, each.state) for each in past.graph.interfaces.values()])
        async with history.past(1, START + 59_000_000) as past:
            later = past.graph.interfaces[there.interface].state
        async with history.past(0, None) as past:
            before = past.graph.interfaces[there.interface].state
        await stream.aclose()
        return again, later, before

    again, later, before = asyncio.run(scenario())
    assert again == [seen[2], seen[0], seen[1]]
    assert (before, later) == ("available", "in-use")


def test_the_past_is_asked_for_like_the_present(world, client):
    there = create_resources(client)

    async def scenario():
        stream = watching._events(world.pipeline, client.key)
        await anext(stream)
        await anext(stream)
        client.call("DeleteNetworkInterface", NetworkInterfaceId=there.interface)
        world.advance(60_000)
        await anext(stream)
        return stream

    with asyncio.Runner() as runner:
        stream = runner.run(scenario())
        now = {each["id"] for each in ask(world, "rows", client, subnet=there.subnet)["rows"]}
        then = {each["id"] for each in ask(world, "rows", client, subnet=there.subnet, version=0)["rows"]}
        assert then - now == {there.interface}
        shown = ask(world, "resource", client, id=there.interface, version=0)
        assert there.interface in json.dumps(shown["vendor"]["answer"])
        line = ask(world, "timeline", access_key=client.key)
        assert [each["version"] for each in line["recorded"][0]["versions"]] == [0, 1]
        runner.run(stream.aclose())


def test_the_past_of_more_than_a_few_resources_is_kept_by_a_copy_of_the_process(world):
    client = world.tencent()
    there = create_resources(client)
    more = {"SecurityGroupIds": [there.group], "VpcId": there.network, "SubnetId": there.subnet}
    for place in range(LITTLE):
        client.call("CreateNetworkInterface", NetworkInterfaceName=f"{place}", **more)
    world.advance(60_000)
    partition = client.partition
    whole = sorted(partition.graph.interfaces)

    async def scenario():
        stream = watching._events(world.pipeline, client.key)
        await anext(stream)
        await anext(stream)
        client.call("DeleteNetworkInterface", NetworkInterfaceId=there.interface)
        world.advance(60_000)
        client.call("CreateNetworkInterface", NetworkInterfaceName="last", **more)
        history = viewing_of(world.pipeline).history(partition)
        async with history.past(0, None) as past:
            then = sorted(past.graph.interfaces)
        async with history.past(2, world.clock.now()) as past:
            now = archive.dump(past)
        await stream.aclose()
        return then, now

    then, now = asyncio.run(scenario())
    assert then == whole
    partition.settle(world.clock.now())
    assert now == archive.dump(partition)


def test_a_partition_that_is_too_large_is_not_recorded(world, client, monkeypatch):
    create_resources(client)
    monkeypatch.setattr(viewing, "MOST_RESOURCES", 3)
    first, _ = followed(world, client.key)
    assert not first[0][1]["partitions"][0]["recorded"]
    assert viewing_of(world.pipeline).history(client.partition) is None


def test_nothing_is_kept_while_nobody_looks(world, client, monkeypatch):
    monkeypatch.setattr(viewing, "GRACE", 0.0)
    create_resources(client)
    pipeline, partition = world.pipeline, client.partition
    client.call("DescribeVpcs", **({"version": "2016-04-28"} if client.key == "AKTEST" else {}))
    assert pipeline.witness is None
    number = pipeline.journal.last
    assert ask(world, f"calls/{number}")["answer"] is None

    async def scenario():
        stream = watching._events(pipeline, client.key)
        await anext(stream)
        await anext(stream)
        assert pipeline.witness is not None
        assert len(partition.recorders) == 2
        await stream.aclose()
        await asyncio.sleep(0.01)

    asyncio.run(scenario())
    assert pipeline.witness is None
    assert partition.recorders == []


def test_a_call_is_shown_whole_and_no_secret_with_it(world, client):
    vpc = {"version": "2016-04-28"} if client.key == "AKTEST" else {}
    names = ("CreateKeyPair", {"KeyPairName": "mine"}) if client.key == "AKTEST" else (
        "CreateKeyPair", {"KeyName": "mine", "ProjectId": 0})  # fmt: skip

    async def scenario():
        stream = watching._events(world.pipeline, client.key)
        await anext(stream)
        client.call("DescribeVpcs", **vpc)
        client.call(names[0], **names[1])
        return stream

    with asyncio.Runner() as runner:
        stream = runner.run(scenario())
        described, created = ask(world, "calls/1"), ask(world, "calls/2")
        assert described["answer"]["status"] == 200
        assert "RequestId" in described["answer"]["body"]
        assert described["record"]["request_id"] in described["answer"]["body"]
        assert described["sent"]["method"] in {"GET", "POST"}
        assert "does not know this key" in described["signature"]["verdict"]
        assert described["product"] in {"Vpc", "vpc"}
        assert "PRIVATE" not in json.dumps(created).replace("private key, which", "")
        assert created["answer"]["body"] == "It holds a private key, which is kept nowhere."
        runner.run(stream.aclose())
    missing = send(make_app(world.pipeline, 1_000), "GET", f"{DATA}/calls/9")
    assert missing.status_code == 404


def test_what_a_secret_was_signed_with_is_not_shown():
    assert exchanges._has_secret({"Password": "x"})
    assert exchanges._has_secret({"SecurityToken": "x"})
    assert not exchanges._has_secret({"SecretId": "x", "ClientToken": "y", "NextToken": "z"})
