"""How a PostgreSQL database comes to the present form. The table `form` holds its number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from copydesk.shared.archive.migrations import Forms
from copydesk.shared.errors import CopydeskError

FORMS = Forms(Path(__file__).parent)
MIGRATING = 0x636F7079  # the advisory lock of who brings the tables up to date


def prepare_tables(connection: Any) -> None:
    """Create the tables, or bring those of an earlier version up to date; replicas that do so at the same time wait for each other.

    `connection`: of psycopg, in autocommit. Raises CopydeskError for a database of a later version than this program knows.
    """
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))
        connection.execute("CREATE TABLE IF NOT EXISTS form (number INTEGER NOT NULL)")
        found = connection.execute("SELECT number FROM form").fetchone()
        version, known = (found[0] if found else 0), FORMS.latest
        if version > known:
            raise CopydeskError(f"the database has schema {version}, this program knows {known}", "upgrade Copydesk or name another database")
        for script in FORMS.scripts_since(version):
            connection.execute(script)
        if version < known:
            connection.execute("DELETE FROM form")
            connection.execute("INSERT INTO form VALUES (%s)", (known,))
