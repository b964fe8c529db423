import time

from duolect.clock import ManualClock, RealClock


def test_the_real_clock_counts_microseconds_since_1970():
    assert abs(RealClock().now() - time.time() * 1_000_000) < 1_000_000


def test_a_manual_clock_stands_still_until_it_is_moved():
    clock = ManualClock(5)
    assert (clock.now(), clock.now()) == (5, 5)
    clock.advance(3)
    assert clock.now() == 8
