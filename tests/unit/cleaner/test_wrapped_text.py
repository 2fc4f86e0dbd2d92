"""Text that was wrapped at a fixed width: its paragraphs are whole again, and the input can be rebuilt."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.cleaner.lines import split_lines
from copydesk.services.cleaner.repair import repair_block
from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.services.cleaner.tiling import rebuild
from copydesk.shared.records.cleaned import CleanedPart, Repair
from copydesk.shared.stage import Rejected

PARAGRAPHS = [
    "SPRINGFIELD, May 14 (UPI) — The council voted on Tuesday to keep the old library open, after more than two thousand residents had signed a "
    "petition against closing it. “We have listened,” the mayor said after the session, and added that work on the roof would begin soon.",
    "The opposition complained that the decision had taken almost a year, and asked for a plan for three other buildings that need urgent repair. "
    "The well-known architect who built them had warned of it, and theU.S. embassy had offered its help.",
    "Built in 1924, the library has about eight hundred visitors a week, most of them pupils of the schools nearby, who read there in the afternoon.",
    "A second vote, on the money, is to follow in June.The mayor said that he expected a clear majority, since nobody wants to be blamed for a ruin.",
]
MENU = "Home\nNews\nSports\nWeather"
FOOTER = "© 2024 Example News. All rights reserved."
KNOWN = PageContext(date(2024, 5, 18))


def wrapped(paragraphs: list[str], width: int, line_break: str = "\n", **options: str) -> str:
    text = "\n\n".join([MENU, *(textwrap.fill(paragraph, width, **options) for paragraph in paragraphs), FOOTER])  # type: ignore[arg-type]
    return text.replace("\n", line_break)


def cleaned(page: str) -> CleanedPart:
    part = clean_text(page, KNOWN)
    assert isinstance(part, CleanedPart), part
    return part


@pytest.mark.parametrize("line_break", ["\n", "\r\n", " \n"])
@pytest.mark.parametrize("width", [65, 72, 80])
def test_wrapped_text_is_cleaned_like_text_that_is_not(width: int, line_break: str) -> None:
    part, plain = cleaned(wrapped(PARAGRAPHS, width, line_break)), cleaned("\n\n".join([MENU, *PARAGRAPHS, FOOTER]))
    assert (part.body, part.dateline) == (plain.body, plain.dateline)
    assert len(part.blocks) == len(PARAGRAPHS)


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from(PARAGRAPHS) | st.text(max_size=200), min_size=1, max_size=8),
    st.integers(40, 110),
    st.sampled_from(["\n", "\r\n", "\n  ", "\x0c"]),
)
def test_wrapped_input_is_rebuilt_to_the_character(paragraphs: list[str], width: int, line_break: str) -> None:
    page = wrapped(paragraphs, width, line_break)
    part = clean_text(page, KNOWN)
    if isinstance(part, Rejected):
        return
    assert rebuild(part) == page
    assert len(part.body.split("\n\n")) == len(part.blocks)


def test_indented_paragraphs_without_blank_lines_stay_apart() -> None:
    page = wrapped(PARAGRAPHS, 72, initial_indent="    ").replace("\n\n", "\n")
    assert [" ".join(block.text.split()) for block in split_lines(page)[4:-1]] == PARAGRAPHS


def test_a_word_that_was_broken_at_its_hyphen_is_whole() -> None:
    assert repair_block("The well-\nknown  architect", 10) == ("The well-known architect", [Repair(19, 20, "\n", ""), Repair(25, 27, "  ", " ")])


@pytest.mark.parametrize(
    "lines",
    [
        ["Council keeps its old library open after long petition drive", "Ferry fares to rise again next year", "Storm closes the harbour bridge"]
        * 4,
        ["Roses are red and violets are blue, and this line is long,", "and the one that follows it is not.", "It ends here, like a verse."] * 5,
        ["One sentence on a line of its own that ends in a full stop here.", "Another one that is as long as it, and ends just like that too."] * 5,
        ["Short"] * 20,
    ],
)
def test_other_lines_stay_apart(lines: list[str]) -> None:
    assert [block.text for block in split_lines("\n".join(lines))] == lines
