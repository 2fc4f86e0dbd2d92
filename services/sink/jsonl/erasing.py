"""What was taken back leaves the files that were put aside: lines of these articles, corrections that name them, matches with them in other lines.

Files are gone over some at a time, each once for what is taken back; one that holds any of it is replaced by one of the same name without. What a
replica has open is gone over once it is put aside. Of several replicas one goes over a file at a time, and each knows what any of them was told.
"""

from __future__ import annotations

import contextlib
import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import orjson

from copydesk.services.sink.jsonl.files import LAST, OPEN, taken, write_anew
from copydesk.shared.archive.matches import without_matches
from copydesk.shared.edge import json_object, retraction
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.sources import source_of
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.stage import Rejected

KINDS = ("enriched-", "corrections-")
SAID = "retractions-"


class Erasing:
    """What was said in this folder, and which files hold nothing of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._standing = StandingRetractions()
        self._read: dict[Path, int] = {}  # file of what was said → its size when it was read
        self._clean: dict[Path, tuple[int, int]] = {}  # file → its inode, and the version of what was said when it was gone over

    def open(self) -> None:
        """Read what was said, to any replica, since the last look. Raises OSError."""
        sizes = {path: path.stat().st_size for path in sorted(self._folder.glob(f"{SAID}*")) if path.name.endswith((*LAST, OPEN))}
        for path, size in sizes.items():
            if self._read.get(path) != size:
                self.take(one for line in _lines(path) if isinstance(one := retraction(line), Retraction))
        self._read = sizes

    def take(self, said: Iterable[Retraction]) -> None:
        for one in said:
            self._standing.take(one)

    def step(self, most: int, say: Callable[[list[Retraction]], None]) -> int:
        """Go over some files; how many, 0 where none is left. Raises OSError.

        `say` writes retractions: articles that go with their source are said to be gone by themselves before they go, for what matches them.
        """
        self.open()
        done = 0
        for path in self._left()[:most] if self._standing.any_gone else ():
            with taken(path) as file:
                if file is not None:  # otherwise another replica is at it
                    self._go_over(path, say)
                    done += 1
        return done

    def _go_over(self, path: Path, say: Callable[[list[Retraction]], None]) -> None:
        said, is_touched = self._look(path)
        if said:
            say(said)
            self.take(said)
        if said or is_touched:
            write_anew(path, [kept for line in _lines(path) if (kept := self._kept(line)) is not None], path)
        self._clean[path] = (path.stat().st_ino, self._standing.version)

    def _look(self, path: Path) -> tuple[list[Retraction], bool]:
        """The retractions of articles in a file that follow from those of their sources, and whether it holds anything else that was taken back."""
        said, is_touched = [], False
        for line in _lines(path):
            record = _record(line)
            if path.name.startswith(KINDS[0]) and record and (found := self._standing.of_its_source(record["article_id"], _source(record))):
                said.append(found)
            is_touched = is_touched or self._without(record) is not record
        return said, is_touched

    def _left(self) -> list[Path]:
        paths = [path for path in sorted(self._folder.iterdir()) if path.name.startswith(KINDS) and path.name.endswith(LAST)]
        self._clean = {path: self._clean[path] for path in paths if path in self._clean}
        return [path for path in paths if self._clean.get(path) != (path.stat().st_ino, self._standing.version)]

    def _kept(self, line: bytes) -> bytes | None:
        """A line without what was taken back; None for one that is all of it."""
        record = _record(line)
        kept = self._without(record)
        return line if kept is record else None if kept is None else orjson.dumps(kept, option=orjson.OPT_APPEND_NEWLINE)

    def _without(self, record: JsonObject) -> JsonObject | None:
        """A record without what was taken back, itself where that is nothing; None for one that is all of it."""
        named = [record.get(name) for name in ("article_id", "later_article_id", "earlier_article_id")]
        if any(self._is_gone(one, record) for one in named if one):
            return None
        return without_matches(record, lambda name: self._is_gone(name, {}))

    def _is_gone(self, article_id: str, record: JsonObject) -> bool:
        return self._standing.of(article_id, _source(record)) is not None


def _source(record: JsonObject) -> str:
    return source_of(record.get("source"), record.get("url"))


def _record(line: bytes) -> JsonObject:
    """What a line says; nothing where a disk has spoiled it."""
    found = json_object(line)
    return {} if isinstance(found, Rejected) else found


def _lines(path: Path) -> Iterator[bytes]:
    """Whole lines; of a packed file that is spoiled, those before that place."""
    with contextlib.suppress(EOFError, zlib.error, gzip.BadGzipFile), gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line
