"""Quotation marks: which opens, which closes it. Marks of all Western languages, of Chinese and Japanese, double and single.

One mark opens here and closes there (“ closes German „…“, » opens German »…«, ’ is an apostrophe as well), so what stands around it
decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

MARK = re.compile(r"``|''|[“”„‟\"«»‹›‘’‚'「」『』＂]")
CLOSED_BY = {
    "“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "‘": "’", "‚": "‘’", "``": "''", '"': '"', "'": "'", "”": "”“",
    "「": "」", "『": "』", "＂": "＂",
}  # fmt: skip
CERTAIN = frozenset("“„‟‚「『") | {"``"}  # open whatever stands around them
INSTEAD = '"”'  # what closes “ and „ where the right mark is missing
MOST_WITHIN = 60  # marks and apostrophes within a quotation: more stand only where marks are no quotations
SINGLE = frozenset("‘'‚")
BEFORE = frozenset("([{—–-/:¡¿“”\"„«»‘'’…")  # besides space
STRONG_BEFORE, STRONG_BEHIND = frozenset(",.!?…—–;"), frozenset(',.;:!?)]”"»—–…')
ELIDED = re.compile(
    r"(?:\d\ds?|em|til|tis|twas|cause|n|bout|round|cos|course|nuff|neath|tween|gainst|s|t|d)\b(?!,)",
    re.IGNORECASE,
)  # ’90s, ’em: an apostrophe that stands first


def opens(body: str, mark: re.Match[str]) -> bool:
    """Whether the mark may begin a quotation."""
    kind, before, after = mark.group(), body[mark.start() - 1 : mark.start()], body[mark.end() : mark.end() + 1]
    if kind in CERTAIN:
        return True
    if kind not in CLOSED_BY or not after:
        return False
    if kind == "«":
        return not before or before.isspace() or before in BEFORE or not (after.isspace() or after in STRONG_BEHIND)
    if after.isspace() or not (not before or before.isspace() or before in BEFORE):
        return False
    return kind not in SINGLE or ((after.isalnum() or after in '“"«¿¡') and not ELIDED.match(body, mark.end()))


def closing(body: str, mark: re.Match[str], end: int) -> re.Match[str] | None:
    """The mark that closes what the other opens before the end of the paragraph."""
    if mark.group() in SINGLE:
        return _closing_single(body, mark, end)
    return _closing_own(body, mark, end) or (_closing_instead(body, mark, end) if mark.group() in CERTAIN | {'"'} else None)


def _following(body: str, mark: re.Match[str], end: int) -> Iterator[re.Match[str]]:
    return islice(MARK.finditer(body, mark.end(), end), MOST_WITHIN)


def _closing_own(body: str, mark: re.Match[str], end: int) -> re.Match[str] | None:
    """The mark of the same kind, those of quotations within left out."""
    kind, depth = mark.group(), 1
    closers = CLOSED_BY[kind]
    for other in _following(body, mark, end):
        if other.group() in closers and not (kind in {'"', "»", "”"} and opens(body, other) and not _at_an_end(body, other)):
            depth -= 1
            if not depth:
                return other
        elif other.group() == kind and kind not in {'"', "»", "”"}:
            depth += 1
    return None


def _closing_instead(body: str, mark: re.Match[str], end: int) -> re.Match[str] | None:
    others = (other for other in _following(body, mark, end) if other.group() in {*INSTEAD, "''"})
    return next((other for other in others if other.group() != '"' or not opens(body, other)), None)


def _at_an_end(body: str, mark: re.Match[str]) -> bool:
    return body[mark.start() - 1] in STRONG_BEFORE


def _closing_single(body: str, mark: re.Match[str], end: int) -> re.Match[str] | None:
    """The first that ends a word and is no possessive of a plural; such a one (“workers’ rights”) only where there is no other."""
    plural: re.Match[str] | None = None
    for other in _singles(body, mark, end):
        before, after = body[other.start() - 1], body[other.end() : other.end() + 1]
        strong = before in STRONG_BEFORE or not after or after in STRONG_BEHIND or after == "\n"
        if strong or before not in "sSzx":
            return other
        plural = plural or other
    return plural


def _singles(body: str, mark: re.Match[str], end: int) -> Iterator[re.Match[str]]:
    """What may close it, up to where the next one opens."""
    closers = CLOSED_BY[mark.group()]
    for other in _following(body, mark, end):
        before, after = body[other.start() - 1], body[other.end() : other.end() + 1]
        if body[other.start() - 2 : other.start()] in {"'n", "’n", "‘n"}:
            continue  # rock 'n' roll
        if other.group() in closers and not before.isspace() and not after.isalnum():
            yield other
        elif other.group() == mark.group() and opens(body, other):
            return
