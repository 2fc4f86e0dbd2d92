"""What each block of a page is: rules where they are certain, the line model elsewhere, rules again for the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from copydesk.services.cleaner.last_words import with_last_words
from copydesk.services.cleaner.lines import Block, Label
from copydesk.services.cleaner.lists import with_whole_lists
from copydesk.services.cleaner.model.line_model import LineChances, shipped_line_model
from copydesk.services.cleaner.polls import without_polls
from copydesk.services.cleaner.rules import RULES, BlockInPage, RuleBook, Surroundings
from copydesk.services.cleaner.rules.comments import stamps_comment
from copydesk.services.cleaner.rules.rule import SENTENCE_END, is_long
from copydesk.services.cleaner.sender import about_sender
from copydesk.services.cleaner.teasers import without_teasers

CERTAIN = RuleBook([rule for rule in RULES if rule.certain])
HINTS = RuleBook([rule for rule in RULES if not rule.certain])
THRESHOLD = 0.4
MOST_AFTERWORD, MOST_BELOW = 0.15, 0.1  # of the article: below its last sentence, below any line that closes it
MOSTLY, FEW = 0.5, 4  # share of a page that is its article; lines
BEYOND_DOUBT = 0.95
COMMENTS, FIRST_COMMENT = 4, 15  # marks of comments that make a thread; lines below its heading within which the first one stands
LEAST_TOLD = 400  # characters of the article that stand above its comments
CLOSING = {"call_to_action", "comment_form", "comment", "related", "newsletter", "share", "legal", "subscription"}
REPEATED = Label("repeated_by_source", "repeated_by_source")
AFTERWORD = Label("related", "headline_after_end")
THREAD = Label("comment", "comment_thread")


def classify(blocks: Sequence[Block], reading: LineChances | None = None, repeats: Callable[[str], bool] | None = None) -> list[Label]:
    """One label for each block.

    `reading` is what the line model says of them; without it the shipped model is asked. `repeats` tells the lines that the
    page's source repeats on many articles.
    """
    page = Surroundings(blocks)
    chances = (reading or shipped_line_model().read(blocks)).body.tolist()
    labels = [_label(page.place(n), chance, repeats) for n, chance in enumerate(chances)]
    labels = with_whole_lists(blocks, _with_few_between(_without_thread(labels, page), page))
    labels = with_last_words(blocks, _without_afterword(without_polls(blocks, labels), page))
    return _without_sender(blocks, without_teasers(blocks, labels))


def _without_sender(blocks: Sequence[Block], labels: list[Label]) -> list[Label]:
    """What a press release ends with goes: "About Northwind Ltd", "Media contact: …". A short line without an end may head more of the article."""
    body = [n for n, label in enumerate(labels) if label.is_body]
    headings = {n for n in body if not is_long(blocks[n].text) and not blocks[n].text.endswith(SENTENCE_END)}
    ends = about_sender([block.text for block in blocks], body, headings, marked=False)
    return [ends.get(n, label) for n, label in enumerate(labels)] if ends else labels


def _without_thread(labels: list[Label], page: Surroundings) -> list[Label]:
    """Below the heading of a thread of comments, under some of the article, readers speak."""
    told = 0
    for n, label in enumerate(labels):
        if label.reason == "comment_count" and told >= LEAST_TOLD and _heads_thread(labels, page, n):
            return _cut(labels, n, THREAD)
        told += len(page.blocks[n].text) if label.is_body else 0
    return labels


def _heads_thread(labels: Sequence[Label], page: Surroundings, heading: int) -> bool:
    """Whether soon below, and again and again, stands who commented when, or a button to answer."""
    below = range(heading + 1, len(labels))
    marks = [n for n in below if labels[n].reason == "comment_control" or stamps_comment(page.blocks[n].text)]
    return len(marks) >= COMMENTS and marks[0] - heading <= FIRST_COMMENT


def _with_few_between(labels: list[Label], page: Surroundings) -> list[Label]:
    """On a page that is mostly its article, a few lines between two of the article's belong to it unless more than doubt speaks against them.

    They are its headings, list items and captions without a credit: on pages that came nearly clean, what was lost.
    """
    body = [n for n, label in enumerate(labels) if label.is_body]
    if sum(len(page.blocks[n].text) for n in body) < MOSTLY * sum(len(block.text) for block in page.blocks):
        return labels
    for above, below in pairwise(body):
        if below - above - 1 <= FEW:
            for n in range(above + 1, below):
                if labels[n].reason == "model" and labels[n].confidence <= BEYOND_DOUBT:
                    labels[n] = Label("body", "model", 1 - labels[n].confidence)
    return labels


def _without_afterword(labels: list[Label], page: Surroundings) -> list[Label]:
    """Once an offer, a comment form or a heading of related articles has closed the article, what is left are links and teasers.

    Only for a small part of the article: where much of it would go, it was not closed, or its lines are no sentences to begin with.
    """
    sizes = [len(block.text) if label.is_body else 0 for block, label in zip(page.blocks, labels, strict=True)]
    left = body = sum(sizes)
    for n, label in enumerate(labels):
        left -= sizes[n]
        if label.kind in CLOSING and left <= _most_below(label, n > page.last_sentence) * body:
            return _cut(labels, n, AFTERWORD)
    return labels


def _cut(labels: Sequence[Label], start: int, instead: Label) -> list[Label]:
    """The labels, with `instead` for what is the article's from `start` on."""
    return [*labels[:start], *(instead if label.is_body else label for label in labels[start:])]


def _most_below(label: Label, after_sentences: bool) -> float:
    """How much of the article may be cut below a line that closes it. That a line is related may be a guess from its place; headings say so."""
    if after_sentences:
        return MOST_AFTERWORD
    return MOST_BELOW if label.kind != "related" or label.reason == "related_heading" else 0.0


def _label(place: BlockInPage, chance: float, repeats: Callable[[str], bool] | None) -> Label:
    if rule := CERTAIN.first(place):
        return Label(rule.kind, rule.name)
    if repeats and repeats(place.text):
        return REPEATED
    if chance >= THRESHOLD:
        return Label("body", "model", chance)
    if rule := HINTS.first(place):
        return Label(rule.kind, rule.name, 1 - chance)
    return Label("furniture", "model", 1 - chance)
