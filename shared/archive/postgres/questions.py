"""Connections that only read, one for each thread, in which one question after another is asked; each sees the database at one moment."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from copydesk.shared.archive.postgres.connecting import answering_within, connect, driver
from copydesk.shared.archive.postgres.schema import FORMS
from copydesk.shared.errors import UnavailableError

UNANSWERED = 2  # times the longest time of a statement: then the server hangs
BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# No scan of a whole table: PostgreSQL thinks little of what looking into the words of each row takes. No compiling: it takes longer than an answer.
SETTINGS = {"enable_seqscan": "off", "jit": "off", "max_parallel_workers_per_gather": "0", "work_mem": "'64MB'"}


class PostgresQuestions:
    """The database may come later than this, be away for a while, be restarted, or be brought to another form."""

    def __init__(self, url: str, longest_s: float) -> None:
        self._url, self._longest_s = url, longest_s
        self._own = threading.local()
        self._all: list[Any] = []

    def close(self) -> None:
        for connection in self._all:
            connection.close()

    @contextlib.contextmanager
    def asked(self) -> Iterator[Any]:
        """A connection for one question, whose statements end in time. Raises UnavailableError."""
        psycopg = driver()
        connection = None
        try:
            connection = self._begun()
            with answering_within(connection, UNANSWERED * self._longest_s):
                yield connection
        except psycopg.errors.QueryCanceled as error:
            raise UnavailableError(f"the archive took longer than {self._longest_s:g} s", "ask for less: a source, a day, rarer words") from error
        except psycopg.Error as error:
            self._forget()
            raise UnavailableError(f"the archive cannot be read ({' '.join(str(error).split())})", "see whether PostgreSQL runs") from error
        finally:
            if connection is not None and not connection.closed:
                connection.rollback()

    def connection(self) -> Any:
        """This thread's own."""
        known = getattr(self._own, "connection", None)
        if known is not None and not known.closed:
            return known
        made = connect(self._url)
        self._own.connection = made
        self._all = [one for one in self._all if not one.closed] + [made]
        made.prepare_threshold = None  # each question is planned by its own values: of words and names some are common, some rare
        for name, value in {**SETTINGS, "statement_timeout": str(int(self._longest_s * 1000))}.items():
            made.execute(f"SET {name} = {value}")
        return made

    def _begun(self) -> Any:
        """In a transaction, on a new connection where the server has closed the one before, as it does when it is restarted."""
        try:
            return self._at_the_present_form(self.connection())
        except driver().OperationalError:
            self._forget()
            return self._at_the_present_form(self.connection())

    def _at_the_present_form(self, connection: Any) -> Any:
        with answering_within(connection, UNANSWERED * self._longest_s):
            connection.execute(BEGIN)
            version = _form(connection)
        if version != FORMS.latest:
            connection.rollback()
            raise UnavailableError(f"the archive has form {version}, this program reads {FORMS.latest}", "run sink-postgres of this version")
        return connection

    def _forget(self) -> None:
        if (known := getattr(self._own, "connection", None)) is not None:
            known.close()
            self._own.connection = None


def _form(connection: Any) -> int:
    """The number of the database's form; 0 where it has none."""
    try:
        found = connection.execute("SELECT number FROM form").fetchone()
    except driver().errors.UndefinedTable:
        return 0
    return int(found[0]) if found else 0
