"""Labelled HTML pages, as the model sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from copydesk.services.cleaner.html.candidate import Candidate, candidate
from copydesk.services.cleaner.html.features import BlockMatrix
from copydesk.services.cleaner.html.training.label import body_shares
from copydesk.services.cleaner.training.labelled import fold_of, host, read_rows
from copydesk.shared.stage import Rejected


@dataclass(frozen=True, slots=True)
class LabelledBlocks:
    """One labelled page: features (blocks, columns), shares in the body and words (blocks,)."""

    rows: BlockMatrix
    shares: npt.NDArray[np.float64]
    words: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """One page with what is known of it. `fold` is that of its host; `example` is None where the page shows no text."""

    id: str
    url: str
    fold: int
    row: dict[str, str]
    page: Candidate | Rejected
    example: LabelledBlocks | None


def labelled(folder: Path, every: int = 1) -> Iterator[LabelledPage]:
    """The pages of cleaning/html_dev.jsonl.gz in `folder`, or each `every`-th of them, with their labels from stripped_dev.jsonl.gz."""
    rows = {row["id"]: row for row in read_rows(folder / "cleaning" / "stripped_dev.jsonl.gz")}
    folds = fold_of(host(row["url"]) for row in rows.values())
    for at, item in enumerate(read_rows(folder / "cleaning" / "html_dev.jsonl.gz")):
        if at % every == 0:
            row = rows[item["id"]]
            page = candidate(item["html"])
            yield LabelledPage(item["id"], row["url"], folds[host(row["url"])], row, page, _example(page, row["body"]))


def _example(page: Candidate | Rejected, body: str) -> LabelledBlocks | None:
    if isinstance(page, Rejected):
        return None
    words = np.asarray([len(block.text.split()) for block in page.blocks], np.float64)
    return LabelledBlocks(page.rows, np.asarray(body_shares([block.text for block in page.blocks], body), np.float64), words)
