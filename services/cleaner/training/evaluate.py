"""Out-of-fold scores: each labelled page is judged by the network that has not seen its host."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from copydesk.services.cleaner.lines import Block
from copydesk.services.cleaner.model.line_model import ARTIFACT, ASKED, LineChances, LineModel, held_beside
from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.services.cleaner.training.labelled import fold_of, host
from copydesk.services.cleaner.training.score import Score, mean, page_score, shingles
from copydesk.shared.stage import Rejected

ANY_DAY = date(2026, 1, 1)


def evaluate_lines(rows: Sequence[dict[str, str]], artifact: Path = ARTIFACT, forms: Sequence[str] = ("full", "lite")) -> dict[str, Score]:
    """Scores of the whole classification, rules included, for each form of the pages."""
    return {form: mean(score for _, score in page_scores(rows, artifact, form)) for form in forms}


def page_scores(
    rows: Sequence[dict[str, str]], artifact: Path = ARTIFACT, form: str = "full", every: int = 1
) -> list[tuple[str, tuple[float, float]]]:
    """Id, and precision and recall, of each page, or of every n-th one."""
    judges = Judges(artifact)
    folds = fold_of(host(row["url"]) for row in rows)
    return [
        (str(row["id"]), page_score(shingles(body_out_of_fold(row[form], judges, folds[host(row["url"])])), shingles(row["body"])))
        for row in rows[::every]
    ]


class Judges:
    """The networks of all folds."""

    def __init__(self, artifact: Path = ARTIFACT) -> None:
        self._asked, self._held = LineModel(artifact), LineModel(held_beside(artifact))

    def read(self, blocks: Sequence[Block], fold: int) -> LineChances:
        """Read a page with the network that has not seen a fold's hosts."""
        return self._asked.read(blocks, fold) if fold < ASKED else self._held.read(blocks, fold - ASKED)


def body_out_of_fold(text: str, judges: Judges, fold: int) -> str:
    """The body that the whole cleaner finds with the network of one fold; empty for a page that it rejects."""
    part = clean_text(text, PageContext(ANY_DAY), lambda blocks: judges.read(blocks, fold))
    return "" if isinstance(part, Rejected) else part.body
