"""Titles and names as feeds and sitemaps write them: many are escaped twice, or marked up."""

from __future__ import annotations

import html
import re

TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|ins|mark|p|q|s|small|span|strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)


def plain_words(text: str | None) -> str | None:
    """`It&#8217;s <em>here</em>` → `It’s here`; other signs, as in `x < y`, stay."""
    if text is None or ("&" not in text and "<" not in text):
        return text
    bare = TAG.sub(lambda tag: " " if tag[0][1:3].lower() == "br" else "", text)
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), bare).strip()
