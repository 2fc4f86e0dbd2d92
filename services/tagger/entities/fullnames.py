"""Names of people as folded words, and when two of them may be one person's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.entities.words import SUFFIXES
from copydesk.services.tagger.naming import REMEMBERED, fold_name

MOST_ALIKE = 100  # names that are compared with one: of more that share as much with it, any might be meant


@lru_cache(REMEMBERED)
def parts(name: str) -> tuple[str, ...]:
    """The folded words of a name, without “Jr.” and the like."""
    words = fold_name(name.replace(",", " ")).split()
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return tuple(words)


def surname(name: str) -> str:
    """The last of them; empty where there is none."""
    return parts(name)[-1] if parts(name) else ""


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one is the other without middle names or with initials, or a run of the other's words at an end of it."""
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


Trait = tuple[str, ...]


class FullNames:
    """People named in full, in order of first mention. What compatible names have in common finds them, so that not each name is
    compared with all others."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._home: dict[str, int] = {}
        self._sharing: dict[Trait, list[int]] = {}

    def add(self, draft: Draft) -> None:
        """The mention as one of the first person who bears a compatible name, else as somebody new."""
        home = self._home.get(draft.key)
        if home is None:
            home = self._compatible(parts(draft.text))
            self._file(draft, home)
        if home < len(self.clusters):
            self.clusters[home].take([draft])
        else:
            self.clusters.append(Cluster.of([draft], "PERSON"))

    def _compatible(self, name: tuple[str, ...]) -> int:
        """The number of that person; the next free one where there is none."""
        near = {number for trait in _sought(name) for number in self._sharing.get(trait, ())}
        borne = (number for number in sorted(near) if any(compatible(name, parts(key)) for key in self.clusters[number].keys))
        return next(borne, len(self.clusters))

    def _file(self, draft: Draft, home: int) -> None:
        self._home[draft.key] = home
        for trait in _traits(parts(draft.text)):
            found = self._sharing.setdefault(trait, [])
            if len(found) < MOST_ALIKE and home not in found[-1:]:
                found.append(home)


def _ends(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The runs of two words or more at an end of the name, not the whole."""
    for length in range(2, len(name)):
        yield name[:length]
        yield name[-length:]


def _traits(name: tuple[str, ...]) -> Iterator[Trait]:
    """Under what a name is filed."""
    first, last = name[0], name[-1]
    yield ("whole", *name)
    yield ("ends", first, last)
    yield ("initial" if len(first) == 1 else "letter", first[0], last)
    yield from (("part", *end) for end in _ends(name))


def _sought(name: tuple[str, ...]) -> Iterator[Trait]:
    """Under what a compatible name would be filed."""
    first, last = name[0], name[-1]
    yield ("whole", *name)
    yield ("part", *name)
    yield ("ends", first, last)
    yield ("letter" if len(first) == 1 else "initial", first[0], last)
    yield from (("whole", *end) for end in _ends(name))
