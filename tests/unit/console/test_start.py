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


def loaded(modules: str, then: str = "") -> set[str]:
    """The top-level modules that a fresh process has once it has imported these."""
    code = f"import sys, {', '.join(modules.split())}\n{then}\nprint(*sorted(name.partition('.')[0] for name in sys.modules))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize(
    ("modules", "not_needed"),
    [
        (ENRICH, WEB | KAFKA | FEEDS | {"structlog", "numpy", "spacy", "onnxruntime", "lxml"}),
        ("copydesk.services.deduplicator.stage", WEB | KAFKA | FEEDS | STYLED | {"spacy", "onnxruntime", "lxml"}),
        ("copydesk.shared.workers.__main__ copydesk.services.tagger.stage", WEB | KAFKA | FEEDS | STYLED | {"lxml"}),
        ("copydesk.shared.workers.__main__ copydesk.services.cleaner.stage", {"aiohttp", "httpx", "spacy"} | KAFKA | FEEDS | STYLED),
    ],
    ids=["enrich", "deduplicator", "tagger", "cleaner"],
)
def test_nothing_is_imported_that_the_first_record_does_not_need(modules: str, not_needed: set[str]) -> None:
    assert loaded(modules) & not_needed == set()


def test_spacys_command_line_is_there_for_who_asks_for_it() -> None:
    asked = "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__\nfrom spacy.cli.download import download\nassert callable(download)"
    assert {"spacy", "weasel", "typer"} <= loaded("copydesk.services.tagger.stage spacy", asked)
