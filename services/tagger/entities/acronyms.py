"""A long form and the acronym in brackets behind it are of one kind: “All Elite Wrestling (AEW)”."""

from __future__ import annotations

from itertools import pairwise

from copydesk.services.tagger.entities.drafts import Draft
from copydesk.services.tagger.entities.organisations import initials, is_acronym

UNSURE = frozenset({"PERSON", "MISC"})  # what a model calls an organisation that it does not know


def of_one_kind(body: str, drafts: list[Draft]) -> list[Draft]:
    """The mentions; where one of the two is an organisation and the other is called a person or nothing in particular, both are."""
    for long, short in pairwise(drafts):
        if body[long.end : short.start] == " (" and body.startswith(")", short.end) and _stands_for(short.text, long.text):
            if short.label == "ORG" and long.label in UNSURE:
                long.label, long.title = "ORG", ""
            elif long.label == "ORG" and short.label in UNSURE:
                short.label = "ORG"
    return drafts


def _stands_for(short: str, long: str) -> bool:
    return is_acronym(short) and short.replace(".", "").lower() in initials(long)
