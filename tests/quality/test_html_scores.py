"""Scores of HTML extraction on each sixth labelled page, out of fold: each is judged by the ensemble that has not seen its host.

The floors may only rise.
"""

from __future__ import annotations

from copydesk.services.cleaner.html.choice import ARTIFACT, BlockModel
from copydesk.services.cleaner.html.training.evaluate import evaluate_pages
from copydesk.services.cleaner.html.training.pages import labelled
from tests.data import data_path

EVERY = 6
FLOOR_F1 = 0.955
MOST_HALVED = 0.01
FLOORS = {"title": 0.91, "author": 0.82, "date": 0.85}  # shares of the labelled pages on which the field comes out equal


def test_html_is_extracted_as_well_as_ever() -> None:
    folder = data_path("cleaning/html_dev.jsonl.gz").parent.parent
    report = evaluate_pages(labelled(folder, EVERY), BlockModel())
    assert report.score.f1 >= FLOOR_F1, report
    assert report.score.halved <= MOST_HALVED, report
    assert {name: report.share(name) >= floor for name, floor in FLOORS.items()} == dict.fromkeys(FLOORS, True), report


def test_the_artifact_is_small() -> None:
    assert ARTIFACT.stat().st_size <= 2_000_000
