"""Clocks and durations of accounts' own: everything that obeys the clock obeys the account's."""

import asyncio

import pytest
from tests.emulator.asgi import application, send
from tests.emulator.signed import NOW, code, sign_tc3, sign_v1, strict
from tests.harness import START, ApiError, emulator

from duolect.clock import Clock, Clocks
from duolect.snapshots.snapshots import Scope, Unfit, restore, take

CLOCK = "/_duolect/clock"
DURATIONS = "/_duolect/durations"
HOUR = 3_600_000_000


def path(action, account, **parameters):
    more = "".join(f"&{name}={value}" for name, value in parameters.items())
    return (
        f"/?Action={action}&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId={account}{more}"
    )


def create(app, account):
    return send(app, "POST", path("CreateVpc", account, CidrBlock="10.0.0.0/8"))


def states(app, account):
    return [
        each["Status"] for each in send(app, "GET", path("DescribeVpcs", account)).json()["Vpcs"]["Vpc"]
    ]


def of(account):
    return f"{CLOCK}?access_key={account}"


def moved(app, account, by="1h"):
    return send(app, "POST", f"{CLOCK}/advance?access_key={account}", json={"by": by}).json()


def instant(app, account=None):
    return send(app, "GET", CLOCK if account is None else of(account)).json()["instant"]


def test_an_account_moves_its_own_clock_and_no_other():
    app = application(clocks="per-account")
    for account in ("one", "two"):
        create(app, account)
    shown = moved(app, "one")
    assert (shown["account"], shown["moved"], shown["pending"]) == ("one", "1h", 0)
    assert (states(app, "one"), states(app, "two")) == (["Available"], ["Pending"])
    assert [instant(app, name) for name in ("one", "two", None)] == [START + HOUR, START, START]
    shown = send(app, "GET", CLOCK).json()
    assert (shown["account"], shown["pending"]) == (None, 1)


def test_the_common_clock_moves_those_without_their_own():
    app = application(clocks="per-account")
    for account in ("one", "two"):
        create(app, account)
    send(app, "PUT", of("one"), json={"mode": "manual"})
    send(app, "POST", f"{CLOCK}/idle")
    assert (states(app, "one"), states(app, "two")) == (["Pending"], ["Available"])
    assert send(app, "POST", f"{CLOCK}/next?access_key=one").json()["moved"] == "200ms"
    assert states(app, "one") == ["Available"]
    create(app, "one")
    assert send(app, "POST", f"{CLOCK}/idle?access_key=one").json()["moved"] == "200ms"
    assert instant(app) == START + 200_000


def test_where_the_clock_is_shared_an_account_moves_everybodys():
    app = application()
    create(app, "two")
    assert moved(app, "one")["account"] is None
    assert states(app, "two") == ["Available"]
    assert instant(app) == START + HOUR


def test_who_only_looks_at_the_clock_gets_none():
    app = application(clocks="per-account")
    assert send(app, "GET", of("one")).json()["account"] is None
    send(app, "POST", f"{CLOCK}/advance", json={"by": 5})
    assert instant(app, "one") == START + 5_000_000


def test_a_move_that_is_refused_moves_nothing():
    app = application(clocks="per-account")
    moved(app, "one")
    past = send(app, "PUT", of("one"), json={"mode": "real", "now": "2026-09-21T14:13:20Z"})
    assert past.status_code == 409
    assert instant(app, "one") == START + HOUR
    assert send(app, "PUT", of("one"), json={"mode": "scaled"}).status_code == 422


@pytest.mark.parametrize("scope", ["access_key=one", ""])
def test_an_account_of_which_all_is_forgotten_has_the_common_clock_and_durations_again(scope):
    app = application(clocks="per-account")
    moved(app, "one")
    send(app, "PUT", f"{DURATIONS}?access_key=one", json={"preset": "realistic"})
    send(app, "POST", f"/_duolect/reset?{scope}")
    assert instant(app, "one") == START
    create(app, "one")
    send(app, "POST", f"{CLOCK}/advance", json={"by": "200ms"})
    assert states(app, "one") == ["Available"]


def test_a_clock_stays_where_only_a_region_is_forgotten():
    app = application(clocks="per-account")
    create(app, "one")
    moved(app, "one")
    send(app, "POST", "/_duolect/reset?access_key=one&region=cn-hangzhou")
    assert instant(app, "one") == START + HOUR
    create(app, "one")
    assert send(app, "GET", of("one")).json()["pending"] == 1


def test_what_is_created_and_shown_has_the_time_of_its_account():
    app = application(clocks="per-account")
    moved(app, "one")
    for account in ("one", "two"):
        create(app, account)
    created = {
        account: send(app, "GET", path("DescribeVpcs", account)).json()["Vpcs"]["Vpc"][0]["CreationTime"]
        for account in ("one", "two")
    }
    assert created == {"one": "2026-09-21T15:13:20Z", "two": "2026-09-21T14:13:20Z"}
    found = send(app, "GET", "/_duolect/state").json()["partitions"]
    assert [each["now"][11:19] for each in found] == ["15:13:20", "14:13:20"]
    records = send(app, "GET", "/_duolect/journal?action=CreateVpc").json()["records"]
    assert [each["at"][11:19] for each in records] == ["15:13:20", "14:13:20"]


def test_durations_of_an_account_are_its_own_until_it_is_reset():
    app = application()
    create(app, "one")
    mine = f"{DURATIONS}?access_key=one"
    shown = send(
        app, "PUT", mine, json={"cloud": "alibaba", "operations": {"provision_network": "5s"}}
    ).json()
    assert (shown["account"], shown["clouds"]["alibaba"]["provision_network"]) == ("one", "5s")
    send(app, "PUT", DURATIONS, json={"operations": {"provision_network": "1s"}})
    for account in ("one", "two"):
        create(app, account)
    send(app, "POST", f"{CLOCK}/advance", json={"by": "1s"})
    assert (states(app, "one"), states(app, "two")) == (["Pending", "Available"], ["Available"])
    named = [
        send(app, "GET", each).json()["clouds"]["alibaba"]["provision_network"]
        for each in (mine, DURATIONS)
    ]
    assert named == ["5s", "1s"]
    send(app, "POST", "/_duolect/reset?access_key=one")
    assert send(app, "GET", mine).json()["clouds"]["alibaba"]["provision_network"] == "1s"


def test_a_call_that_waits_obeys_the_clock_of_its_account_also_one_that_it_gets_meanwhile():
    async def scenario():
        clocks = Clocks(Clock(0, START), per_account=True)
        waits = [asyncio.create_task(clocks.wait_until(name, START + 10)) for name in ("one", "two")]
        await asyncio.sleep(0)
        clocks.separate("one").advance(10)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert [each.done() for each in waits] == [True, False]
        clocks.common.advance(10)
        await asyncio.wait_for(waits[1], 5)

    asyncio.run(scenario())


def test_a_call_whose_account_loses_its_clock_waits_by_the_common_one():
    async def scenario():
        clocks = Clocks(Clock(0, START), per_account=True)
        clocks.separate("one").advance(5)
        wait = asyncio.create_task(clocks.wait_until("one", START + 10))
        await asyncio.sleep(0)
        clocks.forget("one")
        clocks.common.advance(10)
        await asyncio.wait_for(wait, 5)

    asyncio.run(scenario())


# -- signatures, rates ---------------------------------------------------------------------------------


def test_signatures_are_as_old_as_the_clock_of_their_account_says():
    world = strict(clocks="per-account")
    world.pipeline.state.separate("AKIDTEST").advance(HOUR)
    request = world.tencent().request("DescribeNetworkInterfaces")
    assert code(world, sign_tc3(request, at=NOW)) == (200, "AuthFailure.SignatureExpire")
    assert code(world, sign_tc3(request, at=NOW + 3_600)) == (200, "")
    assert code(world, sign_v1(world.alibaba().request("DescribeNetworkInterfaces"))) == (200, "")


def test_call_rates_obey_the_clock_of_the_account():
    world = emulator(clocks="per-account", throttle="vendor")
    client, other = world.tencent("one"), world.tencent("two")

    def calls_until_refused(caller):
        for number in range(1_000):
            try:
                caller.call("DescribeVpcTaskResult", TaskId="1")
            except ApiError as error:
                if error.code.startswith("RequestLimitExceeded"):
                    return number
        raise AssertionError

    assert calls_until_refused(client) == calls_until_refused(other) > 0
    world.pipeline.state.separate("one").advance(HOUR)
    assert (calls_until_refused(client) > 0, calls_until_refused(other)) == (True, 0)


# -- snapshots -------------------------------------------------------------------------------------------


def separated(by=HOUR, **settings):
    world = emulator(clocks="per-account", **settings)
    for account in ("one", "two"):
        world.alibaba(account).call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
    world.pipeline.state.separate("one").advance(by)
    return world


@pytest.mark.parametrize("scope", [Scope(), Scope(access_key="one")])
def test_an_own_clock_that_stood_still_comes_back_with_all_of_its_account(scope):
    world = separated()
    tree = take(world.pipeline.state, scope)
    world.pipeline.state.separate("one").advance(HOUR)
    world.advance(5)
    restore(world.pipeline.state, tree)
    assert world.pipeline.state.now("one") == START + HOUR
    other = emulator(clocks="per-account")
    restore(other.pipeline.state, tree)
    assert (other.pipeline.state.now("one"), other.pipeline.state.now("three")) == (START + HOUR, START)
    restore(other.pipeline.state, take(world.pipeline.state, Scope(access_key="one")), into="three")
    assert other.pipeline.state.now("three") == START + HOUR


def test_an_own_clock_that_ran_goes_on_from_what_is_later():
    world = separated()
    world.pipeline.state.separate("one").run(1.0)
    tree = take(world.pipeline.state)
    ahead, behind = emulator(clocks="per-account"), emulator(clocks="per-account")
    ahead.clock.advance(2 * HOUR)
    for each in (ahead, behind):
        restore(each.pipeline.state, tree, Scope(access_key="one"))
    assert 0 <= ahead.pipeline.state.now("one") - (START + 2 * HOUR) < HOUR
    assert 0 <= behind.pipeline.state.now("one") - (START + HOUR) < HOUR
    assert behind.pipeline.state.clocks.of("one").rate == 1


def test_own_clocks_are_written_by_account_whichever_came_first():
    world = emulator(clocks="per-account")
    for account in ("two", "one"):
        world.pipeline.state.separate(account)
    tree = take(world.pipeline.state)
    assert [each["access_key"] for each in tree["own_clocks"]] == ["one", "two"]


def test_where_the_clock_is_shared_no_account_gets_one_from_a_snapshot():
    world = emulator()
    restore(world.pipeline.state, take(separated().pipeline.state))
    assert world.pipeline.state.now("one") == START
    assert "own_clocks" not in take(world.pipeline.state)


def test_a_part_of_an_account_brings_no_clock():
    world = separated()
    scope = Scope(access_key="one", region="cn-hangzhou")
    assert "own_clocks" not in take(world.pipeline.state, scope)
    other = emulator(clocks="per-account")
    restore(other.pipeline.state, take(world.pipeline.state), scope)
    assert other.pipeline.state.now("one") == START


@pytest.mark.parametrize(
    ("member", "value", "path"),
    [
        ("now", -1, "/own_clocks/0/now"),
        ("rate", -1.0, "/own_clocks/0/rate"),
        ("rate", 1e9, "/own_clocks/0/rate"),
    ],
)
def test_a_clock_that_cannot_be_is_refused_with_its_place(member, value, path):
    world = separated()
    tree = take(world.pipeline.state)
    tree["own_clocks"][0][member] = value
    before = take(world.pipeline.state)
    with pytest.raises(Unfit) as refused:
        restore(world.pipeline.state, tree)
    assert refused.value.path == path
    assert take(world.pipeline.state) == before
