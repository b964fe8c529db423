"""The generator repeats itself for a seed, and draws what its names say."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duolect_core.addressing.generator import Generator


def test_the_sequence_is_that_of_splitmix64():
    # The published first outputs for the seed 1234567.
    generator = Generator(1234567)
    assert [generator.bits() for _ in range(5)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


@given(st.integers())
def test_only_the_low_64_bits_of_a_seed_count(seed):
    assert Generator(seed).bits() == Generator(seed + (1 << 64)).bits()


@given(seed=st.integers(0, 2**64), bound=st.one_of(st.integers(1, 100), st.integers(1, 2**130)))
def test_a_draw_stays_below_its_bound(seed, bound):
    assert 0 <= Generator(seed).below(bound) < bound


def test_a_bound_beyond_64_bits_is_drawn_from_its_whole_width():
    generator = Generator(1)
    draws = [generator.below(1 << 100) for _ in range(200)]
    assert max(draws) > 1 << 99
    assert min(draws) < 1 << 97


def test_every_number_below_a_small_bound_comes_up():
    generator = Generator(7)
    counts = Counter(generator.below(6) for _ in range(6_000))
    assert counts.keys() == set(range(6))
    assert min(counts.values()) > 850


@pytest.mark.parametrize("length", [0, 1, 8, 12, 13, 17, 25])
def test_a_tail_has_its_length_in_lower_case_letters_and_digits(length):
    tail = Generator(3).tail(length)
    assert len(tail) == length
    assert set(tail) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


def test_the_state_is_the_whole_stream():
    generator = Generator(11)
    generator.tail(17)
    copy = Generator(0)
    copy.state = generator.state
    assert copy.tail(40) == generator.tail(40)
