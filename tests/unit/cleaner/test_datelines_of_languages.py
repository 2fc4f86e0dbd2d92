"""Datelines as papers and agencies of many languages print them: the place is the name alone."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.services.cleaner.dateline import DatelineContext, parse_dateline, split_dateline

CONTEXT = DatelineContext(date(2024, 5, 18))


@pytest.mark.parametrize(
    ("printed", "place", "on", "agency"),
    [
        ("PUERTO ELWICK.- ", "PUERTO ELWICK", None, None),
        ("MADRID, 6 Feb. (EUROPA PRESS) .- ", "MADRID", "2024-02-06", "EUROPA PRESS"),
        ("Madrid, 6 feb (EFE).- ", "Madrid", "2024-02-06", "EFE"),
        ("Santiago de Compostela, 6 feb (EFE).- ", "Santiago de Compostela", "2024-02-06", "EFE"),
        ("Buenos Aires, 6 de febrero (Télam).- ", "Buenos Aires", "2024-02-06", "Télam"),
        ("BOGOTÁ — ", "BOGOTÁ", None, None),
        ("Lisboa, 06 fev 2024 (Lusa) – ", "Lisboa", "2024-02-06", "Lusa"),
        ("PARIS (AFP) – ", "PARIS", None, "AFP"),
        ("ROMA, 6 febbraio (ANSA) - ", "ROMA", "2024-02-06", "ANSA"),
        ("Berlin (dpa) - ", "Berlin", None, "dpa"),
        ("AMSTERDAM (ANP) - ", "AMSTERDAM", None, "ANP"),
        ("WARSZAWA, 6 lutego (PAP) - ", "WARSZAWA", "2024-02-06", "PAP"),
        ("ISTANBUL (AA) - ", "ISTANBUL", None, "AA"),
        ("МОСКВА, 6 фев — РИА Новости. ", "МОСКВА", "2024-02-06", "РИА Новости"),
        ("МОСКВА, 6 февраля. /ТАСС/. ", "МОСКВА", "2024-02-06", "ТАСС"),
        ("КИЇВ, 6 лютого (Укрінформ) — ", "КИЇВ", "2024-02-06", "Укрінформ"),
        ("新华社北京3月11日电（记者王小明）", "北京", "2024-03-11", "新华社"),
        ("［東京 11日 ロイター］ - ", "東京", None, "ロイター"),
        ("القاهرة (رويترز) - ", "القاهرة", None, "رويترز"),
        ("WASHINGTON, D.C. — ", "WASHINGTON, D.C.", None, None),
        ("ST. LOUIS, Mo. (AP) — ", "ST. LOUIS, Mo.", None, "AP"),
    ],
)
def test_datelines(printed: str, place: str, on: str | None, agency: str | None) -> None:
    found = split_dateline(f"{printed}Текст eines Artikels")
    assert found == (printed, "Текст eines Artikels")
    line = parse_dateline(found[0], CONTEXT)
    assert (line.place, line.date, line.agency) == (place, on, agency)


@pytest.mark.parametrize(
    "paragraph", ["UPDATE: The boats", "SUV-Fahrer sind", "COVID-19 — was bleibt", "12 personas murieron", "FELD: Welcome back", "[19:14] Weiter"]
)
def test_what_is_no_dateline(paragraph: str) -> None:
    assert split_dateline(paragraph) is None
