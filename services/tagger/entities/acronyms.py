"""A long form and the acronym in brackets behind it are of one kind: “All Elite Wrestling (AEW)” an organisation, “blank-cheque
company (BCC)” a common noun; so is “DA” where the article has a district attorney and nobody else with these initials."""

from __future__ import annotations

import re
from itertools import pairwise

from copydesk.services.tagger.entities.drafts import PLACES, Draft
from copydesk.services.tagger.entities.organisations import initials, is_acronym

UNSURE = frozenset({"PERSON", "MISC"})  # what a model calls an organisation that it does not know
IN_BRACKETS = re.compile(r" \((?P<acronym>[A-Z]{2,6})s?\)")
REACH = 90  # characters before a bracket in which the long form stands
OFFICES = (  # what stands for an office without ever being spelt out in brackets
    (
        frozenset({"DA", "DDA", "ADA"}),
        re.compile(r"[Dd]istrict [Aa]ttorney|(?:deputy|assistant) DAs?\b|\bDA[’']s [Oo]ffice|\bDAs? [^.;\n]{0,60}(?:charge[ds]?|prosecut\w+)\b"),
    ),
    (frozenset({"AG"}), re.compile(r"[Aa]ttorneys? [Gg]eneral\b")),
    (frozenset({"VP", "EVP", "SVP"}), re.compile(r"[Vv]ice[- ][Pp]resident|VPs\b")),
)
NAMED = PLACES | UNSURE | {"ORG", "NORP"}


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


def without_common_acronyms(body: str, drafts: list[Draft]) -> list[Draft]:
    """The mentions but for those of an acronym that stands for a common noun in this article, by the words before its bracket or by an
    office: the DA is the Democratic Alliance where that is named, and else a district attorney."""
    short = {d.text for d in drafts if d.label in NAMED and is_acronym(d.text)}
    if not short:
        return drafts
    long = {letters.upper() for d in drafts if d.label == "ORG" and " " in d.text for letters in initials(d.text)}
    common = _spelt_out(body) | {text for texts, office in OFFICES if not short.isdisjoint(texts) and office.search(body) for text in texts}
    return [d for d in drafts if d.text not in common or d.text in long or d.label not in NAMED]


def _spelt_out(body: str) -> set[str]:
    """Acronyms in brackets behind lower-case words with these initials: “improvised explosive device (IED)”."""
    found = IN_BRACKETS.finditer(body)
    return {m["acronym"] for m in found if _is_of_words(m["acronym"], body[max(0, m.start() - REACH) : m.start()])}


def _is_of_words(acronym: str, words: str) -> bool:
    last = re.split(r"[\s-]+", words)[-len(acronym) :]
    return all(word.islower() for word in last) and "".join(word[:1] for word in last).upper() == acronym
