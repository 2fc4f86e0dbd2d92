"""A comparison for a person: counts, what changed most often, examples."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from copydesk.services.console.comparing.comparison import Comparison
from copydesk.services.console.printing.words import counted
from copydesk.shared.records.plain import Record

LISTED = 10  # changes of one article, and names that changed
SIGNS = (("was", "- ", "red"), ("now", "+ ", "green"))


def picture(found: Comparison) -> RenderableType:
    """All of it, one above the other."""
    return Group(*_versions(found), _counts(found), *_names(found), *_examples(found))


def summary(found: Comparison) -> str:
    """`120 articles, 3 of them differ`"""
    return f"{counted(found.articles, 'article')}, {found.articles - found.equal:,} of them differ"


def _versions(found: Comparison) -> Iterator[RenderableType]:
    for title, versions in zip(("old", "new"), found.versions, strict=True):
        if versions:
            yield Text.assemble((f"{title}  ", "bold"), ", ".join(sorted(versions)))


def _counts(found: Comparison) -> RenderableType:
    table = Table(Column(), Column(justify="right"), box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_row("articles", f"{found.articles:,}")
    table.add_row("equal", f"{found.equal:,}")
    for kind, count in found.kinds.most_common():
        fields = f" ({', '.join(f'{name} {number:,}' for name, number in found.fields.most_common(LISTED))})" if kind == "fields" else ""
        table.add_row(f"{kind}{fields}", f"{count:,}")
    return table


def _names(found: Comparison) -> Iterator[RenderableType]:
    if not found.entities:
        return
    yield Text("\nentities that changed most often", style="bold")
    for (was, now), count in found.entities.most_common(LISTED):
        yield Text.assemble(f"{count:>6,}  ", (was or "not found", "red"), " → ", (now or "not found", "green"))


def _examples(found: Comparison) -> Iterator[RenderableType]:
    for kind, examples in found.examples.items():
        yield Text(f"\n{kind}", style="bold")
        for example in examples:
            yield Text.assemble(example["title"] or "Without a title", (f"  {example['article_id']}", "dim"))
            yield from _changes(example)


def _changes(example: Record) -> Iterator[RenderableType]:
    shown = example["changes"][:LISTED]
    for change in shown:
        name = f"{change['field']}: " if "field" in change else ""
        for side, sign, colour in SIGNS:
            if change[side] is not None:
                yield Padding(Text(f"{sign}{name}{change[side]}", style=colour), (0, 0, 0, 2))
    if left := len(example["changes"]) - len(shown):
        yield Padding(Text(f"and {left:,} more", style="dim"), (0, 0, 0, 2))
