"""The cleaner's stage: a raw page becomes an article, or is rejected with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC

from copydesk.services.cleaner import page, stripped_text
from copydesk.services.cleaner.content import decoded, is_html
from copydesk.services.cleaner.file_names import named_day
from copydesk.services.cleaner.html import extract
from copydesk.services.cleaner.model.line_model import shipped_line_model
from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.sources import Furniture, SourceFurniture, read_furniture, source_of
from copydesk.services.cleaner.verdict import EMPTY
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.records.content_ref import fetched_bytes, reference_of
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.stage import Enriched, Outcome, Rejected
from copydesk.shared.topics import CLEANED, FURNITURE, RAW

VERSION = "4"  # of the code; that of the line model, a date, is added


class CleanerStage:
    """RawArticle → CleanedPart. Deterministic: the same record and furniture version give the same part."""

    name = "cleaner"
    source = RAW
    target = CLEANED
    reads = RawArticle
    follows = FURNITURE

    def __init__(self, settings: CleanerSettings, furniture: Furniture | None = None) -> None:
        self.settings = settings
        self.version = f"{VERSION}.{shipped_line_model().version}"
        self.furniture = Furniture() if furniture is None else furniture
        self.leaves = frozenset() if settings.carry_content else frozenset(["content"])

    def learned(self, key: str, value: bytes | None) -> None:
        """Take over what one source repeats; records cleaned from now on name its version. Raises CopydeskError for what is no furniture."""
        self.furniture.learned(key, value)

    def process(self, batch: Sequence[RawArticle]) -> list[Outcome]:
        """One outcome for each record. Rejects with the reasons listed in docs/cleaning.md."""
        return [self._one(record) for record in batch]

    def _one(self, record: RawArticle) -> Outcome:
        content = decoded(record)
        if isinstance(content, Rejected):
            return content
        if not content.text.strip():
            return EMPTY
        latest = (record.fetched_at or record.ingested_at).astimezone(UTC).date()
        named = named_day(record.origin, latest) if record.fetched_at is None else None
        repeats, version = _applied(self.furniture.for_source(source_of(record.source, record.url)))
        known = stripped_text.PageContext(latest, record.title, repeats, version, named)
        part = self._html(record, content.text, known) if is_html(record, content.text) else self._text(content.text, known)
        if isinstance(part, Rejected):
            return part
        origins = {**part.origins, "charset": content.charset} if content.charset else part.origins
        left = reference_of(fetched_bytes(record.content, record.encoding)) if self.leaves else None
        return Enriched(part.model_copy(update={"origins": origins, "content_ref": left}))

    def _text(self, content: str, known: stripped_text.PageContext) -> CleanedPart | Rejected:
        return _too_large("text", content, self.settings.max_text_chars) or stripped_text.clean_text(content, known)

    def _html(self, record: RawArticle, content: str, known: stripped_text.PageContext) -> CleanedPart | Rejected:
        if rejected := _too_large("html", content, self.settings.max_html_chars):
            return rejected
        article = extract(content.encode("utf-8", "replace").decode(), record.url)  # parsers take no lone surrogates
        part = article if isinstance(article, Rejected) else page.clean_page(article, known)
        return part if isinstance(part, Rejected) or record.url else page.addressed(part, record.source)


def _too_large(what: str, content: str, most: int) -> Rejected | None:
    if len(content) <= most:
        return None
    return Rejected("too_large", f"the {what} has {len(content):,} characters; at most {most:,} are cleaned (COPYDESK_MAX_{what.upper()}_CHARS)")


def _applied(repeated: SourceFurniture) -> tuple[Callable[[str], bool], str] | tuple[None, None]:
    """What tells repeated lines, and the version that the record names; nothing where nothing is known of the source."""
    return (repeated.repeats, repeated.version) if repeated.lines else (None, None)


def create(settings: CleanerSettings) -> CleanerStage:
    """The stage as the service and `copydesk enrich` run it."""
    return CleanerStage(settings, read_furniture(settings.furniture) if settings.furniture else None)
