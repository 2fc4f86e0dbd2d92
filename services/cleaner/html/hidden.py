"""What a page hides, and what it holds twice: microdata, the article once more for a printer, a standfirst that is the first paragraph.

Text that is hidden and stands nowhere else stays: pages hide the rest of an article until "read more" is pressed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from lxml.html import HtmlElement

from copydesk.services.cleaner.html.apart import hides, is_for_machines
from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.lines import Label
from copydesk.services.cleaner.rules.rule import is_long
from copydesk.services.cleaner.title import fold_title

COPY, HIDDEN = Label("furniture", "printed_twice"), Label("furniture", "hidden")
ROWS = frozenset({"li", "tr", "td", "th", "dt", "dd"})  # what is twice in a list is told twice
LARGE, COVERED = 0.3, 0.8  # of the chosen text: a block that may hold the others; of a block: what others print of it
FIRST, FEWEST, ALIKE = 7, 8, 0.75  # blocks among which a standfirst stands; its words; the words of two that say the same
WORD = re.compile(r"\w+")
TOLD_AGAIN = ROWS | {"pre", "code"}
LEAST_AGAIN = (0.4, 0.2)  # share of the text that one paragraph printed again is, and two in a row; more are no chance
MOST_PULLED = 20  # pull quotes
PULLED = re.compile(r"pull-?_?quote", re.I)
NEAR = 3  # elements around a text that may say what it is


def hidden(blocks: Sequence[HtmlBlock], chosen: Sequence[int]) -> dict[int, Label]:
    """Which chosen blocks are for machines, hidden copies, or printed a second time."""
    hiding: dict[HtmlElement, bool] = {}
    concealed = {at: HIDDEN for at in chosen if _is_concealed(blocks[at].element, hiding)}
    found = {at: HIDDEN for at in chosen if any(is_for_machines(part) for part in _around(blocks[at].element) if part.get("itemprop"))}
    found |= _printed_again(blocks, [at for at in chosen if at not in found and at not in concealed])
    visible = [at for at in chosen if at not in concealed and at not in found]
    found |= _said_again(blocks, visible) | _pulled(blocks, visible)
    return found | _joined(blocks, visible) | _hidden_copies(blocks, list(concealed), visible)


def _printed_again(blocks: Sequence[HtmlBlock], shown: Sequence[int]) -> dict[int, Label]:
    """The article's paragraphs where they stand a second time, several in a row or much of it; a note under each picture is told each time."""
    paragraphs = [(at, fold_title(blocks[at].text)) for at in shown if is_long(blocks[at].text) and blocks[at].element.tag not in TOLD_AGAIN]
    size = sum(len(text) for _, text in paragraphs)
    first = {text: at for at, text in reversed(paragraphs)}
    found = {at: COPY for (_, above), (at, text) in pairwise(paragraphs) if text == above}
    for repeated, run in groupby(paragraphs, lambda one: first[one[1]] != one[0]):
        copies = list(run)
        if repeated and (len(copies) > len(LEAST_AGAIN) or sum(len(text) for _, text in copies) >= LEAST_AGAIN[len(copies) - 1] * size):
            found |= {at: COPY for at, _ in copies}
    return found


def _said_again(blocks: Sequence[HtmlBlock], visible: Sequence[int]) -> dict[int, Label]:
    """A standfirst that the paragraph below it says again in nearly the same words."""
    texts = [(at, frozenset(WORD.findall(fold_title(blocks[at].text)))) for at in visible[:FIRST] if blocks[at].element.tag not in ROWS]
    for n, (at, words) in enumerate(texts):
        for _, below in texts[n + 1 :]:
            if len(words) >= FEWEST and len(words & below) >= ALIKE * len(words | below):
                return {at: COPY}
        if is_long(blocks[at].text):  # what is said again further down is no standfirst
            break
    return {}


def _pulled(blocks: Sequence[HtmlBlock], visible: Sequence[int]) -> dict[int, Label]:
    """Words of the article that are called a pull quote, and stand in it where they were said."""
    pulled = [at for at in visible if any(PULLED.search(part.get("class") or "") for part in _around(blocks[at].element))][:MOST_PULLED]
    texts = ["".join(fold_title(blocks[at].text).split()) for at in visible if at not in pulled] if pulled else []
    return {at: COPY for at in pulled if any("".join(fold_title(blocks[at].text).split()) in text for text in texts)}


def _around(element: HtmlElement) -> list[HtmlElement]:
    return [element, *(part for _, part in zip(range(NEAR - 1), element.iterancestors(), strict=False))]


def _is_concealed(element: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Whether an element, or one that holds it, is hidden; `known` are those that were asked about before."""
    path = []
    current = element
    while current is not None and current not in known:
        path.append(current)
        current = current.getparent()
    concealed = current is not None and known[current]
    for part in reversed(path):
        concealed = known[part] = concealed or hides(part)
    return concealed


def _joined(blocks: Sequence[HtmlBlock], visible: Sequence[int]) -> dict[int, Label]:
    """The one block that holds the article once more, its paragraphs joined."""
    size = sum(len(blocks[at].text) for at in visible)
    found: dict[int, Label] = {}
    for at in visible:
        text = blocks[at].text
        if len(text) >= LARGE * size:
            inside = [len(blocks[other].text) for other in visible if other != at and is_long(blocks[other].text) and blocks[other].text in text]
            if len(inside) > 1 and sum(inside) >= COVERED * len(text):
                found[at] = COPY
    return found


def _hidden_copies(blocks: Sequence[HtmlBlock], concealed: Sequence[int], visible: Sequence[int]) -> dict[int, Label]:
    """Hidden blocks that are short, or whose words the visible ones have too."""
    if not concealed or not visible:
        return {}
    known = _shingles(" ".join(blocks[at].text for at in visible))
    found: dict[int, Label] = {}
    for at in concealed:
        own = _shingles(blocks[at].text)
        if not is_long(blocks[at].text) or len(own & known) >= COVERED * len(own):
            found[at] = HIDDEN
    return found


def _shingles(text: str) -> set[str]:
    """Runs of twelve characters without white space: the same in scripts with and without spaces."""
    joined = "".join(fold_title(text).split())
    return {joined[at : at + 12] for at in range(max(1, len(joined) - 11))}
