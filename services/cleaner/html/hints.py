"""What the names around a block say: tags, class, id, role and the like of its ancestors, each hint fading with distance.

Names are the designers' own labels of the parts of a page and carry most of what tells a teaser from a paragraph. Each
hint is one named pattern; its value for an element is 1 where the element itself is so named, FADE ** n for its n-th descendant.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from lxml.html import HtmlElement

FADE = 0.8
REMEMBERED = 20_000  # names
TAGS = ("nav", "header", "footer", "aside", "form", "article", "main", "figure", "table", "ul", "ol", "section", "button", "blockquote", "details")
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
    "content": r"(entry|post|article|story|main|page|body|blog|news|single|text)[-_]*(content|body|text|copy)|articlebody"
    r"|content[-_]?(body|main|article)|rich-?text|wysiwyg|prose|markdown|field--name-body|richtext|editor",
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
EACH = tuple(re.compile(pattern) for pattern in NAMES.values())
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
ATTRIBUTES = frozenset({"class", "id", "role", "itemprop", "aria-label", "data-testid", "data-component", "data-module", "data-type", "property"})
COLUMNS = (*(f"in_{tag}" for tag in TAGS), *(f"name_{name}" for name in NAMES), "concealed")
TAG_INDEX = {tag: index for index, tag in enumerate(TAGS)}
FIRST_NAME = len(TAGS)
CONCEALED = len(COLUMNS) - 1

Vector = npt.NDArray[np.float32]


class Hints:
    """Hints for the elements of one page; each element is looked at once."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement, Vector] = {}

    def of(self, element: HtmlElement) -> Vector:
        """Values in the order of COLUMNS."""
        path = []
        current = element
        while current is not None and current not in self._known:
            path.append(current)
            current = current.getparent()
        vector = self._known[current] if current is not None else np.zeros(len(COLUMNS), np.float32)
        for current in reversed(path):
            vector = self._known[current] = self._step(vector, current)
        return vector

    def _step(self, parent: Vector, element: HtmlElement) -> Vector:
        vector = parent * np.float32(FADE)
        tag = element.tag
        if tag in TAG_INDEX:
            vector[TAG_INDEX[tag]] = 1
        if tag not in ("body", "html") and (attributes := element.items()):
            for key, value in attributes:
                if key in ATTRIBUTES:
                    for index in _named(value):
                        vector[index] = 1
                elif key == "hidden" or (key == "aria-hidden" and value == "true") or (key == "style" and HIDING.search(value)):
                    vector[CONCEALED] = 1
        return vector


@lru_cache(REMEMBERED)
def _named(names: str) -> tuple[int, ...]:
    """Which hints the names in an attribute give."""
    words = names.translate(DIGITS).split()
    return _of_word(words[0]) if len(words) == 1 else tuple({index for word in words for index in _of_word(word)})


@lru_cache(REMEMBERED)
def _of_word(name: str) -> tuple[int, ...]:
    """Which hints one name gives. Sites share their frameworks' names, and no pattern reaches beyond a name, so each is matched once."""
    text = name.lower().replace("_", "-")
    return tuple(FIRST_NAME + index for index, pattern in enumerate(EACH) if pattern.search(text))
