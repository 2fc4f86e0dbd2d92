"""Why a block is not of the article: by what its line says, else by the part of the page that it stands in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.html.hints import COLUMNS
from copydesk.services.cleaner.html.windows import Column
from copydesk.services.cleaner.lines import Label, LabelKind, blocks_of
from copydesk.services.cleaner.rules import RULES, BlockInPage, RuleBook, Surroundings

# The first hint that is near enough names the kind; the part nearest to the block was asked first.
PARTS: tuple[tuple[tuple[str, ...], LabelKind], ...] = (
    (("name_comment",), "comment"),
    (("name_advert",), "advertisement"),
    (("name_newsletter",), "newsletter"),
    (("name_share",), "share"),
    (("name_related",), "related"),
    (("name_author",), "biography"),
    (("in_nav", "name_navigation", "name_tags", "name_toc", "name_search"), "navigation"),
    (("name_promo", "name_product", "in_button"), "call_to_action"),
    (("name_overlay",), "subscription"),
    (("in_footer", "name_footer"), "legal"),
    (("name_card", "in_aside", "name_sidebar"), "related"),
)
NEAR = 0.3
LONGEST_LINE = 160
BOOK = RuleBook(RULES)
CAPTION_TAGS = frozenset({"figcaption"})


def label_all(blocks: Sequence[HtmlBlock], hints: dict[str, Column], in_body: Sequence[bool], title: str | None) -> list[Label]:
    """A label for each block; what is in the body is "body"."""
    lines = Surroundings(blocks_of([block.text for block in blocks]))
    headline = " ".join((title or "").casefold().split())
    parts = _by_part(hints)
    labels = []
    for at, block in enumerate(blocks):
        if in_body[at]:
            labels.append(Label("body", "model"))
        elif headline and " ".join(block.text.casefold().split()) == headline:
            labels.append(Label("title", "title"))
        elif is_caption(block, hints, at):
            labels.append(Label("caption", "caption"))
        else:
            labels.append(_by_line(lines.place(at)) or parts[at])
    return labels


def is_caption(block: HtmlBlock, hints: dict[str, Column], at: int) -> bool:
    """Under a picture, by its tag or by its name."""
    return block.element.tag in CAPTION_TAGS or (hints["name_caption"][at] == 1 and (hints["in_figure"][at] > 0 or block.element.tag != "div"))


def _by_line(place: BlockInPage) -> Label | None:
    if len(place.text) > LONGEST_LINE:
        return None
    rule = BOOK.first(place)
    return Label(rule.kind, rule.name) if rule and rule.kind not in ("body", "title") else None


def _by_part(hints: dict[str, Column]) -> list[Label]:
    """What the strongest hint around each block says of it; of equals the first in PARTS."""
    strengths = np.stack([np.max([hints[name] for name in names], axis=0) for names, _ in PARTS])
    return [
        Label(PARTS[part][1], "part_of_page") if strength >= NEAR else Label("furniture", "model")
        for part, strength in zip(strengths.argmax(0).tolist(), strengths.max(0).tolist(), strict=True)
    ]


assert {name for names, _ in PARTS for name in names} <= set(COLUMNS)
