"""What comes out of a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from copydesk.shared.records.cleaned import Caption, Removed
from copydesk.shared.records.times import Precision


@dataclass(frozen=True, slots=True)
class HtmlArticle:
    """The article of a page. Texts are in NFC, without entities, soft hyphens, zero-width and bidi marks.

    `paragraphs` is never empty; they are as extracted, not yet repaired. `language` is what the page declares (ISO 639-1), not
    what was detected. `removed` holds the page's other text blocks in page order. `origins` says for each field found where it
    stood: json-ld, opengraph, … `metadata` may hold canonical_url, site_name, section, image (texts), paywalled, amp and
    print_page (True).
    """

    paragraphs: tuple[str, ...]
    removed: tuple[Removed, ...] = ()
    captions: tuple[Caption, ...] = ()
    title: str | None = None
    byline: str | None = None
    author: str | None = None
    published_at: str | None = None
    published_precision: Precision | None = None
    language: str | None = None
    metadata: dict[str, str | bool] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
