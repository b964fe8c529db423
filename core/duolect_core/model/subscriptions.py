"""Instances that are paid for in advance: for how long, and what becomes of them when that is over.

Months are those of the calendar in China, where both clouds have their clocks. A term that ends on a day
that its last month does not have ends on the last one of that month.
"""

from typing import Final

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.lifecycles import Word

_SECOND: Final = 1_000_000
_DAY: Final = 24 * 3600 * _SECOND
_CHINA: Final = 8 * 3600 * _SECOND
_LATEST: Final = 253_402_300_799 * _SECOND - _CHINA
_MARCH_1_YEAR_0: Final = -719_468


class SubscriptionState(Word):
    """Whether an instance is paid for, or no more: because its term is over, or it was given back."""

    PAID = "paid"
    EXPIRED = "expired"
    RETURNED = "returned"


def _days(year: int, month: int) -> int:
    """Return how many days lie between 1970-01-01 and the first of a month: years begin in March."""
    year -= month < 3  # noqa: PLR2004
    of_year = (153 * ((month + 9) % 12) + 2) // 5
    return year * 365 + year // 4 - year // 100 + year // 400 + of_year + _MARCH_1_YEAR_0


def _date(days: int) -> tuple[int, int, int]:
    """Return year, month and day of the so manieth day after 1970-01-01."""
    year = (days - _MARCH_1_YEAR_0) * 400 // 146_097
    while _days(year + 1, 1) <= days:
        year += 1
    while _days(year, 1) > days:
        year -= 1
    month = next(month for month in range(12, 0, -1) if _days(year, month) <= days)
    return year, month, days - _days(year, month) + 1


@attrs.frozen(eq=False, repr=False)
class Term(Value):
    """How long an instance is paid for at once: so many months, and so many days."""

    months: int = 0
    days: int = 0

    def after(self, start: int, *, until_midnight: bool = False) -> int:
        """Return when a term is over that begins at an instant (both in microseconds): in time, at least.

        One that lasts ``until_midnight`` lasts to the end of its last day in China.
        """
        days, clock = divmod(start + _CHINA, _DAY)
        year, month, day = _date(days)
        year, month = divmod(year * 12 + month - 1 + self.months, 12)
        first, following = _days(year, month + 1), _days(year + (month + 1) // 12, (month + 1) % 12 + 1)
        end = (first + min(day, following - first) - 1 + self.days) * _DAY + clock - _CHINA
        if until_midnight:
            end += -(end + _CHINA) % _DAY
        return min(end, _LATEST)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Subscription(Value):
    """An instance's term. ``expires`` is when it is over, or was; all instants are in microseconds.

    ``due`` is when its state changes next, or an expired or returned instance is deleted: None is never.
    ``renews`` is for how long it is paid again whenever its term ends.
    """

    expires: int
    due: int | None
    renews: Term | None = None
    state: SubscriptionState = SubscriptionState.PAID

    @property
    def is_paid(self) -> bool:
        """Whether the instance may be used."""
        return self.state is SubscriptionState.PAID
