"""Links of entities to open identifiers and to the gazetteer; clusters of one link are one entity."""

from __future__ import annotations

from services.tagger.entities.context import Context
from services.tagger.entities.drafts import FITTING, PLACES, Cluster
from services.tagger.entities.geolinks import PlaceLinker
from services.tagger.entities.people import parts
from services.tagger.entities.voting import surname
from services.tagger.gazetteer import Entry, Gazetteer
from shared.records.enriched import Link

GAZETTEER_SCORE = 0.95


class Linker:
    """Links the clusters of an article and merges those that turn out to be one entity."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._places = PlaceLinker(gazetteer.geography)

    def link(self, body: str, clusters: list[Cluster]) -> list[Cluster]:
        """The clusters with links, in order of first mention."""
        context = Context.of(clusters, self._gazetteer.geography)
        surnames = frozenset(surname(c.canonical) for c in clusters if c.label == "PERSON" and " " in c.canonical)
        for cluster in clusters:
            self._link(body, cluster, context, surnames)
        return _merged(clusters)

    def _link(self, body: str, cluster: Cluster, context: Context, surnames: frozenset[str]) -> None:
        entry = self._entry(cluster)
        if entry:
            cluster.link, cluster.canonical = Link(id=entry.id, score=GAZETTEER_SCORE, method="gazetteer"), entry.name
        elif cluster.label == "NORP":
            cluster.link = self._places.people(cluster)
        elif cluster.label in PLACES - {"FAC"}:
            found = self._places.place(body, cluster, context, surnames)
            if found:
                cluster.link, place = found
                cluster.canonical = place.name if place.kind in {"country", "region"} else cluster.canonical

    def _entry(self, cluster: Cluster) -> Entry | None:
        """The one entry that bears a name of the cluster and fits its label. A person counts only by a name of two words or more."""
        found = {
            entry.id: entry
            for form in (cluster.canonical, *cluster.forms())
            if cluster.label != "PERSON" or len(parts(form)) > 1
            for entry in self._gazetteer.find(form)
            if cluster.label in FITTING.get(entry.type, ())
        }
        return next(iter(found.values())) if len(found) == 1 else None


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
