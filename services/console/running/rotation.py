"""Logs of long runs kept small: LOG, LOG.1, LOG.2 …, the newest first."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def rotate(folder: Path, size: int, files: int) -> None:
    """Put aside each `*.log` of more than `size` bytes as LOG.1, keeping `files` of them.

    The log is copied and emptied, not renamed: the process that writes to it (always at its end) knows no other file. A line that is
    written between the two, within a millisecond or so, is lost.
    """
    for log in folder.glob("*.log"):
        if log.stat().st_size <= size:
            continue
        for number in range(files - 1, 0, -1):
            aside = log.with_name(f"{log.name}.{number}")
            if aside.exists():
                aside.replace(log.with_name(f"{log.name}.{number + 1}"))
        shutil.copyfile(log, log.with_name(f"{log.name}.1"))
        os.truncate(log, 0)
