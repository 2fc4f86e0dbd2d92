"""Names that are certain whatever the model says: nationalities, unambiguous countries, names of the gazetteer."""

from __future__ import annotations

import re

from copydesk.services.tagger.entities.article_text import Phrases, Text
from copydesk.services.tagger.entities.drafts import FITTING, Draft, MentionsByCharacter
from copydesk.services.tagger.entities.words import CURRENCY_SIGNS
from copydesk.services.tagger.gazetteer import Gazetteer, GazetteerEntry
from copydesk.services.tagger.gazetteer.countries import country_data, demonyms, names_of_groups
from copydesk.services.tagger.naming import fold_name

HEADLINE = 500  # characters of a line in capitals that say that it is one
RELIGIONS = frozenset(
    {"islam", "christianity", "judaism", "hinduism", "buddhism", "catholicism", "protestantism", "sikhism", "zionism", "jihad", "sharia"}
)
WITHIN = re.compile(r"[a-z][’'‘ʼ][a-z]{2,}|[a-z][’'‘ʼ][aeiou](?!\w)")  # an apostrophe within a word: Xi’an, Sana’a
RETYPED = frozenset({"GPE", "LOC", "FAC", "MISC", "ORG", "NORP"})


class KnownNames:
    """Finds known names in a text and mends the labels of those that the model found."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        ambiguous = {fold_name(name) for name in country_data()["ambiguous"]}
        countries = {name for name in gazetteer.geography.country_names if fold_name(name) not in ambiguous}
        self._peoples = {fold_name(word) for word in (*demonyms(), *names_of_groups())}
        self._countries = {fold_name(name) for name in countries}
        entries: dict[str, GazetteerEntry] = dict(gazetteer.phrases())
        self._phrases = Phrases[str]((
            *((name, "GPE") for name in countries),
            *((word, "NORP") for word in (*demonyms(), *names_of_groups())),
            *((name.removeprefix("the "), entry.type) for name, entry in entries.items()),
        ))  # fmt: skip
        self._with_article = {name.removeprefix("the ") for name in entries if name.startswith("the ")}

    def is_place(self, name: str) -> bool:
        """Whether the text is a country or a nationality and nothing else."""
        key = fold_name(name)
        return key in self._countries or key in self._peoples

    def is_known(self, name: str) -> bool:
        """Whether the gazetteer has the name."""
        return bool(self._gazetteer.find(name))

    def mend(self, text: Text, drafts: list[Draft]) -> list[Draft]:
        """Labels of nationalities and countries put right; known names added where no mention stands, and in place of parts
        of them: “Asia-Pacific” for “Asia” and “Pacific”."""
        held, gone, added = MentionsByCharacter(drafts), set[int](), list[Draft]()
        for start, end, label in self._phrases.find(text):
            if not self._counts(text.body, start, end):
                continue
            there = held.within(start, end)
            if there and there[0].start == start and there[0].end == end:
                _relabel(there[0], label)
            elif label == "NORP" and len(there) == 1 and self._is_of_a_place(text.body, there[0], start, end):
                added.append(Draft(start, end, label, text.body[start:end]))
                there[0].start, there[0].label = end + len(" of "), "GPE"
                there[0].text = text.body[there[0].start : there[0].end]
            elif all(start <= d.start and d.end <= end for d in there) and (there or not in_capitals(text, start)):
                gone.update(d.start for d in there)
                added.append(Draft(start, end, label, text.body[start:end]))
        for draft in drafts:
            if draft.label in RETYPED:
                draft.label = self._label(draft)
            elif self._is_spelt_like_a_place(draft.text):
                draft.label = "GPE"
        return sorted((*(d for d in drafts if d.start not in gone), *added), key=lambda d: d.start)

    def _is_of_a_place(self, body: str, draft: Draft, start: int, end: int) -> bool:
        """Whether the model takes “Uighurs of Xinjiang” for an organisation; the Democrats of the Left are one."""
        behind = body[end : draft.end].removeprefix(" of ")
        return draft.start == start and draft.label == "ORG" and len(behind) == draft.end - end - 4 and bool(self._gazetteer.geography.find(behind))

    def _is_spelt_like_a_place(self, text: str) -> bool:
        """“D.C.”, “Calif.”, “Xi’an”, “Sana’a”: no person is called so."""
        return " " not in text and (text.endswith(".") or bool(WITHIN.search(text))) and bool(self._gazetteer.geography.find(text))

    def _label(self, draft: Draft) -> str:
        if draft.key in self._peoples:
            return "NORP"
        if draft.key in RELIGIONS:
            return "MISC"
        if draft.key in self._countries or (draft.label == "NORP" and any(p.kind == "country" for p in self._gazetteer.geography.find(draft.text))):
            return "GPE"
        if draft.label == "ORG" and WITHIN.search(draft.text) and self._is_spelt_like_a_place(draft.text):
            return "GPE"
        known = self._gazetteer.find(draft.text) if draft.label == "NORP" else ()
        return next((entry.type for entry in known), draft.label)

    def _counts(self, body: str, start: int, end: int) -> bool:
        if body[end : end + 1] in set(CURRENCY_SIGNS):
            return False  # “US$”
        return body[start:end] not in self._with_article or body[max(0, start - 4) : start].lower() == "the "


def _relabel(draft: Draft, label: str) -> None:
    """The label of a known name, unless the model's may be right as well or says that it is a person. An organisation's name in full is one:
    “John Deere cut 200 jobs”, but “Mr. John Deere”."""
    if draft.label == "MISC" and label == "ORG":
        draft.label = label  # “Le Monde”, “Corriere della Sera”
    elif draft.label not in FITTING[label] and (draft.label != "PERSON" or (label == "ORG" and not draft.title)):
        draft.label = label


def in_capitals(text: Text, offset: int) -> bool:
    """Whether the name stands in a line of capitals, where “US” may be a pronoun."""
    start, end = text.paragraph_bounds(offset)
    line = text.body[start : min(end, start + HEADLINE)].strip()
    return line.isupper() and " " in line
