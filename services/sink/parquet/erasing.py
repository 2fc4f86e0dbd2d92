"""What was taken back leaves the files: rows of these articles, corrections that name them, and matches with them in rows of others.

The views leave all of it out from the moment at which the retraction is there; the files are gone over afterwards, some at a time, and those
that hold any of it are written anew before the old ones go. `retractions/erased.json` says what no file holds any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import orjson

from copydesk.services.sink.parquet.files import read_rows, write_rows
from copydesk.services.sink.parquet.lake import Lake
from copydesk.services.sink.parquet.rows import ARTICLES, CORRECTIONS, RETRACTIONS, retraction
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.retractions import StandingRetractions

DONE = f"{RETRACTIONS}/erased.json"
SETTLED = timedelta(seconds=60)  # after that nobody writes any more what he took before he heard of it
LEFT = timedelta(hours=1)  # after that another replica may have gone for good before it erased what it was told
NAMED = {ARTICLES: ["article_id", "source", "matches.list.element.other_article_id"], CORRECTIONS: ["article_id", "other_article_id"]}


class Erasing:
    """What was said in this lake, and the files that are still to be gone over."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._standing = StandingRetractions()
        self._read: set[str] = set()  # files of what was said
        self._done: dict[str, str] = {}  # key → the time of the retraction of which no file holds anything
        self._left: list[tuple[str, str]] = []
        self._running: dict[str, str] = {}

    def open(self, lake: Lake) -> None:
        """Read what was said. Raises UnavailableError while the place does not answer."""
        self._learn(lake, datetime.now(UTC) + LEFT)

    def _learn(self, lake: Lake, before: datetime) -> None:
        """Read what was said to any replica before that time, and what of it no file holds any more."""
        for _, path, _ in lake.names(RETRACTIONS):
            if path not in self._read and path.rpartition("/")[2] < f"{before:%Y%m%dT%H%M%S}":
                self.take(Retraction.model_validate({name: value for name, value in row.items() if name != "key"}) for row in read_rows(lake, path))
                self._read.add(path)
        if lake.has(DONE):
            self._done |= orjson.loads(lake.read(DONE))

    def take(self, said: Iterable[Retraction]) -> None:
        for one in said:
            self._standing.take(one)

    def step(self, lake: Lake, most: int) -> int:
        """Go over some files; how many, 0 where nothing is left to do. Raises UnavailableError while the place cannot be written."""
        if not self._left and not self._begin(lake):
            return 0
        part, left = self._left[:most], self._left[most:]
        self._left = []  # where anything is raised: from the beginning, later
        for table, path in part:
            self._erase(lake, table, path)
        if not left:
            self._done |= self._running
            lake.write(DONE, orjson.dumps(self._done))
        self._left = left
        return len(part)

    def _begin(self, lake: Lake) -> bool:
        self._learn(lake, datetime.now(UTC) - LEFT)
        settled = timestamp(datetime.now(UTC) - SETTLED)
        standing = [one for one in self._standing.all() if one.state == "retracted" and one.at < settled]
        self._running = {one.key: one.at for one in standing if self._done.get(one.key, "") < one.at}
        self._left = [(table, path) for table in NAMED for _, path, _ in lake.names(table)] if self._running else []
        return bool(self._left)

    def _erase(self, lake: Lake, table: str, path: str) -> None:
        try:
            if not any(self._is_touched(table, row) for row in read_rows(lake, path, NAMED[table])):
                return
            rows = read_rows(lake, path)
        except FileNotFoundError:  # compacted, or too old, meanwhile: what it became is gone over in the next round
            self._running = {}
            return
        write_rows(lake, table, self.without(lake, table, rows), self._most_bytes)
        if not lake.remove(path):
            self._running = {}

    def without(self, lake: Lake, table: str, rows: Sequence[JsonObject]) -> list[JsonObject]:
        """Rows of a table without what is taken back."""
        self._note(lake, table, rows)
        return [self._kept(row) for row in rows if not self._is_gone(table, row)]

    def _note(self, lake: Lake, table: str, rows: Iterable[JsonObject]) -> None:
        """Articles that go with their source are said to be gone by themselves before they go: matches with them are left out from then on."""
        found = [self._standing.of_its_source(row["article_id"], row["source"] or "") for row in rows] if table == ARTICLES else []
        said = [one for one in found if one is not None]
        write_rows(lake, RETRACTIONS, map(retraction, said), self._most_bytes)
        self.take(said)

    def _is_gone(self, table: str, row: JsonObject) -> bool:
        if table not in NAMED:
            return False
        is_named = table == CORRECTIONS and self._standing.of(row["other_article_id"]) is not None
        return is_named or self._standing.of(row["article_id"], row.get("source") or "") is not None

    def _is_touched(self, table: str, row: JsonObject) -> bool:
        return self._is_gone(table, row) or any(self._matches_gone(match) for match in row.get("matches") or ())

    def _kept(self, row: JsonObject) -> JsonObject:
        return {**row, "matches": [match for match in row["matches"] if not self._matches_gone(match)]} if "matches" in row else row

    def _matches_gone(self, match: JsonObject) -> bool:
        return self._standing.of(match["other_article_id"]) is not None
