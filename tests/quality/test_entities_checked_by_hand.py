"""Links and quotations that people have judged: what the pass finds again has to be right.

`entities_checked.jsonl` holds 200 links and 100 attributed quotations, drawn at random (a fixed seed) from 180 articles, each
judged by hand: the line of the article in news/articles.jsonl.gz, the name and its link, or the hash of the quoted words and the speaker.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from copydesk.services.tagger.entities import EntitiesResult, default_resolver
from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.load import load_model
from copydesk.services.tagger.model.tagger import Tagger
from copydesk.shared.records.base import content_hash
from tests.data import data_path

CHECKED = Path(__file__).parent / "entities_checked.jsonl"
WIKINEWS = "en.wikinews.org"  # clean as it comes, so that this test measures the tagger alone


def _checked(kind: str) -> list[dict[str, Any]]:
    return [row for row in map(json.loads, CHECKED.read_text(encoding="utf-8").splitlines()) if row["kind"] == kind]


def _precision(kind: str) -> float:
    rows = _checked(kind)
    return sum(bool(row["right"]) for row in rows) / len(rows)


def _hashes(words: str) -> set[str]:
    """Of the quoted words, and of those with the comma or space that stood behind them when they were judged."""
    return {content_hash(words + behind) for behind in ("", ",", " ")}


def test_the_sample_as_it_was_judged() -> None:
    assert len(_checked("link")) == 200
    assert len(_checked("quote")) == 100
    assert _precision("link") == pytest.approx(0.98)
    assert _precision("quote") == pytest.approx(0.92)


@pytest.fixture(scope="module")
def results() -> dict[int, EntitiesResult]:
    """The pass over those articles of Wikinews that have two judgements or more, with the accurate model."""
    path = data_path("news/articles.jsonl.gz")
    judged = Counter(row["article"] for kind in ("link", "quote") for row in _checked(kind))
    wanted = {number for number, count in judged.items() if count > 1}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = {n: record for n, line in enumerate(lines) if n in wanted and (record := json.loads(line))["source"] == WIKINEWS}
    tagger = Tagger(load_model("accurate"), ParagraphCache(0))
    spans = tagger.spans([article["content"] for article in articles.values()])
    resolver = default_resolver()
    return {
        n: resolver.resolve(article["content"], found, article.get("title"), "en")
        for (n, article), found in zip(articles.items(), spans, strict=True)
    }


def test_links_that_are_found_again_are_right(results: dict[int, EntitiesResult]) -> None:
    right = again = wrong = 0
    for row in _checked("link"):
        if row["article"] not in results:
            continue
        links = {e.link.id for e in results[row["article"]].entities if e.link for m in e.mentions if m.text == row["name"]}
        right += row["right"]
        again += row["right"] and row["link"] in links
        wrong += not row["right"] and row["link"] in links
    print(f"links: {again} of {right} right ones again, {wrong} wrong ones")
    assert again >= 0.98 * right, f"{again} of {right} right links are found again"
    assert wrong <= 1, f"{wrong} links that were judged wrong are made again"


def test_speakers_that_are_found_again_are_right(results: dict[int, EntitiesResult]) -> None:
    right = again = wrong = 0
    for row in _checked("quote"):
        if row["article"] not in results:
            continue
        speakers = {q.speaker for q in results[row["article"]].quotes if row["words"] in _hashes(q.text)}
        right += row["right"]
        again += row["right"] and row["speaker"] in speakers
        wrong += not row["right"] and row["speaker"] in speakers
    print(f"speakers: {again} of {right} right ones again, {wrong} wrong ones")
    assert again >= 0.93 * right, f"{again} of {right} right speakers are found again"
    assert wrong == 0, f"{wrong} speakers that were judged wrong are named again"
