"""What models take for names: halves of titles, common nouns, laws."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import named, resolve_marked

CASES = [
    ("[Orange County District|ORG] Attorney [Ann Xu|PERSON] spoke.", {"Orange County": "GPE", "Ann Xu": "PERSON"}),
    ("[Orange County District Attorney|ORG] [Ann Xu|PERSON] spoke.", {"Orange County": "GPE", "Ann Xu": "PERSON"}),
    ("The [Brooklyn District|LOC] Attorney’s Office spoke.", {"Brooklyn District Attorney’s Office": "ORG"}),
    ("[White House Press|ORG] Secretary [Jen Psaki|PERSON] spoke.", {"White House": "ORG", "Jen Psaki": "PERSON"}),
    ("[Harbour Police Chief|ORG] [Bo Li|PERSON] spoke.", {"Harbour Police": "ORG", "Bo Li": "PERSON"}),
    ("[Elm City Councilman|ORG] [Bo Li|PERSON] spoke.", {"Elm City": "GPE", "Bo Li": "PERSON"}),
    ("[Harbour Police|ORG] spoke to the [Prime|ORG] Minister.", {"Harbour Police": "ORG"}),
    ("Secretary of [Defense|ORG] [Lloyd Austin|PERSON] spoke.", {"Lloyd Austin": "PERSON"}),
    ("The [Department of Defense|ORG] spoke.", {"Department of Defense": "ORG"}),
    ("The [City|LOC] and the [Department|ORG] paid.", {}),
    ("The [Clean Harbours Act|ORG] and the [Security Strategy|ORG] passed.", {"Clean Harbours Act": "MISC", "Security Strategy": "MISC"}),
    ("In [World War II|MISC] it rained.", {"World War II": "EVENT"}),
    ("At 11:45 [11:45 a.m|DATE]. it rained in [75207|LOC].", {}),
    ("Write to [ann@harbour.example|PERSON] or [538|ORG].", {"538": "ORG"}),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_names_without_their_fragments(marked: str, expected: dict[str, str]) -> None:
    assert {e.canonical: e.type for e in resolve_marked(marked).entities} == expected


def test_one_name_is_one_kind_of_place() -> None:
    assert (
        named(resolve_marked("The [Zorba Flats|LOC] lie there. In [Zorba Flats|LOC], and in [Zorba Flats|LOC], it rained."), "Zorba Flats").count == 3
    )


def test_a_short_form_joins_its_long_form() -> None:
    assert named(resolve_marked("The [Parliament of Zorba|ORG] met. The [Parliament|ORG] rose."), "Parliament of Zorba").count == 2
    assert named(resolve_marked("The [U.S. Senate|ORG] met. The [Senate|ORG] rose."), "United States Senate").count == 2


def test_a_date_is_less_salient_than_a_name_in_its_place() -> None:
    result = resolve_marked("[Ann Xu|PERSON] left on [Monday|DATE].")
    assert named(result, "Monday").salience < named(result, "Ann Xu").salience / 1.9
