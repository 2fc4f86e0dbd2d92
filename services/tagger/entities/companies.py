"""Companies that are called like people, and the short forms under which organisations of the article stand in it again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.services.tagger.entities.article_text import Phrases, Text
from copydesk.services.tagger.entities.drafts import Draft, MentionsByCharacter
from copydesk.services.tagger.entities.known import in_capitals
from copydesk.services.tagger.entities.organisations import initials
from copydesk.services.tagger.entities.words import PAPERS

REACH = 24  # characters before a name that are looked at
OWNED = re.compile(r"\b(?:(?:[Ss]hares|[Ss]tock|stake) (?:of|in)|(?:analysts?|economists?|strategists?) (?:at|with)) $")
OF_A_COMPANY = re.compile(
    r" (?:shares|stores?|branch(?:es)?|analysts?|economists?|shareholders|dealerships?|bonds|Inc\b|Corp\b|Ltd\b|PLC\b|plc\b|& Co\b)|"
    r", (?:the|an?) (?:[\w-]+ ){0,4}(?:bank|brokerage|carmaker|automaker|retailer|brewer|distiller|drugmaker|newspaper|company|chain|lender|insurer|"
    r"manufacturer|airline|publisher)[,.;)]"
)
LONGER = re.compile(r"[&-]| [A-Z]")
FEWEST_INITIALS = 3


def as_companies(body: str, drafts: list[Draft]) -> list[Draft]:
    """The mentions; those of a person's name that has shares or stores in the article are an organisation's."""
    companies = {d.key for d in drafts if d.label == "PERSON" and " " in d.text and not d.title and _has_shares(body, d)}
    for draft in drafts:
        if draft.label == "PERSON" and draft.key in companies:
            draft.label = "ORG"
    return drafts


def _has_shares(body: str, draft: Draft) -> bool:
    """“shares of Charles Schwab”, “Eli Lilly, the drugmaker,”; “John Roe’s shares” are anybody’s."""
    return bool(OF_A_COMPANY.match(body, draft.end) or OWNED.search(body[max(0, draft.start - REACH) : draft.start]))


def with_short_forms(text: Text, drafts: list[Draft]) -> list[Draft]:
    """The mentions, with “the Post” of a Morning Post and the acronym of a long form where they stand and no mention is."""
    held = MentionsByCharacter(drafts)
    forms = {form for d in drafts if d.label == "ORG" and " " in d.text for form in _short_forms(d.text)}
    if not forms:
        return drafts
    found = [
        (start, end) for start, end, _ in Phrases((form, None) for form in forms).find(text) if held.free(start, end) and _stands(text, start, end)
    ]
    added = (Draft(start, end, "ORG", text.body[start:end]) for start, end in found)
    return sorted((*drafts, *added), key=lambda d: d.start) if found else drafts


def _short_forms(name: str) -> Iterator[str]:
    last = name.rpartition(" ")[2]
    if last.lower() in PAPERS and last[0].isupper():
        yield last
    yield from (letters.upper() for letters in initials(name) if len(letters) >= FEWEST_INITIALS)


def _stands(text: Text, start: int, end: int) -> bool:
    """A newspaper behind its article; an acronym anywhere but in a line of capitals; neither as a part of a longer name."""
    if LONGER.match(text.body, end) or text.body[max(0, start - 1) : start] in {"&", "-"}:
        return False
    if not text.body[start:end].isupper():
        return text.body[max(0, start - 4) : start].lower() == "the "
    return not in_capitals(text, start)
