"""Whom a bare name means among the people named in full: of the fitting gender, the one whom the paragraph names before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.drafts import Cluster, Draft
from copydesk.services.tagger.entities.fullnames import parts
from copydesk.services.tagger.entities.words import FEMALE, MALE

SURNAME, FIRST, MIDDLE = -1, 0, -2  # which word of a name


class Namesakes:
    """The people named in full, to be asked for by one word of their names."""

    def __init__(self, text: Text, people: Sequence[Cluster]) -> None:
        self._text = text
        self._titles = {id(c): {word for m in c.mentions for word in _title_words(m)} for c in people}
        self._bearers: dict[tuple[int, str], list[Cluster]] = {}
        self._named: dict[tuple[int, str], list[tuple[int, Cluster]]] = {}
        for cluster in people:
            for name in {parts(key) for key in cluster.keys}:
                self._file(name, cluster)

    def _file(self, name: tuple[str, ...], cluster: Cluster) -> None:
        for which in (SURNAME, FIRST, MIDDLE)[: min(3, len(name))]:
            found = self._bearers.setdefault((which, name[which]), [])
            if cluster not in found[-1:]:
                found.append(cluster)

    def owner(self, draft: Draft) -> Cluster | None:
        """The person whom the one-word mention names, whose titles it adds to; None where nobody bears the word."""
        gender, word = _gender(_title_words(draft)), parts(draft.text)[0]
        owner = self._bearer(SURNAME, word, draft, gender) or self._bearer(FIRST, word, draft, gender)
        if owner is None:
            middle = [c for c in self._bearers.get((MIDDLE, word), ()) if self._fits(c, gender)]
            owner = middle[0] if len(middle) == 1 else None  # the first of two surnames: Ricardo Rosselló Nevares
        if owner is not None:
            self._titles[id(owner)].update(_title_words(draft))
        return owner

    def _bearer(self, which: int, word: str, draft: Draft, gender: str) -> Cluster | None:
        bearers = self._bearers.get((which, word), ())
        if len(bearers) < 2:
            return next((c for c in bearers if self._fits(c, gender)), None)
        return self._nearest(which, word, draft, gender) or next((c for c in bearers if self._fits(c, gender)), None)

    def _fits(self, cluster: Cluster, gender: str) -> bool:
        return not gender or _gender(self._titles[id(cluster)]) in {"", gender}

    def _nearest(self, which: int, word: str, draft: Draft, gender: str) -> Cluster | None:
        """Of those whom the paragraph has named in full, the first of the last sentence that names one: whom it speaks of (Grosz et al. 1995)."""
        named, text = self._mentions(which, word), self._text
        start, _ = text.paragraph_bounds(draft.start)
        first, last = bisect_left(named, start, key=itemgetter(0)), bisect_left(named, draft.start, key=itemgetter(0))
        while last > first and not self._fits(named[last - 1][1], gender):
            last -= 1
        if last == first:
            return None
        sentence = text.sentence_starts[text.sentence_of(named[last - 1][0])]
        first = max(first, bisect_left(named, sentence, key=itemgetter(0)))
        return next(cluster for _, cluster in named[first:last] if self._fits(cluster, gender))

    def _mentions(self, which: int, word: str) -> list[tuple[int, Cluster]]:
        """Where the bearers are named in full, in order."""
        found = self._named.get((which, word))
        if found is None:
            full = ((m.start, cluster) for cluster in self._bearers[which, word] for m in cluster.mentions if len(parts(m.text)) > 1)
            found = self._named[which, word] = sorted(full, key=itemgetter(0))
        return found


def _title_words(draft: Draft) -> list[str]:
    return [word.strip(".").lower() for word in draft.title.split()]


def _gender(titles: Iterable[str]) -> str:
    words = set(titles)
    return "m" if words & MALE else "f" if words & FEMALE else ""
