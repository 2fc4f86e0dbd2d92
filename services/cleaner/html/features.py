"""What the model sees of a page: one row of numbers for each block.

Groups: the block's text (`_texts`), its cues and hints, its containers (`surroundings`: where is the text of this page, and how much
of it are links), what its look-alikes are, what resiliparse chose (`_votes`), and where it stands in the page.
Neighbours come last (`windows`): each of a few columns again for the blocks before and after, and averaged over a window.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.html.cues import CUES, DATE, ENDINGS, PRICE, WEB, WORD, cues
from copydesk.services.cleaner.html.hints import COLUMNS as HINTS
from copydesk.services.cleaner.html.hints import hints_of
from copydesk.services.cleaner.html.surroundings import containers, places_of_blocks, signatures
from copydesk.services.cleaner.html.windows import Column, column, neighbours_of_blocks
from copydesk.services.cleaner.model.characters import DIGIT, UPPER, counts_of

BlockMatrix = npt.NDArray[np.float32]

TAGS = ("p", "li", "h1", "h2", "h3", "h4", "div", "tr", "td", "blockquote", "pre", "figcaption", "button", "label", "dd", "dt", "span")
SHINGLE = 4
SPREAD = np.uint64(0x9E3779B97F4A7C15)  # multiplies numbers so that their sums differ


@dataclass(slots=True)
class PageToRead:
    """A page as the model sees it. `votes` are shares of each block's text in what other methods chose, by method."""

    blocks: list[HtmlBlock]
    title: str | None = None
    described: str | None = None  # JSON-LD articleBody
    chosen: dict[str, str | None] = field(default_factory=dict)
    words: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = [WORD.findall(block.text.lower()) for block in self.blocks]


def block_features(page: PageToRead, names: list[str] | None = None) -> BlockMatrix:
    """Rows of float32, one a block. `names`, if given, receives the columns' names."""
    columns: dict[str, Column] = {}
    columns |= _texts(page)
    columns |= _cues(page)
    columns |= _hints(page)
    columns |= _votes(page)
    columns |= containers(page.blocks, columns)
    columns |= signatures(page.blocks, columns)
    columns |= places_of_blocks(page.blocks, columns)
    columns |= neighbours_of_blocks(columns)
    if names is not None:
        names.extend(columns)
    return np.column_stack(list(columns.values())).astype(np.float32)


def _texts(page: PageToRead) -> dict[str, Column]:
    texts = [block.text for block in page.blocks]
    begins = [text[:300] for text in texts]
    tags = np.asarray([block.element.tag for block in page.blocks])
    size = column([len(text) for text in texts])
    words = column([len(block) for block in page.words])
    many = np.maximum(words, 1)
    digits, capitals = (counts.tolist() for counts in counts_of((DIGIT, UPPER), begins))
    return {
        "chars": np.log1p(size),
        "words": np.log1p(words),
        "linked": np.minimum(column([block.linked for block in page.blocks]) / size, np.float32(1)),
        "bold": np.minimum(column([block.bold for block in page.blocks]) / size, 1),
        "pictures": np.minimum(column([block.pictures for block in page.blocks]), 3),
        "word_length": size / many,
        "digits": column(digits) / np.minimum(size, 300),
        "capitals": column(capitals) / np.minimum(size, 300),
        "commas": column([text.count(",") + text.count("，") + text.count("、") for text in texts]) / many,
        "stops": column([text.count(". ") + text.count("? ") + text.count("! ") + text.count("。") for text in texts]),
        "ends": column([text.endswith(ENDINGS) for text in texts]),
        "ends_colon": column([text.endswith((":", "：")) for text in texts]),
        "lower_start": column([text[0].islower() for text in texts]),
        "bars": column([text.count("|") + text.count("•") + text.count("›") + text.count("»") + text.count("/") for text in texts]) / many,
        "dated": column([some > 0 and DATE.search(text[:200]) is not None for some, text in zip(digits, texts, strict=True)]),
        "web": column([("." in text or ":" in text or "@" in text) and WEB.search(text) is not None for text in begins]),
        "priced": column([PRICE.search(text) is not None for text in begins]),
        "lines": column([text.count("\n") for text in texts]),
        **{f"tag_{tag}": column(tags == tag) for tag in TAGS},
    }


def _cues(page: PageToRead) -> dict[str, Column]:
    counts = column([cues(words) for words in page.words])
    function = CUES.index("function")
    looked = np.maximum(column([min(len(words), 60) for words in page.words]), 1)
    named = {f"cue_{name}": counts[:, index] for index, name in enumerate(CUES) if index != function}
    return {**named, "cue_function": counts[:, function] / looked}


def _hints(page: PageToRead) -> dict[str, Column]:
    matrix = hints_of([block.element for block in page.blocks])
    return {name: matrix[:, index] for index, name in enumerate(HINTS)}


def _votes(page: PageToRead) -> dict[str, Column]:
    """How much of each block other methods kept, and the share of the page that is."""
    votes: dict[str, Column] = {}
    total = max(1, sum(map(len, page.words)))
    for method, text in {**page.chosen, "described": page.described}.items():
        share = _share_in(page.words, text or "")
        votes[f"vote_{method}"] = share
        votes[f"size_{method}"] = np.full(len(share), np.dot(share, [len(words) for words in page.words]) / total, np.float32)
    heading = set(WORD.findall((page.title or "").lower()))
    long = {word for word in heading if len(word) > 3}
    votes["titular"] = column([len(heading.intersection(words)) / max(len(heading), len(words), 1) for words in page.words])
    votes["on_topic"] = column([sum(map(long.__contains__, words)) / max(len(words), 1) for words in page.words])
    return votes


def _share_in(blocks: list[list[str]], text: str) -> Column:
    """Of each block's runs of four words the share that stands in a text; a shorter block has to be a line of it."""
    if not text:
        return np.zeros(len(blocks), np.float32)
    lines = [WORD.findall(line) for line in text.lower().splitlines()]
    short = {tuple(line) for line in lines if len(line) < SHINGLE}
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    known = _shingles([numbers[word] for line in lines for word in line])
    own = _shingles([numbers[word] for words in blocks for word in words])
    sums = np.concatenate([[0], np.cumsum(np.isin(own, known))])
    sizes = np.asarray([len(words) for words in blocks])
    starts = np.cumsum(sizes) - sizes
    runs = np.maximum(sizes - SHINGLE + 1, 0)
    ends = np.minimum(starts + runs, len(own))
    shares = (sums[ends] - sums[np.minimum(starts, len(own))]) / np.maximum(runs, 1)
    return column([share if run else float(tuple(words) in short) if words else 0.0 for share, run, words in zip(shares, runs, blocks, strict=True)])


def _shingles(words: list[int]) -> npt.NDArray[np.uint64]:
    """Each run of four words of some that are known by number, as one number; different ones share theirs once in 2⁶⁴ pairs."""
    numbers = np.asarray(words, np.uint64)
    found = np.zeros(max(0, len(words) - SHINGLE + 1), np.uint64)
    for at in range(SHINGLE):
        found = found * SPREAD + numbers[at : at + len(found)]
    return found
