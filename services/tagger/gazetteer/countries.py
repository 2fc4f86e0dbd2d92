"""Everyday names of countries and regions, demonyms and groups, from data/."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson

from copydesk.services.tagger.gazetteer.data_files import data_file


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


def demonyms() -> dict[str, str]:
    """Demonym as printed -> ISO 3166 alpha-2."""
    return {word: code for code, found in country_data()["demonyms"].items() for word in found}


def names_of_groups() -> list[str]:
    """Nationalities, religious and political groups that belong to no single country."""
    return list(country_data()["groups"])
