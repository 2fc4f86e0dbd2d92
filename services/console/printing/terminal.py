"""rich's console as every command uses it: what others wrote reaches it as text and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import IO, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from copydesk.shared.printable import printable

Say = Callable[[str], None]  # takes a line for a person


class Terminal(Console):
    """rich's console, with texts taken as they are (no markup, no emoji codes) and made printable whoever made them.

    Into a pipe it writes no blanks at the ends of lines.
    """

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)


def console(file: IO[str] | None = None, stderr: bool = False, **options: Any) -> Terminal:
    """A console for a command; `options` are rich's."""
    return Terminal(file=file, stderr=stderr, markup=False, emoji=False, highlight=False, **options)
