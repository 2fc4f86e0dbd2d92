"""Train the pair model: `python -m copydesk.services.stories.training CLEANED.jsonl`. A few minutes on one core.

CLEANED: stories/stream.jsonl.gz of the labelled data through `copydesk enrich --stages clean`. Writes the document frequencies
(`--frequencies`, from the other sets) and the model, with the models of five folds that the quality gate judges by.
"""

from __future__ import annotations

import argparse
import gzip
import os
from pathlib import Path

from copydesk.services.stories import evidence, terms
from copydesk.services.stories.training.fit import fitted
from copydesk.services.stories.training.frequencies import lines_of_frequencies
from copydesk.services.stories.training.labelled import clipped, read_articles
from copydesk.services.stories.training.pairs import labelled_pairs


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m copydesk.services.stories.training", description="Train the pair model of story threads.")
    parser.add_argument("cleaned", type=Path, nargs="?", help="the stream, cleaned")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("COPYDESK_DATA", "../shared/data")), help="folder of the labelled data")
    parser.add_argument("--frequencies", action="store_true", help="count the terms anew first")
    options = parser.parse_args()
    if options.frequencies:
        with gzip.GzipFile(terms.FREQUENCIES, "wb", mtime=0) as file:
            file.writelines(line.encode() for line in lines_of_frequencies(options.data))
    if options.cleaned:
        pairs = labelled_pairs(clipped(read_articles(options.cleaned, options.data)))
        evidence.MODEL.write_text(fitted(pairs), encoding="utf-8")


if __name__ == "__main__":
    main()
