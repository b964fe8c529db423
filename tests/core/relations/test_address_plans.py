"""Plans: what a check lets through can be taken, and what it refuses leaves the pools alone."""

from ipaddress import IPv4Network, IPv6Network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.builders import World, certain, ip
from tests.core.model.rules import NORTH

from duolect_core import errors
from duolect_core.addressing.generator import Generator
from duolect_core.addressing.pools import AddressPool
from duolect_core.model.addresses import show
from duolect_core.model.lifecycles import AddressState, ProvisionState
from duolect_core.model.resources import Subnet
from duolect_core.relations.address_plans import (
    ANY,
    ANY_PREFIX,
    AddressPlan,
    AddressRequest,
    PrefixRequest,
    combined,
    take_together,
)

IPV6 = int(IPv6Network("2001:db8::/64").network_address)

GRAPH = World(NORTH).graph
"""One in which nothing is reserved."""


def subnet(block="10.0.0.0/24", *, head=1, tail=3, ipv6="2001:db8::/64", ipv6_bits=48):
    """Return a subnet that stands for itself; ``ipv6_bits`` are the host bits of its IPv6 prefixes."""
    ipv6_block = None if ipv6 is None else IPv6Network(ipv6)
    return Subnet(
        id="s",
        order=1,
        created=0,
        network_id="n",
        route_table_id="r",
        zone="z",
        block=IPv4Network(block),
        pool=AddressPool(IPv4Network(block), head=head, tail=tail, block_bits=4),
        ipv6_block=ipv6_block,
        ipv6_pool=None
        if ipv6_block is None
        else AddressPool(ipv6_block, head=head, tail=tail, block_bits=ipv6_bits),
        state=ProvisionState.AVAILABLE,
    )


def take(where, plan, holder="me"):
    """Take a checked plan from the subnet."""
    plan.check(GRAPH, where)
    return plan.take(GRAPH, where, holder, Generator(1), AddressState.AVAILABLE)


def refused(where, plan, error, copies=1, **facts):
    """Assert that a check raises exactly this."""
    with pytest.raises(errors.CoreError) as caught:
        combined([plan] * copies).check(GRAPH, where)
    assert type(caught.value) is error
    assert {name: getattr(caught.value, name) for name in facts} == facts


# -- single addresses --------------------------------------------------------------------------------


def test_a_plan_without_requests_is_one_primary_address():
    where = subnet()
    granted = take(where, AddressPlan())
    (address,) = granted.ipv4
    assert where.pool.holders == {address: "me"}
    assert (granted.ipv6, granted.ipv4_prefixes, granted.ipv6_prefixes) == ((), (), ())


def test_certain_addresses_are_granted_in_the_order_of_the_plan_with_their_descriptions():
    plan = AddressPlan(
        primary=AddressRequest(ip("10.0.0.9"), "first"),
        secondaries=(AddressRequest(ip("10.0.0.5"), "second"), ANY, AddressRequest(ip("10.0.0.7"))),
    )
    granted = plan.take(GRAPH, subnet(), "me", Generator(1), AddressState.PENDING)
    shown = show(granted.ipv4, AddressState.PENDING)
    assert [address.primary for address in shown] == [True, False, False, False]
    assert [address.description for address in shown] == ["first", "second", "", ""]
    assert [shown[place].ip for place in (0, 1, 3)] == [ip(f"10.0.0.{n}") for n in (9, 5, 7)]
    assert {address.state for address in shown} == {AddressState.PENDING}


def test_of_an_address_without_a_description_only_the_number_is_kept():
    plan = AddressPlan(primary=AddressRequest(ip("10.0.0.9")), secondaries=certain("10.0.0.5"))
    assert take(subnet(), plan).ipv4 == (ip("10.0.0.9"), ip("10.0.0.5"))


def test_the_count_of_a_plan_includes_the_primary_address_and_prefixes_but_no_ipv6():
    plan = AddressPlan(
        secondaries=(ANY, ANY), ipv4_prefixes=(ANY_PREFIX,), ipv6=(ANY,), ipv6_prefixes=(ANY_PREFIX,)
    )
    assert plan.ipv4_count == 4


@pytest.mark.parametrize("address", ["9.255.255.255", "10.0.1.0"])
def test_an_address_outside_the_subnet_is_refused(address):
    refused(
        subnet(), AddressPlan(secondaries=certain(address)), errors.AddressOutsideSubnet, address=address
    )


@pytest.mark.parametrize("address", ["10.0.0.0", "10.0.0.253", "10.0.0.255"])
def test_a_reserved_address_is_refused(address):
    refused(
        subnet(), AddressPlan(primary=AddressRequest(ip(address))), errors.AddressReserved, address=address
    )


def test_an_address_that_is_named_twice_is_refused():
    plan = AddressPlan(primary=AddressRequest(ip("10.0.0.9")), secondaries=certain("10.0.0.8", "10.0.0.9"))
    refused(subnet(), plan, errors.AddressRepeated, address="10.0.0.9")


def test_a_certain_address_cannot_be_had_twice_over():
    refused(
        subnet(),
        AddressPlan(primary=AddressRequest(ip("10.0.0.9"))),
        errors.AddressRepeated,
        copies=2,
        address="10.0.0.9",
    )


def test_an_address_that_is_held_is_refused():
    where = subnet()
    where.pool.take(ip("10.0.0.9"), "other")
    refused(where, AddressPlan(secondaries=certain("10.0.0.9")), errors.AddressInUse, address="10.0.0.9")


def test_an_address_in_a_delegated_prefix_is_refused():
    where = subnet()
    where.pool.take_prefix(ip("10.0.0.16"), "other")
    refused(where, AddressPlan(secondaries=certain("10.0.0.20")), errors.AddressInUse, address="10.0.0.20")


def test_what_one_copy_draws_is_never_what_another_one_needs():
    # Two whole blocks: a single address that is taken in one of them would leave a copy without its prefix.
    plan = AddressPlan(ipv4_prefixes=(ANY_PREFIX,))
    named = [
        AddressPlan(primary=request, secondaries=(ANY,) * 3) for request in certain("10.0.0.1", "10.0.0.2")
    ]
    for seed in range(50):
        where = subnet("10.0.0.0/26")
        combined([plan] * 2).check(GRAPH, where)
        take_together(GRAPH, {"a": plan, "b": plan}, where, Generator(seed), AddressState.AVAILABLE)
        assert set(where.pool.prefixes.values()) == {"a", "b"}
        where = subnet("10.0.0.0/28")
        granted = take_together(
            GRAPH, dict(zip("ab", named, strict=True)), where, Generator(seed), AddressState.AVAILABLE
        )
        assert [granted[name].ipv4[0] for name in "ab"] == [ip("10.0.0.1"), ip("10.0.0.2")]
        assert len(where.pool.holders) == 8


def test_the_last_address_is_granted_and_the_next_is_refused():
    where = subnet("10.0.0.0/29")
    take(where, AddressPlan(secondaries=(ANY, ANY)))
    refused(where, AddressPlan(secondaries=(ANY,)), errors.SubnetExhausted, subnet_id="s", wanted=2, free=1)
    take(where, AddressPlan())
    refused(where, AddressPlan(), errors.SubnetExhausted, wanted=1, free=0)


def test_copies_need_their_addresses_each():
    where = subnet("10.0.0.0/28")
    combined([AddressPlan(secondaries=(ANY, ANY))] * 4).check(GRAPH, where)
    refused(
        where, AddressPlan(secondaries=(ANY, ANY)), errors.SubnetExhausted, copies=5, wanted=15, free=12
    )


# -- delegated prefixes ------------------------------------------------------------------------------


def test_prefixes_are_granted_as_named_and_at_random():
    where = subnet()
    plan = AddressPlan(ipv4_prefixes=(ANY_PREFIX, PrefixRequest(ip("10.0.0.32"), 28)))
    granted = take(where, plan)
    assert granted.ipv4_prefixes[1] == ip("10.0.0.32")
    assert where.pool.prefixes == dict.fromkeys(granted.ipv4_prefixes, "me")


@pytest.mark.parametrize(
    ("start", "length", "error"),
    [
        ("10.0.0.32", 27, errors.PrefixMaskInvalid),
        ("10.0.0.40", 28, errors.PrefixNotStrict),
        ("10.0.1.0", 28, errors.PrefixOutsideSubnet),
        ("10.0.0.0", 28, errors.PrefixOutsideSubnet),
        ("10.0.0.240", 28, errors.PrefixOutsideSubnet),
        ("10.0.0.48", 28, errors.PrefixInUse),
        ("10.0.0.64", 28, errors.PrefixInUse),
        ("10.0.0.80", 28, errors.PrefixInUse),
    ],
    ids=["mask", "bits set", "outside", "head", "tail", "delegated", "touched", "named as well"],
)
def test_a_prefix_that_cannot_be_delegated_is_refused(start, length, error):
    where = subnet()
    where.pool.take_prefix(ip("10.0.0.48"), "other")
    where.pool.take(ip("10.0.0.70"), "other")
    plan = AddressPlan(secondaries=certain("10.0.0.81"), ipv4_prefixes=(PrefixRequest(ip(start), length),))
    refused(where, plan, error, address=f"{start}/{length}")


def test_a_prefix_that_is_named_twice_is_refused():
    plan = AddressPlan(ipv4_prefixes=(PrefixRequest(ip("10.0.0.32"), 28),) * 2)
    refused(subnet(), plan, errors.AddressRepeated, address="10.0.0.32/28")


def test_a_certain_prefix_cannot_be_had_twice_over():
    plan = AddressPlan(ipv4_prefixes=(PrefixRequest(ip("10.0.0.32"), 28),))
    plan.check(GRAPH, subnet())
    refused(subnet(), plan, errors.AddressRepeated, copies=2, address="10.0.0.32/28")


def test_blocks_that_the_plan_itself_touches_are_no_free_prefixes():
    where = subnet("10.0.0.0/26")  # two whole blocks: .16 and .32
    AddressPlan(ipv4_prefixes=(ANY_PREFIX,), secondaries=certain("10.0.0.20")).check(GRAPH, where)
    plan = AddressPlan(ipv4_prefixes=(ANY_PREFIX,) * 2, secondaries=certain("10.0.0.20"))
    refused(where, plan, errors.SubnetExhausted, wanted=2, free=1)


def test_a_certain_address_in_a_partial_block_takes_no_prefix_away():
    where = subnet("10.0.0.0/26")
    granted = take(
        where, AddressPlan(primary=AddressRequest(ip("10.0.0.3")), ipv4_prefixes=(ANY_PREFIX,) * 2)
    )
    assert set(granted.ipv4_prefixes) == {ip("10.0.0.16"), ip("10.0.0.32")}


def test_prefixes_and_single_addresses_must_fit_side_by_side():
    where = subnet("10.0.0.0/26")  # 60 usable: two blocks and 28 other addresses
    refused(
        where,
        AddressPlan(secondaries=(ANY,) * 28, ipv4_prefixes=(ANY_PREFIX,) * 2),
        errors.SubnetExhausted,
        free=60,
    )
    take(where, AddressPlan(secondaries=(ANY,) * 27, ipv4_prefixes=(ANY_PREFIX,) * 2))
    assert where.pool.free == 0


# -- IPv6 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", [AddressPlan(ipv6=(ANY,)), AddressPlan(ipv6_prefixes=(ANY_PREFIX,))])
def test_ipv6_in_a_subnet_without_it_is_refused(plan):
    refused(subnet(ipv6=None), plan, errors.Ipv6Disabled, subnet_id="s")


def test_ipv6_addresses_and_prefixes_are_granted_as_named_and_at_random():
    where = subnet()
    plan = AddressPlan(
        ipv6=(AddressRequest(IPV6 + 7, "named"), ANY),
        ipv6_prefixes=(PrefixRequest(IPV6 + (3 << 48), 80), ANY_PREFIX),
    )
    granted = plan.take(GRAPH, where, "me", Generator(1), AddressState.PENDING)
    assert (granted.ipv6[0].ip, granted.ipv6[0].description) == (IPV6 + 7, "named")
    shown = show(granted.ipv6, AddressState.PENDING)
    assert {(address.state, address.primary) for address in shown} == {(AddressState.PENDING, False)}
    assert granted.ipv6_prefixes[0] == IPV6 + (3 << 48)
    assert where.ipv6_pool.holders == {address.ip: "me" for address in shown}
    assert where.ipv6_pool.prefixes == dict.fromkeys(granted.ipv6_prefixes, "me")


@pytest.mark.parametrize(
    ("requested", "error", "address"),
    [
        (AddressRequest(IPV6), errors.Ipv6AddressOutsideSubnet, "2001:db8::"),
        (AddressRequest(IPV6 + (1 << 64)), errors.Ipv6AddressOutsideSubnet, "2001:db8:0:1::"),
        (AddressRequest(IPV6 + 9), errors.Ipv6AddressInUse, "2001:db8::9"),
        (AddressRequest(IPV6 + (2 << 48) + 5), errors.Ipv6AddressInUse, "2001:db8::2:0:0:5"),
        (AddressRequest(IPV6 + 8), errors.AddressRepeated, "2001:db8::8"),
    ],
    ids=["reserved", "outside", "held", "in a prefix", "repeated"],
)
def test_an_ipv6_address_that_cannot_be_had_is_refused(requested, error, address):
    where = subnet()
    where.ipv6_pool.take(IPV6 + 9, "other")
    where.ipv6_pool.take_prefix(IPV6 + (2 << 48), "other")
    refused(where, AddressPlan(ipv6=(AddressRequest(IPV6 + 8), requested)), error, address=address)


def test_an_ipv6_prefix_with_bits_beyond_its_mask_is_refused():
    plan = AddressPlan(ipv6_prefixes=(PrefixRequest(IPV6 + 1, 80),))
    refused(subnet(), plan, errors.PrefixNotStrict, address="2001:db8::1/80")


def test_a_certain_ipv6_prefix_cannot_be_had_twice_over():
    plan = AddressPlan(ipv6_prefixes=(PrefixRequest(IPV6 + (1 << 48), 80),))
    refused(subnet(), plan, errors.AddressRepeated, copies=2)


def test_the_last_ipv6_prefix_is_granted_and_the_next_is_refused():
    where = subnet(ipv6="2001:db8::/78")  # four /80, of which the ends hold reserved addresses
    take(where, AddressPlan(ipv6_prefixes=(ANY_PREFIX,) * 2))
    refused(where, AddressPlan(ipv6_prefixes=(ANY_PREFIX,)), errors.SubnetExhausted, wanted=1, free=0)
    take(where, AddressPlan(ipv6=(ANY,) * 3))


# -- the whole promise -------------------------------------------------------------------------------


def requests(base, size):
    """Strategy for requests in and around a block of ``size`` addresses."""
    near = st.integers(base - 2, base + size + 2)
    singles = st.lists(st.one_of(st.just(ANY), st.builds(AddressRequest, near)), max_size=8)
    starts = st.integers(-1, size // 16).map(lambda block: base + 16 * block)
    return singles, starts


@st.composite
def plans(draw):
    singles, starts = requests(ip("10.0.0.0"), 64)
    ipv6_singles, ipv6_starts = requests(IPV6, 64)
    several = st.lists(
        st.one_of(st.just(ANY_PREFIX), st.builds(PrefixRequest, starts, st.just(28))), max_size=3
    )
    ipv6_several = st.lists(
        st.one_of(st.just(ANY_PREFIX), st.builds(PrefixRequest, ipv6_starts, st.just(124))), max_size=3
    )
    return AddressPlan(
        primary=draw(
            st.one_of(st.just(ANY), st.builds(AddressRequest, st.integers(ip("10.0.0.0"), ip("10.0.0.63"))))
        ),
        secondaries=tuple(draw(singles)),
        ipv6=tuple(draw(ipv6_singles)),
        ipv4_prefixes=tuple(draw(several)),
        ipv6_prefixes=tuple(draw(ipv6_several)),
    )


def holdings(where):
    """Return everything that the pools of a subnet record."""
    return [(dict(pool.holders), pool.prefixes, pool.free) for pool in (where.pool, where.ipv6_pool)]


def refusal_of(plan, where, copies):
    """Return what a check raises, or None."""
    try:
        combined([plan] * copies).check(GRAPH, where)
    except errors.CoreError as refusal:
        return refusal
    return None


def fits(pool, singles, prefixes, copies):
    """Say by plain sets whether there is capacity for requests that are each possible alone."""
    free = {ip for ip in range(pool.first, pool.last + 1) if pool.is_free(ip)}
    free -= {request.ip for request in singles}
    for request in prefixes:
        free -= set(range(request.ip, request.ip + 16)) if request.ip is not None else set()
    blocks = [ip for ip in free if not ip % 16 and free.issuperset(range(ip, ip + 16))]
    random = copies * sum(request.ip is None for request in prefixes)
    return random <= len(blocks) and copies * sum(w.ip is None for w in singles) <= len(free) - 16 * random


@given(
    earlier=st.lists(plans(), max_size=6), plan=plans(), copies=st.integers(1, 3), seed=st.integers(0, 99)
)
@settings(max_examples=300, deadline=None)
def test_a_plan_is_granted_exactly_when_there_is_capacity_and_a_refusal_changes_nothing(
    earlier, plan, copies, seed
):
    where, generator = subnet("10.0.0.0/26", ipv6="2001:db8::/122", ipv6_bits=4), Generator(seed)
    for wanted, times in (*((each, 1) for each in earlier), (plan, copies)):
        before = holdings(where)
        singles = (wanted.primary, *wanted.secondaries)
        fitting = fits(where.pool, singles, wanted.ipv4_prefixes, times) and fits(
            where.ipv6_pool, wanted.ipv6, wanted.ipv6_prefixes, times
        )
        refusal = refusal_of(wanted, where, times)
        if refusal is not None:
            assert holdings(where) == before
            assert not (fitting and isinstance(refusal, errors.SubnetExhausted))
            continue
        assert fitting
        plans = {f"copy {number}": wanted for number in range(times)}
        for granted in take_together(GRAPH, plans, where, generator, AddressState.AVAILABLE).values():
            assert len(granted.ipv4) == len(singles)
            assert len(granted.ipv6) == len(wanted.ipv6)
            assert len(granted.ipv4_prefixes) == len(wanted.ipv4_prefixes)
            assert len(granted.ipv6_prefixes) == len(wanted.ipv6_prefixes)
        assert where.pool.free == before[0][2] - times * (len(singles) + 16 * len(wanted.ipv4_prefixes))
        assert where.ipv6_pool.free == before[1][2] - times * (
            len(wanted.ipv6) + 16 * len(wanted.ipv6_prefixes)
        )
