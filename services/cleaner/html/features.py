"""What the model sees of a page: one row of numbers for each block.

Groups: the block's text (`_texts`), its cues and hints, its containers (`surroundings`: where is the text of this page, and how much
of it are links), what its look-alikes are, what resiliparse chose (`_votes`), and where it stands in the page.
Neighbours come last (`windows`): each of a few columns again for the blocks before and after, and averaged over a window.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.html.cues import CUES, DATE, ENDINGS, PRICE, WEB, WORD, cues
from copydesk.services.cleaner.html.hints import COLUMNS as HINTS
from copydesk.services.cleaner.html.hints import Hints
from copydesk.services.cleaner.html.surroundings import containers, places_of_blocks, signatures
from copydesk.services.cleaner.html.windows import Column, column, neighbours_of_blocks

BlockMatrix = npt.NDArray[np.float32]

TAGS = ("p", "li", "h1", "h2", "h3", "h4", "div", "tr", "td", "blockquote", "pre", "figcaption", "button", "label", "dd", "dt", "span")
SHINGLE = 4


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
    tags = np.asarray([block.element.tag for block in page.blocks])
    size = column([len(text) for text in texts])
    words = column([len(block) for block in page.words])
    many = np.maximum(words, 1)
    return {
        "chars": np.log1p(size),
        "words": np.log1p(words),
        "linked": np.minimum(column([block.linked for block in page.blocks]) / size, np.float32(1)),
        "bold": np.minimum(column([block.bold for block in page.blocks]) / size, 1),
        "pictures": np.minimum(column([block.pictures for block in page.blocks]), 3),
        "word_length": size / many,
        "digits": column([sum(map(str.isdigit, text[:300])) for text in texts]) / np.minimum(size, 300),
        "capitals": column([sum(map(str.isupper, text[:300])) for text in texts]) / np.minimum(size, 300),
        "commas": column([text.count(",") + text.count("，") + text.count("、") for text in texts]) / many,
        "stops": column([text.count(". ") + text.count("? ") + text.count("! ") + text.count("。") for text in texts]),
        "ends": column([text.endswith(ENDINGS) for text in texts]),
        "ends_colon": column([text.endswith((":", "：")) for text in texts]),
        "lower_start": column([text[0].islower() for text in texts]),
        "bars": column([text.count("|") + text.count("•") + text.count("›") + text.count("»") + text.count("/") for text in texts]) / many,
        "dated": column([DATE.search(text[:200]) is not None for text in texts]),
        "web": column([WEB.search(text[:300]) is not None for text in texts]),
        "priced": column([PRICE.search(text[:300]) is not None for text in texts]),
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
    hints = Hints()
    matrix = np.stack([hints.of(block.element) for block in page.blocks])
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
    if not text:
        return np.zeros(len(blocks), np.float32)
    words = WORD.findall(text.lower())
    shingles = set(_shingles(words))
    lines = {tuple(WORD.findall(line)) for line in text.lower().splitlines()}
    return column([_block_share(block, shingles, lines) for block in blocks])


def _block_share(words: list[str], shingles: set[tuple[str, ...]], lines: set[tuple[str, ...]]) -> float:
    if len(words) < SHINGLE:
        return float(tuple(words) in lines) if words else 0.0
    own = _shingles(words)
    return sum(map(shingles.__contains__, own)) / len(own)


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[at:] for at in range(SHINGLE)), strict=False))
