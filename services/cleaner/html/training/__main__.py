"""Train the choice among blocks: `python -m copydesk.services.cleaner.html.training`.

Reads cleaning/html_dev.jsonl.gz, trains one ensemble of trees for each fold of hosts, writes them all into the artifact, and judges each
on the fold that it has not seen. Needs the `training` extra; a few minutes on one core.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from copydesk.services.cleaner.html.candidate import Candidate
from copydesk.services.cleaner.html.choice import ARTIFACT, BlockModel
from copydesk.services.cleaner.html.training.evaluate import evaluate_pages
from copydesk.services.cleaner.html.training.fit import export_trees, fit_trees
from copydesk.services.cleaner.html.training.pages import labelled
from copydesk.services.cleaner.training.labelled import FOLDS


def main() -> None:
    options = _options()
    started = time.monotonic()

    def tell(message: str) -> None:
        print(f"{time.monotonic() - started:7.0f} s  {message}", file=sys.stderr, flush=True)

    pages = list(labelled(options.data, options.every))
    columns = next(item.page.columns for item in pages if isinstance(item.page, Candidate))
    tell(f"{len(pages)} pages, {len(columns)} columns")
    boosters = []
    for fold in range(FOLDS):
        boosters.append(fit_trees([item.example for item in pages if item.fold != fold and item.example], options.threads))
        tell(f"fold {fold} is trained")
    export_trees(boosters, columns, options.out)
    tell(f"out of fold: {evaluate_pages(pages, BlockModel(options.out))}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m copydesk.services.cleaner.html.training", description="Train the choice among a page's blocks.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("COPYDESK_DATA", "../shared/data")), help="folder of the labelled data")
    parser.add_argument("--out", type=Path, default=ARTIFACT)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="only each so-many-th page, to try the script")
    return parser.parse_args()


if __name__ == "__main__":
    main()
