"""Parts of a page that say themselves that they are none of its article: by their name, a notice in them, or what they ask to be filled in.

The model weighs such names with all else and may be outvoted by the text where an article is short. What is said here is never said of the part
that holds most of the chosen text, and a heading's own name says nothing ("#recommendations").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.lines import Label
from copydesk.services.cleaner.rules.rule import SENTENCE_END, is_long, width

LARGEST = 0.5  # share of the chosen text that such a part may hold
LARGEST_FORM = 0.3  # of a part with a field for an address
NAMES: tuple[tuple[str, Label], ...] = (
    (
        r"\b(?:comments?|comment-?(?:list|area|section|thread|container|wrapper)|comments?-[a-z]+|disqus[\w-]*|respond|kommentare|commentaires)\b",
        Label("comment", "part_of_page"),
    ),
    (r"\b(?:newsletter[\w-]*|mc4wp[\w-]*|email-?sign-?up|sign-?up-?(?:box|form|widget))\b", Label("newsletter", "part_of_page")),
    (
        r"\b(?:author-?(?:box|bio|info|card|profile|about|description)|about-(?:the-)?author|post-author-bio)\b",
        Label("biography", "part_of_page"),
    ),
    (
        r"\b(?:cookie-?(?:notice|consent|banner|bar|law[\w-]*|wall|popup)|consent(?:-[a-z]+)?|gdpr[\w-]*|onetrust[\w-]*|didomi[\w-]*"
        r"|usercentrics[\w-]*|cookiebot[\w-]*|qc-cmp\w*)\b",
        Label("legal", "part_of_page"),
    ),
    (
        r"\b(?:polls?|poll-(?:box|widget|container)|wp-polls?|reader-poll|umfrage|encuesta|sondage|sondaggio|enquete)\b",
        Label("call_to_action", "poll"),
    ),
)
NAMED = tuple((re.compile(pattern), label) for pattern, label in NAMES)
NOT_NAMES = re.compile(
    r"\b(?:no|has|open|with|without|hide|show|can|enable|disable|count|single)-?comments?\b"
    r"|\bcomments?-(?:body|open|closed|on|off|count|link|allowed)[\w-]*"
)
UNNAMED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "a", "html", "body", "main", "article"})
PARAGRAPHS, FORMS = frozenset({"p", "blockquote"}), frozenset({"form", "section", "aside", "ul", "ol"})
FAR, SHORTEST = 12, 50  # elements beside a part that are looked at; width of a paragraph among them
EMAIL = re.compile(r"e-?mail", re.I)
NOTICES = frozenset({"cookie_notice", "access_notice"})
CONTROLS = ("input", "button", "select", "form", "label")  # of a poll for readers: "poll-results" may be a paragraph of an article on elections
OFFER, POLL = Label("newsletter", "form"), Label("call_to_action", "poll")


class Parts:
    """How the chosen text is spread over a page's elements."""

    def __init__(self, blocks: Sequence[HtmlBlock], chosen: Sequence[int]) -> None:
        self.blocks, self.chosen = blocks, chosen
        self._size: dict[HtmlElement, int] = {}
        self._long: set[HtmlElement] = set()  # elements with a chosen paragraph in them
        for at in chosen:
            paragraph = width(blocks[at].text) >= SHORTEST and blocks[at].text.endswith(SENTENCE_END)
            for part in _with_ancestors(blocks[at].element):
                self._size[part] = self._size.get(part, 0) + len(blocks[at].text)
                if paragraph:
                    self._long.add(part)
        self._total = sum(len(blocks[at].text) for at in chosen)
        self._asked: dict[HtmlElement, Label | None] = {}

    def share(self, part: HtmlElement) -> float:
        """The share of the chosen text that an element holds."""
        return self._size.get(part, 0) / max(1, self._total)

    def declared(self) -> dict[int, Label]:
        """The chosen blocks in parts that are called, or asked for, something else."""
        return {at: label for at in self.chosen if (label := self._label(self.blocks[at].element))}

    def beside_notices(self, found: dict[int, Label]) -> dict[int, Label]:
        """The chosen blocks that stand with a notice of cookies or of access in a part of their own."""
        parts = {self.blocks[at].element.getparent(): label for at, label in found.items() if label.reason in NOTICES}
        apart = {part: label for part, label in parts.items() if part is not None and part.tag not in ("body", "html") and self._is_apart(part)}
        if not apart:
            return {}
        around = {at: next((apart[part] for part in _with_ancestors(self.blocks[at].element) if part in apart), None) for at in self.chosen}
        return {at: label for at, label in around.items() if label}

    def _is_apart(self, part: HtmlElement) -> bool:
        return self.share(part) <= LARGEST or _is_named(part) is not None

    def _label(self, element: HtmlElement) -> Label | None:
        """What the outermost part around a block that may be one is called."""
        path = []
        for part in _with_ancestors(element):
            if part in self._asked or self.share(part) > LARGEST:
                break
            path.append(part)
        label = self._asked.get(part)
        for part in reversed(path):
            label = self._asked[part] = label or self._is_called(part) or self._is_filled_in(part)
        return label

    def _is_called(self, part: HtmlElement) -> Label | None:
        """What a part is called, but for one paragraph between others of the article: a site may call it a comment for its look."""
        label = _is_named(part)
        may_be = label is not None and (part.tag in PARAGRAPHS or label.kind == "comment") and part.tag not in FORMS
        return None if may_be and self._is_within(part) else label

    def _is_within(self, part: HtmlElement) -> bool:
        """Whether paragraphs of the article stand beside a part, above and below it, that are called nothing."""
        return all(
            any(beside in self._long and _is_named(beside) is None for beside in islice(part.itersiblings(preceding=preceding), FAR))
            for preceding in (True, False)
        )

    def _is_filled_in(self, part: HtmlElement) -> Label | None:
        """A part that is little but a form: for an address, or with answers to choose from."""
        if part.tag not in ("div", "form", "section", "aside", "fieldset") or self.share(part) > LARGEST_FORM:
            return None
        fields = [
            (field.get("type") or "text", f"{field.get('name', '')} {field.get('placeholder', '')} {field.get('id', '')}")
            for field in part.iter("input")
        ]
        if sum(kind == "radio" for kind, _ in fields) > 1:
            return POLL
        asks = any(kind == "email" or (kind == "text" and EMAIL.search(names)) for kind, names in fields)
        return OFFER if asks and sum(is_long(block.text) for block in self._inside(part)) <= 1 else None

    def _inside(self, part: HtmlElement) -> list[HtmlBlock]:
        inside = set(part.iter())
        return [self.blocks[at] for at in self.chosen if self.blocks[at].element in inside]


def _is_named(part: HtmlElement) -> Label | None:
    names = f"{part.get('class', '')} {part.get('id', '')}".lower().replace("_", "-") if part.tag not in UNNAMED else ""
    if not names.strip():
        return None
    names = NOT_NAMES.sub(" ", names)
    label = next((label for pattern, label in NAMED if pattern.search(names)), None)
    return None if label == POLL and not any(True for _ in part.iter(*CONTROLS)) else label


def _with_ancestors(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()
