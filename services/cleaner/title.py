"""Which line is the headline: the one that is given, else the one that the line model takes for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from copydesk.services.cleaner.lines import Block, Label
from copydesk.services.cleaner.model.characters import Floats

TITLE = Label("title", "title")
SUFFIX = re.compile(r"\s+[|–—·•-]\s+[^|–—·•]{2,40}$")  # the site's name behind a page's title
LEAST_CHANCE, LEAST_IN_ARTICLE = 0.2, 0.5  # that a line is the headline: of any line, of one that reads as the article's own
TOP = 3  # lines among which a page's own title may stand, paragraphs among which the headline may stand once more
MOST_ABOVE = 200  # characters of the article above its headline; below more of it stand headings of its parts
SENTENCE = (".", "…", "。", "।", "۔", ".”", '."')
LONGEST = 300
LEAST_WORDS = 3  # of a page's own title; names of authors and of sites have two


def fold(text: str) -> str:
    """A title as it is compared: NFKC, case and white space ignored."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def mark(blocks: Sequence[Block], labels: list[Label], chances: Floats, given: str | None = None) -> list[Label]:
    """The labels with the headline's block as the title, and so any other line with the same words outside the article or at its top."""
    at = find(blocks, labels, chances, given)
    if at is None:
        return labels
    folded = fold(blocks[at].text)
    top = [n for n, label in enumerate(labels) if label.is_body][:TOP]
    may = [n for n, label in enumerate(labels) if not label.is_body or n in top]
    same = {at, *(n for n in may if fold(blocks[n].text) == folded)}
    return [TITLE if n in same else label for n, label in enumerate(labels)]


def find(blocks: Sequence[Block], labels: Sequence[Label], chances: Floats, given: str | None = None) -> int | None:
    """The index of the headline's block, or None."""
    given = given or _page_title(blocks)
    if given and (same := _lines_of(given, blocks)):
        first = next((n for n, label in enumerate(labels) if label.is_body), len(blocks))
        return max((n for n in same if n <= first), default=same[0])
    likely = [n for n in _before_article(blocks, labels) if chances[n] >= LEAST_CHANCE and _may_head(blocks[n].text, labels[n], float(chances[n]))]
    return max(likely, key=lambda n: float(chances[n]), default=None)


def _page_title(blocks: Sequence[Block]) -> str | None:
    """A page that was scraped with its title begins with it: "Headline - Site", and the headline stands below once more."""
    for n, block in enumerate(blocks[:TOP]):
        headline = SUFFIX.sub("", block.text)
        if headline == block.text or headline.count(" ") < LEAST_WORDS - 1:
            continue
        folded = fold(headline)
        if any(fold(below.text) == folded for below in blocks[n + 1 :] if len(below.text) <= LONGEST):
            return headline
    return None


def _before_article(blocks: Sequence[Block], labels: Sequence[Label]) -> Iterator[int]:
    above = 0
    for n, (block, label) in enumerate(zip(blocks, labels, strict=True)):
        if above > MOST_ABOVE:
            return
        yield n
        above += len(block.text) if label.is_body else 0


def _may_head(text: str, label: Label, chance: float) -> bool:
    """An article may have come without its headline; then neither its first sentence nor the first heading in it is one."""
    return len(text) <= LONGEST and (not label.is_body or (chance >= LEAST_IN_ARTICLE and not text.endswith(SENTENCE)))


def _lines_of(given: str, blocks: Sequence[Block]) -> list[int]:
    """The lines with a given title's words; else those with its words without the site's name behind them."""
    folded = [fold(block.text) if len(block.text) <= LONGEST else "" for block in blocks]
    for wanted in (fold(given), fold(SUFFIX.sub("", given))):
        if same := [n for n, text in enumerate(folded) if text == wanted]:
            return same
    return []
