"""JsonlSink: each record as a line, as it came; a file for articles, corrections and retractions each, put aside when they are large or old."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import orjson

from copydesk.services.sink.edge import Passing, hand_on
from copydesk.services.sink.jsonl.erasing import Erasing
from copydesk.services.sink.jsonl.files import LineFile, delete_older, put_aside_left
from copydesk.shared.archive.retention import oldest_kept
from copydesk.shared.errors import UnavailableError
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, Topic
from copydesk.shared.topology import short

FILES_AT_ONCE = 20  # between two batches
WRITTEN_MS = "written_ms"  # added to a line: it decides between builds that have no order (docs/upgrading.md)


class JsonlSink:
    """Any number of replicas write to one folder, each to files of its own."""

    name = "sink-jsonl"
    sources: tuple[Topic, ...] = (ENRICHED, CORRECTIONS, RETRACTIONS)

    def __init__(self, folder: Path, most_bytes: int, most_age_s: float, gzip: bool, days_kept: float | None = None) -> None:
        self.folder = folder
        self._files = {topic: LineFile(folder, short(topic), most_bytes, most_age_s, gzip) for topic in self.sources}
        self._gzip, self._days_kept = gzip, days_kept
        self._erasing = Erasing(folder)

    def open(self) -> None:
        """Make the folder, and put aside what replicas that died have left. Raises UnavailableError where that is not possible now."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            put_aside_left(self.folder, self._gzip)
            self._erasing.open()
        except OSError as error:
            raise UnavailableError(f"{self.folder} cannot be used: {error}", "set COPYDESK_JSONL_FOLDER, or make room") from error

    def close(self) -> None:
        """Put aside what was begun."""
        for file in self._files.values():
            file.put_aside()

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        """Append a batch and return when it is on disk. Raises UnavailableError where there is no room: of the batch nothing is kept then."""
        return hand_on(records, self._take)

    def tidy(self) -> int:
        """Remove some files whose last line was written too long ago, and what was taken back from some others; how many, 0 where none is left.

        Raises UnavailableError like `write`.
        """
        oldest = oldest_kept(self._days_kept)
        try:
            if oldest is not None and (deleted := delete_older(self.folder, oldest.timestamp(), FILES_AT_ONCE)):
                return deleted  # first: it makes the room that all else may need
            put_aside_left(self.folder, self._gzip)
            return self._erasing.step(FILES_AT_ONCE, self._say)
        except OSError as error:
            raise UnavailableError(f"{self.folder} cannot be written: {error}") from error

    def _say(self, said: list[Retraction]) -> None:
        now_ms = int(time.time() * 1000)
        self._files[RETRACTIONS].append(b"".join(_line(Written(RETRACTIONS, one.value(), now_ms)) for one in said))

    def check(self) -> None:
        """Write a byte beside the files and take it back."""
        probe = self.folder / f".check-{id(self)}"
        try:
            probe.write_bytes(b"\n")
        finally:
            probe.unlink(missing_ok=True)

    def _take(self, found: list[Passing]) -> None:
        try:
            for topic, file in self._files.items():
                if lines := [_line(one.written) for one in found if one.written.topic is topic]:
                    file.append(b"".join(lines))
            self._erasing.take(Retraction.model_validate(one.record) for one in found if one.written.topic is RETRACTIONS)
        except OSError as error:
            raise UnavailableError(f"{self.folder} cannot be written: {error}", "make room; it goes on by itself") from error


def _line(written: Written) -> bytes:
    return orjson.dumps({**orjson.loads(written.value), WRITTEN_MS: written.written_ms}, option=orjson.OPT_APPEND_NEWLINE)
