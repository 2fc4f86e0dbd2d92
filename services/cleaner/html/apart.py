"""Elements that are no part of the text around them: hidden ones, and values for machines in microdata."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from copydesk.services.cleaner.html.hints import HIDING

MACHINE = re.compile(r"\s*(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*|https?://\S+)\s*")


def is_apart(element: HtmlElement) -> bool:
    """Whether an inline element is no part of the sentence around it: hidden, or a value for machines in microdata."""
    stated = element.keys()
    if not stated:
        return False
    return "hidden" in stated or ("style" in stated and hides(element)) or ("itemprop" in stated and is_for_machines(element))


def hides(element: HtmlElement) -> bool:
    """Whether an element says that it is not shown."""
    return element.get("hidden") is not None or HIDING.search(element.get("style") or "") is not None


def is_for_machines(element: HtmlElement) -> bool:
    """Whether an item's whole text is for machines: keywords, an address, an ISO time."""
    if next(element.iterdescendants("a", "p", "img"), None) is not None:
        return False
    text = "".join(element.itertext())
    return bool(text.strip()) and ("keywords" in (element.get("itemprop") or "").lower().split() or MACHINE.fullmatch(text) is not None)
