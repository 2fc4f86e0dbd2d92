"""Rules, alerts, runbook and dashboard belong together."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import Any

import pytest
import yaml

from copydesk.services.console.running.monitor import BrokerMetrics, OpenLetters
from copydesk.shared.lag import Behind
from copydesk.shared.runner.metrics import Metrics
from tests.data import ROOT, missing

MONITORING = ROOT / "deploy" / "monitoring"
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((MONITORING / "rules.yml").read_text(encoding="utf-8"))["groups"] for rule in group["rules"]
]
ALERTS = [rule for rule in RULES if "alert" in rule]


@pytest.mark.parametrize("arguments", [("check", "config", "prometheus.yml"), ("test", "rules", "rules-test.yml")], ids=" ".join)
def test_promtool_is_content(arguments: tuple[str, ...]) -> None:
    if shutil.which("promtool") is None:
        missing("promtool is missing: install Debian's package prometheus")
    done = subprocess.run(["promtool", *arguments], cwd=MONITORING, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_promtools_tests_expect_every_alert() -> None:
    tested = set(re.findall(r'alertname="(\w+)"', (MONITORING / "rules-test.yml").read_text(encoding="utf-8")))
    assert tested == {alert["alert"] for alert in ALERTS}


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: str(alert["alert"]))
def test_an_alert_leads_to_its_part_of_the_runbook(alert: dict[str, Any]) -> None:
    page, _, anchor = alert["annotations"]["runbook"].partition("#")
    headings = re.findall(r"^#+ (.+)$", (ROOT / page).read_text(encoding="utf-8"), re.M)
    assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_rules_and_panels_ask_for_metrics_that_exist() -> None:
    text = (MONITORING / "rules.yml").read_text(encoding="utf-8") + (MONITORING / "grafana" / "copydesk.json").read_text(encoding="utf-8")
    asked = {re.sub(r"_(?:bucket|sum|count|total)$", "", name) for name in re.findall(r"\bcopydesk_\w+", text)}
    known = {family.name for registry in (Metrics("any").registry, BrokerMetrics().registry) for family in registry.collect()}
    assert asked <= known | {"copydesk_index_articles"}


def test_what_rules_record_is_used() -> None:
    used = "".join(rule["expr"] for rule in RULES) + (MONITORING / "grafana" / "copydesk.json").read_text(encoding="utf-8")
    assert {rule["record"] for rule in RULES if "record" in rule} - set(re.findall(r"copydesk:[\w:]+", used)) <= {"copydesk:records_in:rate5m"}


def test_the_dashboard_is_what_its_script_makes() -> None:
    subprocess.run([sys.executable, MONITORING / "dashboards.py", "--check"], check=True)


def test_records_deleted_unread_are_counted_once_however_often_they_are_seen() -> None:
    metrics = BrokerMetrics()
    for lost in (0, 7, 7, 9, 0, 2):
        metrics.places({"tagger": Behind(10, 100, 90, None, 1_000.0, lost)})
    assert metrics.registry.get_sample_value("copydesk_records_lost_total", {"service": "tagger"}) == 11
    assert metrics.registry.get_sample_value("copydesk_records_lost_total", {"service": "sink"}) == 0


def test_a_letter_is_open_until_it_is_replayed_or_discarded() -> None:
    letters = OpenLetters()
    letter = b'{"stage":"cleaner","reason":"no_article","time":"2026-01-05T08:00:00Z","topic":"raw","partition":%d,"offset":4,"original":""%s}'
    for value in (letter % (0, b""), letter % (1, b""), letter % (1, b',"part":2,"parts":2'), b"no letter", letter % (0, b',"settled":"replayed"')):
        letters.take(value)
    assert letters.counts() == {("cleaner", "no_article"): 1}
