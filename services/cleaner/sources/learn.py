"""Which lines a source repeats: one pass over raw records.

A line is furniture of its source when it stood on enough of the source's articles, in number and as a share, and keeps company with the
same neighbour. Prose has to be far more frequent than a label: a paragraph that a few articles share (an update, a series, a
syndicated passage) is text that was repeated on purpose.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from copydesk.services.cleaner.sources.furniture import Furniture, RepeatedLine, SourceFurniture, line_key
from copydesk.services.cleaner.sources.heavy import Counter, HeavyLines, Sighting
from copydesk.services.cleaner.sources.lines import MOST_LINES, article_of, lines_to_compare
from copydesk.shared.records.sources import source_of

SHOWN = 200  # characters of a line that are kept for people


@dataclass(frozen=True, slots=True)
class Evidence:
    """What it takes to call a line furniture, and the memory that learning may use.

    A line has to be on `min_documents` articles, and on `min_share` of the source's articles if it is a label, on `prose_share` if it has
    `prose_words` words or more; with `company` of its better neighbour (see `heavy`) unless it is on `lonely_share` of them. Its
    sentence goes on in the next line on no more than `run_on` of them.

    Memory: `lines_per_source` counters for each of `max_sources` sources (the longest unseen is given up for a new one), and
    `max_documents` remembered articles for each, after which a source is known well enough.
    """

    min_documents: int = 8
    min_share: float = 0.08
    prose_share: float = 0.15
    prose_words: int = 12
    company: float = 0.3
    lonely_share: float = 0.5
    run_on: float = 0.2
    lines_per_source: int = 4_000
    max_sources: int = 2_000
    max_documents: int = 20_000


@dataclass(slots=True)
class _Source:
    lines: HeavyLines
    seen: set[bytes] = field(default_factory=set)


class Learner:
    """Takes records as they come; `furniture` may be asked at any time."""

    def __init__(self, evidence: Evidence | None = None) -> None:
        self.evidence = evidence or Evidence()
        self.skipped = 0
        self._sources: OrderedDict[str, _Source] = OrderedDict()

    def add(self, record: Mapping[str, Any]) -> None:
        """Look at one raw record. An article that was seen before, or has no source or text, teaches nothing (`skipped` counts them)."""
        article = article_of(record)
        name = source_of(article.source, article.url) if article else ""
        lines = lines_to_compare(article) if article and name else []
        source = self._source(name) if lines else None
        identity = blake2b(article.article_id.encode(), digest_size=8).digest() if article else b""
        if source is None or identity in source.seen or len(source.seen) >= self.evidence.max_documents:
            self.skipped += 1
            return
        source.seen.add(identity)
        source.lines.add(_with_neighbours(lines))

    def _source(self, name: str) -> _Source:
        if name not in self._sources:
            if len(self._sources) >= self.evidence.max_sources:
                self._sources.popitem(last=False)
            self._sources[name] = _Source(HeavyLines(self.evidence.lines_per_source))
        self._sources.move_to_end(name)
        return self._sources[name]

    def furniture(self) -> Furniture:
        """What has been learned so far; sources that repeat nothing are left out."""
        learned = (self._learned(name, source) for name, source in self._sources.items())
        return Furniture(one for one in learned if one.lines)

    def _learned(self, name: str, source: _Source) -> SourceFurniture:
        documents = len(source.seen)
        broken = {key for key, counter in source.lines.items() if counter.run_on > self.evidence.run_on * counter.documents}
        lines = [
            RepeatedLine(key, counter.text, counter.documents)
            for key, counter in source.lines.items()
            if self._is_furniture(counter, documents) and key not in broken and counter.after.value not in broken
        ]
        return SourceFurniture(name, documents, tuple(sorted(lines, key=lambda line: (-line.documents, line.key))))

    def _is_furniture(self, line: Counter, documents: int) -> bool:
        wanted = self.evidence
        share = line.documents / documents
        least = wanted.prose_share if len(line.text.split()) >= wanted.prose_words else wanted.min_share
        known = line.company >= wanted.company or share >= wanted.lonely_share
        return line.documents >= wanted.min_documents and share >= least and known and any(map(str.isalnum, line.text)) and not _goes_on(line.text)


def learn_furniture(records: Iterable[Mapping[str, Any]], evidence: Evidence | None = None) -> Furniture:
    """Learn from raw records (`RawArticle` as dicts), in the order of the log."""
    learner = Learner(evidence)
    for record in records:
        learner.add(record)
    return learner.furniture()


def _with_neighbours(lines: list[str]) -> Iterator[Sighting]:
    """Each distinct line with the keys of the lines beside its first occurrence; the page's edges are neighbours too."""
    lines = lines[:MOST_LINES]
    keys = ["^", *map(line_key, lines), "$"]
    seen: set[str] = set()
    for at, text in enumerate(lines, 1):
        if keys[at] not in seen:
            seen.add(keys[at])
            yield Sighting(keys[at], text[:SHOWN], keys[at - 1], keys[at + 1], at < len(lines) and _goes_on(lines[at]))


def _goes_on(line: str) -> bool:
    """Whether a line can only be the rest of a sentence."""
    return line[0] in ",.;:)’”" or (line[0].islower() and len(line.split()) >= 3)
