"""The examples in the help of the commands: each is a command line that is understood, and those that need no Kafka run."""

from __future__ import annotations

import gzip
import io
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from copydesk.services.console import __main__ as entry
from copydesk.services.console import exits
from copydesk.services.console.app import app
from copydesk.services.console.examples import EXAMPLES, commands
from tests.data import ROOT
from tests.unit.console import tiny

LINES = [line for lines in EXAMPLES.values() for line in lines]
OFFLINE = ("enrich", "clean", "duplicates", "deadletters list --file", "sources learn news", "common learn news", "common show --file")
NEWS = b"".join(b'{"content": "Title %d\\nBody %d", "source": "wire.example"}\n' % (n, n % 7) for n in range(20)) + b'{"content": "one line"}\n'


def arguments(line: str) -> list[str]:
    """What `copydesk` is called with, without what the shell does besides."""
    (call,) = [part for part in line.split(" | ") if part.startswith("copydesk ")]
    words = shlex.split(call, comments=True)[1:]
    return words[: words.index(">")] if ">" in words else words


def _stdin(line: str) -> io.BufferedReader:
    """What `echo` in an example says."""
    return io.BufferedReader(io.BytesIO(shlex.split(line.split(" | ")[0])[1].encode()))


def understood(words: list[str]) -> None:
    """Raises where there is no such command, or it takes no such arguments."""
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context("copydesk", words)


def test_every_command_has_examples_and_every_example_a_command() -> None:
    assert {name for name, _ in commands(app)} == set(EXAMPLES)
    assert [line for name, lines in EXAMPLES.items() for line in lines if f"copydesk {name}" not in line] == []


@pytest.mark.parametrize("line", LINES)
def test_an_example_is_understood(line: str) -> None:
    understood(arguments(line))


@pytest.mark.parametrize("name", EXAMPLES)
def test_help_shows_them(name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert entry.run([*name.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert [line for line in EXAMPLES[name] if line not in shown] == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The files that the examples name, and stages that are quick."""
    for name in ("seeds", "docs/examples/copies"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "page.html").write_text("A page\nwith a body")
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(NEWS))
    monkeypatch.chdir(tmp_path)
    tiny.install(monkeypatch)
    yield tmp_path


def test_those_that_need_no_broker_run_in_their_order(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    ran = 0
    for line in (line for line in LINES if line.partition("copydesk ")[2].startswith(OFFLINE)):
        if line.startswith("echo "):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(_stdin(line)))
        if "--resume" in line:
            (folder / "enriched.jsonl").unlink()
        code = entry.run(arguments(line))
        assert code in (0, exits.REFUSED), f"{line}\n{capfd.readouterr().err}"
        ran += 1
    assert ran >= 12
    assert {"enriched.jsonl", "refused.jsonl", "seeds.parquet", "common.json"} <= {path.name for path in folder.iterdir()}
