"""What was told of stories, in each archive: the last stands in whatever order it comes, what is taken back leaves nothing, and what it answers."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest

from copydesk.shared.archive.asking import ArticleSearch, StorySearch
from copydesk.shared.errors import CopydeskError
from copydesk.shared.stage import Written
from copydesk.shared.topics import STORIES
from tests.archives import ArchivePair, another_writer
from tests.samples import entity
from tests.story_samples import ARTICLES, TOLD, article, taken_back, told


def whole(archive: ArchivePair, name: str) -> dict[str, Any]:
    found = archive.reader.story(name)
    assert found is not None
    return found


def listed(archive: ArchivePair, least: int = 2, **conditions: Any) -> list[str]:
    return [story["story"] for story in archive.reader.stories(StorySearch(ArticleSearch(**conditions), least))["stories"]]


@pytest.fixture
def filled(archive: ArchivePair) -> ArchivePair:
    archive.store(*ARTICLES, *TOLD)
    return archive


@pytest.mark.parametrize("seed", range(3))
def test_what_is_told_depends_on_what_came_not_on_when(archive: ArchivePair, seed: int) -> None:
    came = [*ARTICLES, *TOLD, taken_back("b"), TOLD[3]]
    random.Random(seed).shuffle(came)
    archive.store(*came[:5])
    archive.store(*came[5:])
    assert archive.reader.story("b") is None
    assert [(one["article_id"], one["role"], one.get("nearest")) for one in whole(archive, "a")["articles"]] == [
        ("a", "opens", None), ("c", "joins", None)]  # fmt: skip
    assert listed(archive, 1) == ["d", "a"]


def test_a_story_is_told_by_its_id_and_by_any_article_of_it(filled: ArchivePair) -> None:
    story = whole(filled, "a")
    assert whole(filled, "c") == story
    assert [(one["article_id"], one.get("nearest", {}).get("article_id")) for one in story["articles"]] == [("a", None), ("b", "a"), ("c", "b")]
    assert story["articles"][1]["nearest"] == {"article_id": "a", "score": 0.9, "copy": False, "names": ["Samos"], "terms": ["quake"], "hours": 2.5}
    assert (story["story"], story["from"], story["title"], story["counted"]) == ("a", "a", "Title of a", 3)
    assert filled.reader.story("nobody") is None


def test_stories_come_newest_first_page_by_page(filled: ArchivePair) -> None:
    found = filled.reader.stories(StorySearch(ArticleSearch()))
    (brief,) = found["stories"]
    assert (brief["story"], brief["articles"], brief["outlets"], brief["copies"], brief["title"]) == ("a", 3, 3, 0, "Title of a")
    assert brief["lede"]
    assert brief["first_seen"] < brief["last_update"]
    assert found["next"] is None
    filled.store(article("e", 9), told("e", "e"), article("f", 8), told("f", "f"))
    first = filled.reader.stories(StorySearch(ArticleSearch(limit=2), 1))
    second = filled.reader.stories(StorySearch(ArticleSearch(limit=2, after=first["next"]), 1))
    assert [[one["story"] for one in page["stories"]] for page in (first, second)] == [["e", "f"], ["d", "a"]]
    assert second["next"] is None
    with pytest.raises(CopydeskError, match="no cursor"):
        filled.reader.stories(StorySearch(ArticleSearch(after="x")))


def test_stories_are_chosen_by_what_an_article_of_them_says(filled: ArchivePair) -> None:
    izmir = entity("Izmir", "GPE", [(0, 5, "Izmir")])
    filled.store(article("g", 6, entities=[izmir], body="Izmir again.", language="de"), told("g", "a", "c", 7))
    assert listed(filled, entity="izmir") == listed(filled, text="again") == listed(filled, language="de") == ["a"]
    assert listed(filled, source="b.example") == ["a"]
    assert listed(filled, text="nowhere") == listed(filled, source="d.example") == listed(filled, since="2030-01-01T00:00:00.000Z") == []
    assert listed(filled, 1, source="d.example") == ["d"]
    assert "Izmir" in whole(filled, "a")["places"]


def test_articles_are_searched_for_within_a_story(filled: ArchivePair) -> None:
    def found(**conditions: Any) -> list[str]:
        return [one["article_id"] for one in filled.reader.articles(ArticleSearch(**conditions))["articles"]]

    assert found(story="a") == found(story="b") == ["c", "b", "a"]
    assert found(story="a", source="b.example") == ["b"]
    assert found(story="nobody") == []
    page = filled.reader.articles(ArticleSearch(story="c", limit=2))
    assert [one["article_id"] for one in filled.reader.articles(ArticleSearch(story="c", limit=2, after=page["next"]))["articles"]] == ["a"]


def test_one_whose_opening_is_gone_or_has_not_come_is_a_story_as_well(archive: ArchivePair) -> None:
    archive.store(told("b", "a", "a"), told("c", "a", "b"), article("c", 2), article("b", 1))
    story = whole(archive, "a")
    assert [one["article_id"] for one in story["articles"]] == ["b", "c"]
    assert [development["article_id"] for development in story["developments"]] == ["b"], "the link to what is not here is told, not followed"
    assert listed(archive) == ["a"]


def test_three_that_write_at_once_tell_the_same(archive: ArchivePair) -> None:
    """Each in an order of its own, in small batches, while one article is taken back."""
    came = [*ARTICLES, *TOLD, *(told(f"e{number}", "a", "a", number) for number in range(20)), *(article(f"e{number}", 9) for number in range(20))]
    failures: list[BaseException] = []

    def replica(seed: int) -> None:
        writer = another_writer(archive)
        writer.open()
        try:
            mine = random.Random(seed).sample([*came, taken_back("b")], len(came) + 1)
            for first in range(0, len(mine), 4):
                assert not any(writer.write(mine[first : first + 4]))
        except BaseException as error:
            failures.append(error)
        finally:
            writer.close()

    threads = [threading.Thread(target=replica, args=(seed,)) for seed in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert {one["article_id"] for one in whole(archive, "a")["articles"]} == {"a", "c", *(f"e{number}" for number in range(20))}
    assert "nearest" not in next(one for one in whole(archive, "a")["articles"] if one["article_id"] == "c")


def test_bad_ones_are_refused_between_good_ones(archive: ArchivePair) -> None:
    answers = archive.writer.write([TOLD[0], Written(STORIES, b"{}"), ARTICLES[0], Written(STORIES, b"\xff"), TOLD[1]])
    assert [answer.reason if answer else None for answer in answers] == [None, "invalid_record", None, "not_json", None]
    assert listed(archive, 1) == ["a"]
