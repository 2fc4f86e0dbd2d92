"""Pages and texts that were marked line by line: what an editor keeps is what comes out, and so are headline, author and day."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import CleanerStage
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.stage import Enriched
from tests.unit.cleaner.marked.marked import Marked, read


@pytest.fixture(scope="module")
def stage() -> CleanerStage:
    return CleanerStage(CleanerSettings())


@pytest.mark.parametrize("marked", [pytest.param(marked, id=marked.name) for marked in read("*.pages")])
def test_a_page_is_read_as_it_was_marked(stage: CleanerStage, marked: Marked) -> None:
    part = cleaned(stage, marked, "text/html")
    assert [word for word in part.body.split() if word != "|"] == marked.words
    assert facts(part) == {**facts(part), **{key: marked.facts[key] for key in ("title", "author", "published")}}


@pytest.mark.parametrize("marked", [pytest.param(marked, id=marked.name) for marked in read("*.texts")])
def test_a_text_is_read_as_it_was_marked(stage: CleanerStage, marked: Marked) -> None:
    part = cleaned(stage, marked, "text/plain")
    assert part.body.split() == marked.words
    assert facts(part) == {**facts(part), **{key: marked.facts[key] for key in ("title", "author", "published")}}


def cleaned(stage: CleanerStage, marked: Marked, content_type: str) -> CleanedPart:
    (outcome,) = stage.process([RawArticle(article_id="a", content=marked.source, content_type=content_type, ingested_at="2024-12-01T00:00:00.000Z")])
    assert isinstance(outcome, Enriched) and isinstance(outcome.part, CleanedPart), outcome
    return outcome.part


def facts(part: CleanedPart) -> dict[str, str]:
    """What was told of the article; "none" for what was not."""
    return {"title": part.title or "none", "author": part.author or "none", "published": (part.published_at or "none")[:10]}
