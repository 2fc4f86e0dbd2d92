"""Mentions grouped into entities: people and organisations by their own rules, everything else by its folded name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.entities.organisations import group_organisations
from copydesk.services.tagger.entities.people import group_people
from copydesk.services.tagger.entities.storms import WITHIN
from copydesk.services.tagger.entities.text import Text
from copydesk.services.tagger.gazetteer import Gazetteer


def group(text: Text, drafts: list[Draft], gazetteer: Gazetteer) -> list[Cluster]:
    """Clusters in order of first mention."""
    geography = gazetteer.geography
    people = group_people(text, [d for d in drafts if d.label == "PERSON"], gazetteer)
    organisations = group_organisations(text.body, [d for d in drafts if d.label == "ORG"], lambda name: bool(geography.find(name)))
    rest = _by_name([d for d in drafts if d.label not in {"PERSON", "ORG"}])
    return sorted((*people, *organisations, *rest), key=lambda c: (c.start, c.label))


def _by_name(drafts: list[Draft]) -> list[Cluster]:
    named: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        named[draft.label, draft.key].append(draft)
    for label, key in list(named):
        if label == "EVENT" and (home := _storm(key, named)):
            named[home] = sorted((*named[home], *named.pop((label, key))), key=lambda m: m.start)
    clusters = [Cluster.of(mentions, label) for (label, _), mentions in named.items()]
    for cluster in clusters:
        cluster.canonical = cluster.best_form([form for form in cluster.forms() if WITHIN.fullmatch(form)] or None)
    return clusters


def _storm(key: str, named: Mapping[tuple[str, str], Sequence[Draft]]) -> tuple[str, str] | None:
    """The storm in full that a bare name stands for."""
    found = [(label, full) for (label, full), mentions in named.items() if full.endswith(f" {key}") and WITHIN.fullmatch(mentions[0].text)]
    return found[0] if len(found) == 1 else None
