"""Who wrote it: names as metadata state them and as pages print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from copydesk.services.cleaner import byline
from copydesk.services.cleaner.date_lines import date_line, without_dates
from copydesk.services.cleaner.dates import find_dates
from copydesk.services.cleaner.html.blocks import BREAK, HtmlBlock
from copydesk.services.cleaner.html.plain_text import one_line
from copydesk.services.cleaner.html.vicinity import HEADINGS, Vicinity
from copydesk.services.cleaner.person import SENTENCE_END, is_name

NO_NAME = re.compile(
    r"^(?:https?:|www\.|admin(?:istrator)?$|webmaster$|editor$|unknown$|none$|null$|undefined$|nan$|n/a$|anonymous$|user\d*$|staff$|author$"
    r")|\{\{|@[\w-]+\.|^[\W\d_]+$",
    re.I,
)
TRAILING = re.compile(
    r"\s*(?:[|•·–—]|\s-\s|\(@|\bon\b\s+\w+\s+\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\b(?:published|updated|posted)\b).*$",
    re.I,
)
BYLINE_NAMES = ("author", "Author", "byline", "Byline")  # in the class of an element
# Who is no person, whole: "Great Day Editorial Team" is not one called Great Day.
TEAM = re.compile(
    r"^[^,;|&]+\s(?:team|desk|editors|newsroom|contributors?|redaktion|redactie|redaktionen|redacción|rédaction|redazione|redação|редакция|редакція)$",
    re.I,
)
CALLED = re.compile(r"(?i:author|byline|\bby\b|autor|auteur|autore|signature|firma\b|writer|reporter|redact)")
PROFILE = re.compile(
    r"/(?:authors?|autor(?:es|en|i)?|autore|auteurs?|avtor(?:y|i)?|contributors?|contributeurs?|journalists?|journalistes?|reporters?|columnists?|writers?"
    r"|profiles?|redaktion|redakteure?|redactores|periodistas)/[^/?#]",
    re.I,
)
PARTED = re.compile(r"[|—–·•]|\s-\s|\s/\s|\n")
CLOSED = (*SENTENCE_END, ":")
LONGEST, MAX_WORDS = 120, 14
LONGEST_NAMES, MOST_PARTS = 80, 3  # characters of names alone; parts of a line that has a date too
MOST_BYLINES = 60


def clean_author(raw: str) -> str | None:
    """The names in what a page states as its author, else the desk or handle that it states; None for addresses and the like."""
    text = one_line(raw).lstrip("@")
    if not text or len(text) > LONGEST:
        return None
    if TEAM.search(text) and not byline.COMMA.search(text):
        return _desk(text)
    return byline.author_of(text) or (None if NO_NAME.search(text) else _desk(text))


def _desk(text: str) -> str | None:
    lead = byline.LEAD.match(text)
    return TRAILING.sub("", text[lead.end() :] if lead else text).strip(" ,;:|-–—") or None


def printed_authors(root: HtmlElement, vicinity: Vicinity | None, signed: bool = False) -> list[str]:
    """The names in the byline that the page prints nearest to its article: known by what its element is called, or by what it says.

    Else names that link to their profile or stand beside a date there, or those of an author's box elsewhere, unless several boxes name
    different authors: those are of other stories. `signed` asks for bylines alone.
    """
    named = [(element, names) for element in islice(filter(_may_sign, root.iter()), MOST_BYLINES) if (names := _names_of(element))]
    if vicinity is None:
        return list(named[0][1]) if named else []
    near = [(rank, names) for element, names in named if (rank := vicinity.rank(element)) is not None]
    near += [(rank, names) for rank, at in enumerate(vicinity.around) if (names := _names_said(vicinity.blocks[at].text))]
    near = near or [(rank, names) for rank, at in enumerate(vicinity.around) if (names := _names_linked(vicinity.blocks[at]))]
    if not signed:
        near = near or [(rank, names) for rank, at in enumerate(vicinity.around) if (names := _names_beside(vicinity.blocks, at))]
    if near or signed:
        return list(min(near)[1]) if near else []
    boxes = {names for element, names in named if not vicinity.is_anothers(element)}
    return list(boxes.pop()) if len(boxes) == 1 else []


def _may_sign(element: HtmlElement) -> bool:
    """Whether an element is called a byline or an author."""
    stated = element.get
    called = stated("class")
    if called and any(name in called for name in BYLINE_NAMES):
        return True
    rel = stated("rel")
    return (rel is not None and (rel == "author" or "author " in rel)) or "author" in (stated("itemprop") or "")


def _names_of(element: HtmlElement) -> tuple[str, ...]:
    text = parted(element)
    return byline.author_names(text) if _is_byline(element, text) else ()


def _names_said(text: str) -> tuple[str, ...]:
    """The names in a line that begins as a byline, or in which one is announced: "2024-02-06 16:22 Source: Courier Author: Ann Lee"."""
    line = text.replace(BREAK, " | ")
    if len(line) > LONGEST or line.endswith("."):
        return ()
    return byline.author_names(line) if byline.LEAD.match(line) or byline.ANNOUNCED.search(line) else ()


def _names_linked(block: HtmlBlock) -> tuple[str, ...]:
    """The names of a line that link to what a site keeps on its authors: <a href="/authors/ann-lee">Ann Lee</a>."""
    if len(block.text) > LONGEST:
        return ()
    links = [*block.element.iter("a"), *block.element.iterancestors("a")]
    named = (one_line(link.text_content()) for link in links if PROFILE.search(link.get("href") or ""))
    return tuple(dict.fromkeys(name for name in named if is_name(name) and name in block.text))


def _names_beside(blocks: Sequence[HtmlBlock], at: int) -> tuple[str, ...]:
    """The names that stand alone, in a byline or beside a date, or with a date on one line: "Ann Lee, in Elwick — 6 February 2024"."""
    text = blocks[at].text.replace(BREAK, " | ")
    if names_alone(blocks, at):
        return byline.author_names(text)
    if len(text) > LONGEST or text.endswith(CLOSED) or not any(printed.year for printed in find_dates(text)):
        return ()
    parts = [part.strip(" ,:;()") for part in PARTED.split(without_dates(text)) if part.strip(" ,:;()")]
    return next((byline.author_names(part) for part in parts if names_only(part)), ()) if len(parts) <= MOST_PARTS else ()


def names_only(text: str) -> bool:
    """Whether a text is names, with or without what stands around names, and nothing else."""
    if is_name(text) or byline.is_byline(text):
        return True
    found = byline.read_byline(text) if len(text) <= LONGEST and not text.endswith(CLOSED) and text[:1].isupper() else None
    return found is not None and found.clean and bool(found.names) and len(text.split()) <= MAX_WORDS


def names_alone(blocks: Sequence[HtmlBlock], at: int) -> bool:
    """Whether a block is names alone, and is called a byline or stands beside a date: a heading of two words is no name."""
    block = blocks[at]
    if len(block.text) > LONGEST_NAMES or block.element.tag in HEADINGS or not names_only(block.text):
        return False
    called = any(
        CALLED.search(f"{part.get('class', '')} {part.get('rel', '')}") for part in (block.element, block.element.getparent()) if part is not None
    )
    dated = any(0 <= near < len(blocks) and date_line(blocks[near].text) is not None for near in (at - 1, at + 1))
    return called or dated or byline.is_placed(block.text)


def _is_byline(element: HtmlElement, text: str) -> bool:
    stated = "author" in (element.get("rel") or "") or "name" in (element.get("class") or "").lower() or byline.LEAD.match(text) is not None
    return stated and 1 < len(text.split()) <= MAX_WORDS


def parted(element: HtmlElement) -> str:
    """An element's text on one line, with a bar where a line breaks or two of its elements touch: "ANN LEE | Gazette Staff Writer"."""
    text = ""
    for piece in element.itertext():
        touching = text[-1:].isalnum() and piece[:1].isupper() and not text[-1:].isspace()
        text += f" | {piece}" if touching else piece
    return one_line(text)
