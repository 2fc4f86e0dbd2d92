"""Lines that a source repeats: what is learned, what is left alone, how much memory it may take."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.services.cleaner.sources import (
    Evidence,
    Furniture,
    Learner,
    SourceFurniture,
    learn_furniture,
    line_key,
    read_furniture,
    source_of,
    write_furniture,
)
from copydesk.services.cleaner.sources.heavy import HeavyLines, Sighting
from copydesk.shared.errors import CopydeskError

HEAD = ("Skip to content", "You are here:", "Home", "News")
TAIL = ("Stay Connected", "Newsletter Sign-Up", "Copyright 2024 The Harbour Gazette. All rights reserved by the publishers of this site.")
SYNDICATED = "The agency said that it would publish the full report, with all of its annexes, before the end of the month."


def _records(count: int = 40, source: str = "gazette") -> list[dict[str, Any]]:
    """Articles with furniture around text of their own; a syndicated paragraph on three, a fragment ("the mayor") on all."""
    chance = random.Random(1)
    words = ["bridge", "council", "ferry", "harbour", "vote", "engineer", "money", "winter", "north", "report", "answer", "paper", "school"]
    made = []
    for number in range(count):
        own = [" ".join(chance.choices(words, k=20)).capitalize() + f" {number}." for _ in range(6)]
        if number % 14 == 0:
            own.insert(3, SYNDICATED)
        own[2:2] = ["The decision was taken by", "Ana Ruiz", "and was welcomed by all who were there."]
        made.append({"source": source, "content": "\n".join((*HEAD, *own, *TAIL)), "article_id": f"{source}-{number}"})
    return made


def test_furniture_is_learned_and_text_is_not() -> None:
    learned = learn_furniture(_records()).for_source("gazette")
    assert {line.text for line in learned.lines} == {*HEAD, *TAIL}
    assert learned.documents == 40
    assert learned.repeats("  stay   CONNECTED ")
    assert not learned.repeats(SYNDICATED)


def test_lines_whose_sentence_goes_on_are_text() -> None:
    learned = learn_furniture(_records()).for_source("gazette")
    assert not learned.repeats("Ana Ruiz")
    assert not learned.repeats("The decision was taken by")


def test_a_few_articles_prove_nothing() -> None:
    assert len(learn_furniture(_records(7))) == 0


def test_the_same_article_again_is_no_evidence() -> None:
    learner = Learner()
    for _ in range(30):
        learner.add(_records(1)[0])
    assert (len(learner.furniture()), learner.skipped) == (0, 29)


def test_sources_do_not_mix() -> None:
    furniture = learn_furniture([*_records(20, "one"), *_records(3, "two")])
    assert furniture.for_source("one").repeats("Home")
    assert not furniture.for_source("two").repeats("Home")


def test_html_is_learned_from_its_blocks() -> None:
    page = "<html><body><nav><li>Home</li><li>World</li></nav><p>Story {} of today</p></body></html>"
    pages = [{"url": f"https://www.gazette.example/{n}", "content_type": "text/html", "content": page.format(n)} for n in range(10)]
    assert {line.text for line in learn_furniture(pages).for_source("gazette.example").lines} == {"Home", "World"}


def test_unreadable_records_are_skipped() -> None:
    learner = Learner()
    for record in ({}, {"source": "x"}, {"source": "x", "content": "\x00\x01" * 500}, {"content": "no source"}, {"source": "x", "content": ""}):
        learner.add(record)
    assert learner.skipped == 5


def test_the_version_is_that_of_the_lines() -> None:
    first, again, more = learn_furniture(_records()), learn_furniture(_records()), learn_furniture(_records(41)[1:])
    assert first.for_source("gazette").version == again.for_source("gazette").version == more.for_source("gazette").version
    renamed = learn_furniture([{**record, "content": record["content"].replace("Home", "Start")} for record in _records()])
    assert first.for_source("gazette").version != renamed.for_source("gazette").version


def test_memory_is_bounded() -> None:
    learner = Learner(Evidence(lines_per_source=50, max_sources=3, max_documents=25))
    for number in range(6):
        for record in _records(40, f"source-{number}"):
            learner.add(record)
    assert len(learner._sources) == 3
    assert all(len(source.lines) <= 50 and len(source.seen) <= 25 for source in learner._sources.values())
    assert learner.furniture().for_source("source-5").repeats("Home")  # the frequent lines outlive the crowd


@given(st.lists(st.lists(st.integers(0, 30), unique=True, max_size=12), max_size=60), st.integers(1, 12))
def test_counts_are_never_too_high_and_frequent_lines_never_missed(articles: list[list[int]], capacity: int) -> None:
    heavy = HeavyLines(capacity)
    for article in articles:
        heavy.add(Sighting(str(line), str(line), "^", "$", False) for line in article)
    true = {str(line): sum(line in article for article in articles) for line in range(31)}
    found = dict(heavy.items())
    assert len(found) <= capacity
    assert all(counter.documents <= true[key] <= counter.count for key, counter in found.items())
    assert all(key in found for key, count in true.items() if count > sum(map(len, articles)) / capacity)


def test_files_and_topic_values_bring_it_back(tmp_path: Path) -> None:
    furniture = learn_furniture(_records())
    write_furniture(furniture, tmp_path / "furniture.jsonl")
    assert list(read_furniture(tmp_path / "furniture.jsonl")) == list(furniture)
    followed = Furniture()
    followed.learned("gazette", furniture.for_source("gazette").dump())
    assert followed.for_source("gazette") == furniture.for_source("gazette")
    followed.learned("gazette", None)
    assert followed.for_source("gazette").lines == ()


def test_what_was_changed_by_hand_is_refused(tmp_path: Path) -> None:
    value = learn_furniture(_records()).for_source("gazette").dump()
    for broken in (b"{", b"[]", value.replace(line_key("Home").encode(), b"0" * 16)):
        with pytest.raises(CopydeskError):
            SourceFurniture.load(broken)
    with pytest.raises(CopydeskError):
        read_furniture(tmp_path / "missing.jsonl")


@pytest.mark.parametrize(
    "source,url,expected",
    [("Gazette", "https://x.example/a", "Gazette"), (None, "https://www.x.example/a", "x.example"), (None, None, ""), (None, "http://[", "")],
)
def test_whose_page_it_is(source: str | None, url: str | None, expected: str) -> None:
    assert source_of(source, url) == expected
