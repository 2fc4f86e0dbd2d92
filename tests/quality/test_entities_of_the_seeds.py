"""Golden, end to end: the two seeds through cleaner, accurate model and article-level pass."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import CleanerStage
from copydesk.services.tagger.settings import TaggerSettings
from copydesk.services.tagger.stage import TaggerReads, create
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.records.enriched import EntitiesPart, Entity
from copydesk.shared.records.raw import RawArticle, complete
from copydesk.shared.stage import Enriched

SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))
NAMES = ("000", "004")


@pytest.fixture(scope="module")
def tagged() -> dict[str, tuple[str, list[Entity]]]:
    cleaner, tagger = CleanerStage(CleanerSettings()), create(TaggerSettings())
    found = {}
    for path in SEEDS:
        given = complete({"content": path.read_text(encoding="utf-8")}, datetime(2024, 5, 18, tzinfo=UTC))
        (cleaned,) = cleaner.process([RawArticle.model_validate(given)])
        assert isinstance(cleaned, Enriched) and isinstance(cleaned.part, CleanedPart)
        (outcome,) = tagger.process([TaggerReads(body=cleaned.part.body, title=cleaned.part.title, language="en")])
        assert isinstance(outcome, Enriched) and isinstance(outcome.part, EntitiesPart) and outcome.part.entities is not None
        found[path.name[:3]] = cleaned.part.body, outcome.part.entities
    return found


EXPECTED = {
    "000": {
        "PERSON": {"Joe Biden", "Fumio Kishida", "Lloyd Austin", "Antony Blinken", "Hayashi Yoshimasa", "Hamada Yasukasu"},
        "GPE": {"United States", "Japan", "Russia", "Ukraine", "North Korea", "Taiwan", "China"},
        "ORG": {"White House", "State Department", "Quad"},
    },
    "004": {
        "PERSON": {"Joe Biden", "Fumio Kishida", "Jen Psaki", "Donald Trump"},
        "GPE": {"United States", "Japan", "Russia", "Ukraine", "North Korea", "Taiwan", "China"},
        "ORG": {"White House"},
    },
}


@pytest.mark.parametrize("seed", NAMES)
def test_who_and_what_the_seeds_speak_of(tagged: dict[str, tuple[str, list[Entity]]], seed: str) -> None:
    body, entities = tagged[seed]
    by_type = {kind: {e.canonical for e in entities if e.type == kind} for kind in EXPECTED[seed]}
    for kind, names in EXPECTED[seed].items():
        assert names <= by_type[kind], f"missing: {names - by_type[kind]}"
    assert by_type["PERSON"] == EXPECTED[seed]["PERSON"]
    assert all(body[m.start : m.end] == m.text for e in entities for m in e.mentions)
    assert all(e.link for e in entities if e.canonical in EXPECTED[seed]["GPE"])


def test_the_misspelt_name_is_merged(tagged: dict[str, tuple[str, list[Entity]]]) -> None:
    _, entities = tagged["004"]
    (kishida,) = [e for e in entities if e.canonical == "Fumio Kishida"]
    assert {"Kashida", "Kishida", "Fumio Kishida"} == {m.text for m in kishida.mentions}


@pytest.mark.parametrize("seed", NAMES)
def test_nothing_comes_from_removed_blocks(tagged: dict[str, tuple[str, list[Entity]]], seed: str) -> None:
    _, entities = tagged[seed]
    assert not {"UPI", "License Photo", "London", "NATO", "Amazon", "Turkey", "Qatar"} & {e.canonical for e in entities}


def test_a_part_of_a_title_a_law_and_a_time_are_no_organisations_and_dates(tagged: dict[str, tuple[str, list[Entity]]]) -> None:
    _, entities = tagged["000"]
    assert not {"Defense", "State", "National Security Strategy"} & {e.canonical for e in entities if e.type == "ORG"}
    assert not [e.canonical for e in entities if e.type == "DATE" and ":" in e.canonical]


@pytest.mark.parametrize("seed", NAMES)
def test_the_two_leaders_and_their_countries_stand_out(tagged: dict[str, tuple[str, list[Entity]]], seed: str) -> None:
    _, entities = tagged[seed]
    first = {e.canonical for e in sorted(entities, key=lambda e: -e.salience)[:6]}
    assert {"Joe Biden", "Fumio Kishida", "United States", "Japan"} <= first
