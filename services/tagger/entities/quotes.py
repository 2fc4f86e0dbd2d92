"""Who said what: direct quotations with their speakers, by rules on the text without a parse.

For each quotation, in this order (the first that is certain counts; compare Pouliquen, Steinberger and Best, “Automatic
Detection of Quotations in Multilingual News”, RANLP 2007):
    1. it carries on a speech of the paragraph before,
    2. behind it: “…,” X said · “…,” said X · “…,” according to X,
    3. before it: X said: “…” · According to X, “…”,
    4. it follows a quotation of the same paragraph whose speaker is known, and nobody else comes between.
A pronoun is the one person named last before it, where only one is named in that paragraph and the one before.
“a spokesman said” names nobody: the quotation has no speaker.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.clauses import CLAUSE, Clauses, clauses_of
from copydesk.services.tagger.entities.dialogue import find_dialogue
from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.entities.eastern import LANGUAGES, is_said
from copydesk.services.tagger.entities.quotations import Quotation, announced, find_quotations, is_speech
from copydesk.services.tagger.entities.speakers import Attribution, Speaker, before, ends_sentence, sentence_end, speaker_behind

FAR = 2_000  # characters between two quotations: the speaker of the first is forgotten
UNMARKED = frozenset({"tr"})  # no comma parts the words from the verb behind them
SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "FAC", "NORP"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with the cluster that speaks and the mention that names it there."""

    quotation: Quotation
    speaker: Cluster | None
    mention: Draft | None


def attribute(text: Text, clusters: list[Cluster], language: str = "en") -> list[Attributed]:
    """The quotations of the body, in order, with their speakers. `language`: ISO 639-1, whose verbs of saying count."""
    clauses = clauses_of(language)
    quotations = _found(text, clauses)
    if not quotations:
        return []
    speakers = Mentions(clusters, clauses)
    kept: list[Attributed] = []
    for number, quotation in enumerate(quotations):
        limits = (
            quotations[number - 1].outer_end if number else 0,
            quotations[number + 1].outer_start if number + 1 < len(quotations) else len(text.body),
        )
        found = _speaker(text, quotation, limits, speakers, kept)
        if is_speech(text.body, quotation, *_signs(text, quotation, found, kept, speakers, language)):
            kept.append(Attributed(quotation, found.cluster if found else None, found.mention if found else None))
    return _from_the_end(text, kept)


def _found(text: Text, clauses: Clauses) -> list[Quotation]:
    """Between marks, and behind dashes where none of those is."""
    marked = find_quotations(text)
    taken = {text.paragraph_of(q.outer_start) for q in marked}
    spoken = [q for q in find_dialogue(text, clauses) if text.paragraph_of(q.outer_start) not in taken]
    return sorted((*marked, *spoken), key=lambda q: q.start)


def _from_the_end(text: Text, kept: list[Attributed]) -> list[Attributed]:
    """A speech over several paragraphs whose speaker is named behind the last of them is that speaker's from the first on."""
    for number in range(len(kept) - 1, 0, -1):
        one, following = kept[number - 1], kept[number]
        if one.speaker is None and not one.quotation.closed and following.quotation.continues:
            kept[number - 1] = replace(following, quotation=one.quotation)
    return kept


def _signs(
    text: Text, quotation: Quotation, found: Attribution | None, kept: list[Attributed], speakers: Mentions, language: str
) -> tuple[bool, bool, bool]:
    """Whether the quotation is attributed or follows another in its paragraph, whether a clause of saying adjoins it, and whether
    a verb of saying stands right before it. Where no model has found names, a clause of saying is one whoever says it."""
    before = text.body[max(0, quotation.outer_start - CLAUSE) : quotation.outer_start]
    number = text.paragraph_of(quotation.outer_start)
    follows = bool(kept) and text.paragraph_of(kept[-1].quotation.outer_start) == number and ends_sentence(text.body, quotation)
    if language in UNMARKED and speakers.clauses.begins.match(text.body, quotation.outer_end):
        return True, False, False
    named = found is not None and (found.cluster is not None or (not speakers.all and language != "en"))
    said = is_said(text.body, quotation) if language in LANGUAGES else language != "en" and announced(text.body, quotation)
    adjoins = quotation.continues or (found is not None and found.adjoins)
    return named or follows or said, adjoins, bool(speakers.clauses.calls_out.search(before))


def _speaker(text: Text, quotation: Quotation, limits: tuple[int, int], speakers: Mentions, kept: list[Attributed]) -> Attribution | None:
    last = kept[-1] if kept else None
    if last and last.speaker and (quotation.continues or _same_turn(text, last.quotation, quotation)):
        return Attribution(last.speaker, last.mention)
    lead_in, tail = before(text, quotation, limits[0], speakers), speaker_behind(text, quotation, limits[1], speakers)
    found = (lead_in or tail) if ends_sentence(text.body, quotation) else (tail or lead_in)
    if found:
        return found
    return _goes_on(text, quotation, last, speakers) if last else None


def _same_turn(text: Text, one: Quotation, other: Quotation) -> bool:
    return one.dialogue and other.dialogue and text.paragraph_of(one.start) == text.paragraph_of(other.start)


def _goes_on(text: Text, quotation: Quotation, last: Attributed, speakers: Mentions) -> Attribution | None:
    """The speaker of the quotation before in this paragraph, unless somebody else is named between, or behind in the sentence."""
    if last.speaker is None or text.paragraph_of(last.quotation.outer_start) != text.paragraph_of(quotation.outer_start):
        return None
    sentence = text.sentence_starts[text.sentence_of(quotation.outer_start)]
    if sentence < quotation.outer_start and last.quotation.outer_end <= sentence:
        return None  # words stand before it in its sentence, which have a subject of their own
    start = max(last.quotation.outer_end, last.mention.end if last.mention else 0)
    if quotation.outer_start - start > FAR:
        return None
    stop = quotation.outer_end if ends_sentence(text.body, quotation) else sentence_end(text, quotation.outer_end)
    named = [*speakers.within(start, quotation.outer_start), *speakers.within(quotation.outer_end, stop)]
    if any(s.cluster is not last.speaker and s.cluster.label == "PERSON" for s in named):
        return None
    return Attribution(last.speaker, last.mention)


class Mentions:
    """The mentions that may speak, in order, to be asked by place."""

    def __init__(self, clusters: list[Cluster], clauses: Clauses) -> None:
        self.clauses = clauses
        self.all = sorted((Speaker(m.start, m.end, m, c) for c in clusters if c.label in SPEAKERS for m in c.mentions), key=lambda s: s.start)
        self._starts = [s.start for s in self.all]
        self._people = [s for s in self.all if s.cluster.label == "PERSON"]
        self._people_starts = [s.start for s in self._people]
        self._alone_since: list[int] = []  # for each mention of a person, from which on nobody else is mentioned
        for number, speaker in enumerate(self._people):
            same = number and self._people[number - 1].cluster is speaker.cluster
            self._alone_since.append(self._alone_since[-1] if same else number)

    def within(self, start: int, end: int) -> list[Speaker]:
        """Mentions that lie in [start, end)."""
        return [s for s in self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)] if s.end <= end]

    def people(self, start: int, end: int) -> tuple[Speaker | None, bool]:
        """The last mention of a person in [start, end), and whether it is that of the only person mentioned there."""
        first, last = bisect_left(self._people_starts, start), bisect_left(self._people_starts, end)
        while last > first and self._people[last - 1].end > end:
            last -= 1
        return (self._people[last - 1], self._alone_since[last - 1] <= first) if last > first else (None, False)
