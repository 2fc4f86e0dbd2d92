"""schema.org data of a page: JSON-LD in <script>, and microdata reduced to the same form.

Pages nest it in every way the standard allows and in some that it does not; what cannot be read is passed over, as other sources follow.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

import orjson
from lxml.html import HtmlElement

from copydesk.services.cleaner.html.plain_text import words

ARTICLES = words(
    "article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle reviewnewsarticle backgroundnewsarticle "
    "advertisercontentarticle satiricalarticle scholarlyarticle techarticle liveblogposting socialmediaposting report howto recipe review "
    "discussionforumposting medicalscholarlyarticle"
)
PAGES = words("webpage itempage medicalwebpage faqpage aboutpage collectionpage qapage")
MAX_CHARS = 500_000
MAX_DEPTH = 12
WORD = re.compile(r"\w+")
TRAILING_COMMA = re.compile(r",\s*([}\]])")
WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$|;\s*$")

JsonLdNode = dict[str, Any]


def nodes(root: HtmlElement) -> list[JsonLdNode]:
    """Every JSON-LD object of the page that has a type, outermost first."""
    found: list[JsonLdNode] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= MAX_CHARS:
            found.extend(_typed(_parse(script.text), 0))
    return found


def _parse(text: str) -> Any:
    """Strict JSON first, then with what pages get wrong: comments around it, raw line breaks in strings, trailing commas."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    for repaired in (WRAPPING.sub("", text), TRAILING_COMMA.sub(r"\1", WRAPPING.sub("", text))):
        try:
            return json.loads(repaired, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _typed(value: Any, depth: int) -> Iterator[JsonLdNode]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _typed(item, depth + 1)
    elif isinstance(value, dict):
        if types(value):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "review", "hasPart", "subjectOf"):
            if key in value:
                yield from _typed(value[key], depth + 1)


def types(node: JsonLdNode) -> frozenset[str]:
    """Types in lower case, without the vocabulary's address."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return frozenset(item.rsplit("/", 1)[-1].lower() for item in values if isinstance(item, str))


def article_node(found: list[JsonLdNode], titles: Sequence[str] = ()) -> JsonLdNode | None:
    """The node of the page's article: of the article types with a headline, the one that a title of the page agrees with most, else the first."""
    articles = [node for node in found if types(node) & ARTICLES]
    headed = [node for node in articles if text(node.get("headline"))]
    if not headed:
        return articles[0] if articles else None
    return max(headed, key=lambda node: _agreement(node, titles))


def _agreement(node: JsonLdNode, titles: Sequence[str]) -> float:
    """The largest share of common words (Dice) of a node's headline and a title."""
    words = set(WORD.findall((text(node.get("headline")) or "").lower()))
    others = [set(WORD.findall(title.lower())) for title in titles]
    return max((2 * len(words & other) / (len(words) + len(other)) for other in others if words or other), default=0.0)


def text(value: Any) -> str | None:
    """A text value: the text itself, the first of a list, or the name of an object."""
    if isinstance(value, list):
        return next((found for item in value if (found := text(item))), None)
    if isinstance(value, dict):
        return text(value.get("name") or value.get("@value") or value.get("headline"))
    if isinstance(value, str):
        return " ".join(unescape(unescape(value)).split()) or None
    return None


def address(value: Any) -> str | None:
    """A URL: the text itself, or that of an image or page object."""
    if isinstance(value, list):
        return next((found for item in value if (found := address(item))), None)
    if isinstance(value, dict):
        return address(value.get("url") or value.get("contentUrl") or value.get("@id"))
    return value.strip() or None if isinstance(value, str) else None


def texts(value: Any) -> list[str]:
    """All text values of a list, each once."""
    found = [text(item) for item in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys(item for item in found if item))


def linked(node: JsonLdNode, found: list[JsonLdNode], key: str) -> Any:
    """A property, following references ({"@id": …}) to nodes elsewhere in the page."""
    value = node.get(key)
    return [_resolve(item, found) for item in value] if isinstance(value, list) else _resolve(value, found)


def _resolve(value: Any, found: list[JsonLdNode]) -> Any:
    if isinstance(value, dict) and "@id" in value and not value.get("name"):
        return next((node for node in found if node.get("@id") == value["@id"]), value)
    return value
