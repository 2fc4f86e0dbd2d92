"""Score models on labelled sets: `python -m copydesk.services.tagger.training.evaluate`. Exact spans, texts of three sentences.

The measure is that of the labelled data: PERSON, ORG and LOC (GPE and FAC count as LOC), micro-averaged; what touches words
that a set does not annotate does not count.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.load import load_model
from copydesk.services.tagger.model.tagger import Tagger
from copydesk.services.tagger.training.corpus import read_sentences, text_of_group

SENTENCES = 3
PLACES = {"GPE": "LOC", "FAC": "LOC"}
SCORED = ("PERSON", "ORG", "LOC")
OTHERS = ("NORP", "DATE", "EVENT", "MISC")

LabelledSpan = tuple[int, int, str]


def count_hits(tagger: Tagger, path: Path) -> Counter[tuple[str, str]]:
    """How often ("hit" | "found" | "wanted", type) over a set."""
    counts: Counter[tuple[str, str]] = Counter()
    for text, gold, unknown in _texts(path):
        found = {(s.start, s.end, PLACES.get(s.label, s.label)) for s in tagger.spans([text])[0]}
        found = {f for f in found if f in gold or not any(start < f[1] and f[0] < end for start, end in unknown)}
        for kind, spans in (("hit", gold & found), ("found", found), ("wanted", gold)):
            counts.update((kind, label) for _, _, label in spans)
    return counts


def _texts(path: Path) -> Iterator[tuple[str, set[LabelledSpan], list[tuple[int, int]]]]:
    sentences = read_sentences(path)
    for start in range(0, len(sentences), SENTENCES):
        text, spans, unknown = text_of_group(sentences[start : start + SENTENCES])
        yield text, set(spans), unknown


def f1(counts: Counter[tuple[str, str]], labels: tuple[str, ...]) -> float | None:
    """None where a set does not know the types."""
    hits, found, wanted = (sum(counts[kind, label] for label in labels) for kind in ("hit", "found", "wanted"))
    return 2 * hits / (found + wanted) if wanted else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/ner/dev"), help="a folder of sets, or one set")
    parser.add_argument("--models", default="accurate,fast", help="names or folders")
    given = parser.parse_args()
    sets = [given.data] if given.data.is_file() else sorted(given.data.glob("*.jsonl.gz"))
    for name in given.models.split(","):
        tagger = Tagger(load_model(name), ParagraphCache(0))
        for path in sets:
            counts = count_hits(tagger, path)
            scores = [("all", f1(counts, SCORED)), *((label, f1(counts, (label,))) for label in SCORED + OTHERS)]
            print(f"{name:10s} {path.name:36s}", *(f"{label} {100 * score:.1f}" for label, score in scores if score is not None), flush=True)


if __name__ == "__main__":
    main()
