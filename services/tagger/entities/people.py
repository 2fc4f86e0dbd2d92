"""Mentions of one person: surname and full name, honorifics, initials, and a misspelt name beside the right one.

A surname belongs to the person named in full with that surname; of several, to one of the fitting gender, mentioned before
in the same paragraph (of two in one sentence the first), else to the one named first. A name in the other order
(“Hayashi Yoshimasa … Hayashi”) counts as well.
"""

from __future__ import annotations

from functools import lru_cache

from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.entities.spelling import misspelt
from copydesk.services.tagger.entities.text import Text
from copydesk.services.tagger.entities.words import FEMALE, MALE, SUFFIXES
from copydesk.services.tagger.gazetteer import Gazetteer
from copydesk.services.tagger.naming import REMEMBERED, fold


def group_people(text: Text, drafts: list[Draft], gazetteer: Gazetteer) -> list[Cluster]:
    """Clusters of PERSON mentions."""
    full: list[Cluster] = []
    short: list[Draft] = []
    for draft in drafts:
        if len(parts(draft.text)) < 2:
            short.append(draft)
            continue
        home = next((c for c in full if _same_full(draft, c)), None)
        if home:
            home.absorb(Cluster.of([draft], "PERSON"))
        else:
            full.append(Cluster.of([draft], "PERSON"))
    _join_misspelt(full)
    single: dict[str, Cluster] = {}
    for draft in short:
        _place(text, draft, full, single)
    rest = [cluster for cluster in single.values() if not _absorbed_as_misspelt(cluster, full, list(single.values()))]
    for cluster in (*full, *rest):
        cluster.canonical = _canonical(cluster, gazetteer)
    return [*full, *rest]


@lru_cache(REMEMBERED)
def parts(name: str) -> tuple[str, ...]:
    """The folded words of a name, without “Jr.” and the like."""
    words = fold(name.replace(",", " ")).split()
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return tuple(words)


def surname(name: str) -> str:
    """The last of them; empty where there is none."""
    return parts(name)[-1] if parts(name) else ""


def _same_full(draft: Draft, cluster: Cluster) -> bool:
    """Equal, or one without the other's middle names or initials, or one a run of the other's words at its end."""
    if draft.key in cluster.keys:
        return True
    mine = parts(draft.text)
    return any(_compatible(mine, parts(key)) for key in cluster.keys)


def _compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 2:
        return False
    if shorter == longer or longer[-len(shorter) :] == shorter or (longer[: len(shorter)] == shorter and len(longer) > 2):
        return True
    if shorter[-1] != longer[-1]:
        return False
    first = (
        shorter[0] == longer[0]
        or (len(shorter[0]) == 1 and longer[0].startswith(shorter[0]))
        or (len(longer[0]) == 1 and shorter[0].startswith(longer[0]))
    )
    middle_short, middle_long = shorter[1:-1], longer[1:-1]
    return first and all(any(m[0] == n[0] and (len(m) == 1 or len(n) == 1 or m == n) for n in middle_long) for m in middle_short)


def _join_misspelt(full: list[Cluster]) -> None:
    """Full names of as many words that differ in one misspelt word, the rarer into the more frequent."""
    for rare in sorted(full, key=lambda c: (len(c.mentions), -c.start)):
        for home in full:
            if home is not rare and len(home.mentions) >= len(rare.mentions) and _one_word_off(rare, home):
                home.absorb(rare)
                full.remove(rare)
                break


def _one_word_off(rare: Cluster, home: Cluster) -> bool:
    one, other = parts(rare.mentions[0].text), parts(home.mentions[0].text)
    if len(one) != len(other):
        return False
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(unlike) == 1 and misspelt(*unlike[0])


def _gender(titles: list[str]) -> str:
    words = {word.strip(".").lower() for title in titles for word in title.split()}
    return "m" if words & MALE else "f" if words & FEMALE else ""


def _place(text: Text, draft: Draft, full: list[Cluster], single: dict[str, Cluster]) -> None:
    """Put a one-word mention to the person it names, else to those of the same word."""
    home = _owner(text, draft, full)
    if home is None:
        home = single.get(draft.key)
        if home is None:
            single[draft.key] = Cluster.of([draft], "PERSON")
            return
    home.absorb(Cluster.of([draft], "PERSON"))


def _owner(text: Text, draft: Draft, full: list[Cluster]) -> Cluster | None:
    gender = _gender([draft.title])
    fitting = [c for c in full if not gender or _gender([m.title for m in c.mentions]) in {"", gender}]
    key = parts(draft.text)[0]
    for position in (-1, 0):
        named = [c for c in fitting if any(len(p) > 1 and p[position] == key for p in map(parts, c.keys))]
        if named:
            return _nearest(text, draft, named)
    middle = [c for c in fitting if any(len(p) > 2 and p[-2] == key for p in map(parts, c.keys))]
    return middle[0] if len(middle) == 1 else None  # the first of two surnames: Ricardo Rosselló Nevares


def _nearest(text: Text, draft: Draft, named: list[Cluster]) -> Cluster:
    """Of those whom the paragraph has named in full, the first of the last sentence that names one: whom it speaks of (Grosz et al. 1995)."""
    start, _ = text.paragraph_bounds(draft.start)
    here = [(m.start, c) for c in named for m in c.mentions if start <= m.start < draft.start and " " in m.text]
    return max(here, key=lambda item: (text.sentence_of(item[0]), -item[0]))[1] if here else min(named, key=lambda c: c.start)


def _absorbed_as_misspelt(cluster: Cluster, full: list[Cluster], single: list[Cluster]) -> bool:
    """A bare name that nobody in the article bears, one edit from a name that somebody bears: taken for that one."""
    key = next(iter(cluster.keys))
    homes = [
        c for c in full if len(c.mentions) >= len(cluster.mentions) and any(misspelt(key, p) for k in c.keys for p in (parts(k)[-1], parts(k)[0]))
    ]
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
        and misspelt(*unlike[0])
    }
    return near.pop() if len(near) == 1 else None
