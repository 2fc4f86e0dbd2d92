"""What a service counts, and what a stage may count besides."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

from copydesk.services.console.running.monitor import BrokerMetrics
from copydesk.shared.envelope import Passed, Payload, apply
from copydesk.shared.records.base import Envelope, Part
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.stage import Enriched
from copydesk.shared.topics import CLEANED, DEDUPLICATED
from copydesk.shared.workers.wire import dump_results, load_results

PAGE = Path(__file__).parents[4] / "docs" / "metrics.md"
SERVICES = PAGE.parents[1] / "services"


class Reads(Envelope):
    words: int


class CountedPart(Part):
    long: bool


class CountingStage:
    name, version, source, target = "counting", "1", CLEANED, DEDUPLICATED
    reads: type[BaseModel] = Reads

    def process(self, batch: Sequence[Reads]) -> list[Enriched]:
        return [Enriched(CountedPart(long=one.words > 3), counts={"words": one.words} if one.words else {}) for one in batch]


def total(metrics: Metrics, what: str) -> float | None:
    return metrics.registry.get_sample_value("copydesk_stage_counts_total", {"service": "counting", "what": what})


def test_a_stage_counts_a_metric_of_its_own_also_from_a_worker() -> None:
    results = asyncio.run(apply(CountingStage(), [Payload(b'{"words": %d}' % number, 0) for number in (5, 0, 2)]))
    metrics = Metrics("counting")
    for result in load_results(dump_results(results)):
        assert isinstance(result, Passed)
        metrics.of_stage(result.counts)
    assert total(metrics, "words") == 7
    assert total(metrics, "others") is None


def test_the_page_lists_all_metrics_and_no_other() -> None:
    families = [family for registry in (Metrics("any").registry, BrokerMetrics().registry) for family in registry.collect()]
    names = {f"{family.name}_total" if family.type == "counter" else family.name for family in families}
    own = {name for path in SERVICES.rglob("*.py") for name in re.findall(r'(?:Gauge|Counter|Histogram)\("(copydesk_\w+)"', path.read_text("utf-8"))}
    assert own, "the fetcher has a gauge of its own"
    names |= own - {family.name for family in families}
    assert set(re.findall(r"^\| `(copydesk_\w+)`", PAGE.read_text(encoding="utf-8"), re.M)) == names
