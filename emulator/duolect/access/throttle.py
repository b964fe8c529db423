"""Rate limits: a token bucket for each account, region and action.

Off by default. With the preset ``vendor`` each action has the limit that its vendor documents for it, where
there is one. Buckets run on the clock that the account obeys: they fill while it moves, and only then.
"""

from collections.abc import Callable, Mapping
from typing import Final

from duolect_core.model.resources import SECOND, Instant
from duolect_dialects.call import Call, Rate
from duolect_dialects.dialect import Dialect

_SWEEP_FROM: Final = 10_000
"""From so many buckets on, those that are full again are dropped before another is made."""


class _Bucket:
    """How many calls may still be made at once, as of an instant."""

    __slots__ = ("at", "calls_left")

    def __init__(self, calls_left: float, at: Instant) -> None:
        self.calls_left = calls_left
        self.at = at


class Throttle:
    """Counts calls against rates."""

    def __init__(self, rates: Mapping[str, Mapping[str, Rate]], now: Callable[[str], Instant]) -> None:
        """Take the rates by cloud and action; what has none is never refused.

        ``now`` says what time it is for an access key.
        """
        self._rates = rates
        self._now = now
        self._buckets: dict[tuple[str, str, str, str], tuple[_Bucket, Rate]] = {}
        self._sweep_from = _SWEEP_FROM

    def check(self, dialect: Dialect, call: Call) -> None:
        """Count one call.

        Raises:
            Refusal: the account calls this action in this region too often.
        """
        rate = self._rates[dialect.name].get(call.action)
        if rate is None:
            return
        now = self._now(call.access_key)
        name = (dialect.name, call.access_key, call.region, call.action)
        bucket, _ = self._buckets.get(name) or self._new_bucket(name, rate, now)
        elapsed = max(0, now - bucket.at)  # negative where an earlier time was restored
        bucket.calls_left = min(
            rate.calls, bucket.calls_left + elapsed * rate.calls / (rate.seconds * SECOND)
        )
        bucket.at = now
        if bucket.calls_left < 1:
            raise dialect.throttled(call, rate)
        bucket.calls_left -= 1

    def forget(self, is_meant: Callable[[str], bool], cloud: str | None, region: str | None) -> None:
        """Count no call any more of the keys that are meant, on one cloud and in one region, or all."""
        self._buckets = {
            name: bucket
            for name, bucket in self._buckets.items()
            if not (is_meant(name[1]) and cloud in {None, name[0]} and region in {None, name[2]})
        }

    def _new_bucket(
        self, name: tuple[str, str, str, str], rate: Rate, now: Instant
    ) -> tuple[_Bucket, Rate]:
        if len(self._buckets) >= self._sweep_from:
            self._buckets = {
                each: (bucket, its)
                for each, (bucket, its) in self._buckets.items()
                if self._now(each[1]) - bucket.at < its.seconds * SECOND
            }
            self._sweep_from = max(_SWEEP_FROM, 2 * len(self._buckets))
        self._buckets[name] = (_Bucket(rate.calls, now), rate)
        return self._buckets[name]
