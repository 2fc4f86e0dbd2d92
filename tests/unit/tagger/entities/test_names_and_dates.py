"""What is a name and where it ends, what is a date, and the one canonical name of a place."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import named, resolve_marked


def _names(marked: str) -> list[tuple[str, str]]:
    return [(e.canonical, e.type) for e in resolve_marked(marked).entities if e.type not in {"DATE", "MONEY"}]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("It cost [US|LOC]$ 5 and [US|ORG]$-denominated debt.", []),
        ("They signed an [MoU|ORG] on [LNG|ORG] before [MPs|ORG] voted.", []),
        ("The [Modern Language Association|ORG] ([MLA|ORG]) met.", [("Modern Language Association", "ORG")]),
        ("The [Druze|LOC] and the [Houthis|ORG] and [Islam|LOC].", [("Druze", "NORP"), ("Houthis", "NORP"), ("Islam", "MISC")]),
        ("across the [Kingdom|LOC] they", []),
        ("[Gayle King|PERSON] came. [King|PERSON] said so.", [("Gayle King", "PERSON")]),
        ("Mr. [King|PERSON] said so; [Mr. King|PERSON] left.", [("King", "PERSON")]),
        ("the [King|PERSON] left", []),
        ("[Acme|ORG] Inc. rose", [("Acme Inc.", "ORG")]),
        ("[Acme|ORG], Inc. rose", [("Acme, Inc.", "ORG")]),
        ("[Johnson|ORG] & [Johnson|ORG] rose", [("Johnson & Johnson", "ORG")]),
        ("the [University|ORG] of [Texas|LOC] said", [("University of Texas", "ORG")]),
        ("the [Company|ORG] of [Texas|LOC]", [("Texas", "GPE")]),
    ],
)  # fmt: skip
def test_names(marked: str, names: list[tuple[str, str]]) -> None:
    assert _names(marked) == names


@pytest.mark.parametrize(
    "date",
    ["Friday", "last Friday", "Sunday night", "May 3", "early May", "1984", "the 1990s", "the 19th century", "2020-01-31", "Christmas",
     "Easter Sunday",     "the summer of 2019", "today", "Jan. 13", "mid-January", "the 5th", "06/02/2024"],
)  # fmt: skip
def test_dates(date: str) -> None:
    assert [m.text for e in resolve_marked(f"They met then: [{date}|DATE].").entities if e.type == "DATE" for m in e.mentions]


@pytest.mark.parametrize(
    "date", ["next year", "Last week", "two days", "recent years", "This month", "six months", "the past decade", "9 a.m.", "Two years"]
)
def test_spans_of_time_are_no_dates(date: str) -> None:
    assert [m.text for e in resolve_marked(f"They met then: [{date}|DATE].").entities if e.type == "DATE" for m in e.mentions] == []


@pytest.mark.parametrize(
    "marked", ["in [Washington|LOC], [D.C.|LOC], where", "in [DC|LOC], [Washington|LOC], D.C.", "in [Washington, DC|LOC]", "in [D.C.|LOC]"]
)
def test_a_place_has_one_canonical_name(marked: str) -> None:
    assert named(resolve_marked(marked), "Washington, D.C.").type == "GPE"


@pytest.mark.parametrize(
    ("marked", "links"),
    [
        ("in [Ohio|LOC], [Pennsylvania|LOC], [Georgia|LOC] and [Washington|LOC].", ["US-OH", "US-PA", "US-GA", "US-WA"]),
        ("[Oregon|LOC], [Washington|LOC] and [Idaho|LOC] voted.", ["US-OR", "US-WA", "US-ID"]),
        ("in [New York|LOC], [Vermont|LOC], and [Maine|LOC]", ["US-NY", "US-VT", "US-ME"]),
        ("[Vermont|LOC], [Maine|LOC]", ["US-VT", "US-ME"]),
    ],
)  # fmt: skip
def test_states_in_a_list(marked: str, links: list[str]) -> None:
    assert [e.link.id.removeprefix("iso3166-2:") for e in resolve_marked(marked).entities if e.link] == links


def test_a_city_of_a_state_is_no_list() -> None:
    result = resolve_marked("from [Seattle|LOC], [Washington|LOC], to [Albany|LOC], [New York|LOC], and [Boston|LOC]")
    assert [e.link.id for e in result.entities if e.link and e.link.id.startswith("iso")] == ["iso3166-2:US-WA", "iso3166-2:US-NY"]
