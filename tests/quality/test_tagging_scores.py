"""The quality gate of the tagging models: exact spans of PERSON, ORG and LOC on samples of labelled sets. Floors only rise."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import pytest

from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.load import load_model
from copydesk.services.tagger.model.tagger import Tagger
from tests.data import data_path

SCORED = frozenset({"PERSON", "ORG", "LOC"})
EVERY = {"pud.test": 1, "gum_news.test": 1, "ewt.test": 2, "redocred.test": 8}  # every n-th text of the set
FLOORS = {
    "accurate": {"pud.test": 0.804, "gum_news.test": 0.785, "ewt.test": 0.794, "redocred.test": 0.86},
    "fast": {"pud.test": 0.74, "gum_news.test": 0.72, "ewt.test": 0.73, "redocred.test": 0.77},
}

Text = tuple[int, str, list[tuple[int, int, str]], list[tuple[int, int]]]


@cache
def scoring() -> ModuleType:
    """The scorer that comes with the labelled data."""
    spec = importlib.util.spec_from_file_location("labelled_data_score", data_path("score.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(name: str) -> Iterator[Text]:
    yield from scoring().ner_texts(str(data_path(f"ner/dev/{name}.jsonl.gz")))


def f1(tagger: Tagger, name: str) -> float:
    """Exact spans, micro-averaged; predictions that touch words without annotation do not count."""
    hits = found = wanted = 0
    for _, text, gold_spans, unknown in list(texts(name))[:: EVERY[name]]:
        gold = {span for span in gold_spans if span[2] in SCORED}
        got = {(span.start, span.end, span.label) for span in tagger.spans([text])[0] if span.label in SCORED}
        got = {g for g in got if g in gold or not any(start < g[1] and g[0] < end for start, end in unknown)}
        hits, found, wanted = hits + len(gold & got), found + len(got), wanted + len(gold)
    return 2 * hits / (found + wanted)


@pytest.fixture(scope="module", params=sorted(FLOORS))
def tagger(request: pytest.FixtureRequest) -> Tagger:
    return Tagger(load_model(request.param), ParagraphCache(0))


@pytest.mark.parametrize("name", sorted(EVERY))
def test_the_score_is_not_below_its_floor(tagger: Tagger, name: str) -> None:
    score = f1(tagger, name)
    print(f"{tagger.model.name} {name} F1 {score:.4f}")
    assert score >= FLOORS[tagger.model.name][name], f"{tagger.model.name} on {name}: F1 {score:.4f}"
