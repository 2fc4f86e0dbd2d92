"""Repairs of a line's characters, each of them recorded so that it can be undone.

Only what is certain is repaired. Mojibake goes to ftfy, and only on lines that ftfy's own cheap test finds bad: ftfy on
every line would cost more than all the rest of the cleaner.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from ftfy import fix_encoding
from ftfy.badness import is_bad

from copydesk.services.cleaner.fragments import gap
from copydesk.services.cleaner.lines import printed_lines
from copydesk.shared.records.cleaned import Repair

ABBREVIATIONS = r"(?:U\.S\.|U\.N\.|U\.K\.|E\.U\.|D\.C\.|U\.A\.E\.)"
BEFORE_GLUE = "a|an|and|as|at|between|but|by|for|from|in|into|of|on|or|over|said|that|the|to|under|where|which|while|with"
AFTER_GLUE = "A|After|An|And|As|At|But|For|He|However|I|If|In|It|Its|On|She|That|The|Their|There|These|They|This|Those|We|What|When|While"


@dataclass(frozen=True, slots=True)
class RepairRule:
    """What is replaced wherever its pattern stands. `example` is a text that it changes."""

    name: str
    why: str
    example: str
    pattern: str
    replace: Callable[[re.Match[str]], str]


RULES = (
    RepairRule(
        "entity",
        "An HTML entity that its scraper left.",
        "AT&amp;T",
        r"&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});",
        lambda match: html.unescape(match[0]),
    ),
    RepairRule(
        "invisible",
        "Soft hyphens, zero-width spaces, bidi marks and controls carry nothing and break words apart. Joiners of Indic and Arabic scripts "
        "and of emoji stay; after a Latin letter or a blank they are noise: `said \u200dAparna` -> `said Aparna`.",
        "gov\u00adern\u200bment",
        r"(?:[\u00ad\u200b\u2060\u2061-\u2064\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
        r"|(?<![^\x00-\u024f])[\u200c\u200d])+",
        lambda match: "",
    ),
    RepairRule(
        "white_space", "Runs of spaces, tabs and no-break spaces are one space.", "Jan 21, 2022:\u00a0US", r"[^\S\n ]\s*|[ ]\s+", lambda match: " "
    ),
    RepairRule(
        "glued_abbreviation",
        "A function word never ends in a country's abbreviation.",
        "theU.S. and Japanese leaders",
        rf"\b(?P<word>{BEFORE_GLUE})(?={ABBREVIATIONS})",
        lambda match: match["word"] + " ",
    ),
    RepairRule(
        "glued_sentence",
        "A full stop between a small word and a capitalised function word ends a sentence.",
        "they agreed.The talks went on",
        rf"(?<=\b[a-z])(?P<rest>[a-z]{{2,}}\.)(?=(?:{AFTER_GLUE})\s)",
        lambda match: match["rest"] + " ",
    ),
)
ANY = re.compile("|".join(f"(?P<{rule.name}>{rule.pattern})" for rule in RULES))
BY_NAME = {rule.name: rule for rule in RULES}
MAYBE_MOJIBAKE = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9fÃÂŒœ]")  # stands in whatever ftfy's slower test finds bad
GLUED = re.compile(r"\.[A-Z]")  # in "U.S." as between sentences; begins with a letter that can be looked for fast


def repair_text(text: str, offset: int = 0) -> tuple[str, list[Repair]]:
    """The text repaired, and what was changed, with offsets into an input in which it stands at `offset`."""
    if not text.isascii() and MAYBE_MOJIBAKE.search(text) and is_bad(text) and (fixed := fix_encoding(text)) != text:
        repaired = _replace(fixed, offset)[0]
        return repaired, [_difference(text, repaired, offset)]
    return _replace(text, offset) if _may_need_repair(text) else (text, [])


def repair_block(text: str, offset: int = 0) -> tuple[str, list[Repair]]:
    """`repair_text`, of a block that may be a paragraph of several lines, as one line. A word that was broken at its hyphen keeps the hyphen."""
    if text.isprintable():
        return repair_text(text, offset)
    line_texts: list[str] = []
    repairs: list[Repair] = []
    end = 0
    for line in printed_lines(text):
        if line_texts:
            between = gap(line_texts[-1], line.text)
            line_texts.append(between)
            repairs.append(Repair(offset + end, offset + line.start, text[end : line.start], between))
        repaired, changes = repair_text(line.text, offset + line.start)
        line_texts.append(repaired)
        repairs += changes
        end = line.end
    return "".join(line_texts), repairs


def _may_need_repair(text: str) -> bool:
    """Quick, and true for whatever a rule changes: no white space but the space, no control and no format character is printable."""
    return not text.isprintable() or "&" in text or "  " in text or GLUED.search(text) is not None


def _replace(text: str, offset: int) -> tuple[str, list[Repair]]:
    repairs: list[Repair] = []
    parts: list[str] = []
    at = 0
    for match in ANY.finditer(text):
        after = BY_NAME[str(match.lastgroup) if match.lastgroup in BY_NAME else _rule_of(match)].replace(match)
        if after == match[0]:
            continue
        repairs.append(Repair(start=offset + match.start(), end=offset + match.end(), before=match[0], after=after))
        parts += (text[at : match.start()], after)
        at = match.end()
    return "".join(parts) + text[at:], repairs


def _rule_of(match: re.Match[str]) -> str:
    return next(name for name in BY_NAME if match[name] is not None)


def _difference(before: str, after: str, offset: int) -> Repair:
    """One repair for all between the common beginning and the common end."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return Repair(
        start=offset + start, end=offset + len(before) - end, before=before[start : len(before) - end], after=after[start : len(after) - end]
    )
