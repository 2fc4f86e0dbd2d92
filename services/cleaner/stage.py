"""The cleaner's stage: a raw page becomes an article, or is rejected with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from services.cleaner import page, text
from services.cleaner.content import decoded, is_html
from services.cleaner.html import Limits, extract
from services.cleaner.settings import CleanerSettings
from services.cleaner.verdict import EMPTY
from shared.records.cleaned import CleanedPart
from shared.records.raw import RawArticle
from shared.stage import Enriched, Outcome, Rejected
from shared.topics import CLEANED, RAW

VERSION = "1"


class CleanerStage:
    """RawArticle → CleanedPart. Deterministic: the same record and furniture version give the same part."""

    name = "cleaner"
    version = VERSION
    source = RAW
    target = CLEANED
    reads = RawArticle

    def __init__(self, settings: CleanerSettings) -> None:
        self.settings = settings
        self.limits = Limits(settings.html_cpu_s, settings.html_memory_mb, settings.html_wall_s, settings.max_html_chars)

    def process(self, batch: Sequence[RawArticle]) -> list[Outcome]:
        """One outcome for each record. Rejects with the reasons listed in docs/cleaning.md."""
        return [self._one(record) for record in batch]

    def _one(self, record: RawArticle) -> Outcome:
        content = decoded(record)
        if isinstance(content, Rejected):
            return content
        if not content.strip():
            return EMPTY
        part = self._html(record, content) if is_html(record, content) else self._text(record, content)
        return part if isinstance(part, Rejected) else Enriched(part)

    def _text(self, record: RawArticle, content: str) -> CleanedPart | Rejected:
        if len(content) > self.settings.max_text_chars:
            return Rejected(
                "too_large",
                f"the text has {len(content):,} characters; at most {self.settings.max_text_chars:,} are cleaned (COPYDESK_MAX_TEXT_CHARS)",
            )
        latest = (record.fetched_at or record.ingested_at).astimezone(UTC).date()
        return text.clean(content, text.Known(latest, record.title))

    def _html(self, record: RawArticle, content: str) -> CleanedPart | Rejected:
        article = extract(content, record.url, self.limits)
        return article if isinstance(article, Rejected) else page.clean(article)


def create(settings: CleanerSettings) -> CleanerStage:
    """The stage as the service and `copydesk enrich` run it."""
    return CleanerStage(settings)
