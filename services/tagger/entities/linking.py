"""Links of entities to open identifiers and to the gazetteer; clusters of one link are one entity."""

from __future__ import annotations

import re

from copydesk.services.tagger.entities.context import CountryCounts
from copydesk.services.tagger.entities.drafts import FITTING, PLACES, Cluster
from copydesk.services.tagger.entities.fullnames import parts, surname
from copydesk.services.tagger.entities.geolinks import PlaceLinker
from copydesk.services.tagger.entities.organisations import is_acronym
from copydesk.services.tagger.entities.words import word_list
from copydesk.services.tagger.gazetteer import Gazetteer, GazetteerEntry
from copydesk.shared.records.enriched import Link

OFFICES = frozenset({"president", "minister", "chancellor", "premier"})
OTHER_OFFICES = word_list(  # of people whom the world does not know by name
    "sheriff detective officer trooper sgt sergeant lt lieutenant coach manager professor judge councilman councilwoman councillor councilor "
    "alderman principal pastor reverend rev constable inspector superintendent magistrate striker midfielder defender goalkeeper quarterback"
)
RESIDENT = re.compile(r",? (?:aged )?\(?\d{1,3}\)?,? (?:of|from) [A-Z]|, an? \d{1,3}-year-old (?:man|woman|resident|student|farmer|driver|teacher)\b")
TITLE_SCORE = 0.8
GAZETTEER_SCORE = 0.95


class Linker:
    """Links the clusters of an article and merges those that turn out to be one entity."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._places = PlaceLinker(gazetteer.geography)

    def link(self, body: str, clusters: list[Cluster]) -> list[Cluster]:
        """The clusters with links, in order of first mention."""
        context = CountryCounts.of(clusters, self._gazetteer.geography)
        surnames = frozenset(surname(c.canonical) for c in clusters if c.label == "PERSON" and " " in c.canonical)
        for cluster in clusters:
            self._link(body, cluster, context, surnames)
        return _merged(clusters)

    def _link(self, body: str, cluster: Cluster, context: CountryCounts, surnames: frozenset[str]) -> None:
        entry = self._entry(body, cluster)
        if entry:
            cluster.link, cluster.canonical = Link(id=entry.id, score=GAZETTEER_SCORE, method="gazetteer"), entry.name
        elif cluster.label == "PERSON" and (entry := self._office_holder(cluster, context)):
            cluster.link, cluster.canonical = Link(id=entry.id, score=TITLE_SCORE, method="title"), entry.name
        elif cluster.label == "NORP":
            cluster.link = self._places.people(body, cluster)
        elif cluster.label in PLACES - {"FAC"}:
            found = self._places.place(body, cluster, context, surnames)
            if found:
                cluster.link, place = found
                cluster.canonical = self._gazetteer.geography.title(place)

    def _entry(self, body: str, cluster: Cluster) -> GazetteerEntry | None:
        """The one entry that bears a name of the cluster and fits its label. A person counts only by a name of two words or more."""
        forms = dict.fromkeys((cluster.canonical, *cluster.forms()))
        spelt_out = [form for form in forms if cluster.label == "ORG" and not is_acronym(form)] or list(forms)  # GM may be a grand master
        articles = {m.text for m in cluster.mentions if body[max(0, m.start - 4) : m.start].lower() == "the "}
        found = {
            entry.id: entry
            for form in spelt_out
            if cluster.label != "PERSON" or len(parts(form)) > 1
            for entry in self._gazetteer.find(form, form in articles)
            if cluster.label in FITTING.get(entry.type, ()) and not (entry.type == "PERSON" and _is_namesake(body, cluster, entry))
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _office_holder(self, cluster: Cluster, context: CountryCounts) -> GazetteerEntry | None:
        """Whom “President Biden” is when nobody in the article bears the full name: the one person of that surname whose
        description names the office and a country of which the article speaks."""
        titles = {word.lower() for m in cluster.mentions for word in m.title.split()} & OFFICES
        key = parts(cluster.canonical)
        if len(key) != 1 or not titles:
            return None
        named = [entry for entry in self._gazetteer.people_sharing_a_name(key[0]) if surname(entry.name) == key[0]]
        if len(named) != 1:
            return None
        described = named[0].description
        country = any(context.countries[code] for name, code in self._gazetteer.geography.country_names.items() if f"of {name} " in described)
        country = country or ("of the United States" in described and context.countries["US"] > 0)
        return named[0] if country and any(title in described.lower().split() for title in titles) else None


def _is_namesake(body: str, cluster: Cluster, entry: GazetteerEntry) -> bool:
    """Whether the article tells of somebody else of the name: Sheriff Bill Gates; “John Howard, 42, of Elmira”."""
    titles = {word.strip(".").lower() for m in cluster.mentions for word in m.title.split()}
    other = titles & OTHER_OFFICES - set(entry.description.lower().split())
    return bool(other) or any(RESIDENT.match(body, m.end) for m in cluster.mentions)


def _merged(clusters: list[Cluster]) -> list[Cluster]:
    """Clusters of one link and one kind as one; nationalities stay apart from their country."""
    homes: dict[tuple[str, bool], Cluster] = {}
    kept: list[Cluster] = []
    for cluster in clusters:
        key = (cluster.link.id, cluster.label == "NORP") if cluster.link else None
        home = homes.get(key) if key else None
        if home is None:
            kept.append(cluster)
            if key:
                homes[key] = cluster
        elif cluster.label == "NORP":
            home.absorb(cluster)
        else:
            if len(cluster.mentions) > len(home.mentions):
                home.label = cluster.label
            home.absorb(cluster)
    return sorted(kept, key=lambda c: (c.start, c.label))
