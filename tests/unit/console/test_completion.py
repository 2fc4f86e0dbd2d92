"""What the shell completes: commands, and the values that options take, in real shells on a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from copydesk.services.console import completion

PATIENCE_S = 300.0
BELL = "\x07"
CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>()][0-9A-B]?|[\x08\r]")


def words(found: completion.Completions) -> list[str]:
    return [word for word, _ in found]


def test_values_by_what_is_typed_so_far() -> None:
    assert words(completion.listed(completion.stages)("clean,d")) == ["clean,dedup"]
    assert "clean,clean" not in words(completion.listed(completion.stages)("clean,"))
    assert {"raw", "enriched", "corrections", "deadletters"} <= set(words(completion.topics("")))
    assert words(completion.topics("enr")) == ["enriched"]
    assert ("de", "German") in completion.languages("d")
    assert words(completion.replicas("tag")) == ["tagger=1", "tagger=2", "tagger=3", "tagger=4"]
    assert words(completion.replicas("tagger=3")) == ["tagger=3"]
    assert "tagger=" in words(completion.replicas(""))
    assert "fetcher" in words(completion.optional_services("f")) and "cleaner" not in words(completion.optional_services(""))
    assert words(completion.services("nobody")) == []
    assert words(completion.scopes("")) == ["read", "write", "admin"]
    assert words(completion.views("s")) == ["search", "sources"]


class Terminal:
    """An interactive shell in which somebody types."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._shown = ""

    def type(self, text: str) -> None:
        self._shown = ""
        os.write(self._number, text.encode())

    def until(self, text: str) -> None:
        """Read until that stands on the screen."""
        deadline = time.monotonic() + PATIENCE_S
        while text not in CONTROL.sub("", self._shown):
            assert time.monotonic() < deadline, self._shown
            if select.select([self._number], [], [], 1)[0]:
                self._shown += os.read(self._number, 65_536).decode("utf-8", "replace")


@contextmanager
def shell(program: str, home: Path) -> Iterator[Terminal]:
    env = {
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "TERM": "xterm",
        "ZDOTDIR": str(home),
        "LC_ALL": "C.UTF-8",
    }
    subprocess.run([program, "-c", "copydesk --install-completion; true"], env=env, check=True, cwd=home, capture_output=True, timeout=PATIENCE_S)
    pid, number = pty.fork()
    if pid == 0:
        os.chdir(home)
        os.execvpe(program, [program, "-i"], env)
    terminal = Terminal(number)
    try:
        terminal.type("PS1='re''ady> '\n")
        terminal.until("ready> ")
        yield terminal
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(number)


@pytest.mark.parametrize("program", ["bash", "zsh"])
def test_a_shell_completes_commands_and_values(program: str, tmp_path: Path) -> None:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    with shell(program, tmp_path) as terminal:
        if program == "zsh":  # the first one of a session loads what completes
            terminal.type("copydesk \t")
            terminal.until(BELL)
            terminal.type("\x15")
        for typed, rest in (("copydesk enri", "ch "), ("--stages clean,de", "dup")):
            terminal.type(typed)
            terminal.until(typed)
            terminal.type("\t")
            terminal.until(rest)
