"""Amounts of money, percentages, web addresses and stock tickers: patterns of spaCy's Matcher.

Making a Doc of 500 words takes 1.5 ms and matching 0.4 ms, as long as all else that is done to an article, so that only
the words around a sign of such a thing are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import Any

import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.drafts import Draft
from copydesk.services.tagger.entities.words import CURRENCY_CODES, CURRENCY_SIGNS, word_list
from copydesk.services.tagger.renewed import Renewed
from copydesk.services.tagger.tokenizer import linear

SIGN = re.compile(  # every branch begins with a literal, so that the regular expression engine skips to it
    rf"[{CURRENCY_SIGNS}%]|per ?cent|pct|https?:|www\.|\.(?:com|org|net|gov|edu)\b|dollar|euro|pound|yen|yuan|rupee|ruble|rouble|peso|franc|cents|"
    rf"NYSE|NASDAQ|Nasdaq|LSE|TSX|Rs(?=[ .\d])|{'|'.join(sorted(CURRENCY_CODES))}"
)
REACH = 48  # characters around a sign: the words within that reach are looked at; no amount or ticker is longer
LONGEST_WORD = 2_048  # characters, of an address perhaps: as far as the end of a word is looked for
LONGEST_WINDOW = 10_000  # characters that are looked at as one
SCALES = word_list("hundred thousand million billion trillion mn bn m k tn crore crores lakh lakhs")
SCALE = {"LOWER": {"IN": sorted(SCALES)}, "OP": "*"}
SYMBOL = {"TEXT": {"REGEX": rf"^(?:[A-Z]{{1,3}})?[{CURRENCY_SIGNS}]$"}}
NUMBER = r"\d[\d,.]*(?:[kmbKMB]|bn|mn|tn)?(?:-(?:million|billion|trillion))?$"
AMOUNT = {"TEXT": {"REGEX": rf"^{NUMBER}"}}
SIGNED = rf"^(?:(?:[A-Z]{{1,3}}|U\.S\.)[{CURRENCY_SIGNS}]|Rs\.?|{'|'.join(sorted(CURRENCY_CODES))})"
GLUED = {"TEXT": {"REGEX": SIGNED + NUMBER}}  # the tokenizer leaves HK$2.3 whole
CODE = {"TEXT": {"IN": [*sorted(CURRENCY_CODES), "Rs"]}}
COUNT = {"LIKE_NUM": True, "TEXT": {"REGEX": r"^(?!(?:[Mm]|[Bb]|[Tt]r)illion|[Hh]undred|[Tt]housand)[^$€£%/:]+$"}}
CURRENCY = {"LOWER": {"REGEX": r"^(?:dollar|euro|pound|yen|yuan|rupee|ruble|rouble|peso|franc|cent|renminbi|won|lira|dirham|shilling)s?$"}}
NATION = {"TEXT": {"REGEX": r"^(?:U\.S\.|US|Canadian|Australian|Hong|Kong|Swiss)$"}, "OP": "*"}
EXCHANGE = {"TEXT": {"REGEX": r"^(?:NYSE|NASDAQ|Nasdaq|LSE|TSX|AMEX|HKEX|TSE|ASX|OTC|OTCQB)$"}}
SYMBOL_NAME = {"TEXT": {"REGEX": r"^[A-Z]{1,5}(?:\.[A-Z])?$"}}
PATTERNS: dict[str, list[list[dict[str, Any]]]] = {
    "MONEY": [
        [SYMBOL, AMOUNT, {"ORTH": "-", "OP": "?"}, SCALE],
        [GLUED, {"ORTH": "-", "OP": "?"}, SCALE],
        [CODE, {"ORTH": ".", "OP": "?"}, AMOUNT, SCALE],
        [AMOUNT, SCALE, CODE],
        [COUNT, {"ORTH": "-", "OP": "?"}, SCALE, NATION, CURRENCY],
        [{"LOWER": "a"}, SCALE | {"OP": "+"}, NATION, CURRENCY],
    ],
    "PERCENT": [
        [COUNT, {"ORTH": "-", "OP": "?"}, {"LOWER": {"IN": ["%", "percent", "pct"]}}],
        [COUNT, {"LOWER": "per"}, {"LOWER": "cent"}],
        [COUNT, {"LOWER": "percentage"}, {"LOWER": {"IN": ["point", "points"]}}],
    ],
    "URL": [[{"LIKE_URL": True}]],
    "TICKER": [
        [EXCHANGE, {"ORTH": ":"}, SYMBOL_NAME],
        [{"TEXT": {"REGEX": r"^(?:NYSE|NASDAQ|Nasdaq|LSE|TSX|AMEX|HKEX|TSE|ASX):[A-Z]{1,5}(?:\.[A-Z])?$"}}],
        [{"ORTH": "$"}, {"TEXT": {"REGEX": r"^[A-Z]{2,5}$"}}],
    ],
}  # fmt: skip


class AmountRules:
    """The patterns, compiled once. Safe to share between threads: one at a time matches."""

    def __init__(self) -> None:
        self._compiled = Renewed(_compiled)
        self._lock = Lock()

    def find(self, text: Text) -> list[Draft]:
        """What the patterns find, in order and without overlaps."""
        windows = list(_windows(text))
        if not windows:
            return []
        with self._lock:
            nlp, matcher = self._compiled.current
            with nlp.memory_zone():
                found = [draft for start, end in windows for draft in _within(nlp, matcher, text, start, end)]
            self._compiled.read(sum(end - start for start, end in windows))
        return found


def _compiled() -> tuple[Language, Matcher]:
    nlp = linear(spacy.blank("en"))
    matcher = Matcher(nlp.vocab)
    for label, patterns in PATTERNS.items():
        matcher.add(label, patterns, greedy="LONGEST")
    return nlp, matcher


def _within(nlp: Language, matcher: Matcher, text: Text, start: int, end: int) -> Iterable[Draft]:
    doc: Doc = nlp.make_doc(text.body[start:end])
    found: list[Span] = matcher(doc, as_spans=True)
    for span in filter_spans(found):
        first = start + span.start_char
        last = start + span.end_char
        yield Draft(first, last, span.label_, text.body[first:last])


def _windows(text: Text) -> Iterable[tuple[int, int]]:
    """Whole words around each sign within its paragraph, overlapping ones as one."""
    reached: tuple[int, int] | None = None
    for match in SIGN.finditer(text.body):
        first, last = text.paragraph_bounds(match.start())
        start, end = _whole_words(text.body, first, last, match.start() - REACH, match.end() + REACH)
        if reached and start <= reached[1] and end - reached[0] <= LONGEST_WINDOW:
            reached = reached[0], max(end, reached[1])
            continue
        if reached:
            yield reached
            start = max(start, reached[1])
        reached = start, max(start, end)
    if reached:
        yield reached


def _whole_words(body: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The range [start, end) grown to whole words within [first, last)."""
    before = body.rfind(" ", max(first, start - LONGEST_WORD), max(first, start))
    behind = body.find(" ", end, min(last, end + LONGEST_WORD))
    return (max(first, start - LONGEST_WORD) if before < 0 else before + 1), (min(last, end + LONGEST_WORD) if behind < 0 else behind)


@cache
def amount_rules() -> AmountRules:
    """The rules, compiled once for a process."""
    return AmountRules()
