"""Scores of the cleaner on stripped text, out of fold: each page is judged by the network that has not seen its host.

The floors may only rise.
"""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.model.line_model import ARTIFACT, held_beside
from copydesk.services.cleaner.training.evaluate import page_scores
from copydesk.services.cleaner.training.labelled import read_rows
from copydesk.services.cleaner.training.score import mean
from tests.data import data_path

FLOORS = {"full": 0.939, "lite": 0.919, "body": 0.982}  # F1; `body`: pages that are nothing but their article, without its headline
MOST_HALVED = {"full": 0.018, "lite": 0.035, "body": 0.01}
EVERY = {"full": 1, "lite": 2, "body": 4}  # some are judged on every n-th page, to save time


@pytest.mark.parametrize("form", FLOORS)
def test_stripped_text_is_cleaned_as_well_as_ever(form: str) -> None:
    rows = read_rows(data_path("cleaning/stripped_dev.jsonl.gz"))
    score = mean(found for _, found in page_scores(rows, form=form, every=EVERY[form]))
    assert score.f1 >= FLOORS[form], score
    assert score.halved <= MOST_HALVED[form], score


def test_the_artifact_is_small() -> None:
    assert ARTIFACT.stat().st_size + held_beside(ARTIFACT).stat().st_size <= 2_000_000
