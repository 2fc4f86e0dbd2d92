"""A place with an open identifier."""

from __future__ import annotations

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
