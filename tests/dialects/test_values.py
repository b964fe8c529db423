"""What is said of a value that is not allowed."""

import pytest

from duolect_dialects.values import Between


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (1, 2**31 - 1, "must be from 1 to 2147483647"),
        (0, 2**63 - 1, "must be from 0 to 9223372036854775807"),
        (0.5, 10, "must be from 0.5 to 10"),
        (1, 1_000_000, "must be from 1 to 1000000"),
    ],
)
def test_a_range_is_told_in_full(low, high, told):
    assert str(Between(low, high).reason) == told
