"""The speaker of one quotation, from the clause behind or before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.clauses import (
    ABBREVIATION,
    ADVERBIAL,
    AGENT,
    APPOSED,
    BELONGS,
    CLAUSE,
    NOBODY,
    OF,
    OWN_WORDS,
    OWNER,
    PARTICIPLE,
    PHRASE_END,
    Clauses,
)
from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.entities.quotations import Quotation, begins_sentence
from copydesk.services.tagger.entities.words import HEADS, word_list


@dataclass(frozen=True, slots=True)
class Speaker:
    start: int
    end: int
    mention: Draft
    cluster: Cluster


@dataclass(frozen=True, slots=True)
class Attribution:
    """A clause that attributes: to a cluster, or to nobody that has a name. `adjoins`: it stands right behind the quotation."""

    cluster: Cluster | None
    mention: Draft | None
    adjoins: bool = False


NOBODY_NAMED = Attribution(None, None)
BEHIND_A_SPEAKER = word_list("in on at during after before to as when while of from earlier later last this yesterday today")


class Asked(Protocol):
    """What is asked about the mentions of an article, and how its language attributes."""

    @property
    def all(self) -> list[Speaker]: ...

    @property
    def clauses(self) -> Clauses: ...

    def within(self, start: int, end: int) -> list[Speaker]: ...

    def people(self, start: int, end: int) -> tuple[Speaker | None, bool]: ...


def speaker_behind(text: Text, quotation: Quotation, limit: int, speakers: Asked) -> Attribution | None:
    """The speaker in the clause behind the quotation, up to the end of its sentence."""
    start = quotation.outer_end
    clauses = speakers.clauses
    if not quotation.closed or _ended(text.body, quotation, clauses):
        return None
    end = min(limit, start + CLAUSE, sentence_end(text, start))
    for pattern, verb_first in ((clauses.verb_first, True), (clauses.according, True), (clauses.subject_first, False)):
        match = pattern.match(text.body, start, end)
        if match:
            return replace(_named(text, match.span("who"), speakers, verb_first), adjoins=True)
    return None


def before(text: Text, quotation: Quotation, limit: int, speakers: Asked) -> Attribution | None:
    """The speaker in the clause that leads to the quotation within its sentence."""
    start = max(limit, text.sentence_starts[text.sentence_of(quotation.outer_start)], quotation.outer_start - CLAUSE)
    according = speakers.clauses.according.match(text.body, start, quotation.outer_start)
    if according:
        return _named(text, according.span("who"), speakers, verb_first=True)
    if start == limit and start and (going_on := _going_on(text, start, quotation.outer_start, speakers)):
        return going_on
    match = speakers.clauses.lead_in.match(text.body, start, quotation.outer_start)
    if not match:
        return _announced(text, start, quotation.outer_start, speakers)
    if PARTICIPLE.match(text.body, match.end("who") + text.body.startswith(",", match.end("who"))):
        return _subject(text, match.span("who"), speakers)
    nearest = [
        s
        for s in speakers.within(match.end("who"), quotation.outer_start)
        if s.cluster.label == "PERSON" and speakers.clauses.says.match(text.body, s.end)
    ]
    if nearest:
        return Attribution(nearest[-1].cluster, nearest[-1].mention)  # “…, and Mr Tong had said: …”
    return _named(text, match.span("who"), speakers, verb_first=False)


def _going_on(text: Text, start: int, stop: int, speakers: Asked) -> Attribution | None:
    """Who speaks on behind a quotation: “…”, said X, adding that “…”."""
    clause = speakers.clauses.verb_first.match(text.body, start, stop)
    if clause is None or PARTICIPLE.search(text.body, clause.start("who"), stop) is None:
        return None
    return _named(text, clause.span("who"), speakers, verb_first=True)


def _announced(text: Text, start: int, stop: int, speakers: Asked) -> Attribution | None:
    """Who is named before a colon alone, or behind a verb that stands first: X: “…” · Added X: “…”."""
    inverted = speakers.clauses.inverted_lead.match(text.body, start, stop)
    if inverted:
        found = _named(text, inverted.span("who"), speakers, verb_first=True)
        return found if found.cluster or not speakers.all else None
    last = next(reversed(speakers.within(start, stop)), None)
    if last is None or last.cluster.label not in {"PERSON", "ORG"} or text.body[last.end : stop].strip() != ":":
        return None
    return Attribution(last.cluster, last.mention) if text.body[start : last.start].strip() in {"", last.mention.title} else None


def _subject(text: Text, span: tuple[int, int], speakers: Asked) -> Attribution:
    """The name with which the clause begins, its titles left out: Trump congratulated Pelosi, saying “…”."""
    first = next(iter(speakers.within(*span)), None)
    if first is None:
        return _named(text, span, speakers, verb_first=False)
    lead = text.body[span[0] : first.start].split()
    starts = all(word[0].isupper() or word.lower() in {"the", "president", "minister"} for word in lead)
    return Attribution(first.cluster, first.mention) if starts else NOBODY_NAMED


def ends_sentence(body: str, quotation: Quotation) -> bool:
    """Whether a full stop, question or exclamation mark stands last within the marks, or right behind a sentence: «Lo sapevano tutti»."""
    if body[quotation.start : quotation.end].rstrip()[-1:] in {".", "…", "!", "?"}:
        return True
    return body[quotation.outer_end : quotation.outer_end + 1] == "." and begins_sentence(body, quotation)


def _ended(body: str, quotation: Quotation, clauses: Clauses) -> bool:
    """A full stop within the marks ends the sentence, unless a clause of saying stands alone behind it: “… .” X said."""
    if body[quotation.end - 1 : quotation.end] not in {".", "…"}:
        return False
    stop = quotation.outer_end + CLAUSE
    return not (clauses.verb_first.match(body, quotation.outer_end, stop) or clauses.short.match(body, quotation.outer_end, stop))


def sentence_end(text: Text, offset: int) -> int:
    """Where the sentence ends that goes on at the offset."""
    number = text.sentence_of(offset)
    starts = text.sentence_starts
    while number + 1 < len(starts) and starts[number + 1] <= offset + 1:
        number += 1
    return starts[number + 1] if number + 1 < len(starts) else len(text.body)


def _named(text: Text, span: tuple[int, int], speakers: Asked, verb_first: bool) -> Attribution:
    """The mention that is the head of the noun phrase, or nobody."""
    start, end = span
    phrase = text.body[start:end]
    stripped = phrase.strip(" ,")
    if speakers.clauses.pronoun.search(stripped if not verb_first else stripped.split(" ", 1)[0].rstrip(".,")):
        return _pronoun(text, start, speakers)
    inside = speakers.within(start, end)
    if not inside:
        return NOBODY_NAMED
    if verb_first and (bearer := _bearer(text.body, start, inside)):
        return Attribution(bearer.cluster, bearer.mention)
    return _head_behind(text, start, inside) if verb_first else _head_before(text, start, end, inside)


def _head_behind(text: Text, start: int, inside: list[Speaker]) -> Attribution:
    """said X · said White House press secretary X · said X, spokesman of Y: the last of the mentions before the first comma."""
    stop = _comma(text.body, start, inside)
    chosen = [s for s in inside if s.end <= stop]
    if not chosen:
        return NOBODY_NAMED
    person = next((s for s in chosen if s.cluster.label == "PERSON" and not _owns(text.body, s.end)), None)
    if person is None and any(s.cluster.label == "PERSON" for s in chosen):
        return NOBODY_NAMED
    best = person or chosen[-1]
    before_it, after_it = text.body[start : best.start], text.body[best.end : stop]
    if person is None and (APPOSED.match(text.body, stop) or NOBODY.search(before_it) or NOBODY.search(after_it) or _goes_on(after_it)):
        return NOBODY_NAMED
    return Attribution(best.cluster, best.mention)


def _bearer(body: str, start: int, inside: list[Speaker]) -> Speaker | None:
    """Who bears the office that the phrase before the first comma names: said the mayor, X · said Northgate’s captain, X."""
    stop = _comma(body, start, inside)
    person = next((s for s in inside if s.start > stop), None)
    if person is None or person.cluster.label != "PERSON" or body[stop : stop + 1] != ",":
        return None
    between = body[stop + 1 : person.start].strip()
    head = OF.split(body[start:stop], maxsplit=1)[0].rstrip()
    named = any(s.end == start + len(head) for s in inside) or not _is_office(head.split())
    return None if named or (between and between != person.mention.title) else person


def _is_office(words: list[str]) -> bool:
    """Whether the last word is no name: “the mayor”, “Mayor”, in German “die Bürgermeisterin”."""
    return bool(words) and (words[-1].islower() or words[-1].strip(".").lower() in HEADS or words[0] in {"der", "die", "das"})


def _owns(body: str, end: int) -> bool:
    """Whether what is said is said by somebody or something of the mention that ends there, and not by its own words."""
    return bool(OWNER.match(body, end)) and not OWN_WORDS.match(body, end)


def _head_before(text: Text, start: int, end: int, inside: list[Speaker]) -> Attribution:
    """X said · press secretary X said · X, the minister, said: the mention at the verb, else the person before a comma."""
    body, last = text.body, inside[-1]
    at_verb = last.end >= end - 1
    people = [s for s in inside if s.cluster.label == "PERSON"]
    apposed = next((s for s in people if body[s.end : s.end + 2].strip()[:1] in {",", "(", "—", "–"} or BELONGS.match(body, s.end)), None)
    if apposed and (body[end : end + 1] == "," or not at_verb or last is not people[-1]):
        return Attribution(apposed.cluster, apposed.mention)
    if at_verb and AGENT.search(body, start, last.start):
        return NOBODY_NAMED  # lawyers for X said
    if at_verb and (last is people[-1] if people else not NOBODY.search(body[_behind_adverbial(body, start) : last.start])):
        return Attribution(last.cluster, last.mention)
    return NOBODY_NAMED


def _behind_adverbial(body: str, start: int) -> int:
    """Where the noun phrase begins: “In a statement, Nordbank said”."""
    adverbial = ADVERBIAL.match(body, start)
    return adverbial.end() if adverbial else start


def _comma(body: str, start: int, inside: list[Speaker]) -> int:
    """The end of the noun phrase: the first comma, bracket or stop that lies in no mention."""
    held = {offset for s in inside for offset in range(s.start, s.end)}
    for match in PHRASE_END.finditer(body, start, start + CLAUSE):
        abbreviation = match.group() == "." and ABBREVIATION.search(body[start : match.start()])
        if match.start() not in held and not abbreviation:
            return match.start()
    return start + CLAUSE


def _goes_on(after: str) -> bool:
    """Whether a noun follows the mention, whose attribute it then is: “said the Boston police”."""
    words = after.split()
    return bool(words) and words[0].strip(".").islower() and words[0] not in BEHIND_A_SPEAKER


def _pronoun(text: Text, offset: int, speakers: Asked) -> Attribution:
    """The one person whom this paragraph names before it; nobody where there are more. The paragraph before counts only
    from the first sentence: later, “she” may be somebody without a name."""
    start, _ = text.paragraph_bounds(offset)
    person, alone = speakers.people(start, offset)
    if person is None and text.sentence_starts[text.sentence_of(offset)] == start:
        person, alone = speakers.people(text.paragraph_starts[max(0, text.paragraph_of(offset) - 1)], offset)
    return Attribution(person.cluster, person.mention) if person and alone else NOBODY_NAMED
