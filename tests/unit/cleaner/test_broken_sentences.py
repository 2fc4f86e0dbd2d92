"""Sentences that a scraper broke at links and raised letters are whole again, and the input can be rebuilt."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.cleaner.fragments import goes_on
from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.services.cleaner.tiling import rebuild
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.stage import Rejected

WHOLE = [
    "The county opened its second shelter on Monday, a year after the first one, and invited all neighbours to have a look at it.",
    "Officers of the 81st precinct, who were called by a passer-by, were the first guests of the family justice centers, which are open at night.",
    "It is the only one of its kind in the state, said Maria Santos. “We, as a community, must help families,” she added on Monday.",
]
BROKEN = """The county opened its second shelter on Monday, a year after the first one, and invited all neighbours to have a look at it.
Officers of the 81
st
precinct, who were called by a passer-by, were the first guests of the
family justice centers
, which are open at night.
It is the only one of its kind in the
state
, said Maria Santos
. “We, as a community, must help families,” she added on Monday."""
KNOWN = PageContext(date(2024, 5, 18))


def test_sentences_are_put_together_and_paragraphs_stay_apart() -> None:
    part = clean_text(BROKEN, KNOWN)
    assert isinstance(part, CleanedPart)
    assert part.body.split("\n\n") == WHOLE
    assert len(part.blocks) == len(WHOLE)
    assert rebuild(part) == BROKEN


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("The walk from the station to the new shelter takes", "ten minutes"),
        ("The money for it will come from the county, and from the", "National Library Fund"),
        ("At about 1:15 p.m.", "on Monday the doors were opened"),
        ("SANTA ANA, Calif. –", "A man was sentenced today"),
        ("SANTA ANA", f"– {WHOLE[0]}"),
        ("CHICAGO", f"- {WHOLE[0]}"),
        ("The decision remains binding law in California. The published", "2nd"),
        ("At the corner of Main Street and East 82", "nd"),
        ("“We have listened to all of you,”", "the mayor"),
        ("Mayor Maria Santos", "opened the shelter on Monday, a year after the first one. She invited all neighbours to have a look."),
        ("B", "ooks were what the council talked about"),
        ("a 36-", "year-old neighbour"),
        ("said Maria Santos (", "who opened it"),
    ],
)
def test_what_reads_on_is_one_sentence(above: str, below: str) -> None:
    assert goes_on(above, below)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Council keeps its old library open after petition drive", "Ferry fares to rise again next year"),
        ("Best for", "Teams that need it at once"),
        ("two eggs", "a cup of sugar"),
        ("The council voted on Tuesday to keep the old library open.", "and that was it"),
        ("What the council decided on Tuesday after a long debate:", "the library stays open"),
        ("Three good reasons to keep a library in a small town open", "iOS and Android apps for it"),
        ("“We have listened to all of you, and to your children as well”", "said so on Tuesday"),
        ("https://example.org/a/very/long/address/that/goes/on/and/on", "see there"),
        ("Its score was 81", "The precinct lost."),
        ("A", "new library opens"),
        ("Open from 9 a.m. to 5 p.m.", "The library is closed on Sundays"),
        ("Two eggs", "– a cup of sugar"),
        ("Highlights", f"- {WHOLE[0]}"),
        ("Contact us", "example.org is run by volunteers, who answer every letter that they get. It may take a while."),
        ("June 23, 2025 at 9:32 am", "i think that the library should stay open, as it always has. All the best from us."),
        ("It was over.", "— And then?"),
    ],
)
def test_what_may_be_two_paragraphs_stays_two(above: str, below: str) -> None:
    assert not goes_on(above, below)


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*WHOLE, *BROKEN.splitlines()]) | st.text(max_size=60), min_size=1, max_size=12))
def test_any_input_is_rebuilt_to_the_character(lines: list[str]) -> None:
    page = "\n".join(lines)
    part = clean_text(page, KNOWN)
    if not isinstance(part, Rejected):
        assert rebuild(part) == page
        assert len(part.body.split("\n\n")) == len(part.blocks)
