"""A real Prometheus on what a test serves, with the project's own configuration and rules, whose minutes are seconds here."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.data import ROOT

MONITORING = ROOT / "deploy" / "monitoring"
LIMIT_S = 180.0


@dataclass(frozen=True)
class Prometheus:
    url: str

    def ask(self, query: str) -> list[Any]:
        """The samples that answer a query. Raises for one that Prometheus does not understand."""
        with urllib.request.urlopen(f"{self.url}/api/v1/query?{urllib.parse.urlencode({'query': query})}", timeout=10) as answer:
            found: list[Any] = json.load(answer)["data"]["result"]
        return found

    def firing(self) -> set[str]:
        return {sample["metric"]["alertname"] for sample in self.ask('ALERTS{alertstate="firing"}')}


def until(true: Callable[[], bool]) -> None:
    """Wait for it. Raises TimeoutError."""
    deadline = time.monotonic() + LIMIT_S
    while not _true(true):
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.3)


def _true(true: Callable[[], bool]) -> bool:
    try:
        return true()
    except OSError:
        return False


@contextmanager
def prometheus(folder: Path, port: int, targets: Mapping[str, Sequence[str]]) -> Iterator[Prometheus]:
    """Prometheus with so many targets for each job of the configuration, scraped each second."""
    folder.joinpath("rules.yml").write_text(_hurried((MONITORING / "rules.yml").read_text(encoding="utf-8")), encoding="utf-8")
    config = yaml.safe_load((MONITORING / "prometheus.yml").read_text(encoding="utf-8"))
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["scrape_configs"] = [
        {"job_name": job["job_name"], "static_configs": [{"targets": targets[job["job_name"]]}]} for job in config["scrape_configs"]
    ]
    folder.joinpath("prometheus.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    program = shutil.which("prometheus")
    assert program is not None
    arguments = [f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data", f"--web.listen-address=127.0.0.1:{port}"]
    with (folder / "log").open("wb") as log, subprocess.Popen([program, *arguments], stdout=log, stderr=log) as process:
        try:
            found = Prometheus(f"http://127.0.0.1:{port}")
            until(lambda: bool(found.ask("up")))
            yield found
        finally:
            process.terminate()


def _hurried(rules: str) -> str:
    """Windows of 10 s in place of minutes and hours, and pending alerts that fire at once. What is compared stays as it is."""
    return re.sub(r"for: \d+[mh]", "for: 1s", re.sub(r"\[\d+[mh]\]", "[10s]", rules))
