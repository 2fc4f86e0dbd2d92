"""copydesk enrich, ended by Ctrl-C or kill -9 in the middle of real work, goes on where it was."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from copydesk.services.console import exits


@dataclass(frozen=True)
class Interrupted:
    """A run that was ended in the middle: its command, how many records it was given, how many it had done, and what it said."""

    command: list[str]
    count: int
    done: int
    said: str
    code: int


def interrupted(folder: Path, what: signal.Signals) -> Interrupted:
    """With ever more records until one run is caught in the middle: a machine may be so busy that a short one is over when it is looked at."""
    journal = folder / "out.jsonl.resume"
    for count in (600, 2_400, 9_600, 38_400):
        (folder / "out.jsonl").unlink(missing_ok=True)
        lines = (b'{"body":"Ann Lee spoke in Leeds on Monday. %d","article_id":"%d"}' % (number, number) for number in range(count))
        (folder / "in.jsonl").write_bytes(b"\n".join(lines))
        inputs = [str(folder / "in.jsonl"), "-o", str(folder / "out.jsonl")]
        command = [sys.executable, "-m", "copydesk.services.console", "enrich", "--stages", "tag", *inputs]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            while process.poll() is None and not journal.exists():
                time.sleep(0.02)
            process.send_signal(what)
            said = process.communicate(timeout=300)[1].decode()
        done = orjson.loads(journal.read_bytes())["mark"]["done"] if journal.exists() else count
        if 0 < done < count:
            return Interrupted(command, count, done, said, process.returncode)
        journal.unlink(missing_ok=True)
    raise AssertionError(f"no run was caught in the middle: {said}")


@pytest.mark.parametrize("what", [signal.SIGINT, signal.SIGKILL])
def test_ctrl_c_tells_how_to_go_on_and_kill_loses_nothing(tmp_path: Path, what: signal.Signals) -> None:
    out, run = tmp_path / "out.jsonl", interrupted(tmp_path, what)
    part = out.read_bytes().splitlines(keepends=True)[: run.done]
    if what is signal.SIGINT:
        assert run.code == exits.INTERRUPTED
        assert "of the input done; the same command with --resume goes on from there" in run.said
        assert "Traceback" not in run.said
    resumed = subprocess.run([*run.command, "--resume"], timeout=900, check=True, stderr=subprocess.PIPE)
    assert resumed.stderr.startswith(f"{run.count:,} records read".encode())
    assert [orjson.loads(line)["article_id"] for line in out.read_bytes().splitlines()] == [str(number) for number in range(run.count)]
    assert out.read_bytes().splitlines(keepends=True)[: run.done] == part
