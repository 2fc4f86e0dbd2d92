"""What the network learns from: variants of labelled pages that other scrapers, sites and languages might have left.

The page in full and without its menus (`lite`); with and without blank lines; with the furniture above and below the
article taken from another page of the same fold; in other scripts.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from copydesk.services.cleaner.lines import Block
from copydesk.services.cleaner.model.characters import Floats
from copydesk.services.cleaner.model.features import LineFeatures, extract
from copydesk.services.cleaner.training.labelled import MOST_LINES, LabelledLine, LabelledText
from copydesk.services.cleaner.training.scripts import without_case, without_spaces

LONG_LINE = 8  # words
HEADLINE_ABOVE = 40  # lines


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """What the network learns from: the features, and for each line (lines,) its label, whether it is the headline, and its words."""

    page: LineFeatures
    labels: Floats
    titles: Floats
    words: Floats


def variants(page: LabelledText, donors: Sequence[LabelledText], rng: random.Random) -> list[list[LabelledLine]]:
    """The page in the forms that it is learned in; those it has as labelled come first."""
    forms = list(page.forms.values())
    made = list(forms)
    for lines in forms:
        made += [[replace(line, blank_before=blank) for line in lines] for blank in (False, True)]
        made.append(_in_other_furniture(lines, rng.choice(donors), rng))
    made += [rewrite(rng.choice(made), rng) for rewrite in (without_case, without_spaces) if made]
    return [lines[:MOST_LINES] for lines in made if lines]


def _in_other_furniture(lines: list[LabelledLine], donor: LabelledText, rng: random.Random) -> list[LabelledLine]:
    """The article with what stands below another, half of the time also with what stands above it."""
    if not donor.forms:
        return lines
    other = donor.forms[rng.choice(sorted(donor.forms))]
    mine, theirs = _extent(lines), _extent(other)
    if mine is None or theirs is None:
        return lines
    tail = [replace(line, share=0.0, is_title=False) for line in other[theirs[1] :]]
    start = next((n for n in range(max(0, mine[0] - HEADLINE_ABOVE), mine[0]) if lines[n].is_title), mine[0])
    stop = next((n for n in range(theirs[0]) if other[n].is_title), theirs[0])
    head = other[:stop] + lines[start : mine[0]] if rng.random() < 0.5 else lines[: mine[0]]
    return head + lines[mine[0] : mine[1]] + tail


def _extent(lines: Sequence[LabelledLine]) -> tuple[int, int] | None:
    body = [n for n, line in enumerate(lines) if line.share > 0.5 and line.words > LONG_LINE]
    return (body[0], body[-1] + 1) if body else None


def example(lines: Sequence[LabelledLine]) -> LabelledLines:
    page = extract([Block(line.text, 0, 0, line.blank_before) for line in lines])
    columns = ([line.share for line in lines], [line.is_title for line in lines], [line.words for line in lines])
    return LabelledLines(page, *(np.array(column, np.float32) for column in columns))
