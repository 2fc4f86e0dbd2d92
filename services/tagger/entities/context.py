"""The countries and regions that an article speaks of: what decides between places of one name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from copydesk.services.tagger.entities.drafts import PLACES, Cluster, Draft
from copydesk.services.tagger.gazetteer import Geography, Place

AFTER = re.compile(r",?\s+\(?((?:[A-Z][A-Za-z.’'-]*\.?)(?:\s[A-Z][A-Za-z.’'-]+){0,2})")
AMERICAN = re.compile(r"(?:the )?(?:White House|Pentagon|Capitol Hill|(?:U\.S\.|US|United States) .+)")  # organs of one country, without its name
SURE_REGIONS = frozenset({"US", "CA", "AU", "GB"})


@dataclass(slots=True)
class CountryCounts:
    """How often the article names each country (nationalities and regions count for theirs), each region, and the capital of each country."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    capitals: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, clusters: Iterable[Cluster], geography: Geography) -> CountryCounts:
        context = cls()
        for cluster in clusters:
            if cluster.label in PLACES or cluster.label == "NORP":
                context._add(cluster, geography)
            elif cluster.label == "ORG" and AMERICAN.fullmatch(cluster.mentions[0].text):
                context.countries["US"] += len(cluster.mentions)
        return context

    def _add(self, cluster: Cluster, geography: Geography) -> None:
        weight, found = len(cluster.mentions), geography.find(cluster.mentions[0].text)
        code = geography.demonyms.get(cluster.mentions[0].key)
        certain = (
            [p for p in found if p.kind == "country"] if not any(p.kind == "region" and p.main and p.country in SURE_REGIONS for p in found) else []
        )
        if code or certain:
            self.countries[code or certain[0].country] += weight
            return
        largest = max(found, key=lambda p: p.population, default=None)
        if largest and largest.capital:
            self.capitals[largest.country] += weight
        regions = [p for p in found if p.kind == "region" and p.country in SURE_REGIONS]
        if len(regions) == 1 and regions[0].name not in {"Georgia", "Victoria"} and not any(p.kind == "country" for p in found):
            self.regions[regions[0].region] += weight
            self.countries[regions[0].country] += weight


def stated(body: str, mention: Draft, geography: Geography) -> tuple[str, str] | None:
    """The country and region that stand behind a place: “Springfield, Ill.” -> ("US", "US-IL"), “Lyon, France” -> ("FR", "").

    A postal code counts only behind a comma.
    """
    match = AFTER.match(body, mention.end)
    if not match or not match.group().startswith(","):
        return None
    words = match.group(1).split(" ")
    for length in range(len(words), 0, -1):
        found = _named(" ".join(words[:length]), geography)
        if found:
            return found
    return None


def _named(name: str, geography: Geography) -> tuple[str, str] | None:
    bare = name.rstrip(".,") if len(name) > 3 and "." not in name[:-1] else name
    for form in (name, bare):
        region = next((p for p in geography.find(form) if p.kind == "region" and p.country in SURE_REGIONS), None)
        if region or (region := geography.region_of("US", form) if form.isupper() else None):
            return region.country, region.region
        country = next((p for p in geography.find(form) if p.kind == "country"), None)
        if country:
            return country.country, ""
    return None


def preferred(places: Iterable[Place], country: str, region: str) -> list[Place]:
    """The places that lie in the stated country and region."""
    return [p for p in places if p.country == country and (not region or p.region == region)]
