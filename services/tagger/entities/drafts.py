"""Mentions in the making: one class for a mention, one for the mentions of one entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from copydesk.services.tagger.naming import fold_name
from copydesk.shared.records.enriched import Link

PLACES = frozenset({"GPE", "LOC", "FAC"})
NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC"})
FITTING = {
    "PERSON": frozenset({"PERSON"}),
    "ORG": frozenset({"ORG", "FAC", "MISC"}),
    "FAC": frozenset({"FAC", "ORG", "LOC"}),
    "LOC": frozenset({"LOC", "GPE", "FAC"}),
    "GPE": frozenset({"GPE", "LOC"}),
    "MISC": frozenset({"MISC", "ORG", "EVENT"}),
    "EVENT": frozenset({"EVENT", "MISC"}),
    "NORP": frozenset({"NORP", "ORG"}),
}  # type of an entry of the gazetteer -> labels under which a model may find it


@dataclass(slots=True)
class Draft:
    """Characters [start, end) of the body under a label. `title` is the title that stood before the name, as printed."""

    start: int
    end: int
    label: str
    text: str
    title: str = ""

    @property
    def key(self) -> str:
        return fold_name(self.text)


@dataclass(slots=True, eq=False)
class Cluster:
    """The mentions of one entity within an article."""

    _mentions: list[Draft]
    label: str
    canonical: str = ""
    link: Link | None = None
    keys: set[str] = field(default_factory=set)
    _forms: Counter[str] | None = field(default=None, repr=False)
    _in_order: bool = field(default=True, repr=False)

    @classmethod
    def of(cls, mentions: list[Draft], label: str) -> Cluster:
        return cls(mentions, label, keys={m.key for m in mentions})

    @property
    def mentions(self) -> list[Draft]:
        """In order. Put in order when they are asked for, so that taking one over costs no more for the many that are there."""
        if not self._in_order:
            self._mentions.sort(key=lambda m: m.start)
            self._in_order = True
        return self._mentions

    @property
    def start(self) -> int:
        return self.mentions[0].start

    def forms(self) -> Counter[str]:
        """Printed forms with how often each occurs, in order of first mention. Counted once."""
        if self._forms is None:
            self._forms = Counter(m.text for m in self.mentions)
        return self._forms

    def best_form(self, candidates: Iterable[str] | None = None) -> str:
        """The form printed most often, of all or of the candidates; on a tie the first. Capitals throughout only where
        nothing else is printed; runs of space as one."""
        forms = self.forms()
        among = forms.keys() if candidates is None else frozenset(candidates)
        ordered = [form for form in forms if form in among]
        mixed = [form for form in ordered if not (form.isupper() and any(f.upper() == form and f != form for f in ordered))]
        return " ".join(max(mixed, key=lambda form: forms[form]).split())

    def absorb(self, other: Cluster) -> None:
        """Take over the mentions of another cluster."""
        self.take(other.mentions)

    def take(self, mentions: Iterable[Draft]) -> None:
        """Add mentions."""
        for mention in mentions:
            self._in_order &= mention.start >= self._mentions[-1].start
            self._mentions.append(mention)
            self.keys.add(mention.key)
        self._forms = None


class MentionsByCharacter:
    """Which mention holds which character."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._by_offset = {offset: d for d in drafts for offset in range(d.start, d.end)}

    def free(self, start: int, end: int) -> bool:
        """Whether no mention holds a character of the range."""
        return self._by_offset.keys().isdisjoint(range(start, end))

    def within(self, start: int, end: int) -> list[Draft]:
        """The mentions that hold a character of the range, in order."""
        found = (self._by_offset.get(offset) for offset in range(start, end))
        return list({d.start: d for d in found if d is not None}.values())


def without_overlaps(drafts: Iterable[Draft]) -> list[Draft]:
    """Mentions in order; of two that overlap the longer stays, then the earlier."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
        elif draft.end - draft.start > kept[-1].end - kept[-1].start:
            kept[-1] = draft
    return kept
