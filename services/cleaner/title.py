"""Which line is the headline: the one that is given, else the one that the line model takes for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from copydesk.services.cleaner.lines import Block, Label, LabelKind
from copydesk.services.cleaner.model.characters import Floats
from copydesk.services.cleaner.phrases import bare, either
from copydesk.services.cleaner.phrases.navigation import LIVE
from copydesk.services.cleaner.rules.head import LIVE_MARKS
from copydesk.services.cleaner.rules.rule import width
from copydesk.services.cleaner.teasers import TEASER

TITLE = Label("title", "title")
SUFFIX = re.compile(r"(?<!\s)\s+[|–—·•-]\s+[^|–—·•]{2,40}$")  # the site's name behind a page's title
LEAST_CHANCE, LEAST_IN_ARTICLE = 0.2, 0.5  # that a line is the headline: of any line, of one that reads as the article's own
LEAST_BELOW_MENU = 0.35  # the same of one that furniture stands above
NO_TITLES: tuple[LabelKind, ...] = (
    *("navigation", "share", "subscription", "advertisement", "legal", "newsletter", "comment_form", "comment", "byline", "date_header"),
    *("weather", "pager", "call_to_action", "credit", "caption", "place_header"),
)
TOP = 3  # lines among which a page's own title may stand, paragraphs among which the headline may stand once more
MOST_ABOVE = 200  # characters of the article above its headline; below more of it stand headings of its parts
SENTENCE = (".", "…", "。", "।", "۔", ".”", '."')
LONGEST = 300
TOLD = 0.34  # share of a headline's longer words that its article uses
SHORTEST, SHORT_WORD = 24, 3  # characters
WORD = re.compile(r"\w+")
LEAST_WORDS = 3  # of a page's own title; names of authors and of sites have two

_live_within = re.compile(rf"(?<!\w){either(LIVE.values())}(?!\w)", re.I | re.X)


def fold_title(text: str) -> str:
    """A title as it is compared: NFKC, case and white space ignored."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def mark(blocks: Sequence[Block], labels: list[Label], chances: Floats, given: str | None = None) -> list[Label]:
    """The labels with the headline's block as the title, and so any other line with the same words outside the article or at its top."""
    at = find_headline(blocks, labels, chances, given)
    if at is None:
        return labels
    folded = fold_title(blocks[at].text)
    top = [n for n, label in enumerate(labels) if label.is_body][:TOP]
    may = [n for n, label in enumerate(labels) if not label.is_body or n in top]
    same = {at, *(n for n in may if fold_title(blocks[n].text) == folded)}
    return [TITLE if n in same else label for n, label in enumerate(labels)]


def find_headline(blocks: Sequence[Block], labels: Sequence[Label], chances: Floats, given: str | None = None) -> int | None:
    """The index of the headline's block, or None."""
    given = given or _page_title(blocks)
    if given and (same := _lines_of(given, blocks)):
        first = next((n for n, label in enumerate(labels) if label.is_body), len(blocks))
        return max((n for n in same if n <= first), default=same[0])
    above = [n for n in _before_article(blocks, labels) if labels[n].kind not in NO_TITLES and labels[n] != TEASER]
    if led := next((n for n in above if n and labels[n - 1] == TEASER and _is_several(blocks[n].text)), None):
        return led
    if live := next((n for n in above if n and bare(blocks[n - 1].text) in LIVE_MARKS and _is_several(blocks[n].text)), None):
        return live
    likely = [n for n in above if chances[n] >= LEAST_CHANCE and _may_head(blocks, labels, n, float(chances[n]))]
    return max(likely, key=lambda n: float(chances[n]), default=None) if likely else _unlikely(blocks, labels, above)


def _unlikely(blocks: Sequence[Block], labels: Sequence[Label], above: Sequence[int]) -> int | None:
    """The headline where the model sees none, as above a live blog: a line of several words above the article that speaks of what it tells.

    A line that stands again in the article is the heading of a part of it, named in a list of its key events.
    """
    body = [block.text for block, label in zip(blocks, labels, strict=True) if label.is_body]
    told = set(WORD.findall(" ".join(body).casefold()))
    several = [n for n in above if not labels[n].is_body and _is_several(blocks[n].text) and blocks[n].text not in body]
    if live := next((n for n in several if _live_within.search(blocks[n].text)), None):
        return live
    return (
        max(several, key=lambda n: _share(blocks[n].text, told), default=None) if any(_share(blocks[n].text, told) >= TOLD for n in several) else None
    )


def _is_several(text: str) -> bool:
    several = text.count(" ") >= LEAST_WORDS or width(text) > len(text)
    return several and width(text) >= SHORTEST and len(text) <= LONGEST and not text.endswith(SENTENCE)


def _share(text: str, told: set[str]) -> float:
    """The share of a line's longer words that the article has."""
    words = [word for word in WORD.findall(text.casefold()) if len(word) > SHORT_WORD]
    return sum(word in told for word in words) / len(words) if words else 0.0


def _page_title(blocks: Sequence[Block]) -> str | None:
    """A page that was scraped with its title begins with it: "Headline - Site", and the headline stands below once more."""
    for n, block in enumerate(blocks[:TOP]):
        headline = SUFFIX.sub("", block.text)
        if headline == block.text or headline.count(" ") < LEAST_WORDS - 1:
            continue
        folded = fold_title(headline)
        if any(fold_title(below.text) == folded for below in blocks[n + 1 :] if len(below.text) <= LONGEST):
            return headline
    return None


def _before_article(blocks: Sequence[Block], labels: Sequence[Label]) -> Iterator[int]:
    above = 0
    for n, (block, label) in enumerate(zip(blocks, labels, strict=True)):
        if above > MOST_ABOVE:
            return
        yield n
        above += len(block.text) if label.is_body else 0


def _may_head(blocks: Sequence[Block], labels: Sequence[Label], n: int, chance: float) -> bool:
    """An article may have come without its headline; then neither its first sentence nor the first heading in it is one."""
    text = blocks[n].text
    least = LEAST_BELOW_MENU if n and not labels[n - 1].is_body else LEAST_IN_ARTICLE
    return len(text) <= LONGEST and (not labels[n].is_body or (chance >= least and not text.endswith(SENTENCE)))


def _lines_of(given: str, blocks: Sequence[Block]) -> list[int]:
    """The lines with a given title's words; else those with its words without the site's name behind them."""
    folded = [fold_title(block.text) if len(block.text) <= LONGEST else "" for block in blocks]
    for wanted in (fold_title(given), fold_title(SUFFIX.sub("", given))):
        if same := [n for n, text in enumerate(folded) if text == wanted]:
            return same
    return []
