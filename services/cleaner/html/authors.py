"""Who is stated as the author: JSON-LD, meta tags, microdata, and who signs beside the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from copydesk.services.cleaner.html import jsonld
from copydesk.services.cleaner.html.bylines import clean_author, printed_authors
from copydesk.services.cleaner.html.facts import PageFacts, item_value
from copydesk.services.cleaner.html.vicinity import Vicinity, near
from copydesk.services.cleaner.person import is_cased, is_name
from copydesk.services.cleaner.title import fold_title

Stated = tuple[str, str]  # value, origin
AUTHORS = (
    "author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.creator",
    "byl",
    "sailthru.author",
    "parsely-author",
    "citation_author",
    "twitter:data1",
)
MOST_AUTHORS = 100  # that one source states


def stated_author(facts: PageFacts, vicinity: Vicinity | None, sites: Sequence[str]) -> Stated | None:
    """Who is stated, else printed; a house (one of `sites`, or another organisation) comes behind whoever signs beside the article."""
    house: Stated | None = None
    for names, origin in _author_sources(facts, vicinity):
        if cleaned := _cleaned(names[:MOST_AUTHORS]):
            stated = ", ".join(cleaned), origin
            if not _is_house(cleaned, facts, sites):
                return stated
            house = house or stated
    printed = _cleaned(printed_authors(facts.root, vicinity, signed=house is not None))
    if house and any(fold_title(name).startswith(fold_title(house[0])) for name in printed):  # a person for whom the site is called
        return house
    return (", ".join(printed), "text") if printed else house


def _cleaned(names: list[str]) -> list[str]:
    return list(dict.fromkeys(name for raw in names if (name := clean_author(raw))))


def _is_house(names: list[str], facts: PageFacts, sites: Sequence[str]) -> bool:
    """Whether what is stated for an author is the site, its publisher or another organisation."""
    authors = jsonld.linked(facts.article, facts.nodes, "author")
    organisations = {
        fold_title(jsonld.text(node) or "")
        for node in (authors if isinstance(authors, list) else [authors])
        if isinstance(node, dict) and any(kind.endswith("organization") for kind in jsonld.types(node))
    }
    houses = organisations | {fold_title(site) for site in sites}
    return all(fold_title(name) in houses or (is_cased(name) and not any(map(is_name, name.split(", ")))) for name in names)


def _author_sources(facts: PageFacts, vicinity: Vicinity | None) -> Iterator[tuple[list[str], str]]:
    yield jsonld.texts(jsonld.linked(facts.article, facts.nodes, "author")), "json-ld"
    yield next((list(map(_in_order, facts.every[name])) for name in AUTHORS[:-1] if name in facts.every), []), "meta"
    if facts.meta.get("twitter:label1", "").lower() in ("written by", "by", "author", "verfasst von", "escrito por", "écrit par"):
        yield [facts.meta.get("twitter:data1", "")], "twitter"
    yield [value for element in near(facts.items.get("author", []), vicinity)[:3] if (value := _item_name(element))], "microdata"
    yield facts.every.get("article:author", []), "opengraph"


def _in_order(name: str) -> str:
    """A name as it is said: papers state "Lee, Ann B." for Ann B. Lee."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and not is_name(last) and "," not in first and is_name(f"{first} {last}") else name


def _item_name(element: HtmlElement) -> str | None:
    """An author item's name property when it has one."""
    named = element.xpath(".//*[@itemprop='name']")
    return item_value(named[0] if named else element)
