"""What stands near an article on its page: between its headline and its first paragraphs, or right below its last one.

Bylines and dates of other stories stand in cards, rivers and side columns: above the headline, further below, or beside.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from lxml.html import HtmlElement

from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.rules.rule import is_long
from copydesk.services.cleaner.title import fold_title

ABOVE_HEADLINE, ABOVE_TEXT, BELOW_FIRST, BELOW_LAST = 6, 8, 2, 3  # blocks
BELOW_STANDFIRST = 12  # blocks until the text goes on
ELSEWHERE = frozenset({"aside", "nav", "footer"})
OTHERS = re.compile(
    r"\b(?:related|recommend|popular|trending|latest|teasers?|sidebar|side-|river|rail|cards?|tiles?|more-(?:from|stories|news|posts)"
    r"|read-?next|up-?next|also-?like|outbrain|taboola|comments?|respond)\b"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Vicinity:
    """Blocks and elements by their place in the page. `around` are the indices of blocks near the article, the likeliest first."""

    def __init__(self, root: HtmlElement, blocks: Sequence[HtmlBlock], in_body: Sequence[bool], title: str | None) -> None:
        self.root = root
        self.blocks = blocks
        body = [at for at, kept in enumerate(in_body) if kept]
        first = next((at for at in body if is_long(blocks[at].text)), body[0] if body else len(blocks))
        headline = self._headline(first, title)
        own = [blocks[at].element for at in (first, headline) if at is not None and at < len(blocks)]
        self._article = frozenset(part for element in own for part in (element, *element.iterancestors()))
        # Between a standfirst and the text stands who wrote it.
        begun = max(first + BELOW_FIRST, next((at for at in body if first < at <= first + BELOW_STANDFIRST), first))
        near = self._indices(first, begun, body[-1] if body else first, headline)
        self.around = [at for at in near if not self.is_anothers(blocks[at].element)]
        self._rank = {at: rank for rank, at in enumerate(self.around)}
        self._places: dict[HtmlElement, int] = {}
        self._starts: list[int] = []

    def _headline(self, first: int, title: str | None) -> int | None:
        """The block above the article that is its headline."""
        wanted = fold_title(title) if title else ""
        return next((at for at in range(min(first, len(self.blocks) - 1), -1, -1) if wanted and fold_title(self.blocks[at].text) == wanted), None)

    def _indices(self, first: int, begun: int, last: int, headline: int | None) -> list[int]:
        """Below the headline until the article has begun, above it, below the article down to the next heading."""
        between = list(range(max(0, first - ABOVE_TEXT) if headline is None else headline + 1, min(begun, len(self.blocks))))
        above = list(range(max(0, headline - ABOVE_HEADLINE), headline)) if headline is not None else []
        below: list[int] = []
        for at in range(max(last + 1, begun), min(last + 1 + BELOW_LAST, len(self.blocks))):
            if self.blocks[at].element.tag in HEADINGS:
                break
            below.append(at)
        return [*between, *above[::-1], *below]

    def is_anothers(self, element: HtmlElement) -> bool:
        """Whether an element stands in a part of the page that is of other stories, as its names say, and that does not hold the article too."""
        for part in (element, *element.iterancestors()):
            if part in self._article:
                return False
            if names_others(part):
                return True
        return False

    def rank(self, element: HtmlElement) -> int | None:
        """How near an element is to the article, the nearest 0; None for one that is elsewhere."""
        starts, places = self._order()
        after = bisect_left(starts, places.get(element, -1))
        if self.is_anothers(element):
            return None
        if after < len(starts) and element in (self.blocks[after].element, *self.blocks[after].element.iterancestors()):
            return self._rank.get(after)
        here = self._rank.get(after - 1)
        return self._rank.get(after) if here is None and not element.text_content().strip() else here

    def has(self, element: HtmlElement) -> bool:
        """Whether an element stands near the article and in no part of the page that is another's."""
        return self.rank(element) is not None

    def _order(self) -> tuple[list[int], dict[HtmlElement, int]]:
        """Where the blocks begin, in the order of elements (never before the one above: text may follow an element's children), and that order."""
        if not self._places:
            self._places = {element: n for n, element in enumerate(self.root.iter())}
            self._starts = list(accumulate((self._places[block.element] for block in self.blocks), max))
        return self._starts, self._places


def near(elements: list[HtmlElement], vicinity: Vicinity | None) -> list[HtmlElement]:
    """Those of an article's items that are no other story's; what stands in the page's head is its own."""
    return [element for element in elements if vicinity is None or _is_of_head(element.getparent()) or vicinity.has(element)]


def _is_of_head(parent: HtmlElement | None) -> bool:
    return parent is not None and parent.tag == "head"


def names_others(part: HtmlElement) -> bool:
    """Whether an element is called a part of the page that is of other stories."""
    return part.tag in ELSEWHERE or OTHERS.search(f"{part.get('class', '')} {part.get('id', '')}".lower().replace("_", "-")) is not None
