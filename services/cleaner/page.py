"""HTML → the article in it, as a part of the record."""

from __future__ import annotations

from collections.abc import Callable

from services.cleaner import language
from services.cleaner.html import HtmlArticle
from services.cleaner.title import fold
from shared.records.cleaned import CleanedPart, Removed
from shared.records.common import content_hash
from shared.stage import Rejected

TOP = 3  # paragraphs among which the headline may stand once more


def clean(article: HtmlArticle, repeats: Callable[[str], bool] | None = None, furniture_version: str | None = None) -> CleanedPart | Rejected:
    """The part that an extracted page adds. `repeats` tells the lines that the page's source repeats."""
    reasons = [_reason(text, n, article.title, repeats) for n, text in enumerate(article.paragraphs)]
    kept = [text for text, reason in zip(article.paragraphs, reasons, strict=True) if reason is None]
    if not kept:
        return Rejected("no_article", "all that was found on the page is its headline and what its source repeats on every page")
    body = "\n\n".join(kept)
    found = language.detect(body)
    return CleanedPart(
        title=article.title,
        body=body,
        author=article.author,
        published_at=article.published_at,
        published_precision=article.published_precision,
        language=found[0] if found else article.language,
        language_confidence=found[1] if found else None,
        captions=list(article.captions),
        removed=[*article.removed, *(Removed(text=text, reason=reason) for text, reason in zip(article.paragraphs, reasons, strict=True) if reason)],
        metadata=article.metadata,
        origins={**article.origins, **({"language": "detected"} if found else {})},
        furniture_version=furniture_version,
        revision=content_hash(article.title or "", body),
    )


def _reason(text: str, position: int, title: str | None, repeats: Callable[[str], bool] | None) -> str | None:
    """Why a paragraph is not of the article after all."""
    if position < TOP and title and fold(text) == fold(title):
        return "title"
    return "repeated_by_source" if repeats and repeats(text) else None
