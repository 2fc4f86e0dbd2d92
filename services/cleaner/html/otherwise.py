"""Whom a page is left to on which the model finds nothing: its publisher, trafilatura, the line model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import trafilatura
from lxml.html import HtmlElement

from copydesk.services.cleaner.classify import classify
from copydesk.services.cleaner.html.candidate import Candidate
from copydesk.services.cleaner.html.plain_text import visible
from copydesk.services.cleaner.lines import blocks_of

FEW_WORDS = 25  # with fewer chosen, the others are asked
ENOUGH_WORDS = 40  # that an answer must have to be taken instead


def body_of(page: Candidate, in_body: Sequence[bool]) -> tuple[list[str], str]:
    """The paragraphs of the chosen blocks, or of whoever else finds enough where these are few; and who answered."""
    paragraphs = [block.text for block, kept in zip(page.blocks, in_body, strict=True) if kept]
    if _count(paragraphs) < FEW_WORDS:
        for others, origin in _otherwise(page):
            if _count(others) >= ENOUGH_WORDS:
                return others, origin
    return paragraphs, "blocks"


def _otherwise(page: Candidate) -> Iterator[tuple[list[str], str]]:
    """What others make of the page: its publisher (JSON-LD), trafilatura, the line model."""
    described = page.facts.article.get("articleBody")
    yield [visible(part) for part in described.splitlines() if part.strip()] if isinstance(described, str) else [], "json-ld"
    yield [visible(part) for part in _trafilatura(page.facts.root).splitlines() if part.strip()], "trafilatura"
    lines = blocks_of([block.text for block in page.blocks])
    yield [line.text for line, label in zip(lines, classify(lines), strict=True) if label.is_body], "line_model"


def _count(paragraphs: Sequence[str]) -> int:
    return sum(len(text.split()) if text.isascii() else max(len(text.split()), len(text) // 3) for text in paragraphs)


def _trafilatura(root: HtmlElement) -> str:
    """Its text, a line a block. A page that breaks it has none."""
    try:
        return trafilatura.extract(root, include_comments=False, fast=True) or ""
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        return ""
