"""Golden: who and what the two seeds speak of, from spans as a model would give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.services.tagger.entities import EntitiesResult, default_resolver
from tests.unit.tagger.entities.marked import check_offsets, everywhere, named

SEEDS = Path(__file__).resolve().parents[4] / "seeds"
COMMON = {
    "Joe Biden": "PERSON", "Biden": "PERSON", "Fumio Kishida": "PERSON", "Kishida": "PERSON", "White House": "ORG", "Ukraine": "LOC",
    "Russia": "LOC", "North Korea": "LOC", "Taiwan": "LOC", "China": "LOC", "Japan": "LOC", "Washington": "LOC", "Friday": "DATE",
}  # fmt: skip
FIRST = COMMON | {
    "President Joe Biden": "PERSON", "Prime Minister Fumio Kishida": "PERSON", "the White House": "ORG", "U.S.": "LOC", "Russia’s": "LOC",
    "Secretary of Defense Lloyd Austin": "PERSON", "Secretary of State Antony Blinken": "PERSON", "State Department": "ORG",
    "Foreign Minister Hayashi Yoshimasa": "PERSON", "Defense Minister Hamada Yasukasu": "PERSON", "Foreign Ministry": "ORG",
}  # fmt: skip
SECOND = COMMON | {"Kashida": "PERSON", "Jen Psaki": "PERSON", "Donald Trump": "PERSON", "US": "LOC", "United States": "LOC", "Moscow": "LOC"}


def _body(name: str, first: str, after: str) -> str:
    text = next(SEEDS.glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    return text[text.rindex(first) : text.index(after)].rstrip()


def _resolved(body: str, names: dict[str, str], title: str) -> EntitiesResult:
    result = default_resolver().resolve(body, everywhere(body, names), title, "en")
    check_offsets(body, result)
    return result


@pytest.fixture(scope="module")
def summit() -> EntitiesResult:
    body = _body("000", "U.S. President Joe Biden is meeting with", "Latest news")
    return _resolved(body, FIRST, "President Joe Biden and Japanese Prime Minister Fumio Kishida meet for U.S.-Japan summit")


@pytest.fixture(scope="module")
def talks() -> EntitiesResult:
    return _resolved(
        _body("004", "US President Joe Biden and Japanese", "Stay tuned"), SECOND, "Biden talks with Japan to focus on security in Asia-Pacific"
    )


def test_people_and_places_of_the_summit(summit: EntitiesResult) -> None:
    people = {e.canonical for e in summit.entities if e.type == "PERSON"}
    assert people == {"Joe Biden", "Fumio Kishida", "Lloyd Austin", "Antony Blinken", "Hayashi Yoshimasa", "Hamada Yasukasu"}
    links = {e.canonical: e.link.id for e in summit.entities if e.link and e.type == "GPE"}
    assert links == {
        "United States": "iso3166:US", "Japan": "iso3166:JP", "Russia": "iso3166:RU", "Ukraine": "iso3166:UA", "North Korea": "iso3166:KP",
        "Taiwan": "iso3166:TW", "China": "iso3166:CN", "Washington, D.C.": "geonames:4140963",
    }  # fmt: skip
    assert {"White House", "State Department", "Quad", "Foreign Ministry"} == {e.canonical for e in summit.entities if e.type == "ORG"}
    assert [e.canonical for e in summit.entities if e.type == "MONEY"] == ["$313 billion"]


def test_the_summit_is_about_its_two_leaders_and_countries(summit: EntitiesResult) -> None:
    most = sorted(summit.entities, key=lambda e: -e.salience)[:6]
    assert {"United States", "Joe Biden", "Fumio Kishida", "Japan"} <= {e.canonical for e in most}
    assert named(summit, "China").salience < 0.3


def test_a_glued_article_does_not_hide_the_country(summit: EntitiesResult) -> None:
    assert {m.text for m in named(summit, "United States").mentions} == {"U.S."}


def test_quotes_of_the_summit(summit: EntitiesResult) -> None:
    speakers = [(q.text.split()[0], q.speaker) for q in summit.quotes]
    assert ("Over", "White House") in speakers
    assert ("The", None) in speakers and ("Guided", None) in speakers  # “the document said” names nobody


def test_a_misspelt_name_is_merged(talks: EntitiesResult) -> None:
    kishida = named(talks, "Fumio Kishida")
    assert {m.text for m in kishida.mentions} == {"Fumio Kishida", "Kishida", "Kashida"}
    assert "Kashida" not in {e.canonical for e in talks.entities}


def test_people_and_places_of_the_talks(talks: EntitiesResult) -> None:
    assert {e.canonical for e in talks.entities if e.type == "PERSON"} == {"Joe Biden", "Fumio Kishida", "Jen Psaki", "Donald Trump"}
    assert {m.text for m in named(talks, "United States").mentions} == {"US", "United States"}
    for name in ("Japan", "Russia", "Ukraine", "North Korea", "China", "Taiwan", "White House"):
        assert named(talks, name).link is not None
    assert not {"NATO", "UPI", "ASEAN"} & {e.canonical for e in talks.entities}


def test_a_quote_of_the_press_secretary(talks: EntitiesResult) -> None:
    assert [q.speaker for q in talks.quotes if q.text == "free and open Indo-Pacific"] == ["Jen Psaki"]
