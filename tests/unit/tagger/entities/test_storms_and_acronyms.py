"""Names that a model takes for people's: storms, organisations beside their acronym; and the first of two surnames."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import named, resolve_marked


@pytest.mark.parametrize(
    "marked",
    [
        "Hurricane [Lorenzo|PERSON] hit the coast. [Lorenzo|PERSON] moved on.",
        "[Hurricane Lorenzo|MISC] hit the coast. [Lorenzo|PERSON] moved on.",
        "[Lorenzo|PERSON] came. Hurricane [Lorenzo|PERSON] left.",
    ],
)
def test_a_storm_is_an_event_also_by_its_bare_name(marked: str) -> None:
    result = resolve_marked(marked)
    assert [(e.canonical, e.type, e.count) for e in result.entities] == [("Hurricane Lorenzo", "EVENT", 2)]


def test_somebody_named_like_the_storm_in_full_stays_a_person() -> None:
    result = resolve_marked("Tropical Storm [Harris|PERSON] formed. [Ann Harris|PERSON] said no. [Harris|PERSON] left.")
    assert named(result, "Ann Harris").count == 2
    assert named(result, "Tropical Storm Harris").type == "EVENT"


def test_a_person_after_the_word_storm_in_lower_case_stays_one() -> None:
    assert named(resolve_marked("After the storm [Lorenzo|PERSON] left."), "Lorenzo").type == "PERSON"


@pytest.mark.parametrize("label", ["PERSON", "MISC", "ORG"])
def test_a_long_form_before_its_acronym_is_an_organisation(label: str) -> None:
    result = resolve_marked(f"[All Elite Wrestling|{label}] ([AEW|ORG]) grew. [AEW|ORG] paid.")
    assert [(e.canonical, e.type, e.count) for e in result.entities] == [("All Elite Wrestling", "ORG", 3)]


def test_a_person_before_other_letters_in_brackets_stays_one() -> None:
    result = resolve_marked("[Ann Marlow|PERSON] ([NBC|ORG]) asked.")
    assert named(result, "Ann Marlow").type == "PERSON"


def test_the_first_of_two_surnames_joins_the_one_who_bears_both() -> None:
    result = resolve_marked("[Ricardo Rosselló Nevares|PERSON] resigned. [Rosselló|PERSON] wept.")
    assert named(result, "Ricardo Rosselló Nevares").count == 2


def test_the_first_of_two_surnames_that_two_bear_joins_nobody() -> None:
    result = resolve_marked("[Ricardo Rosselló Nevares|PERSON] and [Ana Rosselló Paz|PERSON] left. [Rosselló|PERSON] wept.")
    assert named(result, "Rosselló").count == 1
