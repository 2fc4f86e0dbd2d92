"""Mentions of one person: surname and full name, honorifics, initials, and a misspelt name beside the right one.

A surname belongs to the person named in full with that surname; of several, to one of the fitting gender, mentioned before
in the same paragraph (of two in one sentence the first), else to the one named first. A name in the other order
(“Hayashi Yoshimasa … Hayashi”) counts as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.entities.fullnames import MOST_ALIKE, FullNames, parts
from copydesk.services.tagger.entities.namesakes import Namesakes
from copydesk.services.tagger.entities.spelling import MOST_EDITS, is_misspelling
from copydesk.services.tagger.gazetteer import Gazetteer


def group_people(text: Text, drafts: list[Draft], gazetteer: Gazetteer) -> list[Cluster]:
    """Clusters of PERSON mentions."""
    names = FullNames()
    short: list[Draft] = []
    for draft in drafts:
        if len(parts(draft.text)) < 2:
            short.append(draft)
        else:
            names.add(draft)
    full = _without_misspelt(names.clusters)
    single = _without_misspelt_words(full, _single(text, short, full))
    for cluster in (*full, *single):
        cluster.canonical = _canonical(cluster, gazetteer)
    return [*full, *single]


def _single(text: Text, short: list[Draft], full: list[Cluster]) -> list[Cluster]:
    """The mentions of one word that nobody in full bears, by that word; the others are put to whom they name."""
    namesakes, single = Namesakes(text, full), dict[str, Cluster]()
    for draft in short:
        home = (namesakes.owner(draft) if parts(draft.text) else None) or single.get(draft.key)
        if home:
            home.take([draft])
        else:
            single[draft.key] = Cluster.of([draft], "PERSON")
    return list(single.values())


def _without_misspelt(full: list[Cluster]) -> list[Cluster]:
    """The people; of two whose names of as many words differ in one misspelt word the rarer joins the more frequent."""
    alike: dict[tuple[object, ...], list[Cluster]] = {}
    for cluster in full:
        for trait in _but_one_word(cluster):
            alike.setdefault(trait, []).append(cluster)
    gone: set[int] = set()
    for rare in sorted(full, key=lambda c: (len(c.mentions), -c.start)):
        near = chain.from_iterable(found for trait in _but_one_word(rare) if len(found := alike.get(trait, [])) <= MOST_ALIKE)
        homes = (c for c in near if c is not rare and id(c) not in gone and len(c.mentions) >= len(rare.mentions) and _one_word_off(rare, c))
        if home := next(homes, None):
            home.absorb(rare)
            gone.add(id(rare))
    return [cluster for cluster in full if id(cluster) not in gone]


def _but_one_word(cluster: Cluster) -> list[tuple[object, ...]]:
    """What a name has in common with one of which a word is misspelt: where the word stands, its first letter, the other words."""
    name = parts(cluster.mentions[0].text)
    return [(place, word[0], *name[:place], *name[place + 1 :]) for place, word in enumerate(name)]


def _one_word_off(rare: Cluster, home: Cluster) -> bool:
    one, other = parts(rare.mentions[0].text), parts(home.mentions[0].text)
    if len(one) != len(other):
        return False
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(unlike) == 1 and is_misspelling(*unlike[0])


def _without_misspelt_words(full: Sequence[Cluster], single: list[Cluster]) -> list[Cluster]:
    """The bare names but for those that are taken for a person's, since they are one edit from a name that somebody bears."""
    borne: dict[tuple[str, int], dict[str, list[Cluster]]] = {}
    for cluster in full:
        for word in {word for key in cluster.keys for word in (parts(key)[-1], parts(key)[0])}:
            borne.setdefault((word[0], len(word)), {}).setdefault(word, []).append(cluster)
    return [cluster for cluster in single if not _absorbed(cluster, borne)]


def _absorbed(cluster: Cluster, borne: dict[tuple[str, int], dict[str, list[Cluster]]]) -> bool:
    word = cluster.mentions[0].key
    near = [borne.get((word[:1], length), {}) for length in range(len(word) - MOST_EDITS, len(word) + MOST_EDITS + 1)]
    if sum(map(len, near)) > MOST_ALIKE:
        return False
    bearers = {id(c): c for names in near for name, found in names.items() if is_misspelling(word, name) for c in found}
    homes = [c for c in bearers.values() if len(c.mentions) >= len(cluster.mentions)]
    if len(homes) != 1:
        return False
    homes[0].absorb(cluster)
    return True


def _canonical(cluster: Cluster, gazetteer: Gazetteer) -> str:
    """The gazetteer's spelling where it knows the person; else the form of two words or more that is printed most often."""
    full = [form for form in cluster.forms() if len(parts(form)) > 1]
    known = {entry.id: entry for form in full for entry in gazetteer.find(form) if entry.type == "PERSON"}
    if len(known) == 1:
        return next(iter(known.values())).name
    best = cluster.best_form(full or None)
    return _respelt(best, gazetteer) or best


def _respelt(name: str, gazetteer: Gazetteer) -> str | None:
    """The one person of the gazetteer whose name differs in one misspelt word."""
    mine = parts(name)
    if len(mine) < 2:
        return None
    near = {
        entry.name
        for entry in gazetteer.people_sharing_a_name(mine[0], mine[-1])
        if len(unlike := [(a, b) for a, b in zip(mine, parts(entry.name), strict=False) if a != b]) == 1
        and len(parts(entry.name)) == len(mine)
        and is_misspelling(*unlike[0])
    }
    return near.pop() if len(near) == 1 else None
