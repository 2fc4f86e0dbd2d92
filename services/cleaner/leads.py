"""Cheap tests before dear ones: with which word a line has to begin, or what has to stand in it, for a pattern to match.

Both are read off the pattern itself, so that they cannot differ from it. What is not understood of a pattern lets it be asked of every line.
The second is the prefilter of Google Code Search (Russ Cox, "Regular Expression Matching with a Trigram Index", 2012) with whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Literal

FLAGS = re.I | re.X
NUMBER = "0"  # the first word of a line that begins with a digit
LEAD = re.compile(r"[^\W_]+")
SPACELESS = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
WordState = Literal["open", "whole", "start"]  # a word so far; a word that has ended; what a word begins with
NO_WORD = ord(" ")
MOST_GLUED = 16  # words that parts without a space between them make together: share|post, then via|on, then facebook|x …


def fold(text: str) -> str:
    """A text in lower case; the i of all Turkish kinds is one, as it is where case does not matter in a pattern."""
    lower = text.lower()
    return lower if lower.isascii() else lower.replace("i\u0307", "i").replace("ı", "i")


def lead_of(text: str) -> str:
    """The first word of a line, folded; "0" for a number, "" for a line without words."""
    found = LEAD.search(text)
    return "" if found is None else NUMBER if (word := found[0])[0].isdigit() else fold(word)


@dataclass(frozen=True, slots=True)
class Leads:
    """First words of lines: `words` as they are, and all that begin with one of `starts`."""

    words: frozenset[str]
    starts: tuple[str, ...] = ()
    _initials: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_initials", frozenset(start[0] for start in self.starts))

    def admit(self, lead: str) -> bool:
        """Whether a line with this first word may be meant."""
        return lead in self.words or (lead[:1] in self._initials and lead.startswith(self.starts))


def leads_of(phrases: Iterable[str]) -> Leads:
    """The first words of phrases with which lines begin. In scripts without spaces more may follow such a word at once."""
    words = frozenset(map(lead_of, phrases))
    return Leads(words, tuple(word for word in words if SPACELESS.search(word)))


def of_pattern(pattern: str) -> tuple[Leads | None, tuple[str, ...] | None]:
    """What lines begin with that a pattern matches after marks and spaces, or else has to stand in them, folded; twice None where it can be any."""
    words: set[str] = set()
    starts: set[str] = set()
    texts: set[str] = set()
    for items in _alternatives(list(_parser.parse(pattern, FLAGS))):
        found = _expand(items, {("", "open")})
        if found is not None and ("", "open") not in found:
            words |= {word for word, state in found if state == "whole"}
            starts |= {word for word, state in found if state != "whole"}
        elif more := _needed(items):
            texts |= more
        else:
            return None, None
    return Leads(frozenset(words), tuple(sorted(starts))) if words or starts else None, tuple(sorted(texts)) or None


def _alternatives(items: list[Any]) -> list[list[Any]]:
    """What a pattern matches one or the other of, as far as its begin tells."""
    kind, value = items[0] if items else (sre.ANY, None)
    if kind is sre.SUBPATTERN and value:
        return _alternatives([*value[3], *items[1:]])
    if kind is sre.BRANCH and value:
        return [one for branch in value[1] for one in _alternatives([*branch, *items[1:]])]
    return [items]


def _expand(items: Any, before: set[tuple[str, WordState]]) -> set[tuple[str, WordState]] | None:
    """What the first word may be behind these items, one after the other; None where it may be any.

    Where parts that may stand without a space between them make too many words together, only the beginnings of those are told.
    """
    found = before
    for item in items:
        ended = {one for one in found if one[1] != "open"}
        grown = set()
        for word, _ in found - ended:
            if (more := _item(word, *item)) is None:
                return None
            grown |= more
        if len(grown) > max(MOST_GLUED, 4 * len(found)) and ("", "open") not in found:
            return {(word, "start" if state == "open" else state) for word, state in found}
        found = ended | grown
    return found


def _item(word: str, kind: Any, value: Any) -> set[tuple[str, WordState]] | None:
    """What a word may be after one more item of a pattern."""
    if kind is sre.LITERAL:
        return _after(word, value)
    if kind is sre.IN:
        return _any_of(_one_of(word, *one) for one in value)
    if kind is sre.BRANCH:
        return _any_of(_expand(one, {(word, "open")}) for one in value[1])
    if kind is sre.SUBPATTERN:
        return _expand(value[3], {(word, "open")})
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _repeated(word, *value)
    if kind is sre.AT and value not in (sre.AT_NON_BOUNDARY,):
        return {(word, "whole" if (word and value is not sre.AT_BEGINNING) or value is sre.AT_END else "open")}
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return {(word, "open")}
    return _unknown(word)


def _one_of(word: str, kind: Any, value: Any) -> set[tuple[str, WordState]] | None:
    """What a word may be after one kind of character of a class."""
    if kind is sre.LITERAL:
        return _after(word, value)
    if value in (sre.CATEGORY_SPACE, sre.CATEGORY_NOT_WORD):
        return _after(word, NO_WORD)
    digits = value is sre.CATEGORY_DIGIT or (kind is sre.RANGE and value == (ord("0"), ord("9")))
    return _after(word, ord(NUMBER)) if digits else _unknown(word)


def _after(word: str, code: int) -> set[tuple[str, WordState]]:
    if LEAD.match(chr(code)) is None:
        return {(word, "whole" if word else "open")}
    if chr(code).isdigit():
        return {(word, "start")} if word else {(NUMBER, "whole")}
    return {(word + fold(chr(code)), "open")}


def _repeated(word: str, least: int, most: Any, items: Any) -> set[tuple[str, WordState]] | None:
    once = _expand(items, {(word, "open")})
    if once is None:
        return _unknown(word)
    more = {(found, "start" if state == "open" and found != word and most != 1 else state) for found, state in once}
    return more | ({(word, "open")} if least == 0 else set())


def _any_of(found: Iterable[set[tuple[str, WordState]] | None]) -> set[tuple[str, WordState]] | None:
    union: set[tuple[str, WordState]] = set()
    for one in found:
        if one is None:
            return None
        union |= one
    return union


def _unknown(word: str) -> set[tuple[str, WordState]] | None:
    return {(word, "start")} if word else None


def _needed(items: Any) -> frozenset[str] | None:
    """Of what a sequence needs, that which says most: the longest of runs of letters and of what its parts need."""
    runs, best = [""], []
    for kind, value in items:
        if kind is sre.LITERAL and not chr(value).isspace():
            runs[-1] += fold(chr(value))
            continue
        runs.append("")
        if (found := _needed_of(kind, value)) is not None:
            best.append(found)
    best += [frozenset((run,)) for run in runs if run]
    return max(best, key=lambda texts: min(map(len, texts)), default=None)


def _needed_of(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is sre.BRANCH:
        parts: Sequence[frozenset[str] | None] = [_needed(one) for one in value[1]]
        known = [part for part in parts if part is not None]
        return frozenset[str]().union(*known) if len(known) == len(parts) else None
    if kind is sre.SUBPATTERN:
        return _needed(value[3])
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _needed(value[2]) if value[0] > 0 else None
    return _needed(value[1]) if kind is sre.ASSERT else None
