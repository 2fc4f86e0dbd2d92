"""ParquetSink: a batch is a file a day for articles and one for corrections; views fold them when they are asked."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.services.sink.edge import Passing, hand_on
from copydesk.services.sink.parquet.erasing import Erasing
from copydesk.services.sink.parquet.files import prepare, write_rows
from copydesk.services.sink.parquet.lake import Lake
from copydesk.services.sink.parquet.rows import ARTICLES, article, correction, retraction
from copydesk.services.sink.parquet.rows import CORRECTIONS as CORRECTED
from copydesk.services.sink.parquet.rows import RETRACTIONS as RETRACTED
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.retention import oldest_kept
from copydesk.shared.edge import fact
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, Topic

FILES_AT_ONCE = 20  # between two batches
LEFT_S = 3600.0  # a file that is not whole after that has nobody who writes it


class ParquetSink:
    """Any number of replicas write to one lake. What comes twice lies there twice, until it is compacted; the views take it once."""

    name = "sink-parquet"
    sources: tuple[Topic, ...] = (ENRICHED, CORRECTIONS, RETRACTIONS)

    def __init__(self, url: str, most_bytes: int, days_kept: float | None = None) -> None:
        self._url, self._most_bytes, self._days_kept = url, most_bytes, days_kept
        self._lake: Lake | None = None
        self._erasing = Erasing(most_bytes)

    def open(self) -> None:
        """Make the tables. Raises UnavailableError while the place cannot be written, CopydeskError where a package or a file system is missing."""
        try:
            import pyarrow  # noqa: F401 - whether it is there
        except ImportError as error:
            raise CopydeskError("pyarrow, which writes Parquet, is not installed", "pip install 'copydesk[parquet]'") from error
        lake = Lake(self._url)
        lake.sweep(LEFT_S)
        prepare(lake)
        self._erasing.open(lake)
        self._lake = lake

    def close(self) -> None:
        self._lake = None

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        """Store a batch and return when its files are there. Raises UnavailableError: the batch may come again."""
        return hand_on(records, self._take)

    def tidy(self) -> int:
        """Remove some files of days that are over, and what was taken back from some others; how many, 0 where none is left.

        Raises UnavailableError like `write`.
        """
        oldest = oldest_kept(self._days_kept)
        if self._lake is None:
            return 0
        if oldest is not None:  # first: it makes the room that erasing may need
            day = oldest.date().isoformat()
            if deleted := sum(self._lake.delete_days(table, day, FILES_AT_ONCE) for table in (ARTICLES, CORRECTED)):
                return deleted
        return self._erasing.step(self._lake, FILES_AT_ONCE)

    def check(self) -> None:
        """Whether the place can be asked."""
        if self._lake is not None:
            prepare(self._lake)

    def _take(self, found: list[Passing]) -> None:
        if self._lake is None:
            raise RuntimeError("the sink is not open")
        articles = (article(Came(one.record, one.written.written_ms)) for one in found if one.written.topic is ENRICHED)
        facts = (fact(one.written.value) for one in found if one.written.topic is CORRECTIONS)
        said = [Retraction.model_validate(one.record) for one in found if one.written.topic is RETRACTIONS]
        write_rows(self._lake, RETRACTED, map(retraction, said), self._most_bytes)
        self._erasing.take(said)
        write_rows(self._lake, ARTICLES, articles, self._most_bytes)
        write_rows(self._lake, CORRECTED, (correction(one) for one in facts if isinstance(one, PairFact)), self._most_bytes)
