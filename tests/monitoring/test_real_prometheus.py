"""Each alert is fired by a real Prometheus that scrapes the metrics of real services' objects, and each panel's query is answered with data."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from prometheus_client import CollectorRegistry, Gauge, start_http_server

from copydesk.services.console.running.monitor import BrokerMetrics
from copydesk.shared.broker import free_ports
from copydesk.shared.lag import Behind
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.topology import SERVICES
from tests.monitoring.prometheus import MONITORING, Prometheus, prometheus, until

pytestmark = [pytest.mark.monitoring, pytest.mark.skipif(shutil.which("prometheus") is None, reason="Debian's package prometheus is not installed")]

RULES = yaml.safe_load((MONITORING / "rules.yml").read_text(encoding="utf-8"))["groups"]
ALERTS = {rule["alert"] for group in RULES for rule in group["rules"] if "alert" in rule}
NAMES = ("cleaner", "deduplicator", "tagger", "sink")


class Desk:
    """The metrics of a desk's services, each on a port of its own, and of the brokers' side."""

    def __init__(self) -> None:
        self.services = {name: Metrics(name) for name in NAMES}
        self.brokers = BrokerMetrics()
        index = Gauge("copydesk_index_articles", "Articles.", ("service",), registry=self.services["deduplicator"].registry)
        index.labels("index").set(12)
        self.targets = [_served(metrics.registry) for metrics in self.services.values()]
        self.monitor = _served(self.brokers.registry)
        self.processed = 0
        self.lost = 0

    def work(self, *, well: bool) -> None:
        """A tenth of a second's work: ten records in, and out or put aside, or lost."""
        for metrics in self.services.values():
            metrics.records_in.inc(10)
            metrics.records_out.inc(9 if well else 7)
            metrics.batch_records.observe(10)
            for histogram in (metrics.batch_seconds, metrics.stage_seconds, metrics.latency_seconds, metrics.asked_seconds):
                histogram.observe(0.1 if well else 200)
            metrics.lag({("articles.raw", 0): 5})
            metrics.side_records.inc()
            metrics.of_stage({"dates_inferred": 1})
            if not well:
                metrics.rejected("no_article")
                metrics.worker_died("too_slow")
                metrics.rebalances.inc()
                metrics.restarts.inc()
                metrics.retried.inc()
                metrics.waiting.set(1)
            elif metrics.counts()["read"] % 1_000 == 10:
                metrics.rejected("no_article")
            else:
                metrics.records_out.inc()
        self._brokers(well)

    def _brokers(self, well: bool) -> None:
        now = time.time()
        self.processed, self.lost = (self.processed + 10, 0) if well else (self.processed, self.lost + 1)
        place = Behind(5, self.processed + 5, self.processed, now - (1 if well else 4_000), now, self.lost)
        self.brokers.places({service.name: place for service in SERVICES})
        self.brokers.letters({("cleaner", "no_article"): 3 if well else 500})

    def go_blind(self) -> None:
        """The brokers have not answered for long."""
        self.brokers._looked.set(0)


def _served(registry: CollectorRegistry) -> str:
    port = free_ports()
    start_http_server(port, "127.0.0.1", registry)
    return f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="module")
def asked(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    targets = {"copydesk": desk.targets, "copydesk-monitor": [desk.monitor]}
    with prometheus(tmp_path_factory.mktemp("prometheus"), free_ports(), targets) as running:
        yield running


def test_nothing_fires_while_all_is_well_and_every_panel_has_data(desk: Desk, asked: Prometheus) -> None:
    board = json.loads((MONITORING / "grafana" / "copydesk.json").read_text(encoding="utf-8"))
    queries = {
        target["expr"].replace("$__rate_interval", "10s").replace("[5m]", "[10s]") for panel in board["panels"] for target in panel.get("targets", ())
    }
    seen_well = time.monotonic() + 15  # longer than the rules' windows
    for metrics in desk.services.values():
        metrics.worker_died("too_slow")  # one is no reason for an alert

    def answered() -> bool:
        desk.work(well=True)
        return time.monotonic() > seen_well and all(asked.ask(query) for query in queries)

    until(answered)
    assert asked.firing() == set()


def test_every_alert_fires_for_its_symptom(desk: Desk, asked: Prometheus) -> None:
    def fired() -> bool:
        desk.work(well=False)
        return asked.firing() >= ALERTS - {"CopydeskMonitorBlind", "CopydeskReplicaDown"}

    until(fired)

    def blind() -> bool:
        desk.go_blind()
        return "CopydeskMonitorBlind" in asked.firing()

    until(blind)


def test_a_replica_that_is_gone_is_told(tmp_path: Path) -> None:
    nobody = f"127.0.0.1:{free_ports()}"
    with prometheus(tmp_path, free_ports(), {"copydesk": [nobody], "copydesk-monitor": []}) as running:
        until(lambda: "CopydeskReplicaDown" in running.firing())
