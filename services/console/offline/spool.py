"""Records that wait on disk until all input is read, and the corrections that then complete their verdicts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

import orjson

from copydesk.shared.fold import complete_verdict
from copydesk.shared.records.cleaned import revision_of
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.stage import SideRecord
from copydesk.shared.topics import CORRECTIONS


class Facts:
    """Pair facts by the node that they are about."""

    def __init__(self) -> None:
        self._facts: dict[tuple[str, str], list[PairFact]] = {}

    def __bool__(self) -> bool:
        return bool(self._facts)

    def aside(self, record: SideRecord) -> None:
        """Keep a correction; the same fact twice changes nothing."""
        if record.topic is CORRECTIONS and isinstance(record.part, PairFact):
            self._facts.setdefault((record.part.later_article_id, record.part.later_revision), []).append(record.part)

    def complete(self, value: bytes) -> bytes:
        """A record, as JSON, with its final verdict."""
        if not self._facts:
            return value
        record: dict[str, Any] = orjson.loads(value)
        revision = revision_of(record.get("revision"), record["body"])
        facts = self._facts.get((record["article_id"], revision))
        if not facts:
            return value
        return orjson.dumps({**record, "duplicate": complete_verdict({**record, "revision": revision}, facts)["duplicate"]})


class Spool:
    """Keeps records in order in a file without a name."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="copydesk-")  # noqa: SIM115 - lives as long as the spool

    def add(self, value: bytes) -> None:
        self._file.write(value + b"\n")

    def drain(self) -> Iterator[bytes]:
        """All records in the order in which they came. The spool is empty and closed afterwards."""
        with self._file:
            self._file.seek(0)
            for line in self._file:
                yield line.rstrip(b"\n")
