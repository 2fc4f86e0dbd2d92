"""What a page is instead of an article, as its markup tells. What its text tells is in `copydesk.services.cleaner.verdict`."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from copydesk.services.cleaner.html import jsonld
from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.html.facts import PageFacts
from copydesk.services.cleaner.verdict import ERROR, SHORTEST_BODY
from copydesk.shared.stage import Rejected

SHORT = 4 * SHORTEST_BODY
LISTED = 5  # articles on one page, under linked headings, that make it a list
LINKED_HEADING = ".//h1//a | .//h2//a | .//h3//a | .//a//h2 | .//a//h3"
MAIN_SHARE = 0.5  # of the chosen text; with less in any one of them, no article is the page's own


def by_markup(facts: PageFacts, blocks: Sequence[HtmlBlock], in_body: Sequence[bool]) -> Rejected | None:
    """`error_page`, `login_wall`, `video_page` or `listing_page`; None where the markup does not tell."""
    chosen = [block for block, kept in zip(blocks, in_body, strict=True) if kept]
    size = sum(len(block.text) for block in chosen)
    if _is_list(chosen, facts):
        return Rejected("listing_page", "the page lists several articles, none of which is its own; fetch those")
    if size >= SHORT:
        return None
    if facts.title and ERROR.search(facts.title):
        return Rejected("error_page", f"the page's title is “{facts.title[:60]}”; fetch it again")
    if any(element.get("type") == "password" for element in facts.root.iter("input")):
        return Rejected("login_wall", "the page asks for a password and shows little text; fetch it with access")
    if _is_video(facts):
        return Rejected("video_page", "the page is a video with little text")
    return None


def _is_video(facts: PageFacts) -> bool:
    if facts.article.get("articleBody"):
        return False
    stated = facts.meta.get("og:type", "").startswith("video") or any("videoobject" in jsonld.types(node) for node in facts.nodes)
    return stated or next(facts.root.iter("video"), None) is not None


def _is_list(chosen: Sequence[HtmlBlock], facts: PageFacts) -> bool:
    """The chosen text is spread over several <article> elements side by side, each under a link to it; the page does not say that it is one."""
    if facts.article or facts.meta.get("og:type", "").startswith("article") or not chosen:
        return False
    sizes: dict[HtmlElement | None, int] = {}
    for block in chosen:
        article = _outermost_article(block.element)
        sizes[article] = sizes.get(article, 0) + len(block.text)
    linked = sum(1 for article in sizes if article is not None and article.xpath(LINKED_HEADING))
    return linked >= LISTED and linked >= MAIN_SHARE * len(sizes) and max(sizes.values()) < MAIN_SHARE * sum(sizes.values())


def _outermost_article(element: HtmlElement) -> HtmlElement | None:
    found = None
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag == "article":
            found = ancestor
    return found
