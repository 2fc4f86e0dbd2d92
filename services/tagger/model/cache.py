"""Paragraphs seen before: a bounded memory of their spans, so that a copy costs a hash."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from copydesk.services.tagger.spans import RawSpan
from copydesk.shared.records.base import content_hash

CachedSpans = tuple[RawSpan, ...]


class ParagraphCache:
    """Spans by (content hash, model version); the least recently used entry goes first. A size of 0 keeps nothing.

    An entry is exactly what the model gave for that text, so results do not depend on what is held.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[tuple[str, str], CachedSpans] = OrderedDict()
        self._lock = Lock()
        self.hits = self.misses = 0

    def key(self, text: str, version: str) -> tuple[str, str]:
        return content_hash(text), version

    def get(self, key: tuple[str, str]) -> CachedSpans | None:
        with self._lock:
            spans = self._held.get(key)
            if spans is None:
                self.misses += 1
                return None
            self.hits += 1
            self._held.move_to_end(key)
            return spans

    def put(self, key: tuple[str, str], spans: CachedSpans) -> None:
        with self._lock:
            self._held[key] = spans
            self._held.move_to_end(key)
            while len(self._held) > self._size:
                self._held.popitem(last=False)

    def __len__(self) -> int:
        return len(self._held)
