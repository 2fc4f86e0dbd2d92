"""Names that are certain whatever the model says: nationalities, unambiguous countries, names of the gazetteer."""

from __future__ import annotations

from services.tagger.entities.drafts import Draft
from services.tagger.entities.text import Phrases, Text
from services.tagger.gazetteer import Entry, Gazetteer
from services.tagger.gazetteer.countries import country_data, demonyms, groups
from services.tagger.naming import fold

RETYPED = frozenset({"GPE", "LOC", "FAC", "MISC", "ORG", "NORP"})


class KnownNames:
    """Finds known names in a text and mends the labels of those that the model found."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        ambiguous = {fold(name) for name in country_data()["ambiguous"]}
        countries = {name for name in gazetteer.geography.country_names if fold(name) not in ambiguous}
        self._peoples = {fold(word) for word in (*demonyms(), *groups())}
        self._countries = {fold(name) for name in countries}
        entries: dict[str, Entry] = dict(gazetteer.phrases())
        self._phrases = Phrases[str]((
            *((name, "GPE") for name in countries),
            *((word, "NORP") for word in (*demonyms(), *groups())),
            *((name.removeprefix("the "), entry.type) for name, entry in entries.items()),
        ))  # fmt: skip
        self._with_article = {name.removeprefix("the ") for name in entries if name.startswith("the ")}

    def is_place(self, name: str) -> bool:
        """Whether the text is a country or a nationality and nothing else."""
        key = fold(name)
        return key in self._countries or key in self._peoples

    def mend(self, text: Text, drafts: list[Draft]) -> list[Draft]:
        """Labels of nationalities and countries put right, and known names added where no mention stands."""
        for draft in drafts:
            if draft.label in RETYPED:
                key = draft.key
                draft.label = "NORP" if key in self._peoples else "GPE" if key in self._countries else draft.label
        return sorted((*drafts, *self._missing(text, drafts)), key=lambda d: d.start)

    def _missing(self, text: Text, drafts: list[Draft]) -> list[Draft]:
        taken = Taken(drafts)
        body = text.body
        return [
            Draft(start, end, label, body[start:end])
            for start, end, label in self._phrases.find(text)
            if taken.free(start, end) and self._counts(body, start, end) and not _in_capitals(text, start)
        ]

    def _counts(self, body: str, start: int, end: int) -> bool:
        return body[start:end] not in self._with_article or body[max(0, start - 4) : start].lower() == "the "


class Taken:
    """The characters that mentions hold already."""

    def __init__(self, drafts: list[Draft]) -> None:
        self._held = {offset for d in drafts for offset in range(d.start, d.end)}

    def free(self, start: int, end: int) -> bool:
        """Whether no mention holds the first or the last character of the range, nor one within it."""
        return self._held.isdisjoint(range(start, end))


def _in_capitals(text: Text, offset: int) -> bool:
    """Whether the name stands in a line of capitals, where “US” may be a pronoun."""
    start, end = text.paragraph_bounds(offset)
    line = text.body[start:end]
    return line.isupper() and len(line) > 12
