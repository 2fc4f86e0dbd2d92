"""How many texts have a term: agency reports, press releases, web articles and public-domain news."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from copydesk.services.stories.profile import READ
from copydesk.services.stories.terms import words

SHORTEST = 200  # characters
LINE = 80  # characters of a line of a press release that is no furniture
SENTENCES = 15  # that make a text, of a set of sentences
LEAST = 3  # texts that have a term


def lines_of_frequencies(data: Path) -> Iterator[str]:
    """The lines of frequencies.txt.gz."""
    texts = [text for text in _texts(data) if len(text) > SHORTEST]
    counts = Counter(term for text in texts for term in {*words(text).terms})
    yield f"{len(texts)}\n"
    yield from (f"{count} {term}\n" for term, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= LEAST)


def _texts(data: Path) -> Iterator[str]:
    yield from (row["text"][:READ] for row in _rows(data / "dedup/index.jsonl.gz"))
    yield from (row["text"][:READ] for row in _rows(data / "dedup/queries.jsonl.gz") if row["type"].startswith("N"))
    for row in _rows(data / "news/articles.jsonl.gz"):
        yield "\n".join(line for line in row["content"].split("\n") if len(line) > LINE)[:READ]
    yield from (row["body"] for row in _rows(data / "cleaning/stripped_dev.jsonl.gz"))
    yield from _joined(" ".join(row["w"]) for row in _rows(data / "ner/train/gmb.train.jsonl.gz"))


def _joined(sentences: Iterable[str]) -> Iterator[str]:
    found = list(sentences)
    for first in range(0, len(found) - SENTENCES + 1, SENTENCES):
        yield " ".join(found[first : first + SENTENCES])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
