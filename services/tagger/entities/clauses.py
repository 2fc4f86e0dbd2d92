"""Patterns of the clauses that attribute a quotation: “…,” X said · said X · according to X · X said: “…”. The verbs
are those of the language (sayings.py)."""

from __future__ import annotations

import re
from functools import cache

from copydesk.services.tagger.entities.sayings import SAYINGS, Saying
from copydesk.services.tagger.entities.words import ABBREVIATED

CLAUSE = 220  # characters that a clause of attribution may have
GAP = r"[ ,—–\u00a0\u202f-]*+"
THAT = r" (?:إن|أن|بأن|إنه|أنه|que|che|că|hogy|že|da)"  # which a verb that stands first announces a quotation with
NO_MARKS = r"[^\n“”\"«»„「」]"


class Clauses:
    """The patterns for one language."""

    def __init__(self, saying: Saying) -> None:
        verb = rf"(?:(?:{saying.auxiliaries})\s+){{0,2}}(?:{saying.verbs})"
        self.dashes = saying.dashes
        self.verb_first = re.compile(rf"{GAP}{verb}\s+(?P<who>{NO_MARKS}+)")
        self.subject_first = re.compile(
            rf"{GAP}(?!(?:was|is|were|are|be|been|which|that|who|and|as|to)\b)(?P<who>{NO_MARKS}+?),? {verb}\b"
        )  # fmt: skip
        self.says = re.compile(rf" {verb}\b")
        self.according = re.compile(rf"{GAP}(?:{saying.according}) (?P<who>{NO_MARKS}+)")
        self.short = re.compile(rf" ?(?:[\w.’'-]+ ){{1,5}}{verb}(?: \w+)?(?:\.|,(?! ?[\"“]))")
        self.lead_in = re.compile(rf"(?P<who>{NO_MARKS}+?),? {verb}\b(?P<rest>{NO_MARKS}*)$")
        self.inverted_lead = re.compile(rf"{GAP}{verb}\s+(?P<who>{NO_MARKS}{{2,80}}?)(?:[:,]|{THAT}) ?$", re.IGNORECASE)
        self.pronoun = re.compile(rf"(?:^|[\s,])(?:{saying.pronouns})$")
        self.calls_out = re.compile(rf"\b{verb}[,:] ?$")
        self.begins = re.compile(rf"[ \u00a0]?{verb}\b")
        self.inserted = re.compile(rf"(?<=[,!?…])[ \u00a0](?={verb}\b)")


@cache
def clauses_of(language: str) -> Clauses:
    """Those of a language by its code; English where none are known."""
    return Clauses(SAYINGS.get(language, SAYINGS["en"]))


PARTICIPLE = re.compile(r" (?:saying|adding|joking)\b")
NOBODY = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|official|officials|source|sources|statement|report|document|reporter|reporters|witness|witnesses|lawyers?|attorneys?|family|relatives?|who|police|residents?)\b",
    re.IGNORECASE,
)
AGENT = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|officials?|sources?|lawyers?|attorneys?|solicitors?|agents?|family|families|relatives?|friends?|aides?) "
    r"(?:for|of) $",
    re.IGNORECASE,
)  # of somebody who does not speak
BELONGS = re.compile(r" (?:of|from|at|with|for)\b")
PHRASE_END = re.compile(r"[,;:—–]|\((?![^()\n]{1,12}\) [A-Z])|\.(?=\s|$)|\n")
OWN_WORDS = re.compile(r"[’']s? (?:\w+ ){0,2}(?:statement|letter|post|tweet|message|report|e-?mail|speech|book|ruling|opinion|testimony|complaint)\b")
OWNER = re.compile(r"[’'](?:s\b| )")  # Huber’s partner said: somebody else speaks
APPOSED = re.compile(r", [A-Z]")  # said University of California, San Diego’s chancellor: the head comes later
OF = re.compile(r" (?:of|for|at|in|from|with|on|to|de|du|des|del|della|von|vom|der|van|da|do)\b")  # behind the head of a noun phrase
ABBREVIATION = re.compile(rf"\b(?:{'|'.join(sorted(word.title() for word in ABBREVIATED))}|St|[A-Z])$")
ADVERBIAL = re.compile(r"\s*(?:In|On|At|After|During|Earlier|Later|Meanwhile|Through|Via|By) [^,]+, ")  # In a statement, X said
