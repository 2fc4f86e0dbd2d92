"""Makes grafana/copydesk.json, the dashboard: python deploy/monitoring/dashboards.py [--check]. A panel is a line here."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "grafana" / "copydesk.json"
WIDTH, HEIGHT, COLUMNS = 8, 8, 3

# row -> (title, unit, query, legend)
PANELS: dict[str, list[tuple[str, str, str, str]]] = {
    "Is all well?": [
        ("Waiting", "short", "copydesk_group_lag_records", "{{service}}"),
        ("Age of the oldest record", "s", "copydesk_group_oldest_seconds", "{{service}}"),
        ("Alerts", "short", "count by (alertname) (ALERTS) or vector(0)", "{{alertname}}"),
        ("Records in", "reqps", "sum by (service) (rate(copydesk_records_in_total[$__rate_interval]))", "{{service}}"),
        ("Records out", "reqps", "sum by (service) (rate(copydesk_records_out_total[$__rate_interval]))", "{{service}}"),
        ("In, less out, rejected and in flight: 0 or below", "short", "copydesk:records_unaccounted", "{{service}} {{instance}}"),
    ],
    "How long?": [
        ("From the log to the end of a stage, 95%", "s", "copydesk:end_to_end_seconds:p95", "{{service}}"),
        ("In one stage, 95%", "s", "copydesk:stage_seconds:p95", "{{service}}"),
        (
            "A batch, 95%",
            "s",
            "histogram_quantile(0.95, sum by (service, le) (rate(copydesk_batch_seconds_bucket[$__rate_interval])))",
            "{{service}}",
        ),
        ("Shards' answers, 95%", "s", "copydesk:asked_seconds:p95", "{{service}}"),
        (
            "Records in a batch",
            "short",
            "sum by (service) (rate(copydesk_batch_records_sum[$__rate_interval]))"
            " / sum by (service) (rate(copydesk_batch_records_count[$__rate_interval]))",
            "{{service}}",
        ),
        ("Lag by replica", "short", "sum by (service, instance) (copydesk_lag_records)", "{{service}} {{instance}}"),
    ],
    "What goes wrong?": [
        (
            "Rejected, by reason",
            "reqps",
            "sum by (service, reason) (rate(copydesk_records_rejected_total[5m]))",
            "{{service}} {{reason}}",
        ),
        ("Dead letters nobody has dealt with", "short", "copydesk_deadletters_open", "{{service}} {{reason}}"),
        ("Records deleted unread", "short", "sum by (service) (increase(copydesk_records_lost_total[1h]))", "{{service}}"),
        ("Batches tried again", "reqps", "sum by (service) (rate(copydesk_batches_retried_total[$__rate_interval]))", "{{service}}"),
        ("Workers that died", "reqps", "sum by (service, reason) (rate(copydesk_worker_deaths_total[$__rate_interval]))", "{{service}} {{reason}}"),
        ("Rebalances and restarts", "short", "sum by (service) (copydesk_rebalances_total) or sum by (service) (copydesk_restarts)", "{{service}}"),
    ],
    "What does it take?": [
        ("Memory", "bytes", "sum by (service) (copydesk_memory_bytes)", "{{service}}"),
        ("Articles in the index", "short", "sum(copydesk_index_articles)", "articles"),
        ("Replicas", "short", "sum by (service) (count by (service, instance) (copydesk_restarts))", "{{service}}"),
        (
            "Fetches and what stages count",
            "reqps",
            "sum by (service, what) (rate(copydesk_stage_counts_total[5m]))",
            "{{service}} {{what}}",
        ),
        ("Side records", "reqps", "sum by (service) (rate(copydesk_side_records_total[$__rate_interval]))", "{{service}}"),
        ("Services that wait for what they need", "short", "max by (service) (copydesk_waiting)", "{{service}}"),
    ],
}


def dashboard() -> dict[str, Any]:
    panels: list[dict[str, Any]] = []
    top = 0
    for row, members in PANELS.items():
        panels.append({"type": "row", "title": row, "collapsed": False, "gridPos": {"x": 0, "y": top, "w": 24, "h": 1}, "panels": []})
        panels += [panel(one, number, top + 1) for number, one in enumerate(members)]
        top += 1 + HEIGHT * -(-len(members) // COLUMNS)
    for number, one in enumerate(panels, 1):
        one["id"] = number
    return {
        "uid": "copydesk", "title": "Copydesk", "schemaVersion": 39, "version": 1, "refresh": "15s", "time": {"from": "now-1h", "to": "now"},
        "templating": {"list": [{"name": "source", "type": "datasource", "query": "prometheus", "label": "Prometheus"}]},
        "panels": panels,
    }  # fmt: skip


def panel(one: tuple[str, str, str, str], number: int, top: int) -> dict[str, Any]:
    title, unit, query, legend = one
    place = {"x": WIDTH * (number % COLUMNS), "y": top + HEIGHT * (number // COLUMNS), "w": WIDTH, "h": HEIGHT}
    return {
        "type": "timeseries", "title": title, "gridPos": place, "datasource": {"type": "prometheus", "uid": "${source}"},
        "fieldConfig": {"defaults": {"unit": unit}, "overrides": []},
        "targets": [{"refId": "A", "expr": query, "legendFormat": legend}],
    }  # fmt: skip


def main() -> None:
    text = json.dumps(dashboard(), indent=1) + "\n"
    if "--check" not in sys.argv:
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(text, encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE.name} is not what dashboards.py makes: run `make docs`")


if __name__ == "__main__":
    main()
