"""One label for one name in an article: the mentions of a name vote, and full names of people vote for their surnames."""

from __future__ import annotations

from collections import Counter, defaultdict

from copydesk.services.tagger.entities.drafts import NAMES, PLACES, Draft
from copydesk.services.tagger.entities.fullnames import surname
from copydesk.services.tagger.entities.organisations import is_acronym
from copydesk.services.tagger.gazetteer import Gazetteer

PLACES_IN_ORDER = ("GPE", "LOC", "FAC")


def vote(drafts: list[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """The mentions, each under the label that its name has most often in this article. Kinds of places vote together; on a
    tie the gazetteer's places win, else the label that came first."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    people: Counter[str] = Counter()
    for draft in drafts:
        if draft.label in NAMES:
            votes[draft.key][draft.label] += 2 if draft.title else 1
        if draft.label == "PERSON" and " " in draft.key:
            people[surname(draft.text)] += 1
    for draft in drafts:
        ballot = votes[draft.key]
        if draft.label in NAMES - {"NORP"} and (len(ballot) > 1 or draft.key in people):
            draft.label = _elected(draft, ballot, people, gazetteer)
    return drafts


def _elected(draft: Draft, votes: Counter[str], people: Counter[str], gazetteer: Gazetteer) -> str:
    """A surname of somebody named in full is a person unless many mentions say otherwise."""
    full, places = people.get(draft.key, 0), sum(votes[label] for label in PLACES)
    if full and " " not in draft.key and places + votes["ORG"] <= 3 * full + votes["PERSON"]:
        return "PERSON"
    best = max((places, *(votes[label] for label in votes if label not in PLACES)))
    if votes["ORG"] == best == votes["PERSON"] and is_acronym(draft.text):
        return "ORG"  # “IFRC head Ann Xu”
    if places == best and (votes[draft.label] < best or gazetteer.geography.find(draft.text)):
        return draft.label if draft.label in PLACES else max(PLACES_IN_ORDER, key=lambda label: votes[label])
    if votes[draft.label] == best:
        return draft.label
    return next(label for label, count in votes.items() if count == best)
