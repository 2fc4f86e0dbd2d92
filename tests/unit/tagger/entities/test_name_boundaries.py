"""Boundary repair: what is part of a name and what is not."""

from __future__ import annotations

import pytest

from copydesk.services.tagger.entities.boundaries import mend_boundaries
from copydesk.services.tagger.entities.drafts import Draft
from copydesk.services.tagger.spans import RawSpan
from tests.unit.tagger.entities.marked import unmarked

PLACES = {"U.S.", "US", "Japan", "Japanese", "North Korea"}


def _repaired(marked: str) -> list[Draft]:
    body, spans = unmarked(marked)
    drafts = mend_boundaries(body, spans, PLACES.__contains__, PLACES.__contains__)
    assert all(body[d.start : d.end] == d.text for d in drafts)
    return drafts


@pytest.mark.parametrize(
    ("marked", "name", "title"),
    [
        ("[President Joe Biden|PERSON] left", "Joe Biden", "President"),
        ("[Prime Minister Fumio Kishida|PERSON]", "Fumio Kishida", "Prime Minister"),
        ("[Secretary of Defense Lloyd Austin|PERSON]", "Lloyd Austin", "Secretary of Defense"),
        ("[Japanese Prime Minister Fumio Kishida’s|PERSON] trip", "Fumio Kishida", "Japanese Prime Minister"),
        ("[former U.S. President Barack Obama|PERSON]", "Barack Obama", "former U.S. President"),
        ("[White House press secretary Jen Psaki|PERSON]", "Jen Psaki", "White House press secretary"),
        ("[Mr. Smith|PERSON] said", "Smith", "Mr."),
        ("Mr. [Smith|PERSON] said", "Smith", "Mr."),
        ("Attorney General [Merrick Garland|PERSON]", "Merrick Garland", "Attorney General"),
        ("[Stephen King|PERSON] wrote", "Stephen King", ""),
        ("[Martin Luther King Jr.|PERSON] spoke", "Martin Luther King Jr.", ""),
        ("[Robert Downey|PERSON] Jr. spoke", "Robert Downey Jr.", ""),
        ("[Duke of York|PERSON]", "Duke of York", ""),
        ("Mayor Pro [Tem Harry Sidhu|PERSON]", "Harry Sidhu", "Tem"),
        ("[DA Hestrin|PERSON] said", "Hestrin", "DA"),
        ("[da Silva|PERSON] said", "da Silva", ""),
    ],
)
def test_titles_are_no_part_of_a_name(marked: str, name: str, title: str) -> None:
    assert [(d.text, d.title) for d in _repaired(marked)] == [(name, title)]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[the White House|ORG]", ["White House"]),
        ("[The Hague|LOC] court", ["The Hague"]),
        ("in [theU.S.|LOC] and", ["U.S."]),
        ("[Russia’s|LOC] war", ["Russia"]),
        ("[Texas'|LOC] law", ["Texas"]),
        ("“[“Acme,”|ORG] he", ["Acme"]),
        ("the [U.S|LOC]. and", ["U.S."]),
        ("[U.S.-Japan|LOC] ties", ["U.S.", "Japan"]),
        ("[U.S. Japan|LOC] alliance", ["U.S.", "Japan"]),
        ("[US-led|LOC] force", ["US"]),
        ("the Attorney ([OCDA) Office|ORG]", ["OCDA"]),
        ("[North Korea|LOC]", ["North Korea"]),
        ("[Washington|LOC], [D.C|LOC]. on", ["Washington", "D.C."]),
        ("at [The Fourth Rail|ORG]. [The Daily Post|ORG] and [The Bateleurs|ORG]", ["The Fourth Rail", "Daily Post", "The Bateleurs"]),
        ("[George H. W|PERSON]. Bush", ["George H. W."]),
        ("[Acme Inc|ORG]. said", ["Acme Inc."]),
        ("[Adil Abdul|PERSON]-[Mahdi|PERSON]", ["Adil Abdul-Mahdi"]),
        ("[Trump|PERSON]-[Putin|PERSON] talks", ["Trump", "Putin"]),
        ("[Hayashi|PERSON] [Yoshimasa|PERSON]", ["Hayashi Yoshimasa"]),
        ("[Ahmed al|PERSON]-Assadi", ["Ahmed al-Assadi"]),
        ("[Bost|LOC]on", ["Boston"]),
        ("Mc[Donald|PERSON] and The[Geek|PERSON]", ["McDonald", "TheGeek"]),
        ("to the[U.S.|LOC] and", ["U.S."]),
    ],
)
def test_names_are_cut_to_themselves(marked: str, names: list[str]) -> None:
    assert [d.text for d in _repaired(marked)] == names


@pytest.mark.parametrize("marked", ["[Prime Minister|PERSON] went", "contact [Us|LOC]", "[“”|ORG]", "[month|DATE]", "[737|DATE]", "[20|DATE]"])
def test_what_is_no_name_is_dropped(marked: str) -> None:
    assert _repaired(marked) == []


def test_a_span_outside_of_the_body_is_an_error() -> None:
    with pytest.raises(ValueError, match="outside of the body of 3 characters"):
        mend_boundaries("abc", [RawSpan(1, 9, "PERSON")], PLACES.__contains__, PLACES.__contains__)
