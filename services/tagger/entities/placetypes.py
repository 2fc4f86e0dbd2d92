"""GPE, LOC or FAC: by the gazetteer of places, then by the words of the name, then by the words around it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from copydesk.services.tagger.entities import words as w
from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.drafts import PLACES, Draft
from copydesk.services.tagger.gazetteer import Gazetteer

GPE_BEFORE = re.compile(
    r"\b(?:city|town|village|province|state|county|district|municipality|governor|mayor|capital|government|people) of (?:the )?$", re.IGNORECASE
)
REGION = re.compile(
    r"^(?:(?:north|south|east|west|central|northern|southern|eastern|western|middle|southeast|southeastern|southwest|northeast|northwest|sub-saharan|"
    r"upper|lower|outer|inner|greater|latin)[ -])+(?:africa|asia|europe|america|east|england|coast|hemisphere|siberia|california|australia|pacific)$|"
    r"^(?:the )?(?:middle east|far east|west|south|north|east|earth|moon|mars|asia|africa|europe|oceania|antarctica|north america|south america|"
    r"west bank|gaza strip|horn of africa|persian gulf|silicon valley|new england|indo-pacific|asia-pacific|balkans|caribbean|scandinavia|"
    r"latin america|eurasia|donbas|donbass|sahel|sinai|kashmir|kurdistan|caucasus|himalayas|arctic|world)$",
    re.IGNORECASE,
)  # fmt: skip


BUILT = frozenset({"airport", "bridge", "street", "avenue", "highway", "boulevard", "stadium", "expressway", "freeway"})


class PlaceTypes:
    """Tells the kinds of places apart."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._geography = gazetteer.geography

    def mend(self, text: Text, drafts: list[Draft]) -> list[Draft]:
        """The mentions, places labelled GPE, LOC or FAC. A model's own GPE or FAC is kept where nothing speaks against it."""
        for draft in drafts:
            if draft.label == "ORG" and draft.text.rpartition(" ")[2].lower() in BUILT:
                draft.label = "FAC"
            elif draft.label in PLACES:
                draft.label = self._by_name(draft.text) or self._by_context(text, draft)
        return _agreed(drafts)

    def _by_name(self, name: str) -> str | None:
        for entry in self._gazetteer.find(name):
            if entry.type in PLACES:
                return entry.type
        if REGION.match(name):
            return "LOC"
        found = self._geography.find(name)
        if any(place.kind in {"country", "region"} for place in found):
            return "GPE"
        if any(place.kind == "continent" for place in found):
            return "LOC"
        if found:
            return "GPE"
        return self._by_words(name)

    def _by_words(self, name: str) -> str | None:
        words = [word.strip(".,").lower() for word in name.split()]
        if len(words) > 1 and (words[-1] in w.PLACE_WORDS or (words[0] in w.PLACE_WORDS and words[1] == "of")):
            return "GPE"
        if len(words) > 1 and (words[-1] in w.FACILITY_WORDS or (words[0] in w.FACILITY_WORDS and words[1] == "of")):
            return "FAC"
        if len(words) > 1 and (
            words[-1] in w.LOCATION_WORDS or words[0] in {"lake", "mount", "mt", "river", "gulf", "bay", "cape", "strait", "isle"}
        ):
            return "LOC"
        if len(words) > 1 and (words[0] in {"route", "interstate", "highway", "fort", "camp", "port"} or "street" in words or "avenue" in words):
            return "FAC"
        return None

    def _by_context(self, text: Text, draft: Draft) -> str:
        if GPE_BEFORE.search(text.body, max(0, draft.start - 40), draft.start):
            return "GPE"
        if draft.label == "FAC":
            return "FAC"
        following = text.body[draft.end : draft.end + 3]
        if text.body[max(0, draft.start - 4) : draft.start].lower() == "the " and not following.startswith(","):
            return "LOC"
        return "GPE"


def _agreed(drafts: list[Draft]) -> list[Draft]:
    """One kind of place for one name: the kind that the words around it say most often, on a tie the first."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for draft in drafts:
        if draft.label in PLACES:
            kinds[draft.key][draft.label] += 1
    for draft in drafts:
        if draft.label in PLACES and len(found := kinds[draft.key]) > 1:
            draft.label = max(found, key=lambda kind: found[kind])
    return drafts
