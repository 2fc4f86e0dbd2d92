"""SqliteSink: one transaction for each batch, upserts by (article_id, revision), corrections in any order."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from copydesk.shared.archive.folding import fold_batch
from copydesk.shared.archive.retention import oldest_kept
from copydesk.shared.archive.sqlite import schema
from copydesk.shared.archive.sqlite.nodes import SqliteNodes, withdraw_of_sources
from copydesk.shared.archive.sqlite.retention import delete_older
from copydesk.shared.archive.sqlite.stories import keep_stories
from copydesk.shared.archive.sqlite.transactions import may_pass, transaction, unavailable
from copydesk.shared.archive.stories import fold_with_stories
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.known_good import ENRICHED_RECORD as KNOWN_GOOD
from copydesk.shared.known_good import require_taken
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, STORIES, Topic


class SqliteSink:
    """Several processes may write to one file: a write waits up to `busy_timeout_s` seconds for the others."""

    name = "sink"
    sources: tuple[Topic, ...] = (ENRICHED, CORRECTIONS, STORIES, RETRACTIONS)
    remembers_retractions = True

    def __init__(self, path: Path, busy_timeout_s: float = 30.0, days_kept: float | None = None) -> None:
        self.path, self._busy_timeout_s, self._days_kept = path, busy_timeout_s, days_kept
        self._file: sqlite3.Connection | None = None

    def open(self) -> None:
        """Create or check the file. Raises UnavailableError while there is no room for it, CopydeskError when it cannot be used as one of ours."""
        self.close()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(self.path, timeout=self._busy_timeout_s, isolation_level=None)
            schema.prepare_tables(self._file, self._busy_timeout_s)
        except (OSError, sqlite3.DatabaseError) as error:
            self.close()
            if may_pass(error):
                raise UnavailableError(f"{self.path} cannot be opened: {error}", "make room; it goes on by itself") from error
            raise CopydeskError(f"{self.path}: cannot be used as the sink's SQLite file ({error})", "set COPYDESK_SQLITE_PATH") from error

    def close(self) -> None:
        """Close the file; what was written is durable already."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        """Store a batch and return when it is on disk: one answer for each record, in order, None where it is stored.

        Raises UnavailableError while the file cannot be written (a full disk, a lock that lasts, a file that is damaged): nothing of the
        batch is stored then, and the same batch may come again. What a record did wrong is raised as it is.
        """
        file = self._opened()
        with unavailable(self.path), transaction(file):
            return _folded(records, file)

    def tidy(self) -> int:
        """Delete some articles whose time is over, or whose source was taken back; how many, 0 where none is left.

        Raises UnavailableError like `write`.
        """
        oldest = oldest_kept(self._days_kept)
        if self._file is None:
            return 0
        with unavailable(self.path):
            return withdraw_of_sources(self._file) or (0 if oldest is None else delete_older(self._file, oldest))

    def check(self) -> None:
        """Write a record known to be good and take it back. Raises what fails."""
        file = self._opened()
        with unavailable(self.path), transaction(file, "ROLLBACK"):
            require_taken(fold_batch([Written(ENRICHED, KNOWN_GOOD)], SqliteNodes(file)))

    def _opened(self) -> sqlite3.Connection:
        if self._file is None:
            raise RuntimeError("the sink is not open")
        return self._file


def _folded(records: Sequence[Written], file: sqlite3.Connection) -> list[Rejected | None]:
    return fold_with_stories(records, lambda rest: fold_batch(rest, SqliteNodes(file)), lambda values: keep_stories(values, file))
