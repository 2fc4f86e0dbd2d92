"""docs/cli.md tells what the commands are, and help comes at once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from copydesk.services.console import documents
from copydesk.services.console.app import app


def test_the_page_is_current() -> None:
    assert documents.main(["--check"]) == 0, "run python -m copydesk.services.console.documents"


def test_a_stale_page_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(documents, "PAGE", tmp_path / "cli.md")
    assert documents.main(["--check"]) == 1
    assert documents.main([]) == 0
    assert documents.main(["--check"]) == 0
    assert documents.main(["--what"]) == 2


def test_commands_of_the_examples_exist() -> None:
    used = re.findall(r"copydesk (?:-[a-z-]+ )*([a-z]+)", documents.INTRODUCTION)
    assert used
    assert set(used) <= set(getattr(get_command(app), "commands", {}))


def test_help_loads_nothing_heavy() -> None:
    """What makes start-up slow is known by name: the time itself depends on the machine."""
    script = "import sys; import copydesk.services.console.app; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"pydantic", "aiokafka", "faust", "spacy", "onnxruntime", "numpy", "trafilatura", "rich.progress", "sqlite3", "asyncio"}
    assert heavy.isdisjoint(loaded)
