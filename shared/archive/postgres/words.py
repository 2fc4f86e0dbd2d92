"""The words of a text as PostgreSQL's full-text search keeps them, and a search as one query for them.

Not by its own parser and dictionaries: a search that says no language would have to ask the dictionary of each, and what a word is would differ from
SQLite's. Words are runs of letters and digits, in small letters, without the accents of Latin ones. Beside them are

- of scripts without spaces each character, and each with the next: 東京都 → 東, 東京, 京, 京都, 都, so that a word of two is one look into the index
- the beginnings of words, up to three letters: harbour → <h, <ha, <har, since the words that begin with `h*` are too many to be joined in time
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

from copydesk.shared.archive.asking import SearchTerm
from copydesk.shared.archive.spacing import UNSPACED

LONGEST_WORD = 200  # characters; of a longer one these are known. PostgreSQL takes 2,046 bytes
LARGEST = 1_000_000  # bytes of words and their places; PostgreSQL takes a vector of 1 MiB
MANY = 500  # different words; so many are never too large
PLACES = 256  # of one word, as many as PostgreSQL keeps
BEGINNING = 3  # letters of a word's beginning that are kept
BETWEEN = 10  # places between title and body: no phrase reaches over them
LONGEST_PHRASE = 500  # words of it that are looked for
_RUN = re.compile(f"[{UNSPACED}]+|[^\\W_{UNSPACED}]+")
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]")
_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")

PlacedWord = tuple[str, int]  # a word, and its place among the others


def tsvector_of(title: str, body: str) -> str:
    """A text of type tsvector: ("No ferry", "A ferry") → 'no':1 'ferry':2,14 'a':13 '<n' '<f' '<a' '<no' '<fe' '<fer'.

    What is too much for PostgreSQL is left out from the end.
    """
    while len(found := _places(title, body)) > MANY and _size(found) > LARGEST:
        title, body = title[: len(title) // 2], body[: len(body) // 2]
    return " ".join(f"'{word}':{','.join(map(str, places[:PLACES]))}" if places else f"'{word}'" for word, places in found.items())


def tsquery_of(terms: Sequence[SearchTerm]) -> str | None:
    """A text of type tsquery: ferry "six weeks" harb* -strike → ('ferry') & ('six' <1> 'weeks') & ('harb':*) & !('strike').

    None where no word is asked for.
    """
    asked = [(term, query) for term in terms if (query := _query(term))]
    if all(term.without for term, _ in asked):
        return None
    return " & ".join(f"{'!' if term.without else ''}({query})" for term, query in asked)


def _query(term: SearchTerm) -> str:
    words = [*_asked(term.text)][:LONGEST_PHRASE]
    if not words:
        return ""
    last = words[-1][0]
    begins = term.prefix and not _UNSPACED_RUN.match(last)
    if begins and len(words) == 1 and len(last) <= BEGINNING:
        return f"'<{last}'"
    found = f"'{words[0][0]}'"
    for (_, before), (word, place) in itertools.pairwise(words):
        found += f" <{place - before}> '{word}'"
    return f"{found}:*" if begins else found


def _places(title: str, body: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    last = 0
    for text in (title, body):
        for word, place in _placed(text, last + 1):
            found.setdefault(word, []).append(place)
            last = place
        last += BETWEEN
    words = [word for word in found if word.isascii() or not _UNSPACED_RUN.match(word)]
    beginnings = dict.fromkeys(word[:length] for length in range(1, BEGINNING + 1) for word in words)
    return {**found, **{f"<{beginning}": [] for beginning in beginnings}}


def _placed(text: str, place: int) -> Iterator[PlacedWord]:
    """All words of a text, the first of them at this place."""
    for run in _RUN.findall(_plain(text)):
        if run.isascii() or not _UNSPACED_RUN.match(run):
            yield run[:LONGEST_WORD], place
            place += 1
        else:
            for number, character in enumerate(run, 1):
                yield character, place
                if number < len(run):
                    yield run[number - 1 : number + 1], place
                place += 1


def _asked(text: str) -> Iterator[PlacedWord]:
    """Those words of a text by which it is found: of two characters without a space between them both at once."""
    place = 0
    for run in _RUN.findall(_plain(text)):
        if not _UNSPACED_RUN.match(run):
            yield run[:LONGEST_WORD], place
            place += 1
            continue
        yield from ((run[number : number + 2], place + number) for number in range(max(len(run) - 1, 1)))
        place += len(run)


def _plain(text: str) -> str:
    """In small letters, Latin ones without accents: Häfen → hafen, but が and й, which are letters of their own, stay."""
    small = text.lower()
    return small if small.isascii() else unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", small)))


def _size(found: dict[str, list[int]]) -> int:
    """At most so many bytes of a tsvector."""
    return sum(len(word.encode()) + 4 + 2 * min(len(places), PLACES) for word, places in found.items())
