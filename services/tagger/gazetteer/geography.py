"""The world's places by name: countries, regions, cities above 15,000 inhabitants (GeoNames, CC BY 4.0) and continents.

They are read from one file that build.py makes, whose places are made into objects when they are asked for.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

import orjson

from copydesk.services.tagger.gazetteer.countries import demonyms, region_data
from copydesk.services.tagger.gazetteer.data_files import data_file
from copydesk.services.tagger.gazetteer.places import Place
from copydesk.services.tagger.naming import fold_name

PLACES = "places.json.gz"


class Geography:
    """Names -> places, and demonyms -> countries. Read-only once built."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._places: list[list[Any]] = data["places"]
        self._names: dict[str, list[int]] = data["names"]
        self.country_names: dict[str, str] = data["country_names"]
        self.demonyms = {fold_name(word): code for word, code in demonyms().items()}
        self.countries = {place.country: place for place in map(self._place, data["countries"])}
        self.regions = {place.region: place for place in map(self._place, data["regions"])}

    def _place(self, number: int) -> Place:
        """The place of that number; under an alternative name the number is -1 less itself."""
        return Place(*self._places[number]) if number >= 0 else Place(*self._places[~number])._replace(main=False)

    def _found(self, key: str) -> list[Place]:
        return [self._place(number) for number in self._names.get(key, ())]

    def find(self, name: str) -> list[Place]:
        """The places of that name as printed, countries first."""
        return self._found(fold_name(name))

    def country(self, name: str) -> str | None:
        """ISO 3166 alpha-2 of a country's name or demonym as printed."""
        key = fold_name(name)
        code = self.demonyms.get(key)
        return code or next((p.country for p in self._found(key) if p.kind == "country"), None)

    def title(self, place: Place) -> str:
        """The one name under which records have the place, whatever an article calls it: “Washington, D.C.” for “DC”, “Yangon” for
        “Rangoon”. It is the place's own, but for cities that English calls by another name than GeoNames (Medina for Madinah)."""
        title: str | None = region_data()["titles"].get(place.id.removeprefix("geonames:"))
        return title or place.name

    def region_of(self, country: str, name: str) -> Place | None:
        """The region of that name or abbreviation as printed, such as “Calif.” or “CA” (only for US)."""
        postal = self.regions.get(f"US-{name}") if country == "US" and len(name) == 2 else None
        return postal or next((p for p in self.find(name) if p.kind == "region" and p.country == country), None)


@cache
def world() -> Geography:
    """The geography of the file that ships."""
    return Geography(orjson.loads(gzip.decompress(data_file(PLACES).read_bytes())))
