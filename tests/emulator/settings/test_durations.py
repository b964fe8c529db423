from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duolect.settings.durations import DurationError, parse, show


@pytest.mark.parametrize(
    ("value", "microseconds"),
    [
        (5, 5_000_000),
        (0.25, 250_000),
        ("5", 5_000_000),
        ("0.25", 250_000),
        ("250ms", 250_000),
        ("30s", 30_000_000),
        ("1.5s", 1_500_000),
        ("1h30m", 5_400_000_000),
        ("1d", 86_400_000_000),
        ("7us", 7),
        (0, 0),
    ],
)
def test_a_duration_is_read(value, microseconds):
    assert parse(value) == microseconds


@pytest.mark.parametrize(
    "value",
    [inf, nan, "", "s", -1, True, "1 s", "-1s", "1s!", "1e3s", "٣s", "٣", None, "1w", -0.5],
)
def test_what_is_no_duration_is_refused(value):
    with pytest.raises(DurationError, match="is not a duration such as 250ms"):
        parse(value)


@pytest.mark.parametrize("value", [2**63, 1e300, "999999999999999d"])
def test_no_duration_is_longer_than_time_lasts(value):
    with pytest.raises(DurationError, match="longer than time lasts"):
        parse(value)


@given(st.integers(0, 10**15))
def test_what_is_shown_is_read_again(duration):
    assert parse(show(duration)) == duration
