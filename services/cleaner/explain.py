"""A cleaned page as a person audits it: furniture struck through, the reason in the margin."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from copydesk.services.cleaner.rules import RULES
from copydesk.services.cleaner.tiling import in_order
from copydesk.shared.records.cleaned import CleanedPart, Removed, Repair, Span

STYLES = {
    "title": "bold",
    "dateline": "magenta",
    "caption": "italic cyan",
    "credit": "italic cyan",
    "byline": "blue",
    "date_header": "blue",
}
FURNITURE = "strike dim red"
REPAIRED = "bold green"
KIND_OF = {rule.name: rule.kind for rule in RULES}
WHY = {
    **{rule.name: rule.why for rule in RULES},
    "title": "The headline.",
    "dateline": "Where and when the article was filed.",
    "caption_repeated": "The same caption stands above.",
    "repeated_by_source": "The source repeats this line on many of its articles.",
    "comment_thread": "Stands under the heading of a thread of comments.",
    "furniture": "The line model takes it for page furniture.",
}


class Explanation:
    """Renders a cleaned page for rich: one row a block, in the order of the page. HTML pages show their removed blocks first."""

    def __init__(self, part: CleanedPart, source: str | None = None) -> None:
        self.part, self.source = part, source

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(justify="right", no_wrap=True, style="dim")
        grid.add_column(ratio=1)
        for margin, text in self.rows():
            grid.add_row(margin, text)
        yield grid
        yield from self._legend()

    def rows(self) -> Iterator[tuple[str, Text]]:
        """Margin and text of each block."""
        paragraphs = self.part.body.split("\n\n")
        if not self.part.blocks:  # HTML: removed blocks have no place
            yield from ((item.reason, _removed(item)) for item in self.part.removed)
            yield from (("", Text(paragraph)) for paragraph in paragraphs)
            return
        kept = dict(zip((span.start for span in self.part.blocks), paragraphs, strict=True))
        for item in in_order(self.part):
            yield (item.reason, _removed(item)) if isinstance(item, Removed) else ("", self._paragraph(kept[item.start], item))

    def _paragraph(self, text: str, span: Span) -> Text:
        """A paragraph with its repairs marked."""
        rendered = Text(text)
        shift = -span.start
        for repair in self.part.repairs:
            if span.start <= repair.start and repair.end <= span.end:
                start = repair.start + shift
                if not _is_gap(repair):
                    rendered.stylize(REPAIRED, max(0, start), max(0, start + len(repair.after)))
                shift += len(repair.after) - (repair.end - repair.start)
        return rendered

    def _legend(self) -> Iterator[Text]:
        """Each reason once, in words."""
        reasons = dict.fromkeys(item.reason for item in self.part.removed)
        if reasons:
            yield Text()
        for reason in reasons:
            yield Text.assemble((f"{reason:>24}  ", "dim"), WHY.get(reason, ""))


def _removed(item: Removed) -> Text:
    kind = KIND_OF.get(item.reason, item.reason)
    return Text(item.text.strip(), style=STYLES.get(kind, FURNITURE))


def _is_gap(repair: Repair) -> bool:
    return not repair.before.strip() and not repair.after.strip()
