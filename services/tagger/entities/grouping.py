"""Mentions grouped into entities: people and organisations by their own rules, everything else by its folded name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.entities.organisations import group_organisations
from copydesk.services.tagger.entities.people import group_people
from copydesk.services.tagger.entities.storms import WITHIN
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
    storms = _storms(named)
    for label, key in list(named):
        if label == "EVENT" and len(home := storms.get(key, [])) == 1:
            named[home[0]] = sorted((*named[home[0]], *named.pop((label, key))), key=lambda m: m.start)
    clusters = [Cluster.of(mentions, label) for (label, _), mentions in named.items()]
    for cluster in clusters:
        cluster.canonical = cluster.best_form([form for form in cluster.forms() if WITHIN.fullmatch(form)] or None)
    return clusters


def _storms(named: Mapping[tuple[str, str], Sequence[Draft]]) -> Mapping[str, list[tuple[str, str]]]:
    """The storms in full that a bare name may stand for."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for label, full in named:
        if WITHIN.fullmatch(named[label, full][0].text):
            found[full.rpartition(" ")[2]].append((label, full))
    return found
