"""Processes on this machine that outlive the command that started them: found again by a file, stopped by their id."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import psutil


def spawn(command: Sequence[str], log: Path, record: Path, env: Mapping[str, str] | None = None, **facts: Any) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, its output appended to `log`; `record` remembers it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    record.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True, env={**os.environ, **(env or {})}
        )
    born = psutil.Process(process.pid).create_time()
    write_whole(record, orjson.dumps({"pid": process.pid, "born": born, **facts}))
    return process


def write_whole(path: Path, value: bytes) -> None:
    """Write a file such that a reader finds the old content or the new one, never a part."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(value)
    fresh.replace(path)


def json_in(path: Path) -> Any:
    """The JSON in a file that a program here has written; None where there is no file, or it is damaged."""
    try:
        return orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None


def recorded(record: Path) -> dict[str, Any] | None:
    """What `spawn` remembered, if that very process is still alive (a reused id is told apart by its start time)."""
    match facts := json_in(record):
        case {"pid": int(pid), "born": int() | float()} if pid > 0 and _is_alive(facts):
            return dict(facts)
    return None


def _is_alive(facts: Mapping[str, Any]) -> bool:
    try:
        process = psutil.Process(facts["pid"])
        return bool(abs(process.create_time() - facts["born"]) < 1 and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def stop(record: Path, patience_s: float = 20.0) -> bool:
    """Ask the recorded process to end, kill it when it does not within `patience_s` seconds. False when none was alive."""
    facts = recorded(record)
    if facts is not None:
        end(facts["pid"], patience_s)
    record.unlink(missing_ok=True)
    return facts is not None


def end(pid: int, patience_s: float) -> None:
    """SIGTERM, then SIGKILL after `patience_s` seconds, for one process."""
    try:
        process = psutil.Process(pid)
        process.terminate()
        process.wait(patience_s)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(60)
    except psutil.NoSuchProcess:
        return


def kill(pid: int) -> None:
    """SIGKILL for one process, and wait until it is gone."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.kill()
        process.wait(60)


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    return "\n".join(line[:1_000] for line in log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def wait_until(ready: Any, patience_s: float, interval_s: float = 0.1) -> bool:
    """Call `ready` until it is true; False when `patience_s` seconds passed first."""
    deadline = time.monotonic() + patience_s
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(interval_s)
    return True
