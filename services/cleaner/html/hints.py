"""What the names around a block say: tags, class, id, role and the like of its ancestors, each hint fading with distance.

Names are the designers' own labels of the parts of a page and carry most of what tells a teaser from a paragraph. Each
hint is one named pattern; its value for an element is 1 where the element itself is so named, FADE ** n for its n-th descendant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt
from lxml.html import HtmlElement

FADE = 0.8
REMEMBERED = 20_000  # names
TAGS = ("nav", "header", "footer", "aside", "form", "article", "main", "figure", "table", "ul", "ol", "section", "button", "blockquote", "details")
_PARTS = ("entry", "post", "article", "story", "main", "page", "body", "blog", "news", "single", "text")
_CONTENT = "|".join(rf"{part}[-_]*(?:content|body|text|copy)" for part in _PARTS)
NAMES = {
    "comment": r"comment|disqus|respond|reply|discussion",
    "related": r"related|recommend|read-?next|read-?more|more-|popular|trending|latest"
    r"|you-?may|also-?like|outbrain|taboola|suggest|teaser|upnext|promoted",
    "card": r"card|grid|tile|carousel|slider|swiper|slick|feed|listing|loop",
    "share": r"shar(e|ing)|social|addtoany|sharedaddy|follow",
    "newsletter": r"newsletter|subscri|sign-?up|mailing|optin|mc4wp|hs-form|hbspt",
    "promo": r"promo|cta|banner|call-?to-?action|offer|sponsor|campaign|donat",
    "advert": r"\bads?\b|\bad-|advert|adsense|adslot|dfp|gpt-",
    "author": r"author|\bbio\b|biograph|contributor|profile|about-the",
    "meta": r"meta\b|byline|dateline|\bdate\b|timestamp|publish|posted|entry-footer|reading-?time|details\b",
    "tags": r"\btags?\b|tag-|tags-|categor|breadcrumb|topics?|taxonomy|keyword|label",
    "navigation": r"\bnav|menu|navbar|navigation|pagination|pager|skip-|toolbar|topbar|masthead",
    "footer": r"foot|copyright|colophon|legal|disclaimer",
    "sidebar": r"sidebar|side-|widget|rail|aside|secondary|complementary",
    "content": rf"{_CONTENT}|articlebody|content[-_]?(body|main|article)|rich-?text|wysiwyg|prose|markdown|field--name-body|richtext|editor",
    "article": r"article|story|\bpost\b|blog|entry|hentry|news",
    "title": r"title|headline|heading|\bhero",
    "caption": r"caption|credit|copyright-holder|photo-?by|image-?(desc|info)",
    "toc": r"\btoc\b|table-?of-?contents|jump-?(links|to)|on-?this-?page|ez-toc|in-this-article",
    "overlay": r"modal|popup|overlay|cookie|consent|gdpr|dialog|drawer|offcanvas|toast|paywall|lightbox|tooltip",
    "product": r"product|price|shop|cart|buy|deal|affiliate|commerce|coupon",
    "faq": r"faq|accordion|question|answer|collaps",
    "summary": r"summary|excerpt|takeaway|key-?point|highlights|dek\b|standfirst|subtitle|subhead|\blead\b|lede|intro|abstract",
    "search": r"search|login|log-in|signin|sign-in|register|account",
    "form": r"form\b|input|field(?!--name)|checkbox|select",
    "hidden": r"hidden|sr-only|screen-?reader|visually-?hidden|noprint|invisible|d-none",
    "print": r"print-only|printonly|amp-",
}
DIGITS = str.maketrans("123456789", "0" * 9)  # "post-8213" says what "post-4177" says
# Letters first and then whether a word begins there: so a search skips what begins with none of them, in half the time.
EACH = tuple(re.compile(re.sub(r"\\b([a-z])", r"\1(?<=\\b\1)", pattern)) for pattern in NAMES.values())
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
ATTRIBUTES = frozenset({"class", "id", "role", "itemprop", "aria-label", "data-testid", "data-component", "data-module", "data-type", "property"})
COLUMNS = (*(f"in_{tag}" for tag in TAGS), *(f"name_{name}" for name in NAMES), "concealed")
TAG_INDEX = {tag: index for index, tag in enumerate(TAGS)}
FIRST_NAME = len(TAGS)
CONCEALED = len(COLUMNS) - 1

Matrix = npt.NDArray[np.float32]


def hints_of(elements: Sequence[HtmlElement]) -> Matrix:
    """(elements, COLUMNS). Each element and each that holds it is looked at once."""
    places: dict[HtmlElement, int] = {}
    parents: list[int] = []
    depths: list[int] = []
    for element in elements:
        path = []
        current = element
        while current is not None and current not in places:
            path.append(current)
            current = current.getparent()
        parent = places[current] if current is not None else -1
        for current in reversed(path):
            depths.append(depths[parent] + 1 if parent >= 0 else 0)
            parents.append(parent)
            parent = places[current] = len(places)
    values = _faded(_own(list(places)), np.asarray(parents), np.asarray(depths))
    return values[[places[element] for element in elements]]


def _faded(own: npt.NDArray[np.bool_], parents: npt.NDArray[np.intp], depths: npt.NDArray[np.intp]) -> Matrix:
    """Hints of elements, with those of what holds them."""
    values = own.astype(np.float32)
    for depth in range(1, int(depths.max()) + 1):
        here = np.flatnonzero(depths == depth)
        values[here] = np.where(own[here], np.float32(1), values[parents[here]] * np.float32(FADE))
    return values


def _own(elements: Sequence[HtmlElement]) -> npt.NDArray[np.bool_]:
    """(elements, COLUMNS): what each element is called itself."""
    rows: list[tuple[int, int]] = []
    named: list[tuple[int, str]] = []
    for row, element in enumerate(elements):
        tag = element.tag
        if tag in TAG_INDEX:
            rows.append((row, TAG_INDEX[tag]))
        if tag not in ("body", "html"):
            for key, value in element.items():
                if key in ATTRIBUTES:
                    named.append((row, value))
                elif key == "hidden" or (key == "aria-hidden" and value == "true") or (key == "style" and HIDING.search(value)):
                    rows.append((row, CONCEALED))
    words = [(row, word) for row, value in named for word in value.translate(DIGITS).split()]
    known = _named(frozenset(word for _, word in words))
    rows += [(row, index) for row, word in words for index in known[word]]
    own = np.zeros((len(elements), len(COLUMNS)), bool)
    if rows:
        own[tuple(np.asarray(rows).T)] = True
    return own


_known: dict[str, list[int]] = {}  # names that pages used before: sites share their frameworks'


def _named(names: frozenset[str]) -> dict[str, list[int]]:
    """Which hints each name gives. No pattern reaches beyond a name, so each is asked once about all new ones."""
    if new := [name for name in names if name not in _known]:
        if len(_known) + len(new) > REMEMBERED:
            _known.clear()
            new = list(names)
        _known.update((name, []) for name in new)
        text = "\n".join(new).lower().replace("_", "-")
        starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        for index, pattern in enumerate(EACH, FIRST_NAME):
            for n in sorted({bisect_right(starts, found.start()) - 1 for found in pattern.finditer(text)}):
                _known[new[n]].append(index)
    return _known
