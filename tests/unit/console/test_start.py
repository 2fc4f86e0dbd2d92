"""What is imported before the first record: it decides how long a command takes to begin. Names of modules, since times vary."""

from __future__ import annotations

import subprocess
import sys

import pytest

ENRICH = "copydesk.services.console.offline.enrich_command copydesk.services.console.offline.enrich copydesk.services.console.offline.stages"
WEB = {"aiohttp", "requests", "urllib3", "httpx", "courlan"}
KAFKA = {"aiokafka", "faust"}
STYLED = {"structlog", "rich", "typer", "jinja2", "weasel"}
FEEDS = {"feedparser", "fastfeedparser"}


def loaded(modules: str, then: str = "") -> list[set[str]]:
    """The top-level modules that a fresh process has once it has imported these, and once it has done more."""
    tell = "print(*sorted(name.partition('.')[0] for name in sys.modules))"
    code = f"import sys, {', '.join(modules.split())}\n{tell}\n{then}\n{tell}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [set(line.split()) for line in ran.stdout.splitlines()]


@pytest.mark.parametrize(
    ("modules", "not_needed"),
    [
        (ENRICH, WEB | KAFKA | FEEDS | {"structlog", "numpy", "spacy", "onnxruntime", "lxml"}),
        ("copydesk.services.deduplicator.stage", WEB | KAFKA | FEEDS | STYLED | {"spacy", "onnxruntime", "lxml"}),
        ("copydesk.shared.workers.__main__ copydesk.services.cleaner.stage", {"aiohttp", "httpx", "spacy"} | KAFKA | FEEDS | STYLED),
    ],
    ids=["enrich", "deduplicator", "cleaner"],
)
def test_nothing_is_imported_that_the_first_record_does_not_need(modules: str, not_needed: set[str]) -> None:
    assert loaded(modules)[0] & not_needed == set()


def test_nor_by_the_tagger_and_spacys_command_line_is_there_for_who_asks_for_it() -> None:
    asked = "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__\nfrom spacy.cli.download import download\nassert callable(download)"
    before, after = loaded("copydesk.shared.workers.__main__ copydesk.services.tagger.stage spacy", asked)
    assert before & (WEB | KAFKA | FEEDS | STYLED | {"lxml"}) == set()
    assert {"spacy", "weasel", "typer"} <= after
