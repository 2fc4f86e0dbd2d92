"""Tables of figures, and tables that only lay out a page: menu, text and a column of links side by side."""

from __future__ import annotations

from lxml.html import HtmlElement

LONGEST_CELL = 200  # characters of a cell of figures
PARTS = ("p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "hr", "form", "center", "blockquote")
MOST_PARTS = 2  # in a cell of figures


def lays_out(table: HtmlElement) -> bool:
    """Whether a table lays out the page: it says so, has another in it, one column, or a cell with more than a figure in it."""
    if table.get("role") in ("presentation", "none"):
        return True
    inside = list(table.iter())
    names = {element.tag for element in inside[1:]}
    if names & {"table"}:
        return True
    if names & {"th", "caption", "thead"}:
        return False
    cells = [element for element in inside if element.tag == "td"]
    return _columns(inside) < 2 or any(_is_more_than_a_figure(cell) for cell in cells)


def _columns(inside: list[HtmlElement]) -> int:
    return max((sum(1 for cell in row if cell.tag == "td") for row in inside if row.tag == "tr"), default=0)


def _is_more_than_a_figure(cell: HtmlElement) -> bool:
    parts = sum(1 for _ in cell.iterdescendants(*PARTS))
    breaks = sum(
        1 for line in cell.iterdescendants("br") if line.getnext() is not None and line.getnext().tag == "br" and not (line.tail or "").strip()
    )
    return parts > MOST_PARTS or breaks > 0 or len("".join(cell.itertext())) > LONGEST_CELL
