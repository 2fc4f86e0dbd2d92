"""PostgresSink: a transaction for each batch, COPY into a temporary table and an upsert from there; the fold of SQLite's sink."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from copydesk.shared.archive.folding import fold_batch
from copydesk.shared.archive.postgres.connecting import answering_within, connect, driver, unavailable
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.postgres.nodes import INCOMING, PostgresNodes, withdraw_of_sources
from copydesk.shared.archive.postgres.retention import delete_older
from copydesk.shared.archive.postgres.schema import prepare_tables
from copydesk.shared.archive.postgres.searchable import make_searchable_from_before
from copydesk.shared.archive.postgres.stories import keep_stories
from copydesk.shared.archive.retention import oldest_kept
from copydesk.shared.archive.stories import fold_with_stories
from copydesk.shared.errors import CopydeskError
from copydesk.shared.known_good import ENRICHED_RECORD as KNOWN_GOOD
from copydesk.shared.known_good import require_taken
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, STORIES, Topic

MOST = 500  # records in a transaction: each node in it takes a lock, of which a server has some thousands
ANSWER_S, LONGEST_ANSWER_S = 30.0, 900.0  # for a transaction; twice as long after each that took longer, so that a slow one ends as well


class PostgresSink:
    """Any number of replicas may write to one database."""

    name = "sink-postgres"
    sources: tuple[Topic, ...] = (ENRICHED, CORRECTIONS, STORIES, RETRACTIONS)
    remembers_retractions = True

    def __init__(self, url: str, days_kept: float | None = None, answer_s: float = ANSWER_S) -> None:
        self.url, self._days_kept = url, days_kept
        self._least_answer_s = self._answer_s = answer_s
        self._connection: Any = None

    def open(self) -> None:
        """Connect, and create the tables or bring them up to date. Raises UnavailableError, or CopydeskError where that is not allowed."""
        connection = connect(self.url)
        try:
            with unavailable():
                prepare_tables(connection)
                connection.execute(INCOMING)
        except driver().ProgrammingError as error:
            connection.close()
            remedy = "give the user of COPYDESK_POSTGRES_URL a schema of his own"
            raise CopydeskError(f"the tables cannot be made or changed: {error}", remedy) from error
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        """Store a batch and return when it is committed: one answer for each record, in order, None where it is stored.

        Raises UnavailableError while the server cannot be written to: some of the batch may be stored then, and it may come again whole.
        """
        outcomes: list[Rejected | None] = []
        for first in range(0, len(records), MOST):
            outcomes += self._transaction(records[first : first + MOST])
        return outcomes

    def tidy(self) -> int:
        """Delete some articles whose time is over, or whose source was taken back, or make some of before searchable; how many, 0 where none is left.

        Raises UnavailableError like `write`.
        """
        oldest = oldest_kept(self._days_kept)
        if self._connection is None or self._connection.closed:
            return 0
        with unavailable(), answering_within(self._connection, self._answer_s):
            deleted = withdraw_of_sources(self._connection) or (0 if oldest is None else delete_older(self._connection, oldest))
            return deleted or make_searchable_from_before(self._connection)

    def check(self) -> None:
        """Write a record known to be good and take it back. Raises what fails."""
        require_taken(self._transaction([Written(ENRICHED, KNOWN_GOOD)], undo=True))

    def _transaction(self, records: Sequence[Written], undo: bool = False) -> list[Rejected | None]:
        if self._connection is None or self._connection.closed:
            self.open()
        began = time.monotonic()
        try:
            with unavailable(), answering_within(self._connection, self._answer_s), self._connection.transaction(force_rollback=undo):
                outcomes = _folded(records, self._connection)
        except BaseException:
            if self._connection.broken:
                self.close()
            if time.monotonic() - began > self._answer_s:
                self._answer_s = min(LONGEST_ANSWER_S, 2 * self._answer_s)
            raise
        self._answer_s = self._least_answer_s
        return outcomes


def _folded(records: Sequence[Written], connection: Any) -> list[Rejected | None]:
    """Articles and retractions first: what is told of stories goes by them, and holds its lock after theirs."""
    return fold_with_stories(
        records, lambda rest: fold_batch(rest, PostgresNodes(connection), as_jsonb), lambda values: keep_stories(values, connection)
    )
