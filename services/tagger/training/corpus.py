"""The labelled sets as word sequences in the tokenisation of the pipeline.

A set is a gzipped JSONL file of sentences {w: words, s: [[start, end, type]…] word spans, m: positions of words that the
set does not annotate}. Words are joined to text and cut again by spaCy, so that training sees the words that tagging sees.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import spacy
from spacy.language import Language

from copydesk.services.tagger.model.labels import ENTITY_TYPES, TAG_IDS, tags_of_spans

MISSING = -100
MAX_WORDS, MAX_SENTENCES = 90, 4

NO_SPACE_BEFORE = frozenset(".,;:!?)]%'") | {"'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "’s"}
NO_SPACE_AFTER = frozenset("([$£€")

Sentence = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A labelled set: how often it is read in an epoch (0.5: every second group), and the licence it states."""

    name: str
    weight: float
    licence: str


SOURCES = (
    Source("ewt", 1.5, "CC BY-SA 4.0 (UniversalNER English-EWT)"),
    Source("ewt.dev", 1.5, "CC BY-SA 4.0 (UniversalNER English-EWT)"),
    Source("wikigold", 2.0, "CC BY 4.0"),
    Source("redocred", 1.5, "MIT (Re-DocRED, Wikipedia text)"),
    Source("crossner", 1.0, "MIT (CrossNER, Wikipedia text)"),
    Source("gum", 2.0, "CC BY 4.0 annotations, genres under CC BY and CC BY-SA"),
    Source("multiner_lk", 0.7, "CC0"),
    Source("btc", 0.5, "CC BY 4.0 (Broad Twitter Corpus)"),
    Source("gmb", 0.35, "texts public domain, database ODbL 1.0 (Groningen Meaning Bank, silver)"),
)
FILES = {source.name: f"{source.name}.train.jsonl.gz" for source in SOURCES} | {"ewt.dev": "ewt.devtrain.jsonl.gz"}
RULES = {"ewt.dev": "ewt"}  # a set labelled by the rules of another


@dataclass(slots=True)
class TaggedWords:
    """Words with their tag ids (MISSING where not annotated), by the labelling rules of a source."""

    words: list[str]
    tags: list[int]
    source: str


def read_sentences(path: Path) -> list[Sentence]:
    with gzip.open(path, "rb") as lines:
        return [orjson.loads(line) for line in lines]


def examples(path: Path, source: str, rng: random.Random) -> Iterator[TaggedWords]:
    """Groups of one to four consecutive sentences, as paragraphs are. Raises OSError where the set cannot be read."""
    nlp = spacy.blank("en")
    for group in grouped(read_sentences(path), rng):
        yield aligned(nlp, group, source)


def grouped(sentences: Sequence[Sentence], rng: random.Random) -> Iterator[Sequence[Sentence]]:
    start = 0
    while start < len(sentences):
        wanted, words, end = rng.choice((1, 1, 2, 3, MAX_SENTENCES)), 0, start
        while end < len(sentences) and end - start < wanted:
            words += len(sentences[end]["w"])
            if end > start and words > MAX_WORDS:
                break
            end += 1
        yield sentences[start:end]
        start = end


def text_of_group(group: Sequence[Sentence]) -> tuple[str, list[tuple[int, int, str]], list[tuple[int, int]]]:
    """The text of a group, its labelled character spans, and the character spans of words that are not annotated."""
    text, previous = "", ""
    spans: list[tuple[int, int, str]] = []
    unknown: list[tuple[int, int]] = []
    for sentence in group:
        places = []
        for word in sentence["w"]:
            if text and word not in NO_SPACE_BEFORE and previous not in NO_SPACE_AFTER:
                text += " "
            places.append((len(text), len(text) + len(word)))
            text, previous = text + word, word
        spans += [(places[start][0], places[end - 1][1], label) for start, end, label in sentence["s"]]
        unknown += [places[number] for number in sentence["m"]]
    return text, spans, unknown


def aligned(nlp: Language, group: Sequence[Sentence], source: str) -> TaggedWords:
    """The group in spaCy's words. A span that does not end where words end leaves the words it touches unannotated."""
    text, spans, unknown = text_of_group(group)
    doc = nlp.make_doc(text)
    whole: list[tuple[int, int, str]] = []
    for start, end, label in spans:
        span = doc.char_span(start, end) if label in ENTITY_TYPES else None
        if span is None:
            unknown.append((start, end))
        else:
            whole.append((span.start, span.end, label))
    tags = [TAG_IDS[tag] for tag in tags_of_spans(len(doc), whole)]
    covered = {number for start, end, _ in whole for number in range(start, end)}
    for start, end in unknown:
        touched = doc.char_span(start, end, alignment_mode="expand")
        for number in range(touched.start, touched.end) if touched is not None else ():
            if number not in covered:
                tags[number] = MISSING
    kept = [number for number, token in enumerate(doc) if not token.is_space]
    return TaggedWords([doc[number].text for number in kept], [tags[number] for number in kept], source)
