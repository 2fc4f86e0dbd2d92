"""Organisations that are called like people, whose names have possessives, and that stand in an article again in short."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import named, resolve_marked


def _names(marked: str) -> list[tuple[str, str]]:
    return [(e.canonical, e.type) for e in resolve_marked(marked).entities if e.type != "DATE"]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[John Deere|PERSON] cut 200 jobs.", [("John Deere", "ORG")]),
        ("Mr. [John Deere|PERSON] cut wood.", [("John Deere", "PERSON")]),
        ("Shares of [Amos Pell|PERSON] fell. [Amos Pell|PERSON] makes boots.", [("Amos Pell", "ORG")]),
        ("[Amos Pell|PERSON], the family-owned brewer, closed.", [("Amos Pell", "ORG")]),
        ("[Amos Pell|PERSON], the brewer’s lawyer, sold [Amos Pell|PERSON]’s shares.", [("Amos Pell", "PERSON")]),
        ("[Macy’s|ORG] is hiring; [Trader Joe's|ORG] is not.", [("Macy's", "ORG"), ("Trader Joe's", "ORG")]),
        ("[Pellworks’s|ORG] head left. [Pellworks|ORG] is sad.", [("Pellworks", "ORG")]),
        ("[Google’s|ORG] head left.", [("Google", "ORG")]),
        ("the [Veterans|ORG]' Administration", [("Veterans' Administration", "ORG")]),
        ("the [Veterans|ORG]' wives", [("Veterans", "ORG")]),
        ("the [Ministry of Health and Britain|ORG]'s envoy", [("Ministry of Health", "ORG"), ("United Kingdom", "GPE")]),
        ("the [Ministry of Health and Sport|ORG]'s envoy", [("Ministry of Health and Sport", "ORG")]),
    ],
)  # fmt: skip
def test_names(marked: str, names: list[tuple[str, str]]) -> None:
    assert _names(marked) == names


@pytest.mark.parametrize(
    ("marked", "canonical", "mentions"),
    [
        ("The [Morning Post|ORG] said so. The Post was right, but no post came.", "Morning Post", ["Morning Post", "Post"]),
        ("The [Daily Mail|ORG] said so. The [Mail|ORG] was right.", "Daily Mail", ["Daily Mail", "Mail"]),
        ("The [Elm Growers Union|ORG] met. EGU members paid.", "Elm Growers Union", ["Elm Growers Union", "EGU"]),
        ("[Elm Business Tools Corp.|ORG] rose. [EBT|ORG] sells saws.", "Elm Business Tools Corp.", ["Elm Business Tools Corp.", "EBT"]),
        (
            "The [Royal Society for the Care of Elms|ORG] met. The [Royal Society|ORG] paid.",
            "Royal Society for the Care of Elms", ["Royal Society for the Care of Elms", "Royal Society"],
        ),
    ],
)  # fmt: skip
def test_one_organisation(marked: str, canonical: str, mentions: list[str]) -> None:
    assert [m.text for m in named(resolve_marked(marked), canonical).mentions] == mentions


@pytest.mark.parametrize(
    "marked",
    [
        "The [Morning Post|ORG] and the [Jakarta Post|ORG] met. The Post left.",
        "The [World Elm Office|ORG] met.\n\nWEO KNOWS WHO\n\nIt left.",
    ],
)  # fmt: skip
def test_what_is_doubtful_stays_apart(marked: str) -> None:
    assert max(len(e.mentions) for e in resolve_marked(marked).entities if " " in e.canonical) == 1
