"""Patterns of the clauses that attribute a quotation: “…,” X said · said X · according to X · X said: “…”."""

from __future__ import annotations

import re

from copydesk.services.tagger.entities.words import SAID

CLAUSE = 220  # characters that a clause of attribution may have
VERB = rf"(?:(?:has|have|had|also|later|then|further|reportedly|previously|went on to)\s+){{0,2}}(?:{SAID}|say|add)"
VERB_FIRST = re.compile(rf"[ ,—–-]*+{VERB}\s+(?P<who>[^\n“”\"]+)")
SUBJECT_FIRST = re.compile(rf"[ ,—–-]*+(?!(?:was|is|were|are|be|been|which|that|who|and|as|to)\b)(?P<who>[^\n“”\"]+?),? {VERB}\b")
SAYS = re.compile(rf" {VERB}\b")
ACCORDING = re.compile(r"[ ,—–-]*+[Aa]ccording to (?P<who>[^\n“”\"]+)")
SHORT_CLAUSE = re.compile(rf" ?(?:[\w.’'-]+ ){{1,5}}{VERB}(?: \w+)?(?:\.|,(?! ?[\"“]))")
PARTICIPLE = re.compile(r" (?:saying|adding|joking)\b")
LEAD_IN = re.compile(rf"(?P<who>[^\n“”\"]+?),? {VERB}\b(?P<rest>[^\n“”\"]*)$")
PRONOUN = re.compile(r"(?:^|[\s,])(?:[Hh]e|[Ss]he)$")
NOBODY = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|official|officials|source|sources|statement|report|document|reporter|reporters|witness|witnesses|lawyer|attorney|family|relatives?|who|police|residents?)\b",
    re.IGNORECASE,
)


BELONGS = re.compile(r" (?:of|from|at|with|for)\b")
PHRASE_END = re.compile(r"[,;:—–]|\((?![^()\n]{1,12}\) [A-Z])|\.(?=\s|$)|\n")
OWN_WORDS = re.compile(r"[’']s? (?:\w+ ){0,2}(?:statement|letter|post|tweet|message|report|e-?mail|speech|book|ruling|opinion|testimony|complaint)\b")
OWNER = re.compile(r"[’'](?:s\b| )")  # Huber’s partner said: somebody else speaks
APPOSED = re.compile(r", [A-Z]")  # said University of California, San Diego’s chancellor: the head comes later
ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|[A-Z])$")
