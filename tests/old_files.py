"""A SQLite file of the archive as an earlier version of Copydesk would have left it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from copydesk.shared.archive.spacing import spaced, unspaced_only
from copydesk.shared.archive.sqlite.schema import FORMS
from copydesk.shared.records.sources import source_of

TABLES = ("articles", "entities", "mentions", "matches", "facts")


def as_form(path: Path, number: int) -> None:
    """Make the file one of form `number`: the tables of its scripts, with what that form knew of the rows."""
    old = path.with_name(f"{path.name}.old")
    with closing(sqlite3.connect(old)) as file:
        file.create_function("unspaced_only", 1, unspaced_only)
        file.create_function("spaced", 1, spaced)
        file.create_function("source_of", 2, source_of)
        file.create_function("releases_of", 1, str)
        file.create_function("common_version_of", 1, str)
        for script in sorted((FORMS.folder / "migrations").glob("*.sql"))[:number]:
            file.executescript(script.read_text("utf-8"))
        file.execute("ATTACH ? AS now", (str(path),))
        for table in TABLES:
            names = ", ".join(f'"{row[1]}"' for row in file.execute(f"PRAGMA main.table_info({table})"))
            file.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM now.{table}")
        file.execute(f"PRAGMA user_version = {number}")
        file.commit()
    for companion in ("-wal", "-shm"):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    old.replace(path)
