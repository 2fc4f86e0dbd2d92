"""Mentions grouped into entities: people and organisations by their own rules, everything else by its folded name."""

from __future__ import annotations

from services.tagger.entities.drafts import Cluster, Draft
from services.tagger.entities.organisations import group_organisations
from services.tagger.entities.people import group_people
from services.tagger.entities.text import Text
from services.tagger.gazetteer import Gazetteer


def group(text: Text, drafts: list[Draft], gazetteer: Gazetteer) -> list[Cluster]:
    """Clusters in order of first mention."""
    geography = gazetteer.geography
    people = group_people(text, [d for d in drafts if d.label == "PERSON"], gazetteer)
    organisations = group_organisations(text.body, [d for d in drafts if d.label == "ORG"], lambda name: bool(geography.find(name)))
    rest = _by_name([d for d in drafts if d.label not in {"PERSON", "ORG"}])
    return sorted((*people, *organisations, *rest), key=lambda c: (c.start, c.label))


def _by_name(drafts: list[Draft]) -> list[Cluster]:
    clusters: dict[tuple[str, str], Cluster] = {}
    for draft in drafts:
        home = clusters.setdefault((draft.label, draft.key), Cluster([], draft.label))
        home.mentions.append(draft)
        home.keys.add(draft.key)
    for cluster in clusters.values():
        cluster.canonical = cluster.best_form()
    return list(clusters.values())
