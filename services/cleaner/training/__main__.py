"""Train the line model: `python -m copydesk.services.cleaner.training`.

Reads cleaning/stripped_dev.jsonl.gz, trains one network for each fold of hosts, judges each on the fold that it has not
seen, and writes all of them, those that read new pages and those kept for judging. Needs the `training` extra; about half an hour on one core.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from pathlib import Path

import torch

from copydesk.services.cleaner.model.line_model import ARTIFACT
from copydesk.services.cleaner.training.evaluate import evaluate_lines
from copydesk.services.cleaner.training.export import export_network
from copydesk.services.cleaner.training.fit import fit_network
from copydesk.services.cleaner.training.labelled import FOLDS, LabelledText, fold_of, label, read_rows
from copydesk.services.cleaner.training.pages import example, variants


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    started = time.monotonic()

    def tell(message: str) -> None:
        print(f"{time.monotonic() - started:7.0f} s  {message}", file=sys.stderr, flush=True)

    rows = read_rows(options.data / "cleaning" / "stripped_dev.jsonl.gz", options.pages)
    pages = [label(row) for row in rows]
    folds = fold_of(page.host for page in pages)
    tell(f"{len(pages)} pages of {len(folds)} hosts are labelled")
    examples = _examples(pages, folds)
    tell("features are computed")
    members = []
    for fold in range(FOLDS):
        learned = [examples[page.id] for page in pages if folds[page.host] != fold and examples[page.id]]
        members.append(fit_network(learned, fold, options.epochs, lambda message, fold=fold: tell(f"fold {fold}  {message}")))  # type: ignore[misc]
    export_network(members, next(iter(examples.values()))[0].page, options.out, f"{options.version}")
    for form, score in evaluate_lines(rows, options.out).items():
        tell(f"out of fold, {form}: {score}")


def _examples(pages: list[LabelledText], folds: dict[str, int]) -> dict[str, list]:  # type: ignore[type-arg]
    rng = random.Random(1)
    donors = {fold: [page for page in pages if folds[page.host] == fold] for fold in range(FOLDS)}
    return {page.id: [example(lines) for lines in variants(page, donors[folds[page.host]], rng)] for page in pages}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m copydesk.services.cleaner.training", description="Train the cleaner's line model.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("COPYDESK_DATA", "../shared/data")), help="folder of the labelled data")
    parser.add_argument("--out", type=Path, default=ARTIFACT)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--pages", type=int, default=None, help="only so many pages, to try the script")
    parser.add_argument("--version", default=time.strftime("%Y.%m.%d"), help="version that the artifact names")
    return parser.parse_args()


if __name__ == "__main__":
    main()
