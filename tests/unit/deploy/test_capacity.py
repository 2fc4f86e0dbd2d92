"""docs/capacity.md is what its model prints, and the model tells what was measured."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from tests.data import ROOT


def model() -> ModuleType:
    spec = importlib.util.spec_from_file_location("capacity", ROOT / "deploy" / "capacity.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["capacity"] = importlib.util.module_from_spec(spec)  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


MODEL = model()
PAGE = (ROOT / "docs" / "capacity.md").read_text("utf-8")


@pytest.mark.parametrize(("kind", "vnni"), [("texts", True), ("pages", False)])
@pytest.mark.parametrize("articles", [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000])
def test_the_page_has_what_the_model_says(articles: int, kind: str, vnni: bool) -> None:
    assert MODEL.row(MODEL.capacity(articles, kind, vnni)) in PAGE


def test_the_model_gives_the_rate_that_was_measured_on_two_cores() -> None:
    assert 2_000 / sum(MODEL.stage_ms("texts", True)) == pytest.approx(24, rel=0.15)


def test_twice_as_many_articles_need_twice_as_much() -> None:
    one, two = MODEL.capacity(5_000_000), MODEL.capacity(10_000_000)
    assert two.cores == pytest.approx(2 * one.cores)
    assert two.index_gb == pytest.approx(2 * one.index_gb)
    assert two.partitions >= one.partitions >= one.tagger_cores
