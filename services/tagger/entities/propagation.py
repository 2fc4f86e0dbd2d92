"""Names found once in an article are found everywhere in it: full names, surnames, and names of organisations and places."""

from __future__ import annotations

import re
from collections import Counter

from copydesk.services.tagger.entities.article_text import Phrases, Text
from copydesk.services.tagger.entities.drafts import Draft, MentionsByCharacter
from copydesk.services.tagger.entities.words import CURRENCY_SIGNS, MODIFIERS, SUFFIXES, TITLES

OFFICE = re.compile(r"\b(?:[Tt]he|[Aa]) $")
PROPAGATED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})


def propagate(text: Text, drafts: list[Draft]) -> list[Draft]:
    """The mentions with those added that repeat a name and stand where no mention is."""
    names = _names(drafts)
    if not names:
        return drafts
    held, often = MentionsByCharacter(drafts), Counter(d.text for d in drafts)
    missing = [
        Draft(start, end, label, text.body[start:end])
        for start, end, label in Phrases(names.items()).find(text)
        if held.free(start, end) and _stands_alone(text, start, end) and _sure(text, start, end, label, often)
    ]
    return sorted((*drafts, *missing), key=lambda d: d.start) if missing else drafts


def _names(drafts: list[Draft]) -> dict[str, str]:
    names: dict[str, str] = {}
    for draft in drafts:
        if draft.label in PROPAGATED and (len(draft.text) > 3 or draft.text.isupper()):
            names.setdefault(draft.text, draft.label)
    for draft in drafts:
        words = draft.text.split()
        while len(words) > 1 and words[-1].strip(".,").lower() in SUFFIXES:
            words.pop()
        surname = words[-1].strip(",")
        if draft.label == "PERSON" and len(words) > 1 and len(surname) > 3 and surname.lower() not in MODIFIERS - TITLES:
            names.setdefault(surname, "PERSON")
    return names


def _sure(text: Text, start: int, end: int, label: str, often: Counter[str]) -> bool:
    """One word that begins a sentence may be any word: it counts as a name of a person, or one that was found more than once."""
    word = text.body[start:end]
    return label == "PERSON" or " " in word or often[word] > 1 or text.sentence_starts[text.sentence_of(start)] != start


def _stands_alone(text: Text, start: int, end: int) -> bool:
    """Whether the words around are no part of a longer name."""
    body = text.body
    if body[start:end].lower() in TITLES and OFFICE.search(body, max(0, start - 5), start):
        return False  # “the Judge”, though Paul Judge stands in the article
    before, after = body[max(0, start - 40) : start].rsplit(None, 1)[-1:], body[end : end + 2]
    previous = before[0] if before and start and body[start - 1] == " " else ""
    if (after[:1] == " " and after[1:].isupper()) or (after[:1] in "-&@/" + CURRENCY_SIGNS and after[:1]):
        return False
    return not previous[:1].isupper() or previous[-1] in '.,;:!?”"' or previous.strip(".").lower() in TITLES | MODIFIERS
