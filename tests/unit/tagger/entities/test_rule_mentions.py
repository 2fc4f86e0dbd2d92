"""Mentions that rules find: money, percentages, addresses, tickers, dates, nationalities, countries, kinds of places."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import named, resolve_marked


def _of(marked: str, label: str) -> list[str]:
    return [m.text for e in resolve_marked(marked).entities if e.type == label for m in e.mentions]


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("It cost $313 billion, then €5.5 million and US$1,000.", "MONEY", ["$313 billion", "€5.5 million", "US$1,000"]),
        ("It cost 1.7 billion dollars and five million euros.", "MONEY", ["1.7 billion dollars", "five million euros"]),
        ("He weighs the pound and the euro.", "MONEY", []),
        ("Up 95%, down 3.5 percent, 10 per cent, two percentage points.", "PERCENT", ["95%", "3.5 percent", "10 per cent", "two percentage points"]),
        ("See https://example.org/a/very/long/path/that/goes/on/and/on/for/ever?q=1 now.", "URL",
         ["https://example.org/a/very/long/path/that/goes/on/and/on/for/ever?q=1"]),
        ("See www.example.com for more", "URL", ["www.example.com"]),
        ("Acme (NYSE: ACM) and Gizmo (NASDAQ:GZMO) rose; $TSLA fell.", "TICKER", ["NYSE: ACM", "NASDAQ:GZMO", "$TSLA"]),
        ("On Nov. 13, 2022 and 21 January 2022, Friday, in 2019, May 2020 and 2020-01-31.", "DATE",
         ["Nov. 13, 2022", "21 January 2022", "Friday", "2019", "May 2020", "2020-01-31"]),
        ("He may march in may; 2,000 of 1984 units.", "DATE", ["1984"]),
        ("On Saturday, January 3, 2015 they met.", "DATE", ["Saturday, January 3, 2015"]),
        ("French, Italian and Iraqi leaders; the Muslims.", "NORP", ["French", "Italian", "Iraqi", "Muslims"]),
        ("Leaders of Japan and South Korea met.", "GPE", ["Japan", "South Korea"]),
        ("CONTACT US NOW", "GPE", []),
        ("They met through the Quad. A quad bike. Quad skates.", "ORG", ["Quad"]),
    ],
)  # fmt: skip
def test_found_without_a_model(text: str, label: str, found: list[str]) -> None:
    assert _of(text, label) == found


def test_a_known_name_takes_the_place_of_its_parts() -> None:
    assert _of("the [Indo|LOC]-Pacific and [Asia|LOC]-[Pacific|LOC]", "LOC") == ["Indo-Pacific", "Asia-Pacific"]


def test_a_whole_date_takes_the_place_of_its_parts() -> None:
    assert _of("heard on [Aug. 24|DATE], [2018|DATE], and on [Sunday night|DATE]", "DATE") == ["Aug. 24, 2018", "Sunday night"]
    assert _of("[Theresa May|PERSON] 2018", "DATE") == []


def test_a_weekday_is_no_part_of_a_name() -> None:
    result = resolve_marked("at the [White House Friday|ORG] to talk; [Black Friday|EVENT] came")
    assert _of("at the [White House Friday|ORG] to talk", "DATE") == ["Friday"]
    assert named(result, "White House").count == 1
    assert named(result, "Black Friday").type == "EVENT"


@pytest.mark.parametrize(
    ("marked", "label"),
    [
        ("in [Paris|LOC] today", "GPE"),
        ("in [Bavaria|LOC] today", "GPE"),
        ("across [Africa|LOC] today", "LOC"),
        ("in the [Middle East|LOC]", "LOC"),
        ("on [Lake Victoria|LOC]", "LOC"),
        ("the [Zambezi River|LOC]", "LOC"),
        ("at [Sola Airport|LOC]", "FAC"),
        ("at [Baghdad International Airport|ORG]", "FAC"),
        ("on [Jay Street|LOC]", "FAC"),
        ("in [Jones County|LOC]", "GPE"),
        ("the village of [Xyloton|LOC]", "GPE"),
        ("deep in the [Xyloton|LOC] they", "LOC"),
        ("in [Xyloton|LOC], where", "GPE"),
    ],
)
def test_kinds_of_places(marked: str, label: str) -> None:
    assert [e.type for e in resolve_marked(marked).entities if e.type != "DATE"] == [label]


def test_a_nationality_is_no_place() -> None:
    assert named(resolve_marked("the [Turkish|LOC] army and [Turkey|NORP]"), "Turkish").type == "NORP"
    assert named(resolve_marked("the [Turkish|LOC] army and [Turkey|NORP]"), "Turkey").type == "GPE"


def test_other_languages_keep_to_names() -> None:
    result = resolve_marked("[Angela Merkel|PERSON] war am Friday in [Berlin|LOC]. „Ja“, sagte [Merkel|PERSON].", language="de")
    assert [(e.canonical, e.type) for e in result.entities] == [("Angela Merkel", "PERSON"), ("Berlin", "GPE")]
    assert [(q.text, q.speaker) for q in result.quotes] == [("Ja", "Angela Merkel")]


def test_an_abbreviated_place_is_no_person() -> None:
    washington = named(resolve_marked("in [Washington|LOC], [D.C.|PERSON], where"), "Washington, D.C.")
    assert [m.text for m in washington.mentions] == ["Washington", "D.C."]
