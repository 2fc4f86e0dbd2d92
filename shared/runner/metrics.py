"""What a service counts and measures, for Prometheus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import psutil
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


class Metrics:
    """The metrics of one service. in = out + rejected, once what is in flight has ended."""

    def __init__(self, service: str) -> None:
        self.service, self.registry = service, CollectorRegistry()
        self.records_in = self._counter("records_in", "Records that were read.")
        self.records_out = self._counter("records_out", "Records that went on, or were stored by a sink.")
        self.side_records = self._counter("side_records", "Records for other topics, such as corrections.")
        self.retried = self._counter("batches_retried", "Times that a batch was tried again.")
        self.unusable = self._counter("followed_unusable", "Entries of a compacted topic that could not be used.")
        self.batch_seconds = self._histogram("batch_seconds", "From a batch's first record to its acknowledgement.", SECONDS)
        self.batch_records = self._histogram("batch_records", "Records in a batch.", (1, 2, 4, 8, 16, 32, 64, 128, 256))
        self.latency_seconds = self._histogram("end_to_end_seconds", "From the raw record's entry in the log to the end of this stage.", SECONDS)
        self.stage_seconds = self._histogram("stage_seconds", "From the record's entry in this stage's topic to the end of this stage.", SECONDS)
        self.asked_seconds = self._histogram("asked_seconds", "From a request to a shard to its reply.", SECONDS)
        self.rebalances = self._counter("rebalances", "Times that partitions were assigned to this replica.")
        self._deaths = Counter(
            "copydesk_worker_deaths", "Workers that ended over a record, by what they ended of.", ("service", "reason"), registry=self.registry
        )
        self._rejected = Counter("copydesk_records_rejected", "Records put among the dead letters.", ("service", "reason"), registry=self.registry)
        self._stage_counts = Counter(
            "copydesk_stage_counts", "What a stage counted over the records that it passed on.", ("service", "what"), registry=self.registry
        )
        self._lag = Gauge(
            "copydesk_lag_records", "Records that this replica has still to process.", ("service", "topic", "partition"), registry=self.registry
        )
        self.waiting = Gauge(
            "copydesk_waiting", "1 while what this service needs does not answer, and a batch waits for it.", ("service",), registry=self.registry
        ).labels(service)  # fmt: skip
        self._waiting: set[int] = set()
        self.in_flight = Gauge(
            "copydesk_in_flight_records", "Records read and not acknowledged yet.", ("service",), registry=self.registry
        ).labels(service)  # fmt: skip
        memory = Gauge("copydesk_memory_bytes", "Memory of this replica with its workers, shared pages once.", ("service",), registry=self.registry)
        memory.labels(service).set_function(_memory)
        self.restarts = Gauge(
            "copydesk_restarts", "How often the supervisor has restarted this replica.", ("service",), registry=self.registry
        ).labels(service)  # fmt: skip

    def _counter(self, name: str, help_text: str) -> Counter:
        return Counter(f"copydesk_{name}", help_text, ("service",), registry=self.registry).labels(self.service)

    def _histogram(self, name: str, help_text: str, buckets: Sequence[float]) -> Histogram:
        return Histogram(f"copydesk_{name}", help_text, ("service",), buckets=buckets, registry=self.registry).labels(self.service)

    def counts(self) -> dict[str, float]:
        """Records read, passed on, put aside, and batches tried again, since the start."""
        names = {"records_in": "read", "records_out": "passed", "records_rejected": "rejected", "batches_retried": "retried"}
        totals = {family.name: sum(one.value for one in family.samples if one.name.endswith("_total")) for family in self.registry.collect()}
        return {name: totals.get(f"copydesk_{metric}", 0.0) for metric, name in names.items()}

    def rejected(self, reason: str) -> None:
        self._rejected.labels(self.service, reason).inc()

    def waits(self, loop: object, does: bool) -> None:
        """One of the service's loops waits for what does not answer, or no longer: another may wait still."""
        (self._waiting.add if does else self._waiting.discard)(id(loop))
        self.waiting.set(bool(self._waiting))

    def worker_died(self, reason: str) -> None:
        self._deaths.labels(self.service, reason).inc()

    def of_stage(self, counts: Mapping[str, int]) -> None:
        """Add what a stage counted over a record, by name."""
        for what, number in counts.items():
            self._stage_counts.labels(self.service, what).inc(number)

    def lag(self, lags: dict[tuple[str, int], int]) -> None:
        """Replace the lags: a partition that went to another replica is no longer shown."""
        self._lag.clear()
        for (topic, partition), records in lags.items():
            self._lag.labels(self.service, topic, str(partition)).set(records)


def _memory() -> float:
    """Bytes, of pages that several processes share each one's part (PSS); of a process that does not tell them, its RSS."""
    own = psutil.Process()
    return float(sum(_memory_of(process) for process in (own, *own.children(recursive=True))))


def _memory_of(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", 0) or full.rss)
    except psutil.AccessDenied:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
