"""Labelled pages, line by line, and folds over their hosts."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from copydesk.services.cleaner.lines import split_lines
from copydesk.services.cleaner.title import fold_title
from copydesk.services.cleaner.training.align import align

FOLDS = 5
SEED = 7
MOST_LINES = 1_200
LEAST_FOUND = 0.5  # share of the body that has to be on the page, else its label teaches nothing


@dataclass(frozen=True, slots=True)
class LabelledLine:
    text: str
    blank_before: bool
    share: float  # of its words that are in the body
    words: int
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One labelled page. `forms` holds its lines as stripped in full and in `lite`, as far as the body is on it."""

    id: str
    host: str
    body: str
    texts: dict[str, str]
    forms: dict[str, list[LabelledLine]]


def read_rows(path: Path, most: int | None = None) -> list[dict[str, str]]:
    """The rows of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for _, line in zip(range(most or 10**9), lines, strict=False)]


def label(row: dict[str, str]) -> LabelledText:
    """Align a row's texts with its body."""
    forms = {}
    for form in ("full", "lite"):
        blocks = split_lines(row[form])[:MOST_LINES]
        titled = [fold_title(block.text) == fold_title(row["title"] or "") for block in blocks]
        found = align(blocks, row["body"])
        known = zip(blocks, found, titled, strict=True)
        lines = [LabelledLine(block.text, block.blank_before, *shares, is_title) for block, shares, is_title in known]
        if sum(line.share * line.words for line in lines) >= LEAST_FOUND * len(row["body"].split()):
            forms[form] = lines
    return LabelledText(str(row["id"]), host(row["url"]), row["body"], {form: row[form] for form in ("full", "lite")}, forms)


def host(url: str) -> str:
    """The host of an address without its www."""
    return urlsplit(url).netloc.lower().removeprefix("www.")


def fold_of(hosts: Iterable[str]) -> dict[str, int]:
    """A fold for each host, the same whatever order they come in."""
    ordered = sorted(set(hosts))
    random.Random(SEED).shuffle(ordered)
    return {name: n % FOLDS for n, name in enumerate(ordered)}
