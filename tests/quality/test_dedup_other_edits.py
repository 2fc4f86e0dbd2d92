"""Pinned scores of the deduplicator on other articles and other edits than those on which its thresholds were chosen.

Web pages of several hundred sites and reports of Wikinews, behind the cleaner. A third of the copies stands on a page with the furniture of
yet another site, whose page is in the index too.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import CleanerStage
from copydesk.services.deduplicator.sketch.sampling import SketchRule, sketch_all
from copydesk.services.deduplicator.text.prose import ProseRule
from tests.data import data_path
from tests.quality.edits import EDITS
from tests.quality.test_dedup_quality import answers, body, scores

Item = dict[str, Any]
LEAST, MOST = 200, 1_500  # words of an article that is copied
LONGEST, FURNITURE = 25, range(30, 300)  # words of a line of furniture, and of all of a page
SHARED = 30  # common shingles that make two articles related


def read(name: str) -> list[Item]:
    with gzip.open(data_path(name), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def articles() -> list[Item]:
    """Each with the page as it was found and its text."""
    pages = [{"page": item["full"], "body": item["body"]} for item in read("cleaning/stripped_dev.jsonl.gz")]
    reports = [{"page": item["content"], "body": item["content"]} for item in read("news/articles.jsonl.gz") if item["source"] == "en.wikinews.org"]
    return [item | {"id": number} for number, item in enumerate(pages + reports)]


def copies(known: Sequence[Item], seed: int) -> Iterator[Item]:
    chance = random.Random(seed)
    other = [word for item in chance.sample(list(known), 100) for word in item["body"].split()]
    furnished = [item for item in known if sum(len(line.split()) for line in _furniture(item)) in FURNITURE]
    related = _related(known)
    for item in known:
        if not LEAST <= len(item["body"].split()) <= MOST:
            continue
        for edit in chance.sample(EDITS, 2):
            text = "\n\n".join(edit([part for part in item["body"].split("\n") if part.strip()], chance, other))
            if chance.random() < 1 / 3:
                lines = _furniture(chance.choice(furnished))
                text = "\n".join([*lines[: len(lines) // 2], text, *lines[len(lines) // 2 :]])
            yield {"type": edit.__name__, "text": text, "truth": [item["id"]], "related": related[item["id"]]}


def _furniture(item: Item) -> list[str]:
    """Lines of the page that are no part of its text. Longer ones, and many, are text that whoever marked the page left out."""
    text = " ".join(item["body"].split())
    lines = [" ".join(line.split()) for line in item["page"].split("\n")]
    return [line for line in lines if line and line not in text and len(line.split()) <= LONGEST]


def _related(known: Sequence[Item]) -> dict[int, set[int]]:
    """Articles that share text before anybody copies them: an update, the same legal note. Matches of these prove nothing, either way."""
    sketches = sketch_all([item["body"] for item in known], SketchRule(scale=1, prose=ProseRule(address=1)))
    having: dict[int, list[int]] = defaultdict(list)
    for number, sketch in enumerate(sketches):
        for value in sketch.hashes.tolist():
            having[value].append(number)
    shared = Counter(pair for numbers in having.values() if len(numbers) > 1 for pair in permutations(numbers, 2))
    found: dict[int, set[int]] = defaultdict(set)
    for (one, other), count in shared.items():
        if count >= SHARED:
            found[one].add(other)
    return found


def test_copies_made_in_other_ways_are_found_behind_the_cleaner() -> None:
    known = articles()
    cleaner = CleanerStage(CleanerSettings())
    originals = [item | {"text": body(cleaner, item["page"])} for item in known]
    asked = [query | {"text": body(cleaner, query["text"])} for query in copies(known, 1)]
    found = [got - query["related"] for query, got in zip(asked, asyncio.run(answers(originals, asked)), strict=True)]
    f1, precision, recall, kinds = scores(asked, found)
    print(f"other edits: {len(asked)} copies, F1 {f1:.4f} precision {precision:.4f} recall {recall:.4f} {kinds}")
    assert f1 >= 0.95
    assert precision >= 0.998
    assert min(kinds.values()) >= 0.6
