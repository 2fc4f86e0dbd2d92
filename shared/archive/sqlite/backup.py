"""A copy of the SQLite file as it is at one moment, made while it is written to."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from copydesk.shared.errors import CopydeskError

PAGES = 4_096  # copied at a time; writers come in between


def back_up(source: Path, target: Path, replace: bool = False) -> int:
    """Copy `source` to `target`, whole or not at all; the number of articles in it, counted there after a check of the file.

    Raises CopydeskError where there is no such file, where the target is there already, or where it cannot be written.
    """
    if not source.is_file():
        raise CopydeskError(f"{source}: there is no such file", "name it with COPYDESK_SQLITE_PATH, or run the sink first")
    if target.exists() and not replace:
        raise CopydeskError(f"{target} is there already", "give another name, or --replace")
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        count = _copied(source, partial)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except (sqlite3.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        raise CopydeskError(f"{target} could not be written: {error}", "see whether there is room and the folder may be written to") from error
    return count


def _copied(source: Path, partial: Path) -> int:
    reading, writing = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(partial)
    try:
        reading.execute("BEGIN")  # one state of the file: else what is written meanwhile makes the copy begin anew, again and again
        reading.execute("SELECT count(*) FROM articles").fetchone()
        reading.backup(writing, pages=PAGES)
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
        if (found := writing.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged: {found}")
        return int(writing.execute("SELECT count(*) FROM articles").fetchone()[0])
    finally:
        reading.close()
        writing.close()
