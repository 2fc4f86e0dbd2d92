"""docs/cli.md tells what the commands are, and help comes at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.services.console import documents


def test_the_page_is_current() -> None:
    assert documents.main(["--check"]) == 0, "run python -m copydesk.services.console.documents"


def test_a_stale_page_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(documents, "DOCS", tmp_path)
    assert documents.main(["--check"]) == 1
    assert documents.main([]) == 0
    assert documents.main(["--check"]) == 0
    assert documents.main(["--what"]) == 2


def test_help_loads_nothing_heavy() -> None:
    """What makes start-up slow is known by name: the time itself depends on the machine."""
    script = "import sys; import copydesk.services.console.app; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"pydantic", "aiokafka", "faust", "spacy", "onnxruntime", "numpy", "trafilatura", "rich.progress", "sqlite3", "asyncio"}
    assert heavy.isdisjoint(loaded)
