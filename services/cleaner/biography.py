"""What is said of the author below an article: "Ann Lee covers the county for the Courier.", "About the author"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.services.cleaner.lines import Label
from copydesk.services.cleaner.person import is_cased
from copydesk.services.cleaner.phrases import bare, phrases
from copydesk.services.cleaner.phrases.bylines import ABOUT_AUTHOR

BIOGRAPHY = Label("biography", "about_the_author")
HEADINGS = frozenset(phrases(*ABOUT_AUTHOR.values()))
LEAST_ABOVE, MOST, LONGEST, LARGEST = 2, 4, 700, 0.4  # texts of the article above; texts; characters of one; of the article, all of them
SHORTEST_NAME = 3  # characters of a name in a script without capitals
QUOTES = re.compile(r"[“”„«»「『]|\"")
TITLE = re.compile(r"\W*(?:(?:Dr|Prof|Mr|Mrs|Ms|Herr|Frau)\.?\s)?")
BEHIND_NAME = re.compile(r",|\s[^\W\d_A-ZÀ-ÞА-ЯЁІЇЄҐ]|[はがя은는이가是为為]|\s?[—–-]\s")  # "Ann Lee covers …", never "Ann Lee Harbour"


def biographies(texts: Sequence[str], chosen: Sequence[int], authors: Sequence[str]) -> dict[int, Label]:
    """The last chosen texts that present the article's authors: each begins with a name of theirs, or stands below a heading that says so."""
    size, told, start = sum(len(texts[at]) for at in chosen), 0, len(chosen)
    names = [name.casefold() for name in authors if (len(name.split()) > 1 if is_cased(name) else len(name) >= SHORTEST_NAME)]
    for n in range(len(chosen) - 1, max(LEAST_ABOVE, len(chosen) - MOST) - 1, -1):
        text = texts[chosen[n]]
        told += len(text)
        if told > LARGEST * size or len(text) > LONGEST:
            break
        if bare(text) in HEADINGS:
            return dict.fromkeys(chosen[n:], BIOGRAPHY)
        if start == n + 1 and _presents(text, names):
            start = n
    return dict.fromkeys(chosen[start:], BIOGRAPHY)


def _presents(text: str, names: Sequence[str]) -> bool:
    """Whether a text begins with one of some names and goes on about whom it names; what somebody said is told, also by a witness of that name."""
    rest = text[TITLE.match(text).end() :]  # type: ignore[union-attr]
    name = next((name for name in names if rest.casefold().startswith(name)), None)
    return name is not None and BEHIND_NAME.match(rest, len(name)) is not None and QUOTES.search(text) is None
