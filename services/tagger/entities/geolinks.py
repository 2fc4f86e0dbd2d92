"""Which place a name means: candidates by name, then what stands behind it, the article's countries, and population.

A candidate's score is log10 of its population, plus 1 when the article speaks of its country, 2 when of its region and 0.5 for a
capital; the winner has to lead by MARGIN, as population is the best single guide but a narrow lead is none (compare
Leidner, “Toponym Resolution in Text”, 2007: one referent per discourse, population, country context).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import log10

from copydesk.services.tagger.entities.context import SURE_REGIONS, CountryCounts, preferred, stated
from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.gazetteer import Geography, Place
from copydesk.services.tagger.naming import fold_name
from copydesk.shared.records.enriched import Link

MARGIN = 0.9
WELL_KNOWN = 100_000  # inhabitants: below, a city is linked only where the article speaks of its region or country
GREAT = 500_000
LONGER_NAME = re.compile(  # the model cut a longer name: “Surigao” del Sur, “Los Angeles” County
    r" (?:(?i:county|parish|district|township|river|lake|bay|airport|university|college|school|islands?)\b|(?:del?|do|da|du|della|de la) [A-Z])"
)
NAME_BEFORE = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}$")
STATE = r"(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
LISTED_BEFORE = re.compile(rf"{STATE}(?P<by>,? (?:and|or) (?:in )?|, (?:in )?)$")
LISTED_BEHIND = re.compile(rf"(?P<by>,? (?:and|or) (?:in )?|, (?:in )?){STATE}(?![\w-])")
LANGUAGE_AFTER = re.compile(r"[ -](?:language|speak|word)|-(?:to-)?\w+ (?:dictionary|translat)| translation| (?:and|or) \w+ (?:language|speak)")
LANGUAGE_BEFORE = re.compile(
    r"\b(?:speaks?|spoke|spoken|speaking|fluent in|written in|translated (?:from|into)|translation from|learn(?:ed|ing)?|word in) $"
)
STATEWIDE = re.compile(r"(?:[’']s?)? (?:gubernatorial|[Gg]overnor|Gov\.|[Ll]ieutenant [Gg]overnor|[Ll]egislature|[Aa]ttorney [Gg]eneral|[Ss]tate\b)")
GOVERNS = re.compile(r"\b(?:state|[Gg]overnor|[Ll]egislature|[Aa]ttorney [Gg]eneral|[Uu]pstate) (?:of )?$")
KIND = re.compile(
    r"(?P<behind>.+) (?:[Pp]rovince|[Rr]egion|[Oo]blast|[Pp]refecture|[Gg]overnorate|[Tt]erritory|State)|(?:Province|State|Region) of (?P<before>.+)"
)


class PlaceLinker:
    """Links places and nationalities to ISO 3166, ISO 3166-2 and GeoNames."""

    def __init__(self, geography: Geography) -> None:
        self._geography = geography

    def people(self, body: str, cluster: Cluster) -> Link | None:
        """The country of a nationality; none for the name of a language."""
        if all(LANGUAGE_AFTER.match(body, m.end) or LANGUAGE_BEFORE.search(body, max(0, m.start - 20), m.start) for m in cluster.mentions):
            return None
        code = self._geography.demonyms.get(cluster.mentions[0].key)
        return Link(id=f"iso3166:{code}", score=0.95, method="demonym") if code else None

    def place(self, body: str, cluster: Cluster, context: CountryCounts, surnames: frozenset[str]) -> tuple[Link, Place] | None:
        """The link and the place, or None where the name is unknown or ambiguous. `surnames`: folded surnames of the article's people."""
        name = cluster.mentions[0].text
        candidates = self._candidates(cluster)
        if not candidates or all(LONGER_NAME.match(body, m.end) for m in cluster.mentions):
            return None
        region = self._as_region(body, cluster, candidates)
        if region:
            return _link(region, 0.95, "name"), region
        if any(p.kind in {"country", "continent"} for p in candidates):
            return self._country(body, cluster, candidates, context)
        said = {found for m in cluster.mentions if (found := stated(body, m, self._geography))}
        if said and ((placed := self._stated(candidates, said)) or not self._is_state(name)):
            return placed  # “Ohio, Pennsylvania” is no place in Pennsylvania
        if fold_name(name) in surnames:
            return None
        return self._region(candidates, context) or self._city(candidates, context)

    def _candidates(self, cluster: Cluster) -> list[Place]:
        found: dict[str, Place] = {}
        for form in cluster.forms():
            for place in self._geography.find(form):
                found.setdefault(place.id, place)
            for place in self._geography.find(base) if (base := _without_kind(form)) else ():
                if place.kind == "region":
                    found.setdefault(place.id, place)
        return list(found.values())

    def _as_region(self, body: str, cluster: Cluster, candidates: list[Place]) -> Place | None:
        """A region behind its city (“Albany, New York”), or “New York state”, “Governor of Washington”."""
        regions = [p for p in candidates if p.kind == "region"]
        if not regions:
            return None
        if any(self._listed(body, m, self._is_state) for m in cluster.mentions):
            return next((p for p in regions if p.country == "US"), None)
        for m in cluster.mentions:
            if STATEWIDE.match(body, m.end) or GOVERNS.search(body, max(0, m.start - 30), m.start):
                return next((p for p in regions if p.country == "US"), None)
            if body[max(0, m.start - 2) : m.start] == ", " and (region := self._behind_city(body, m.start - 2, regions)):
                return region
        return None

    def _listed(self, body: str, mention: Draft, is_one: Callable[[str], bool]) -> bool:
        """Whether the name stands among states (or countries): two others beside it in a row, or one joined to it by “and” or “or”."""
        before, joined_before = self._row(body, mention.start, is_one, backwards=True)
        behind, joined_behind = self._row(body, mention.end, is_one, backwards=False)
        return before + behind > 1 or joined_before or joined_behind

    def _row(self, body: str, place: int, is_one: Callable[[str], bool], backwards: bool) -> tuple[int, bool]:
        """Such names in a row before or behind the place, at most two, and whether the nearest is joined by more than a comma."""
        count, joined = 0, False
        while count < 2:
            match = LISTED_BEFORE.search(body, max(0, place - 40), place) if backwards else LISTED_BEHIND.match(body, place)
            words = match["name"].split() if match else []
            runs = [(words[i:] if backwards else words[: len(words) - i]) for i in range(len(words))]
            run = next((run for run in runs if is_one(" ".join(run))), None)
            if match is None or run is None:
                break
            joined |= not count and match["by"].strip() != ","
            count += 1
            place = match.end("name") - len(" ".join(run)) if backwards else match.start("name") + len(" ".join(run))
        return count, joined

    def _is_state(self, name: str) -> bool:
        return any(p.kind == "region" and p.main and p.country == "US" for p in self._geography.find(name))

    def _is_country(self, name: str) -> bool:
        return any(p.kind == "country" for p in self._geography.find(name))

    def _behind_city(self, body: str, comma: int, regions: list[Place]) -> Place | None:
        """The region when the name before the comma is a city of it, or of no other place that is known."""
        match = NAME_BEFORE.search(body, max(0, comma - 40), comma)
        if not match:
            return None
        words = match.group().split()
        names = [" ".join(words[i:]) for i in range(len(words))]
        known = [place for name in names for place in self._geography.find(name)]
        return next((r for r in regions if r.main and (not known or any(place.region == r.region and place != r for place in known))), None)

    def _stated(self, candidates: list[Place], said: set[tuple[str, str]]) -> tuple[Link, Place] | None:
        """The largest place in the one country and region that stands behind the name."""
        if len(said) > 1:
            return None
        country, region = next(iter(said))
        fitting = [p for p in preferred(candidates, country, region) if p.kind == "city" or not region]
        best = max(fitting, key=lambda p: p.population, default=None)
        return (_link(best, 0.98, "stated"), best) if best else None

    def _country(self, body: str, cluster: Cluster, candidates: list[Place], context: CountryCounts) -> tuple[Link, Place] | None:
        country = next(p for p in candidates if p.kind in {"country", "continent"})
        rival = next((p for p in candidates if p.kind == "region" and p.main and p.country in SURE_REGIONS), None)  # Georgia; not Niger State
        if rival is None:
            return _link(country, 0.99, "name"), country
        states = any(region.startswith(f"{rival.country}-") for region in context.regions)
        if not states and (context.capitals[country.country] or any(self._listed(body, m, self._is_country) for m in cluster.mentions)):
            return _link(country, 0.9, "context"), country  # Georgia beside Tbilisi; “Armenia, Georgia and Azerbaijan”
        here, there = context.countries[country.country], context.countries[rival.country]
        if here > there:
            return _link(country, 0.8, "context"), country
        return (_link(rival, 0.8, "context"), rival) if there > here else None

    def _region(self, candidates: list[Place], context: CountryCounts) -> tuple[Link, Place] | None:
        """The region of that name, unless a city bears it too; outside of English-speaking countries only in context."""
        regions = [p for p in candidates if p.kind == "region"]
        big = max((p.population for p in candidates if p.kind == "city"), default=0)
        named = [p for p in regions if p.main] or [p for p in regions if context.countries[p.country]]
        if len(regions) > 1:
            named = [p for p in regions if context.countries[p.country]] or [p for p in named if len(named) == 1]
        if len(named) == 1 and self._abroad(named[0], candidates) and not context.countries[named[0].country]:
            return None  # Canterbury, unless New Zealand is spoken of
        if len(named) != 1 or big > GREAT or (big > WELL_KNOWN and not context.countries[named[0].country]):
            return None
        return (_link(named[0], 0.9, "name"), named[0]) if not big or named[0].main else None

    def _abroad(self, region: Place, candidates: list[Place]) -> bool:
        """Whether a city of another country bears the name of a region that the world hardly knows."""
        return region.country not in SURE_REGIONS and any(p.kind == "city" and p.country != region.country for p in candidates)

    def _city(self, candidates: list[Place], context: CountryCounts) -> tuple[Link, Place] | None:
        cities = sorted(((_score(p, context), p) for p in candidates if p.kind == "city"), key=lambda item: (-item[0], item[1].id))
        if not cities:
            return None
        score, best = cities[0]
        if best.population < WELL_KNOWN and any(p.kind == "region" and p.country == best.country for p in candidates):
            return None  # a small town of its province's name
        lead = score - cities[1][0] if len(cities) > 1 else score
        if lead < MARGIN or not _plausible(best, context):
            return None
        return _link(best, min(0.95, 1 - 10 ** -(lead + 0.3)), "population" if not context.countries[best.country] else "context"), best


def _without_kind(name: str) -> str | None:
    """“Hubei Province”, “Province of Hubei” -> “Hubei”."""
    match = KIND.fullmatch(name)
    return (match["behind"] or match["before"]) if match else None


def _score(place: Place, context: CountryCounts) -> float:
    size = log10(max(place.population, 1))
    return size + 0.5 * place.capital + (1 if context.countries[place.country] else 0) + (2 if place.region and context.regions[place.region] else 0)


def _plausible(place: Place, context: CountryCounts) -> bool:
    """Whether so small a place may be meant: known to the world, or in a country and region of which the article speaks."""
    if place.population >= GREAT or place.capital:
        return True
    ours = {region for region in context.regions if region.startswith(place.country + "-")}
    if place.region and ours and place.region not in ours:
        return False
    if context.countries[place.country]:
        return place.main and (place.population >= WELL_KNOWN or place.region in ours or not place.region)
    return place.main and place.population >= WELL_KNOWN and not context.countries


def _link(place: Place, score: float, method: str) -> Link:
    return Link(id=place.id, score=round(score, 2), method=method)
