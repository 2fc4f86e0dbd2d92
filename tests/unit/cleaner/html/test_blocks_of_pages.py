"""How a page falls into blocks, and what happens to its characters."""

from __future__ import annotations

import lxml.html
import pytest

from copydesk.services.cleaner.html.blocks import HtmlBlock, blocks
from copydesk.services.cleaner.html.plain_text import one_line, visible


def _blocks(html: str) -> list[HtmlBlock]:
    return blocks(lxml.html.document_fromstring(html))


@pytest.mark.parametrize(
    "html,texts",
    [
        ("<p>One <b>bold</b> word</p><p>Two</p>", ["One bold word", "Two"]),
        ("<div>above<p>inside</p>below</div>", ["above", "inside", "below"]),
        ("<p>a<br><br>b<br>c</p>", ["a", "b\nc"]),
        ("<table><tr><td>Goals</td><td>3</td></tr><tr><th>Points</th><td> </td></tr></table>", ["Goals | 3", "Points"]),
        ("<ul><li>x<ul><li>y</li></ul>z</li></ul>", ["x", "y", "z"]),
        ("<script>no</script><style>no</style><noscript>no</noscript><p>yes<!-- no --></p>", ["yes"]),
        ("<p>  white \n\t space </p>", ["white space"]),
    ],
)
def test_a_page_falls_into_blocks(html: str, texts: list[str]) -> None:
    assert [block.text for block in _blocks(html)] == texts


def test_a_block_knows_how_much_of_it_is_linked_and_bold() -> None:
    (block,) = _blocks("<p><a href='/'>four</a> <strong>bold</strong> rest</p>")
    assert (block.linked, block.bold, block.element.tag) == (4, 4, "p")


def test_nesting_costs_no_recursion() -> None:
    html = "<div>" * 1_500 + "deep" + "</div>" * 1_500
    assert [block.text for block in _blocks(html)] in ([], ["deep"])  # the parser may stop before


@pytest.mark.parametrize(
    "text,expected",
    [
        ("gov\u00adern\u200bment", "government"),
        ("\u202aleft\u202c \u200fright", "left right"),
        ("cafe\u0301", "café"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # the joiner is spelling
        ("क्\u200dष", "क्\u200dष"),
        ("word\u200d", "word"),
        ("a\u00a0\u00a0b \n \n c", "a b\nc"),
        ("bell\u0007", "bell"),
    ],
)
def test_invisible_characters_go_and_joiners_of_spelling_stay(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_one_line_is_one_line() -> None:
    assert one_line(" a\n b ") == "a b"
