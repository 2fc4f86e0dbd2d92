"""What a page states about itself, gathered in one walk: meta tags, links, JSON-LD, microdata, headings, times."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from copydesk.services.cleaner.html import jsonld
from copydesk.services.cleaner.html.plain_text import one_line, words

PROPERTIES = words("headline author datepublished datecreated articlesection image isaccessibleforfree inlanguage name")
MAX_HEADINGS = 60


@dataclass(slots=True)
class PageFacts:
    """Names in lower case. The first of several equal names counts, as in browsers and crawlers."""

    root: HtmlElement
    meta: dict[str, str] = field(default_factory=dict)
    every: dict[str, list[str]] = field(default_factory=dict)  # all that a name of `meta` states: papers name each author apart
    links: dict[str, str] = field(default_factory=dict)
    items: dict[str, list[HtmlElement]] = field(default_factory=dict)
    headings: list[HtmlElement] = field(default_factory=list)
    times: list[HtmlElement] = field(default_factory=list)
    title: str | None = None
    nodes: list[jsonld.JsonLdNode] = field(default_factory=list)
    article: jsonld.JsonLdNode = field(default_factory=dict)

    def first_meta(self, *names: str) -> str | None:
        return next((self.meta[name] for name in names if name in self.meta), None)

    def item(self, name: str) -> str | None:
        """The value of a microdata property: its content or datetime attribute, else its text."""
        return next((value for element in self.items.get(name, ()) if (value := item_value(element))), None)


def item_value(element: HtmlElement) -> str | None:
    for key in ("content", "datetime"):
        if value := element.get(key):
            return one_line(value) or None
    return one_line(element.text_content()) or None


def gather(root: HtmlElement) -> PageFacts:
    facts = PageFacts(root)
    for element in root.iter("meta", "link", "title", "h1", "h2", "time"):
        _take(facts, element)
    for element in root.xpath("//*[@itemprop]"):
        for name in (element.get("itemprop") or "").lower().split():
            if name in PROPERTIES:
                facts.items.setdefault(name, []).append(element)
    facts.nodes = jsonld.nodes(root)
    headings = [one_line(heading.text_content()) for heading in facts.headings if heading.tag == "h1"]
    titles = [title for title in (facts.title, facts.first_meta("og:title"), *headings) if title]
    facts.article = jsonld.article_node(facts.nodes, titles) or {}
    return facts


def _take(facts: PageFacts, element: HtmlElement) -> None:
    match element.tag:
        case "meta":
            content = one_line(element.get("content") or "")
            for key in ("property", "name", "http-equiv"):
                if content and (name := (element.get(key) or "").strip().lower()):
                    facts.meta.setdefault(name, content)
                    facts.every.setdefault(name, []).append(content)
        case "link":
            for rel in (element.get("rel") or "").lower().split():
                if href := (element.get("href") or "").strip():
                    facts.links.setdefault(rel, href)
        case "title":
            parent = element.getparent()
            if facts.title is None and parent is not None and parent.tag != "svg":
                facts.title = one_line(element.text_content()) or None
        case "time":
            facts.times.append(element)
        case _ if len(facts.headings) < MAX_HEADINGS:
            facts.headings.append(element)
