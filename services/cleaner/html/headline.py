"""The title: which of a page's candidates is the headline of its article.

Pages state it in up to six places, each wrong in its own way: <title> and OpenGraph append the site's name, JSON-LD may hold
a version for search engines, the first <h1> may be the site or the section. The headline a reader sees is the heading that the
stated titles agree with; where none agrees, a stated title without the site's name; and a heading alone only if nothing is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from copydesk.services.cleaner.html.plain_text import words
from copydesk.services.cleaner.title import fold_title

WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+"
)  # scripts without spaces: each character
PARTING = re.compile(r"\s+[|–—\-·•:»«/~]+\s+|\s*[|»]\s*|\s+::\s+|(?<=\w):\s+(?=[A-Z][\w.]+\s*$)")
# What a heading may have around its title: a kicker, a dateline, a counter of comments, the address that it links to.
ADDITION = re.compile(
    r"^\W*(?:blog|news|opinion|video|podcast|reviews?|exclusive|updated?|press release)\s*:|\b(?:posted|published|updated|written) (?:on|by)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b|\(\w[\w.-]+\.[a-z]{2,6}\)|\b\d+ comments?\b|\bmin(?:ute)?s? read\b",
    re.I,
)
AGREES = 0.55  # share of common words (Dice) from which a heading and a stated title are about the same
LONGEST = 250
SECTIONS = words("blog news article articles home resources contact insights stories search menu posts comments press newsroom")


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    origin: str


def choose_title(stated: Sequence[Title], headings: Sequence[Title], site: str | None, url: str | None) -> Title | None:
    """`stated` are titles from metadata, the most trusted first; `headings` are those that stand in the page, in order."""
    names = _site_words(site, url, stated)
    bare = [Title(text, title.origin) for title in stated if (text := without_site(title.text, names)) and not _is_site(text, names)]
    seen = [heading for heading in headings if 2 <= len(heading.text) <= LONGEST and not _is_section(heading.text, names)]
    for tag in ("h1", "h2"):
        best = max((heading for heading in seen if heading.origin == tag), key=lambda heading: _agreement(heading, bare), default=None)
        if best and (_agreement(best, bare) >= AGREES or not bare):
            return _headline(_without_additions(Title(without_site(best.text, names), tag), bare))
    only = {fold_title(heading.text): heading for heading in seen if heading.origin == "h1"}
    if len(only) == 1 and len(title_words(next(iter(only)))) >= 2:
        return _headline(next(iter(only.values())))
    return _headline(bare[0]) if bare else (stated[0] if stated else None)


def _headline(title: Title) -> Title:
    """What stands before a vertical bar: after it comes a section, a series or a site, whatever its name."""
    head = title.text.split(" | ")[0].strip()
    return Title(head, title.origin) if len(title_words(head)) >= 3 else title


def _without_additions(heading: Title, stated: Sequence[Title]) -> Title:
    """A heading with more in it (a date, a counter, a kicker) is the stated title that stands whole in it."""
    folded = fold_title(heading.text)
    whole = [title for title in stated if len(title_words(title.text)) >= 2 and fold_title(title.text) in folded]
    best = max(whole, key=lambda title: len(title.text), default=heading)
    return best if ADDITION.search(folded.replace(fold_title(best.text), " ", 1)) else heading


def title_words(text: str) -> list[str]:
    return WORD.findall(fold_title(text))


def without_site(text: str, names: Iterable[frozenset[str]]) -> str:
    """The title without a site's name before or after it; unchanged where what is parted off is not known to be one."""
    known = [name for name in names if name]
    while True:
        partings = list(PARTING.finditer(text))
        cut = next((text[: p.start()] for p in partings[::-1][:3] if _names_site(text[p.end() :], known) and p.start() > 3), None)
        cut = cut or next((text[p.end() :] for p in partings[:2] if _names_site(text[: p.start()], known) and len(text) - p.end() > 3), None)
        if cut is None:
            return text.strip()
        text = cut.strip()


def _names_site(part: str, known: list[frozenset[str]]) -> bool:
    words = set(title_words(part))
    joined = "".join(title_words(part))
    return bool(words) and any(
        words <= name or (len(name) > 1 and len(words & name) >= 0.6 * len(words | name)) or joined in name or any(joined == word for word in name)
        for name in known
    )


def _site_words(site: str | None, url: str | None, stated: Sequence[Title]) -> list[frozenset[str]]:
    """The site's names: as stated (unless a title is stated as one), and each label of its host."""
    if site and any(fold_title(site) == fold_title(title.text) for title in stated):
        site = None
    host = (urlsplit(url).hostname or "") if url else ""
    labels = [label for label in host.split(".")[:-1] if label not in ("www", "co", "com", "blog", "news", "org", "m", "amp")]
    return [
        frozenset(title_words(site or "")),
        frozenset([*labels, *(word for label in labels for word in label.split("-")), host, host.removeprefix("www.")]),
    ]


def _is_site(text: str, names: list[frozenset[str]]) -> bool:
    return _names_site(text, [name for name in names if name])


def _is_section(text: str, names: list[frozenset[str]]) -> bool:
    words = title_words(text)
    return (len(words) <= 3 and bool(set(words) & SECTIONS)) or _is_site(text, names)


def _agreement(heading: Title, stated: Sequence[Title]) -> float:
    return max((_dice(title_words(heading.text), title_words(title.text)) for title in stated), default=0.0)


def _dice(one: list[str], other: list[str]) -> float:
    a, b = set(one), set(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
