"""Make data/places.json.gz anew from its sources: python -m copydesk.services.tagger.gazetteer.build

    places          [id, name, kind, country, region, population, capital], each once
    names           folded name -> numbers of its places in order, -1 less the number under an alternative name
    country_names   name as printed -> ISO 3166 alpha-2
    countries, regions   numbers of those places

It is run again when countries.json, regions.json or a package that it reads has changed; a test compares. Reading takes a fiftieth of
the time that making takes.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable

import orjson

from copydesk.services.tagger.gazetteer.data_files import data_file
from copydesk.services.tagger.gazetteer.geography import PLACES
from copydesk.services.tagger.gazetteer.places import Place
from copydesk.services.tagger.gazetteer.sources import places
from copydesk.services.tagger.naming import fold_name


class PlaceNumbers:
    """Places in order of first mention."""

    def __init__(self) -> None:
        self.rows: list[tuple[object, ...]] = []
        self._numbers: dict[Place, int] = {}

    def number(self, place: Place) -> int:
        """The number of the place; below zero where the name is not its own."""
        own = place._replace(main=True)
        number = self._numbers.setdefault(own, len(self.rows))
        if number == len(self.rows):
            self.rows.append(own[:-1])
        return number if place.main else ~number


def built(named: Iterable[tuple[str, Place]]) -> bytes:
    """The content of the file. Of a place that is filed under one name twice the first filing counts."""
    numbered, names, country_names = PlaceNumbers(), dict[str, dict[str, int]](), dict[str, str]()
    countries, regions = dict[str, int](), dict[str, int]()
    for name, place in named:
        number = numbered.number(place)
        if key := fold_name(name):
            names.setdefault(key, {}).setdefault(place.id, number)
        if place.kind == "country":
            country_names[name], countries[place.country] = place.country, number
        elif place.kind == "region":
            regions[place.region] = number
    return orjson.dumps({
        "places": numbered.rows, "names": {key: [*found.values()] for key, found in names.items()}, "country_names": country_names,
        "countries": [*countries.values()], "regions": [*regions.values()],
    })  # fmt: skip


def main() -> None:
    data_file(PLACES).write_bytes(gzip.compress(built(places()), mtime=0))


if __name__ == "__main__":
    main()
