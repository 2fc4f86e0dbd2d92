"""Mentions of one entity come together; those of two stay apart."""

from __future__ import annotations

import pytest

from copydesk.services.tagger.entities.organisations import initials, normal
from copydesk.services.tagger.entities.spelling import is_misspelling
from tests.unit.tagger.entities.marked import named, resolve_marked


def _texts(marked: str, canonical: str) -> list[str]:
    return [m.text for m in named(resolve_marked(marked), canonical).mentions]


def test_surname_and_title_join_the_full_name() -> None:
    marked = "President [Biden|PERSON] spoke. [Joe Biden|PERSON] left. [Biden|PERSON] rested."
    assert _texts(marked, "Joe Biden") == ["Biden", "Joe Biden", "Biden"]


def test_family_name_first() -> None:
    assert _texts("[Hayashi Yoshimasa|PERSON] met staff. [Hayashi|PERSON] smiled.", "Hayashi Yoshimasa") == ["Hayashi Yoshimasa", "Hayashi"]


def test_middle_names_and_initials() -> None:
    marked = "[Edward J. DeBartolo Jr.|PERSON] sold it. [Edward DeBartolo|PERSON] won. [DeBartolo|PERSON] wept."
    assert len(named(resolve_marked(marked), "Edward J. DeBartolo Jr.").mentions) == 3


def test_honorifics_tell_namesakes_apart() -> None:
    result = resolve_marked("[Karen Vole|PERSON] and Mr. [Peter Vole|PERSON] came. Mrs. [Vole|PERSON] sat. Mr. [Vole|PERSON] stood.")
    assert [m.text for m in named(result, "Peter Vole").mentions] == ["Peter Vole", "Vole"]
    assert named(result, "Karen Vole").count == 2


def test_a_namesake_of_the_same_paragraph_goes_first() -> None:
    result = resolve_marked(
        "[Ann Marlow|PERSON] leads.\n\nHer aunt [Beth Marlow|PERSON] retired. [Marlow|PERSON] was 60.\n\n[Ann Marlow|PERSON] cheered."
    )
    assert named(result, "Beth Marlow").count == 2


def test_of_two_namesakes_in_one_sentence_its_subject_goes_first() -> None:
    result = resolve_marked(
        "[James Marlow|PERSON] was charged with killing his wife, [Ann Marlow|PERSON]. He was held. At the time [Marlow|PERSON] was free."
    )
    assert named(result, "James Marlow").count == 2


def test_a_misspelt_surname_joins_the_right_one() -> None:
    assert _texts("[Fumio Kishida|PERSON] flew in. [Kashida|PERSON] bowed.", "Fumio Kishida") == ["Fumio Kishida", "Kashida"]


def test_a_misspelt_full_name_is_mended_by_the_gazetteer() -> None:
    entity = named(resolve_marked("[Fumio Kashida|PERSON], prime minister, flew in."), "Fumio Kishida")
    assert entity.link is not None and entity.link.id == "copydesk:fumio-kishida"


def test_two_people_with_like_surnames_stay_two() -> None:
    result = resolve_marked("[Anna Marten|PERSON] met [Karl Martin|PERSON]. [Marten|PERSON] left, [Martin|PERSON] stayed.")
    assert [(e.canonical, e.count) for e in result.entities] == [("Anna Marten", 2), ("Karl Martin", 2)]


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("kashida", "kishida", True), ("zelenskiy", "zelenskyy", True), ("blinkin", "blinken", True), ("putin", "butin", False),
        ("marin", "marino", False), ("johnson", "johnston", True), ("lee", "leo", False), ("kishida", "kishida", False),
    ],
)  # fmt: skip
def test_misspelt(word: str, known: str, expected: bool) -> None:
    assert is_misspelling(word, known) is expected


def test_acronym_and_long_form() -> None:
    marked = "The [Popular Mobilization Forces|ORG] ([PMF|ORG]) left. [PMF|ORG] men went."
    assert _texts(marked, "Popular Mobilization Forces") == ["Popular Mobilization Forces", "PMF", "PMF"]


def test_an_acronym_finds_its_long_form_without_brackets() -> None:
    marked = "The [Association of Southeast Asian Nations|ORG] met. [ASEAN|ORG] agreed."
    assert _texts(marked, "ASEAN") == ["Association of Southeast Asian Nations", "ASEAN"]


def test_an_acronym_of_two_long_forms_stays_alone() -> None:
    result = resolve_marked("[Port Sand Council|ORG] and [Public Safety Club|ORG] met. The [PSC|ORG] agreed.")
    assert named(result, "PSC").count == 1


def test_department_in_both_orders_and_company_suffixes() -> None:
    assert _texts("The [Department of Health|ORG] and the [Health Department|ORG].", "Department of Health") == [
        "Department of Health",
        "Health Department",
    ]
    assert _texts("[Gorman Inc.|ORG] grew. [Gorman|ORG] hired.", "Gorman Inc.") == ["Gorman Inc.", "Gorman"]
    assert _texts("[Harford University|ORG] closed. [Harford|ORG] reopened.", "Harford University") == ["Harford University", "Harford"]


def test_normal_and_initials() -> None:
    assert normal("U.S. Department of State") == normal("State Department") == "state department"
    assert "fbi" in initials("Federal Bureau of Investigation")


def test_aliases_of_a_country_are_one_entity() -> None:
    marked = "The [U.S.|LOC] and the [US|LOC]: the [United States of America|LOC] is the [United States|LOC]."
    assert len(_texts(marked, "United States")) == 4


def test_a_surname_is_a_person_though_the_model_saw_a_place() -> None:
    assert {e.type for e in resolve_marked("[Tim Ashford|PERSON] ran. [Ashford|LOC] won. [Ashford|PERSON] slept.").entities} == {"PERSON"}


def test_labels_are_elected() -> None:
    assert named(resolve_marked("[Gazprom|ORG] fell. [Gazprom|PERSON] rose. [Gazprom|ORG] shut."), "Gazprom").type == "ORG"


def test_canonical_is_not_shouted() -> None:
    assert (
        named(resolve_marked("[HUGO GODINEZ|PERSON] HELD\n\n[Hugo Godinez|PERSON] was held. [HUGO GODINEZ|PERSON] denies."), "Hugo Godinez").count
        == 3
    )


def test_names_are_found_where_the_model_missed_them() -> None:
    result = resolve_marked(
        "[Lena Quist|PERSON] of [Norvik Shipping|ORG] spoke. Then Quist left Norvik Shipping for good. The Quist-Holm act passed."
    )
    assert named(result, "Lena Quist").count == 2
    assert named(result, "Norvik Shipping").count == 2
