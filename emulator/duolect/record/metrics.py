"""Counts of calls, and how long they took: what ``/_duolect/metrics`` shows to Prometheus.

A call costs two dictionary look-ups; the metric families are made when they are asked for.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from duolect import __version__
from duolect.access.context import RequestContext
from duolect.state.partitions import Partitions

BUCKETS: Final = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1)
"""Upper bounds in seconds of the buckets of durations."""


class Histogram:
    """How many calls took how long."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.counts = [0] * (len(BUCKETS) + 1)
        """For each bucket, and for what is above all."""
        self.seconds = 0.0

    def observe(self, seconds: float) -> None:
        """Count one call."""
        self.counts[bisect_left(BUCKETS, seconds)] += 1
        self.seconds += seconds

    def add(self, other: "Histogram") -> None:
        """Count the calls that another one has counted, too."""
        self.counts = [mine + its for mine, its in zip(self.counts, other.counts, strict=True)]
        self.seconds += other.seconds

    def cumulative(self) -> Iterator[tuple[str, float]]:
        """Iterate over the buckets as Prometheus has them: each includes those below it."""
        total = 0
        for bound, count in zip((*BUCKETS, float("inf")), self.counts, strict=True):
            total += count
            yield ("+Inf" if bound == float("inf") else str(bound), float(total))


class Metrics:
    """What has been counted since the start."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.calls: dict[tuple[str, str, str], Histogram] = {}
        """By cloud, action and code; the code is empty for calls that were carried out."""

    def observe(self, context: RequestContext, seconds: float) -> None:
        """Count one call; an action that does not exist is counted as one without a name."""
        action, refusal = context.action, context.refusal
        outcome = (
            context.dialect.name,
            "" if action is None else action.name,
            "" if refusal is None else refusal.code,
        )
        histogram = self.calls.get(outcome)
        if histogram is None:
            histogram = self.calls[outcome] = Histogram()
        histogram.observe(seconds)

    @property
    def durations(self) -> dict[tuple[str, str], Histogram]:
        """How long calls took, however they ended, by cloud and action."""
        found: dict[tuple[str, str], Histogram] = {}
        for (cloud, action, _), histogram in self.calls.items():
            found.setdefault((cloud, action), Histogram()).add(histogram)
        return found


def exposition(metrics: Metrics, partitions: Partitions) -> bytes:
    """Return everything in Prometheus's text format."""
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415 - when it is asked for
    from prometheus_client.core import (  # noqa: PLC0415
        CounterMetricFamily,
        GaugeMetricFamily,
        HistogramMetricFamily,
        InfoMetricFamily,
    )
    from prometheus_client.metrics_core import Metric  # noqa: PLC0415
    from prometheus_client.registry import Collector  # noqa: PLC0415

    class Families(Collector):
        def collect(self) -> Iterator[Metric]:
            yield InfoMetricFamily("duolect", "What emulator this is.", {"version": __version__})
            calls = CounterMetricFamily(
                "duolect_calls", "Calls, by outcome.", labels=("cloud", "action", "code")
            )
            for labels, histogram in metrics.calls.items():
                calls.add_metric(labels, sum(histogram.counts))
            yield calls
            seconds = HistogramMetricFamily(
                "duolect_call_seconds", "Time the emulator worked on calls.", labels=("cloud", "action")
            )
            for action, histogram in metrics.durations.items():
                seconds.add_metric(action, list(histogram.cumulative()), histogram.seconds)
            yield seconds
            resources = GaugeMetricFamily(
                "duolect_resources", "Resources that exist.", labels=("cloud", "region", "kind")
            )
            for kind, count in partitions.resource_counts().items():
                resources.add_metric(kind, count)
            yield resources
            pending = GaugeMetricFamily("duolect_pending_transitions", "Transitions still to come.")
            pending.add_metric((), partitions.pending)
            yield pending

    registry = CollectorRegistry()
    registry.register(Families())
    return generate_latest(registry)
