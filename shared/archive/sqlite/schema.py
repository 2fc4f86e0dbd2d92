"""How a SQLite file comes to the present form. `PRAGMA user_version` is the number of its form.

`articles.id` is internal: it joins tables and is not stable from file to file. `record` is the whole enriched record with
the verdict as it stands; `verdict` is the one that came with it and `facts` are the corrections, from which it is folded.
"""

from __future__ import annotations

import random
import sqlite3
import time
from pathlib import Path

import orjson

from copydesk.shared.archive.migrations import Forms
from copydesk.shared.archive.spacing import spaced, unspaced_only
from copydesk.shared.archive.sqlite.transactions import transaction
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.sources import source_of
from copydesk.shared.records.versions import common_version, releases

FORMS = Forms(Path(__file__).parent)


def prepare_tables(connection: sqlite3.Connection, patience_s: float) -> None:
    """Create the tables, or bring those of an earlier version up to date.

    Replicas may do so at the same time, each waiting up to `patience_s` seconds for the others.

    Raises CopydeskError for a file of a later version than this program knows.
    """
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # counts for a new file: what is deleted can go back to the disk
    _write_ahead(connection, patience_s)
    connection.create_function("releases_of", 1, lambda record: releases(orjson.loads(record)), deterministic=True)
    connection.create_function("common_version_of", 1, lambda record: common_version(orjson.loads(record)), deterministic=True)
    connection.create_function("source_of", 2, source_of, deterministic=True)
    connection.create_function("unspaced_only", 1, unspaced_only, deterministic=True)
    connection.create_function("spaced", 1, spaced, deterministic=True)
    connection.execute("PRAGMA synchronous = FULL")  # an offset is committed after the write: the write has to outlive a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten: an article that is taken back leaves no text in the file
    with transaction(connection):
        version, known = connection.execute("PRAGMA user_version").fetchone()[0], FORMS.latest
        if version > known:
            raise CopydeskError(f"the SQLite file has schema {version}, this program knows {known}", "upgrade Copydesk or name another file")
        for script in FORMS.scripts_since(version):
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {known}")


def _write_ahead(connection: sqlite3.Connection, patience_s: float) -> None:
    """Switch to the write-ahead log. SQLite's own waiting leaves this statement out: it fails at once while another replica opens the file."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.005, 0.05))


def _statements(script: str) -> list[str]:
    """Single statements: `executescript` would end the transaction that keeps other replicas out."""
    found, buffer = [], ""
    for line in script.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            found.append(buffer)
            buffer = ""
    return found
