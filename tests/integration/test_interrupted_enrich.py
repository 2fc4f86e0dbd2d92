"""copydesk enrich, ended by Ctrl-C or kill -9 in the middle of real work, goes on where it was."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from copydesk.services.console import exits


@pytest.mark.parametrize("what", [signal.SIGINT, signal.SIGKILL])
def test_ctrl_c_tells_how_to_go_on_and_kill_loses_nothing(tmp_path: Path, what: signal.Signals) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_bytes(b"\n".join(b'{"body":"Ann Lee spoke in Leeds on Monday. %d","article_id":"%d"}' % (n, n) for n in range(600)))
    command = [sys.executable, "-m", "copydesk.services.console", "enrich", "--stages", "tag", str(given), "-o", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not (tmp_path / "out.jsonl.resume").exists():
            time.sleep(0.02)
        process.send_signal(what)
        said = process.communicate(timeout=60)[1].decode()
    done = orjson.loads((tmp_path / "out.jsonl.resume").read_bytes())["mark"]["done"]
    part = out.read_bytes().splitlines(keepends=True)[:done]
    assert 0 < done < 600
    if what is signal.SIGINT:
        assert process.returncode == exits.INTERRUPTED
        assert "of the input done; the same command with --resume goes on from there" in said
        assert "Traceback" not in said
    resumed = subprocess.run([*command, "--resume"], timeout=300, check=True, stderr=subprocess.PIPE)
    assert resumed.stderr.startswith(b"600 records read")
    assert [orjson.loads(line)["article_id"] for line in out.read_bytes().splitlines()] == [str(number) for number in range(600)]
    assert out.read_bytes().splitlines(keepends=True)[:done] == part
