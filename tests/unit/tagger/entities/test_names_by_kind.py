"""Names as news print them, by kind: what a model cuts, glues or mistakes comes out whole, under its own type, or not at all."""

from __future__ import annotations

import pytest

from tests.unit.tagger.entities.marked import named, resolve_marked

NAMES = {
    # marked text -> all entities as (type, form)
    "Sales of [HK|GPE]$2.3 billion, S$40 million, USD 25 million and Rs 500 crore.": {
        ("MONEY", "HK$2.3 billion"), ("MONEY", "S$40 million"), ("MONEY", "USD 25 million"), ("MONEY", "Rs 500 crore"),
    },
    "Prices in [EUR|ORG] rose; the [AGM|ORG] of the [EV|ORG] maker heard of [IDPs|ORG] in [Chad|GPE].": {("GPE", "Chad")},
    "[SARS|ORG] reached [India|GPE].": {("MISC", "SARS"), ("GPE", "India")},
    "[Velta|PERSON] S.p.A. sued [Norrsken|ORG] AB and [Harder|LOC] GmbH.": {
        ("ORG", "Velta S.p.A."), ("ORG", "Norrsken AB"), ("ORG", "Harder GmbH"),
    },
    "[Ann Lee|PERSON] of [Adelaide|GPE], SA, met [Bo Ray|PERSON].": {("PERSON", "Ann Lee"), ("GPE", "Adelaide"), ("PERSON", "Bo Ray")},
    "[Marcus Aldine|PERSON], the shipbuilder, hired staff. [Jo Roe|PERSON], a furniture maker, did not.": {
        ("ORG", "Marcus Aldine"), ("PERSON", "Jo Roe"),
    },
    "Analysts at [Raymond Lund|PERSON] and [Edgar Joyce|PERSON] agreed. [Anna Lind|PERSON] shares a flat.": {
        ("ORG", "Raymond Lund"), ("ORG", "Edgar Joyce"), ("PERSON", "Anna Lind"),
    },
    "[Le Monde|MISC] and [Corriere della Sera|PERSON] reported it.": {("ORG", "Le Monde"), ("ORG", "Corriere della Sera")},
    "[Bank of Ghana and the Ministry of Health|ORG] agreed.": {("ORG", "Bank of Ghana"), ("ORG", "Ministry of Health")},
    "The [Museum of Modern Art|LOC] and [Port - au - Prince|FAC] reopened.": {("FAC", "Museum of Modern Art"), ("GPE", "Port - au - Prince")},
    "The [Uighurs of Xinjiang|ORG] met the [Democrats of the Left|ORG] in [Xi'an|ORG] and [Sana’a|PERSON].": {
        ("NORP", "Uighurs"), ("GPE", "Xinjiang"), ("ORG", "Democrats of the Left"), ("GPE", "Xi'an"), ("GPE", "Sana’a"),
    },
    "[Larry|PERSON] Pope keeps pigs. [Paul Judge|PERSON] left. Judge thanked the Judge at [Christmas|MISC].": {
        ("PERSON", "Larry Pope"), ("PERSON", "Paul Judge"), ("PERSON", "Judge"), ("DATE", "Christmas"),
    },
    "The [Christmas|MISC] truce held.": {("MISC", "Christmas")},
    "The [DA|ORG] filed no charges; [DA|ORG] [Ian Holt|PERSON], a prosecutor, left.": {("PERSON", "Ian Holt")},
    "The [Democratic Alliance|ORG] won. The [DA|ORG] will govern; prosecutors wait.": {("ORG", "Democratic Alliance"), ("ORG", "DA")},
    "The [DA|ORG] won [Cape Town|GPE]; prosecutors charged a man.": {("ORG", "DA"), ("GPE", "Cape Town")},
    "An improvised explosive device ([IED|MISC]) went off; the [IED|ORG] was old.": set(),
    "The [Iron Eagle Division|ORG] ([IED|ORG]) left.": {("ORG", "Iron Eagle Division"), ("ORG", "IED")},
    "[J.P.|PERSON] [Morgan Chase|ORG] & Co. and [Tiffany|ORG] & Co. met [J.P. Lund|PERSON].": {
        ("ORG", "J.P. Morgan Chase & Co."), ("ORG", "Tiffany & Co."), ("PERSON", "J.P. Lund"),
    },
    "Sen. [Cruz|PERSON], [R|PERSON]-[Texas|LOC], met Rep. [Xu|PERSON] ([D|ORG]-[Maine|LOC]) on [D-Day|EVENT].": {
        ("PERSON", "Cruz"), ("GPE", "Texas"), ("PERSON", "Xu"), ("GPE", "Maine"), ("EVENT", "D-Day"),
    },
    "It went under the hammer at [Sotheby|LOC]’s; [Moody|ORG]'s cut it. [Boeing|ORG]’s jets fly.": {
        ("ORG", "Sotheby’s"), ("ORG", "Moody's"), ("ORG", "Boeing"),
    },
    "[Thomas Lund|PERSON] said its bookings rose. [Anna Lind|PERSON] said it would rain.": {("ORG", "Thomas Lund"), ("PERSON", "Anna Lind")},
    "The mill burned. [Thomas Lund|PERSON] said its roof leaked. He left.": {("PERSON", "Thomas Lund")},
    "[Velta Air|ORG] grew. [Thomas Lund|PERSON] said its profit rose.": {("ORG", "Velta Air"), ("PERSON", "Thomas Lund")},
    "The [OPCW|ORG] met. [OPCW|PERSON] head [Ann Xu|PERSON] spoke.": {("ORG", "OPCW"), ("PERSON", "Ann Xu")},
    "Ms. [King|PERSON] and Dr. [Bishop|PERSON] testified. [King|PERSON] wept; the King and the Bishop of Ely left.": {
        ("PERSON", "King"), ("PERSON", "Bishop"),
    },
    "The [Dow Jones|MISC] fell; [WH Smith|LOC] rose.": {("MISC", "Dow Jones"), ("ORG", "WH Smith")},
    "They wed in [St. Ann’s Basilica|LOC] in mid-2013.": {("FAC", "St. Ann’s Basilica"), ("DATE", "mid-2013")},
}  # fmt: skip


@pytest.mark.parametrize("marked", NAMES)
def test_each_name_has_its_bounds_and_its_type(marked: str) -> None:
    found = resolve_marked(marked).entities
    assert {(e.type, m.text) for e in found for m in e.mentions} == NAMES[marked]


def test_a_company_goes_by_the_first_word_of_its_name() -> None:
    found = resolve_marked(
        "[Corvane Mining Corp|ORG] will close a pit. [Corvane|GPE] shares fell; [Corvane Mining|ORG] has 30. [Reading Foods|ORG] left [Reading|GPE]."
    )
    assert [m.text for m in named(found, "Corvane Mining Corp").mentions] == ["Corvane Mining Corp", "Corvane", "Corvane Mining"]
    assert {e.type for e in found.entities if e.mentions[0].text == "Reading"} == {"GPE"}


@pytest.mark.parametrize(
    ("marked", "canonical"),
    {
        "[Rangoon|GPE] was quiet.": "Yangon",
        "[Yangon|GPE] was quiet.": "Yangon",
        "Pilgrims left [Madinah|GPE] for [Makkah|GPE] in [Saudi Arabia|GPE].": "Medina",
        "Pilgrims left [Medina|GPE] for [Mecca|GPE] in [Saudi Arabia|GPE].": "Medina",
    }.items(),
)
def test_a_linked_city_has_one_name_in_all_articles(marked: str, canonical: str) -> None:
    assert resolve_marked(marked).entities[0].canonical == canonical


@pytest.mark.parametrize(
    ("marked", "link"),
    {
        "[Armenia|GPE], [Georgia|GPE] and [Azerbaijan|GPE] signed.": "iso3166:GE",
        "The [U.S.|GPE] sent aid to [Georgia|GPE], whose parliament in [Tbilisi|GPE] met.": "iso3166:GE",
        "Storms hit [Ohio|GPE], [Georgia|GPE] and [Oregon|GPE].": "iso3166-2:US-GA",
        "A [Georgia|GPE] senator left [Alabama|GPE] for [Tbilisi|GPE] and the [U.S.|GPE] capital.": "iso3166-2:US-GA",
        "[Georgia|GPE] was quiet.": None,
    }.items(),
)
def test_georgia_is_the_country_or_the_state_that_the_article_speaks_of(marked: str, link: str | None) -> None:
    found = named(resolve_marked(marked), "Georgia")
    assert (found.link.id if found.link else None) == link
