"""What a story is: each article links to the nearest earlier one, whatever came in which order."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.stories.evidence import Doubles, Truths, features
from copydesk.services.stories.links import StoryLink, nearest_links, role_of, stories_of
from copydesk.services.stories.profile import Profile, profile_of
from copydesk.services.stories.settings import StoriesSettings
from copydesk.services.stories.threads import StoryArticle, Threads
from copydesk.shared.stories.times import published_s

HOUR = 3600.0
DAY = 24 * HOUR

QUAKE = "A magnitude 6.4 earthquake struck off the coast of Samos on Friday, killing at least 12 people in Izmir, where six buildings collapsed."
QUAKE_AGAIN = "Rescuers in Izmir dug through the rubble of six collapsed buildings after an earthquake off Samos killed at least 12 people in Turkey."
TALKS = "Negotiators of Norvania and Estmark failed on Tuesday to agree on fishing quotas in the Skerry Strait, officials in Brennholm said."
VOTE = "Lawmakers in Ohio rejected a bill on Wednesday that would have allowed electric scooters on pavements in Columbus and Cleveland."
STRIKE = "Train drivers in Lyon walked out on Monday over night shifts, and half of all regional services of the operator Rhodia were cancelled."


def article(name: str, hours: float, body: str, title: str = "", copies: Iterable[str] = ()) -> StoryArticle:
    return StoryArticle(name, hours * HOUR, title, body, frozenset(copies))


def stories(articles: Iterable[StoryArticle], arranged: StoriesSettings | None = None) -> set[frozenset[str]]:
    """The stories as sets of articles."""
    given_articles, threads = list(articles), Threads(arranged)
    for one in given_articles:
        threads.add(one)
    found: dict[str, set[str]] = {}
    for name, story in stories_of([one.article_id for one in given_articles], threads.links).items():
        found.setdefault(story, set()).add(name)
    return {frozenset(members) for members in found.values()}


NEWS = [
    article("quake-1", 0, QUAKE, "Earthquake off Samos kills 12 in Izmir"),
    article("quake-2", 5, QUAKE_AGAIN, "Izmir earthquake: rescuers search collapsed buildings"),
    article("quake-3", 30, QUAKE_AGAIN.replace("12", "20"), "Death toll of Izmir earthquake rises to 20"),
    article("talks", 3, TALKS, "Fishing talks of Norvania and Estmark fail"),
    article("vote", 7, VOTE, "Ohio rejects scooter bill"),
    article("strike", 8, STRIKE, "Strike halts trains in Lyon"),
    article("strike-copy", 9, STRIKE, "Trains in Lyon cancelled"),
    article("blank", 9, ""),
]
TOLD = {frozenset({"quake-1", "quake-2", "quake-3"}), frozenset({"strike", "strike-copy"}), *map(frozenset, (["talks"], ["vote"], ["blank"]))}


def test_reports_of_one_event_are_a_story_and_others_stand_alone() -> None:
    assert stories(NEWS) == TOLD


@settings(max_examples=25, deadline=None)
@given(st.permutations(NEWS))
def test_neither_stories_nor_links_depend_on_the_order_of_arrival(arrived: list[StoryArticle]) -> None:
    in_order, other = Threads(), Threads()
    for one in NEWS:
        in_order.add(one)
    told: list[StoryLink] = [link for one in arrived for link in other.add(one)]
    random.Random(len(told)).shuffle(told)
    assert other.links == in_order.links
    assert nearest_links([*told, *told]) == in_order.links, "what was told folds to the same links, in any order and twice"
    assert stories(arrived) == TOLD


def test_a_late_article_takes_over_links_and_the_id_of_the_story() -> None:
    first, second, third = NEWS[:3]
    threads = Threads()
    assert threads.add(second) == []
    threads.add(third)
    assert stories_of(["quake-2", "quake-3"], threads.links) == {"quake-2": "quake-2", "quake-3": "quake-2"}
    corrections = threads.add(first)
    assert ("quake-2", "quake-1") in [(link.article_id, link.nearest) for link in corrections]
    assert set(stories_of(["quake-1", "quake-2", "quake-3"], threads.links).values()) == {"quake-1"}


def test_the_window_ends_a_story() -> None:
    anniversary = article("year-later", 8 * 24, QUAKE_AGAIN, "Izmir earthquake: rescuers search collapsed buildings")
    assert frozenset({"year-later"}) in stories([*NEWS[:2], anniversary])
    assert len(stories([*NEWS[:2], anniversary], StoriesSettings(stories_window_days=10))) == 1


def test_a_copy_joins_what_it_copies_whatever_its_words_say() -> None:
    copied = article("copy", 20, "Short.", copies=["quake-1"])
    assert frozenset({"quake-1", "copy"}) in stories([NEWS[0], copied])
    assert frozenset({"quake-1", "copy"}) in stories([copied, NEWS[0]])


def test_of_many_copies_each_is_scored_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once for each of the others: a copy cannot be nearer to anything than to what it copies."""
    scored: list[int] = []

    def counted(one: Profile, others: Sequence[Profile], gaps_s: Doubles, later: Truths) -> list[float]:
        scored.extend([1] * len(others))
        return [0.9] * len(others)

    monkeypatch.setattr("copydesk.services.stories.threads.scores", counted)
    copies = [article(f"copy-{number:03}", 1, f"{QUAKE} Number {number}.", copies=["original"]) for number in range(60)]
    assert len(stories([article("original", 0, QUAKE), *copies])) == 1
    assert len(scored) < 3 * len(copies)


@settings(max_examples=15, deadline=None)
@given(st.permutations(NEWS), st.sets(st.sampled_from([one.article_id for one in NEWS])))
def test_what_leaves_leaves_no_trace(arrived: list[StoryArticle], gone: set[str]) -> None:
    """Articles that came and were taken back: links are those of the rest, as if they had never come."""
    threads, rest = Threads(), Threads()
    for one in arrived:
        threads.add(one)
    before = dict(threads.links)
    changed = {name for one in gone for name in threads.remove(one)}
    for one in NEWS:
        if one.article_id not in gone:
            rest.add(one)
    assert threads.links == rest.links
    assert {name for name in rest.links.keys() | (before.keys() - gone) if before.get(name) != rest.links.get(name)} <= changed
    assert sorted(one.article_id for one in NEWS if one.article_id in threads) == sorted({one.article_id for one in NEWS} - gone)


def test_a_copy_that_is_told_later_links_as_one_that_was_told_at_once() -> None:
    copied = article("copy", 20, "Short.")
    threads = Threads()
    threads.add(copied)
    assert threads.copied("copy", "quake-1") == [], "it waits for the other"
    threads.add(NEWS[0])
    assert threads.links["copy"].nearest == "quake-1"
    threads.add(article("copy-2", 21, "Shorter."))
    assert [link.nearest for link in threads.copied("copy-2", "quake-1")] == ["quake-1"]


def test_links_to_what_has_expired_stay_and_new_ones_are_not_made() -> None:
    threads = Threads()
    threads.add(NEWS[0])
    threads.add(NEWS[1])
    threads.expire("quake-1")
    assert threads.links["quake-2"].nearest == "quake-1"
    threads.add(NEWS[2])
    assert threads.links["quake-3"].nearest == "quake-2"
    again = Threads()
    again.stand(threads.links["quake-2"])
    again.add(NEWS[1])
    assert again.links["quake-2"].nearest == "quake-1", "and stay where they are given back, unless something nearer comes"


def test_the_numbers_of_a_pair_do_not_depend_on_who_came_first() -> None:
    profiles = [profile_of(one.title, one.body) for one in NEWS]
    for a, one in enumerate(profiles):
        for b, other in enumerate(profiles):
            gap = np.array([3 * HOUR])
            forth = features(one, [other], gap, np.array([a > b]))
            back = features(other, [one], gap, np.array([b > a]))
            assert a == b or {name: float(value[0]) for name, value in forth.items()} == {name: float(value[0]) for name, value in back.items()}


def test_roles() -> None:
    threads = Threads()
    for one in NEWS[:3]:
        threads.add(one)
    roles = {one.article_id: role_of(threads.links.get(one.article_id), one.time_s) for one in NEWS[:3]}
    assert roles == {"quake-1": "opens", "quake-2": "joins", "quake-3": "follows"}


def test_reasons_are_words_of_the_articles() -> None:
    threads = Threads()
    for one in NEWS[:2]:
        threads.add(one)
    why = threads.nearest(threads.links["quake-2"])
    assert {"Samos", "Izmir"} <= set(why.names)
    assert "earthquake" in why.terms
    assert why.hours == 5.0


def test_an_article_that_comes_twice_is_refused() -> None:
    threads = Threads()
    threads.add(NEWS[0])
    with pytest.raises(ValueError, match="quake-1 came twice"):
        threads.add(NEWS[0])


@pytest.mark.parametrize(
    ("published", "ingested", "expected"),
    [
        ("2024-05-06T10:00:00Z", "2024-05-06T10:05:00Z", "2024-05-06T10:00:00Z"),
        ("2024-05-06T12:00:00+02:00", "2024-05-06T10:05:00Z", "2024-05-06T10:00:00Z"),
        ("2024-05-06T10:00:00", "2024-05-06T10:05:00Z", "2024-05-06T10:00:00Z"),
        ("2024-05-06", "2024-05-06T18:00:00Z", "2024-05-06T18:00:00Z"),
        ("2024-05-06", "2024-07-01T18:00:00Z", "2024-05-06T12:00:00Z"),
        ("2031-01-01T00:00:00Z", "2024-05-06T10:05:00Z", "2024-05-06T10:05:00Z"),
        ("2024-05", "2024-05-06T10:05:00Z", "2024-05-06T10:05:00Z"),
        ("yesterday evening", "2024-05-06T10:05:00Z", "2024-05-06T10:05:00Z"),
        ("0001-01-01T00:00:00+05:00", "2024-05-06T10:05:00Z", "0001-01-01T00:00:00+05:00"),
        (None, "2024-05-06T10:05:00Z", "2024-05-06T10:05:00Z"),
    ],
)
def test_when_an_article_was_published(published: str | None, ingested: str, expected: str) -> None:
    assert published_s(published, ingested) == published_s(expected, expected)
