"""Links: the right identifier, or none."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import named, resolve_marked

LINKED = [
    ("[Japan|LOC] won.", "Japan", "iso3166:JP", "name"),
    ("[Ivory Coast|LOC] won.", "Ivory Coast", "iso3166:CI", "name"),
    ("The [Japanese|NORP] team", "Japanese", "iso3166:JP", "demonym"),
    ("In [Bavaria|LOC] it rained.", "Bavaria", "iso3166-2:DE-BY", "name"),
    ("From [Hubei Province|LOC], [China|LOC].", "Hubei", "iso3166-2:CN-HB", "stated"),
    ("In [Paris|LOC] it rained.", "Paris", "geonames:2988507", "population"),
    ("In [Paris|LOC], Texas, it rained.", "Paris", "geonames:4717560", "stated"),
    ("In [Springfield|LOC], Ill., it rained.", "Springfield", "geonames:4250542", "stated"),
    ("In [Cambridge|LOC], [Massachusetts|LOC], it rained.", "Cambridge", "geonames:4931972", "stated"),
    ("[Tbilisi|LOC] is in [Georgia|LOC]. [Armenia|LOC] and [Georgia|LOC] border [Turkey|LOC].", "Turkey", "iso3166:TR", "name"),
    ("[Atlanta|LOC] and [Alabama|LOC] and [Georgia|LOC].", "Georgia", "iso3166-2:US-GA", "name"),
    ("[Binghamton|LOC], [New York|LOC], is cold.", "New York", "iso3166-2:US-NY", "name"),
    ("[New York|LOC] is loud.", "New York", "geonames:5128581", "context"),
    ("In [Washington|LOC] the [US|LOC] Senate met.", "Washington, D.C.", "geonames:4140963", "context"),
    ("[Washington|LOC] state is green.", "Washington", "iso3166-2:US-WA", "name"),
    ("The [New York|LOC] gubernatorial candidate left.", "New York", "iso3166-2:US-NY", "name"),
    ("Governor of [Washington|LOC] since then.", "Washington", "iso3166-2:US-WA", "name"),
    ("[Niamey|LOC] in [Niger|LOC] hosts [Nigeria|LOC]; [Nigeria|LOC] joined.", "Niger", "iso3166:NE", "name"),
    ("He wrote in [Spanish|NORP] for a [Spanish|NORP] paper.", "Spanish", "iso3166:ES", "demonym"),
    ("[Medina|LOC] and [Mecca|LOC] in [Saudi Arabia|LOC].", "Medina", "geonames:109223", "context"),
    ("The [WHO|ORG] said so.", "World Health Organization", "wikidata:Q7817", "gazetteer"),
    ("[Joe Biden|PERSON] left.", "Joe Biden", "wikidata:Q6279", "gazetteer"),
    ("President [Biden|PERSON] of the [United States|LOC] left.", "Joe Biden", "wikidata:Q6279", "title"),
    ("The [White House|ORG] said President [Obama|PERSON] would sign.", "Barack Obama", "wikidata:Q76", "title"),
    ("[Canterbury|LOC] in [New Zealand|LOC] is wet.", "Canterbury", "iso3166-2:NZ-CAN", "name"),
    ("In [Washington|LOC], [DC|LOC], it rained.", "Washington, D.C.", "geonames:4140963", "stated"),
]


@pytest.mark.parametrize(("marked", "canonical", "link", "method"), LINKED)
def test_linked(marked: str, canonical: str, link: str, method: str) -> None:
    found = named(resolve_marked(marked), canonical).link
    assert found is not None
    assert (found.id, found.method) == (link, method)
    assert 0 < found.score <= 1


UNLINKED = [
    ("In [Springfield|LOC] it rained.", "Springfield", "many cities of that name"),
    ("In [Springfield|LOC], Maine, it rained.", "Springfield", "none known in the stated state"),
    ("[Birmingham|LOC] is large.", "Birmingham", "two large cities"),
    ("The Archbishop of [Canterbury|LOC] resigned.", "Canterbury", "a city, and a region that the world hardly knows"),
    ("Sheriff [Bill Gates|PERSON] closed the road.", "Bill Gates", "another of that name, by the title"),
    ("[John Howard|PERSON], 42, of [Elmira|LOC], was charged.", "John Howard", "another of that name, by age and home"),
    ("[Georgia|LOC] is green.", "Georgia", "country or state"),
    ("[Lincoln|LOC] is in [Maine|LOC], say people of [Maine|LOC].", "Lincoln", "a small town that the gazetteer does not know"),
    ("[Ann Jackson|PERSON] spoke. They went to [Jackson Creek|LOC].", "Jackson Creek", "no such place"),
    ("[Surigao|LOC] del Sur was hit, in the [Philippines|LOC].", "Surigao", "a longer name was cut"),
    ("President [Bush|PERSON] of the [United States|LOC] left.", "Bush", "two presidents of that name"),
    ("President [Biden|PERSON] of the tennis club left.", "Biden", "no country is named"),
    ("Sue [Biden|PERSON] left.", "Biden", "nothing says who"),
    ("[Jane Roe|PERSON] left.", "Jane Roe", "unknown"),
    ("She spoke [Spanish|NORP] at home.", "Spanish", "a language"),
    ("The [Kurdish|NORP] forces", "Kurdish", "a people without a country of its own"),
]


@pytest.mark.parametrize(("marked", "canonical", "why"), UNLINKED)
def test_unlinked_rather_than_wrong(marked: str, canonical: str, why: str) -> None:
    assert named(resolve_marked(marked), canonical).link is None, why


def test_a_person_of_a_citys_name_keeps_the_city_out() -> None:
    result = resolve_marked("[Alan Houston|PERSON] spoke. [Houston|PERSON] left.")
    assert [(e.canonical, e.type, e.link) for e in result.entities] == [("Alan Houston", "PERSON", None)]
