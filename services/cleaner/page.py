"""HTML → the article in it, as a part of the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from copydesk.services.cleaner import dateline, language
from copydesk.services.cleaner.html import HtmlArticle
from copydesk.services.cleaner.repair import repair_text
from copydesk.services.cleaner.sources import source_of
from copydesk.services.cleaner.stripped_text import PageContext
from copydesk.services.cleaner.tiling import SEPARATOR
from copydesk.services.cleaner.title import TOP, fold_title
from copydesk.shared.records.base import content_hash
from copydesk.shared.records.cleaned import CleanedPart, Dateline, Removed, Repair
from copydesk.shared.stage import Rejected


def clean_page(article: HtmlArticle, known: PageContext) -> CleanedPart | Rejected:
    """The part that an extracted page adds.

    The offsets of `repairs` are of the body as it was before them: paragraphs as extracted, joined by blank lines.
    """
    reasons = [_reason(text, n, article.title, known.repeats) for n, text in enumerate(article.paragraphs)]
    kept = [text for text, reason in zip(article.paragraphs, reasons, strict=True) if reason is None]
    if not kept:
        return Rejected("no_article", "all that was found on the page is its headline and what its source repeats on every page")
    removed = [*article.removed, *(Removed(text, reason) for text, reason in zip(article.paragraphs, reasons, strict=True) if reason)]
    line = _dateline(article, kept, removed, known)
    body, repairs = _repaired(kept)
    found = language.detect(body)
    ahead = article.published_at is not None and article.published_at[:10] > (known.latest + timedelta(days=1)).isoformat()
    published_at, precision = (None, None) if ahead else (article.published_at, article.published_precision)
    origins = {**article.origins, **({"dateline": "text"} if line else {}), **({"language": "detected"} if found else {})}
    if ahead:
        del origins["published_at"]
    if published_at is None and line and line.date:
        published_at, precision, origins["published_at"] = line.date, "day", "dateline"
    return CleanedPart(
        title=article.title,
        body=body,
        dateline=line,
        byline=article.byline,
        author=article.author,
        published_at=published_at,
        published_precision=precision,
        language=found[0] if found else article.language,
        language_confidence=found[1] if found else None,
        captions=list(article.captions),
        removed=removed,
        repairs=repairs,
        metadata=article.metadata,
        origins=origins,
        furniture_version=known.furniture_version,
        revision=content_hash(article.title or "", body),
    )


def addressed(part: CleanedPart, source: str | None) -> CleanedPart:
    """The part of a record that came without an address, with that by which its page calls itself; a site's front page is no article's."""
    url = part.metadata.get("canonical_url")
    if not isinstance(url, str) or not urlsplit(url).path.strip("/"):
        return part
    return part.model_copy(update={"url": url, "source": source or source_of(None, url) or None})


def _reason(text: str, position: int, title: str | None, repeats: Callable[[str], bool] | None) -> str | None:
    """Why a paragraph is not of the article after all."""
    if position < TOP and title and fold_title(text) == fold_title(title):
        return "title"
    return "repeated_by_source" if repeats and repeats(text) else None


def _dateline(article: HtmlArticle, paragraphs: list[str], removed: list[Removed], known: PageContext) -> Dateline | None:
    """The dateline, which moves from its paragraph to what is removed."""
    located = dateline.locate(paragraphs)
    if located is None:
        return None
    n, printed = located
    told = [*paragraphs, *(caption.text for caption in article.captions)]
    context = dateline.context_of(known.dateline_before, [article.published_at or ""], told, paragraphs[: dateline.PARAGRAPHS])
    paragraphs[n] = paragraphs[n][len(printed) :]
    removed.append(Removed(printed, "dateline"))
    return dateline.parse_dateline(printed, context)


def _repaired(paragraphs: Sequence[str]) -> tuple[str, list[Repair]]:
    """The body, and what was repaired in it."""
    repaired: list[str] = []
    repairs: list[Repair] = []
    at = 0
    for paragraph in paragraphs:
        text, changes = repair_text(paragraph, at)
        repaired.append(text)
        repairs += changes
        at += len(paragraph) + len(SEPARATOR)
    return SEPARATOR.join(repaired), repairs
