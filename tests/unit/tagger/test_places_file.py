"""The file of the world's places is what its sources make."""

from __future__ import annotations

import gzip

from copydesk.services.tagger.gazetteer.build import built
from copydesk.services.tagger.gazetteer.data_files import data_file
from copydesk.services.tagger.gazetteer.geography import PLACES, world
from copydesk.services.tagger.gazetteer.places import Place
from copydesk.services.tagger.gazetteer.sources import places


def test_the_file_is_current() -> None:
    """Else run: python -m copydesk.services.tagger.gazetteer.build"""
    assert gzip.decompress(data_file(PLACES).read_bytes()) == built(places())


def test_a_place_is_filed_once_under_a_name_and_its_first_filing_counts() -> None:
    acre = Place("geonames:1", "Acre", "city", "IL", "", 46_000)
    assert built([("Acre", acre), ("ACRE", acre._replace(main=False)), ("Akko", acre._replace(main=False))]) == (
        b'{"places":[["geonames:1","Acre","city","IL","",46000,false]],"names":{"acre":[0],"akko":[-1]},"country_names":{},"countries":[],"regions":[]}'
    )


def test_an_alternative_name_says_so() -> None:
    assert [place.main for name in ("Munich", "München") for place in world().find(name) if place.country == "DE"] == [True, False]
