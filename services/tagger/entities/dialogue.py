"""Speech behind a dash, as Spanish, French, Italian, Portuguese and Slavic papers print it.

—No hay plan —dijo la alcaldesa, Ida Fenn—. Ojalá lo hubiera.
— Nous n'avons pas de plan, a dit la maire, Ida Fenn.
— Плана нет, — сказала мэр Ида Фенн. — А жаль.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.clauses import Clauses
from copydesk.services.tagger.entities.quotations import Quotation

DASH = "—–―"
BEGINS = re.compile(rf"(?:[{DASH}]|-(?=[ \u00a0]))[ \u00a0]?(?=\w|[¿¡«“„])")
INNER = re.compile(rf"[ \u00a0]?[{DASH}][ \u00a0]?|[ \u00a0]-[ \u00a0]")


def find_dialogue(text: Text, clauses: Clauses) -> list[Quotation]:
    """What is said in the paragraphs that begin with a dash, without the clauses of saying, in order."""
    found: list[Quotation] = []
    for start in text.paragraph_starts if clauses.dashes else ():
        begin = BEGINS.match(text.body, start)
        if begin:
            found.extend(_turn(text.body, begin, text.paragraph_bounds(start)[1], clauses))
    return found


def _turn(body: str, begin: re.Match[str], end: int, clauses: Clauses) -> Iterator[Quotation]:
    end = begin.end() + len(body[begin.end() : end].rstrip())
    for start, stop in _spoken(body, [begin.span(), *(m.span() for m in INNER.finditer(body, begin.end(), end)), (end, end)], clauses):
        start += len(body[start:stop]) - len(body[start:stop].lstrip(" \u00a0.,;:"))  # —dijo X—. Ojalá lo hubiera.
        inserted = clauses.inserted.search(body, start, stop)
        stop = inserted.start() if inserted else stop
        if start < stop:
            yield Quotation(start, stop, start, stop, dialogue=True)


def _spoken(body: str, dashes: list[tuple[int, int]], clauses: Clauses) -> Iterator[tuple[int, int]]:
    """The runs of parts between dashes of which none begins with a verb of saying."""
    since: int | None = None
    for (_, left), (right, _) in pairwise(dashes):
        if left > dashes[0][1] and clauses.begins.match(body, left):
            if since is not None:
                yield since, _last_dash(dashes, left)
            since = None
        elif since is None:
            since = left
        if right == dashes[-1][0] and since is not None:
            yield since, right


def _last_dash(dashes: list[tuple[int, int]], left: int) -> int:
    """Where the dash begins that ends at `left`."""
    return next(start for start, end in dashes if end == left)
