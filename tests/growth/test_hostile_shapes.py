"""No shape of text or page takes a stage a time that grows as the square of its length."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import orjson
import pytest

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import create as create_cleaner
from copydesk.services.deduplicator.sketch.sampling import SketchRule, sketch_all
from copydesk.services.tagger.settings import TaggerSettings
from copydesk.services.tagger.stage import create as create_tagger
from copydesk.shared.envelope import Payload, compute
from copydesk.shared.stage import Stage
from tests.growth.shapes import PAGES, TEXTS

pytestmark = pytest.mark.growth

SIZE = 200_000
SMALLEST = 12_500
MOST = 3.0  # times as long for twice the length: 2 is linear, 4 quadratic
NOISE_S = 0.1  # of what takes less, nothing can be told

Work = Callable[[str], object]


def _in_stage(stage: Stage, **fields: object) -> Work:
    whole = {"article_id": "a", "ingested_at": "2024-01-01T00:00:00Z", **fields}
    place = "content" if "content_type" in fields else "body"
    return lambda text: compute(stage, [Payload(orjson.dumps({**whole, place: text}), 1_700_000_000_000)])


def seconds(work: Work, text: str) -> float:
    """CPU time, the better of two: what else runs on the machine only adds."""

    def once() -> float:
        began = time.process_time()
        work(text)
        return time.process_time() - began

    first = once()
    return first if first < NOISE_S else min(first, once())


def growth(work: Work, shape: Callable[[int], str]) -> float:
    """The worst factor by which time grows for twice the length. It stops at the first that is too large: the next would take for ever."""
    worst = 0.0
    size, before = SMALLEST, seconds(work, shape(SMALLEST))
    while size < SIZE and worst < MOST:
        size *= 2
        now = seconds(work, shape(size))
        worst = max(worst, now / before if before >= NOISE_S else 0.0)
        before = now
    return worst


@pytest.fixture(scope="module")
def cleaner() -> Stage:
    return create_cleaner(CleanerSettings())


@pytest.fixture(scope="module")
def tagger() -> Iterator[Stage]:
    yield create_tagger(TaggerSettings(tagger_model="fast", tagger_cache=0))


@pytest.mark.parametrize("shape", TEXTS)
def test_text_in_the_cleaner(cleaner: Stage, shape: str) -> None:
    assert growth(_in_stage(cleaner, content_type="text/plain"), TEXTS[shape]) < MOST


@pytest.mark.parametrize("shape", PAGES)
def test_pages_in_the_cleaner(cleaner: Stage, shape: str) -> None:
    assert growth(_in_stage(cleaner, content_type="text/html"), PAGES[shape]) < MOST


@pytest.mark.parametrize("shape", TEXTS)
def test_text_in_the_deduplicator(shape: str) -> None:
    assert growth(lambda text: sketch_all([text], SketchRule()), TEXTS[shape]) < MOST


@pytest.mark.parametrize("shape", TEXTS)
def test_text_in_the_tagger(tagger: Stage, shape: str) -> None:
    assert growth(_in_stage(tagger, language="en", title="A title"), TEXTS[shape]) < MOST
