"""A place with an open identifier, and the names under which the world's places are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

PlaceKind = Literal["country", "region", "city", "continent"]


class Place(NamedTuple):
    """`id` is iso3166:XX, iso3166-2:XX-YY or geonames:N. `country` is ISO 3166 alpha-2, `region` ISO 3166-2; "" if unknown.

    `main` says that the name under which it was found is its own, not an alternative one.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str
    region: str
    population: int
    capital: bool = False
    main: bool = True


class PlaceIndex:
    """Folded name -> places of that name, in a fixed order."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Place]] = {}

    def add(self, key: str, place: Place) -> None:
        """File the place under a folded name; a second filing of the same place is left out."""
        found = self._by_name.setdefault(key, [])
        if key and all(other.id != place.id for other in found):
            found.append(place)

    def get(self, key: str) -> list[Place]:
        """The places of that folded name."""
        return self._by_name.get(key, [])

    def names(self) -> Iterable[str]:
        return self._by_name

    def as_mapping(self) -> Mapping[str, list[Place]]:
        return self._by_name
