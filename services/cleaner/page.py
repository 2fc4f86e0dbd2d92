"""HTML → the article in it, as a part of the record."""

from __future__ import annotations

from collections.abc import Callable

from services.cleaner import language
from services.cleaner.html import HtmlArticle
from shared.records.cleaned import CleanedPart, Removed
from shared.records.common import content_hash
from shared.stage import Rejected


def clean(article: HtmlArticle, repeats: Callable[[str], bool] | None = None, furniture_version: str | None = None) -> CleanedPart | Rejected:
    """The part that an extracted page adds. `repeats` tells the lines that the page's source repeats."""
    kept = [text for text in article.paragraphs if not (repeats and repeats(text))]
    if not kept:
        return Rejected("no_article", "all that was found on the page is what its source repeats on every page")
    repeated = [Removed(text=text, reason="repeated_by_source") for text in article.paragraphs if repeats and repeats(text)]
    body = "\n\n".join(kept)
    found = language.detect(body)
    origins = {**article.origins, **({"language": "detected"} if found else {})}
    return CleanedPart(
        title=article.title,
        body=body,
        author=article.author,
        published_at=article.published_at,
        published_precision=article.published_precision,
        language=found[0] if found else article.language,
        language_confidence=found[1] if found else None,
        captions=list(article.captions),
        removed=[*article.removed, *repeated],
        metadata=article.metadata,
        origins=origins,
        furniture_version=furniture_version,
        revision=content_hash(article.title or "", body),
    )
