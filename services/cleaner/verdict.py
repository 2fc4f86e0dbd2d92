"""Pages that hold no article, and what they are instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.cleaner.lines import Block, Label
from shared.stage import Rejected

SHORTEST_BODY = 120  # characters; below it there has to be a headline above a sentence
FEW_LINKS = 25
ERROR = re.compile(
    r"\b(?:404|403|410|500|502|503)\b.{0,40}\b(?:error|not found|forbidden|unavailable)|\b(?:page|article|file)\b.{0,30}\b(?:not found|no longer (?:exists|available)|could ?n[o']t be found|doesn['’]t exist)"
    r"|access denied|seite nicht gefunden|página no encontrada|page (?:introuvable|non trouvée)|service unavailable|bad gateway|checking your browser|enable javascript and cookies|verify you are (?:a )?human",
    re.I,
)
LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|subscribe|register|create (?:an|a free) account)\b.{0,60}\b(?:to (?:continue|read|view|access|see)|for (?:full )?access)|already (?:a subscriber|have an account)|forgot (?:your )?password|subscribers? only",
    re.I,
)
VIDEO = re.compile(
    r"\b(?:watch (?:the )?(?:video|live|full)|play video|video player|now playing|up next|duration:?\s*\d|live ?stream|unmute|\d{1,2}:\d{2}\s*/\s*\d{1,2}:\d{2})\b",
    re.I,
)


def why_no_article(blocks: Sequence[Block], labels: Sequence[Label]) -> Rejected | None:
    """None where there is an article; else `empty`, `error_page`, `login_wall`, `video_page`, `listing_page` or `no_article`."""
    if not blocks:
        return Rejected("empty", "the content holds no text; check the scraper")
    body = [block.text for block, label in zip(blocks, labels, strict=True) if label.is_body]
    size = sum(map(len, body))
    page = "\n".join(block.text for block in blocks[:200])[:20_000]
    if size < 4 * SHORTEST_BODY and (found := ERROR.search(page)):
        return Rejected("error_page", f"the page is an error message ({_quote(found[0])}); fetch it again")
    if size < 4 * SHORTEST_BODY and (found := LOGIN.search(page)):
        return Rejected("login_wall", f"the page asks to log in ({_quote(found[0])}); fetch it with access")
    if size >= SHORTEST_BODY or (body and len(blocks) <= 3):
        return None
    if found := VIDEO.search(page):
        return Rejected("video_page", f"the page is a video without text ({_quote(found[0])})")
    if len(blocks) - len(body) >= FEW_LINKS:
        return Rejected("listing_page", f"the page has {len(blocks)} short lines and no article; it lists other pages")
    return None if body and _speaks(body) else Rejected("no_article", "the page holds no text that reads as an article")


def _speaks(body: Sequence[str]) -> bool:
    """At least one whole sentence."""
    return any(len(text) >= 40 for text in body)


def _quote(text: str) -> str:
    return "“" + " ".join(text.split())[:60] + "”"
