"""Pools against naive sets: whatever is done, they say what a set would say, exactly."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.core.builders import ip

from duolect_core.addressing.free_pools import FreePool
from duolect_core.addressing.generator import Generator
from duolect_core.addressing.pools import AddressPool, format_ipv4, format_ipv6, parse_ipv4, parse_ipv6


class FreePoolMachine(RuleBasedStateMachine):
    """A free pool compared with a set of what is free; a large one stays with dictionaries."""

    @initialize(size=st.integers(1, 60), seed=st.integers(0, 2**64), large=st.booleans())
    def start(self, size, seed, large):
        self.pool, self.generator = FreePool(size), Generator(seed)
        self.large = large
        if large:
            self.pool._few = size
        self.free, self.taken = set(range(size)), set()

    @precondition(lambda self: self.free)
    @rule()
    def take_any(self):
        number = self.pool.take_any(self.generator)
        self.free.remove(number)
        self.taken.add(number)

    @precondition(lambda self: self.free)
    @rule(pick=st.integers(0, 100))
    def take(self, pick):
        number = sorted(self.free)[pick % len(self.free)]
        self.pool.take(number)
        self.free.remove(number)
        self.taken.add(number)

    @rule(pick=st.integers(0, 100))
    def take_if_free(self, pick):
        number = pick % self.pool.size
        self.pool.take_if_free(number)
        self.free.discard(number)
        self.taken.add(number)

    @precondition(lambda self: self.taken)
    @rule(pick=st.integers(0, 100))
    def release(self, pick):
        number = sorted(self.taken)[pick % len(self.taken)]
        self.pool.release(number)
        self.taken.remove(number)
        self.free.add(number)

    @invariant()
    def agrees_with_the_set(self):
        assert self.pool.free == len(self.free)
        assert {n for n in range(self.pool.size) if self.pool.is_free(n)} == self.free

    @invariant()
    def stores_no_more_than_twice_what_is_taken(self):
        displaced = self.pool.displaced
        assert all(place != number for place, number in displaced.items())
        assert len(displaced) <= 2 * len(self.taken)
        if self.large:
            assert len(self.pool._at) == len(self.pool._where) == len(displaced)

    @invariant()
    def is_restored_from_what_is_displaced(self):
        again = FreePool.restored(self.pool.size, self.pool.free, self.pool.displaced)
        assert again.displaced == self.pool.displaced
        assert {n for n in range(again.size) if again.is_free(n)} == self.free


def test_a_free_pool_goes_over_to_arrays_and_gives_out_the_same_numbers_as_before():
    ours, theirs = FreePool(1 << 12), FreePool(1 << 12)
    theirs._few = theirs.size
    generators = Generator(7), Generator(7)
    for turn in range(3_000):
        taken = [pool.take_any(each) for pool, each in zip((ours, theirs), generators, strict=True)]
        assert taken[0] == taken[1]
        if turn % 3 == 0:
            for pool in (ours, theirs):
                pool.release(taken[0])
    assert not isinstance(ours._at, dict)
    assert isinstance(theirs._at, dict)
    assert (ours.free, ours.displaced) == (theirs.free, theirs.displaced)


def test_a_pool_larger_than_any_subnet_holds_no_arrays():
    pool, generator = FreePool(1 << 64), Generator(7)
    for _ in range(100):
        pool.take_any(generator)
    assert len(pool.displaced) <= 200


TestFreePool = FreePoolMachine.TestCase
TestFreePool.settings = settings(max_examples=60, deadline=None)


class PoolMachine(RuleBasedStateMachine):
    """A pool compared with one dictionary of single addresses and one of prefixes."""

    @initialize(
        block=st.sampled_from(
            [
                IPv4Network("10.0.0.0/26"),
                IPv4Network("10.0.0.64/27"),
                IPv4Network("10.0.0.16/28"),
                IPv4Network("10.0.0.8/29"),
                IPv6Network("2001:db8::/120"),
                IPv6Network("2001:db8::/116"),
            ]
        ),
        head=st.integers(0, 3),
        tail=st.integers(0, 3),
        seed=st.integers(0, 2**64),
    )
    def start(self, block, head, tail, seed):
        # Blocks of 512 addresses in the /116 are too wide to be marked one by one.
        bits = 9 if block.prefixlen == 116 else 4
        self.pool = AddressPool(block, head=head, tail=tail, block_bits=bits)
        self.generator = Generator(seed)
        self.width = 1 << bits
        base = int(block.network_address)
        self.usable = range(base + head, base + block.num_addresses - tail)
        self.singles, self.prefixes = {}, {}

    @property
    def free(self):
        return [ip for ip in self.usable if ip not in self.singles and not self.delegated(ip)]

    def delegated(self, ip):
        return ip // self.width * self.width in self.prefixes

    @property
    def free_prefixes(self):
        starts = range(self.usable.start // self.width * self.width, self.usable.stop, self.width)
        touched = {ip // self.width * self.width for ip in self.singles}
        return [
            start
            for start in starts
            if start in self.usable
            and start + self.width - 1 in self.usable
            and start not in touched
            and start not in self.prefixes
        ]

    @rule(count=st.integers(1, 5))
    def draw(self, count):
        for _ in range(min(count, len(self.free))):
            free = set(self.free)
            got = self.pool.take_any(self.generator, "taker")
            assert got in free
            self.singles[got] = "taker"

    @precondition(lambda self: self.free)
    @rule()
    def take_lowest(self):
        lowest = min(self.free)
        assert self.pool.take_any(None, "taker") == lowest
        self.singles[lowest] = "taker"

    @precondition(lambda self: self.free_prefixes)
    @rule()
    def take_lowest_prefix(self):
        lowest = min(self.free_prefixes)
        assert self.pool.take_any_prefix(None, "taker") == lowest
        self.prefixes[lowest] = "taker"

    @precondition(lambda self: self.free)
    @rule(pick=st.integers(0, 2**16))
    def take(self, pick):
        taken = self.free[pick % len(self.free)]
        self.pool.take(taken, "taker")
        self.singles[taken] = "taker"

    @precondition(lambda self: self.singles)
    @rule(pick=st.integers(0, 100))
    def release(self, pick):
        released = sorted(self.singles)[pick % len(self.singles)]
        self.pool.release(released)
        del self.singles[released]

    @precondition(lambda self: self.free_prefixes)
    @rule()
    def draw_prefix(self):
        free = self.free_prefixes
        got = self.pool.take_any_prefix(self.generator, "taker")
        assert got in free
        self.prefixes[got] = "taker"

    @precondition(lambda self: self.free_prefixes)
    @rule(pick=st.integers(0, 100))
    def take_prefix(self, pick):
        taken = self.free_prefixes[pick % len(self.free_prefixes)]
        self.pool.take_prefix(taken, "taker")
        self.prefixes[taken] = "taker"

    @precondition(lambda self: self.prefixes)
    @rule(pick=st.integers(0, 100))
    def release_prefix(self, pick):
        released = sorted(self.prefixes)[pick % len(self.prefixes)]
        self.pool.release_prefix(released)
        del self.prefixes[released]

    @invariant()
    def agrees_with_the_model(self):
        assert self.pool.usable == len(self.usable)
        assert self.pool.free == len(self.free)
        assert self.pool.holders == self.singles
        assert self.pool.prefixes == self.prefixes
        assert [ip for ip in self.usable if self.pool.is_free(ip)] == self.free

    @invariant()
    def agrees_with_the_model_about_prefixes(self):
        assert self.pool.free_prefixes == len(self.free_prefixes)
        first = self.usable.start // self.width * self.width
        starts = range(first - self.width, self.usable.stop + self.width, self.width)
        blocks = [start for start in starts if self.pool.is_block(start)]
        assert len(blocks) == self.pool.usable_prefixes
        assert [start for start in blocks if self.pool.is_prefix_free(start)] == self.free_prefixes


TestPool = PoolMachine.TestCase
TestPool.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@given(block=st.sampled_from(["10.0.0.0/24", "10.0.0.0/27", "10.0.0.0/29"]), seed=st.integers(0, 2**64))
@settings(max_examples=30, deadline=None)
def test_drawing_hands_out_every_usable_address_once_and_then_none_is_left(block, seed):
    network, generator = IPv4Network(block), Generator(seed)
    pool = AddressPool(network, head=1, tail=3, block_bits=4)
    got = [pool.take_any(generator, "x") for _ in range(pool.usable)]
    assert sorted(got) == [int(each) for each in network][1:-3]
    assert (pool.free, pool.free_prefixes) == (0, 0)


def test_a_slash_24_without_three_reserved_addresses_at_the_end_has_14_whole_blocks():
    pool = AddressPool(IPv4Network("10.0.0.0/24"), head=1, tail=3, block_bits=4)
    generator = Generator(1)
    got = {pool.take_any_prefix(generator, "x") for _ in range(pool.usable_prefixes)}
    assert got == {ip("10.0.0.0") + 16 * block for block in range(1, 15)}
    assert (pool.free_prefixes, pool.free) == (0, 15 + 13)


def test_an_ipv6_subnet_starts_as_cheap_as_a_small_one_and_counts_exactly():
    pool = AddressPool(IPv6Network("2001:db8::/64"), head=1, tail=9, block_bits=48)
    generator = Generator(1)
    assert pool.free == 2**64 - 10
    assert pool.free_prefixes == 2**16 - 2
    prefix, single = pool.take_any_prefix(generator, "x"), pool.take_any(generator, "x")
    assert prefix % 2**48 == 0
    assert pool.free == 2**64 - 10 - 2**48 - 1
    assert not pool.is_free(prefix + 5)
    assert pool.is_usable(single)
    assert not pool.is_usable(int(IPv6Address("2001:db8::")))


def test_a_single_address_is_never_taken_out_of_a_wide_delegated_block():
    pool = AddressPool(IPv6Network("2001:db8::/116"), head=0, tail=0, block_bits=10)
    generator = Generator(5)
    for _ in range(3):
        pool.take_any_prefix(generator, "x")
    got = {pool.take_any(generator, "y") for _ in range(1024)}
    assert len(got) == 1024
    assert {address >> 10 << 10 for address in got}.isdisjoint(pool.prefixes)
    assert pool.free == 0


def test_a_free_pool_of_nothing_has_nothing_free():
    assert FreePool(0).free == 0


def test_coming_and_going_leaves_nothing_behind_in_the_pool():
    pool = AddressPool(IPv6Network("2001:db8::/64"), head=1, tail=9, block_bits=48)
    generator = Generator(3)
    for _ in range(200):
        pool.release(pool.take_any(generator, "x"))
    assert not pool._singles._at
    assert not pool._blocks._at


@given(st.integers(0, 2**32 - 1))
def test_ipv4_text_and_number_are_one(number):
    assert format_ipv4(number) == str(IPv4Address(number))
    assert parse_ipv4(format_ipv4(number)) == number


@given(st.integers(0, 2**128 - 1))
def test_ipv6_text_and_number_are_one(number):
    assert format_ipv6(number) == str(IPv6Address(number))
    assert parse_ipv6(format_ipv6(number)) == number


@pytest.mark.parametrize("text", ["", "10.0.0", "10.0.0.256", "10.0.0.1/24", "::1", "ten"])
def test_what_is_no_ipv4_address_parses_to_none(text):
    assert parse_ipv4(text) is None


@pytest.mark.parametrize("text", ["", "10.0.0.1", "2001:db8::/64", "2001:db8:::1", "g::"])
def test_what_is_no_ipv6_address_parses_to_none(text):
    assert parse_ipv6(text) is None


TEXTS_LIKE_ADDRESSES = st.lists(
    st.one_of(
        st.integers(-1, 300).map(str), st.sampled_from(["", "01", "1_0", "+1", " 1", "1 ", "x", "\u0661"])
    ),
    min_size=3,
    max_size=5,
).map(".".join)


@given(TEXTS_LIKE_ADDRESSES)
def test_a_text_is_an_ipv4_address_where_the_standard_library_says_so(text):
    try:
        wanted = int(IPv4Address(text))
    except ValueError:
        wanted = None
    assert parse_ipv4(text) == wanted
