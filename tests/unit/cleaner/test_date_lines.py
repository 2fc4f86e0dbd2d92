"""Lines that only tell when, in the languages of most news: which of their dates is that of publication."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.date_lines import date_line
from copydesk.services.cleaner.dates import DateOrder, find_dates, order_of


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("Published 6th February 2024", "2024-02-06", None),
        ("First published on Tue 6 Feb 2024 16.22 CET", "2024-02-06", None),
        ("Fri 23/02/2024 | updated 24/02/2024", "2024-02-23", "2024-02-24"),
        ("Veröffentlicht am 6. Februar 2024 um 16:22 Uhr", "2024-02-06", None),
        ("02.03.2021, 07:00 Uhr | Aktualisiert am 09.03.2021, 08:10 Uhr", "2021-03-02", "2021-03-09"),
        ("Stand: 06.02.24, 16:22 Uhr", None, "2024-02-06"),
        ("Publié le 06/02/2024 à 16h22, mis à jour le 07/02/2024 à 9h10", "2024-02-06", "2024-02-07"),
        ("Mis en ligne le mardi 6 février 2024 à 16 h 22", "2024-02-06", None),
        ("05/11/2017 01:57 | Actualizado a 27/11/2017 19:20", "2017-11-05", "2017-11-27"),
        ("Publicado el 3 de mayo de 2021 a las 7:15", "2021-05-03", None),
        ("Pubblicato martedì 6 febbraio 2024 alle ore 16:22", "2024-02-06", None),
        ("Publicado em 6 de fevereiro de 2024, às 16h22", "2024-02-06", None),
        ("Gepubliceerd op 6 maart 2024 om 16.22 uur", "2024-03-06", None),
        ("Опубликовано: 6 февраля 2024 г. в 16:22 МСК", "2024-02-06", None),
        ("Оновлено 6 лютого 2024 року о 16:22", None, "2024-02-06"),
        ("نُشر في: 6 فبراير 2024", "2024-02-06", None),
        ("آخر تحديث: 6 فبراير/شباط 2024 - 16:22 (بتوقيت غرينتش)", None, "2024-02-06"),
        ("٦ فبراير ٢٠٢٤", "2024-02-06", None),
        ("發布時間：2024-02-06 16:22", "2024-02-06", None),
        ("2024年2月6日 16时22分 发布", "2024-02-06", None),
        ("公開日：2024年2月6日 更新日：2024年2月7日", "2024-02-06", "2024-02-07"),
        ("２０２４年２月６日（火）16時22分", "2024-02-06", None),
        ("令和6年2月6日 掲載", "2024-02-06", None),
        ("vor 3 Stunden", None, None),
        ("Published: 06/02/2024, 16:22 GMT", None, None),  # which of them is the month?
    ],
)
def test_which_date_of_a_line_is_that_of_publication(line: str, published: str | None, updated: str | None) -> None:
    found = date_line(line)
    assert found is not None
    days = [printed and printed.on() for printed in (found.published, found.updated)]
    assert [on and on.isoformat() for on in days] == [published, updated]


@pytest.mark.parametrize(
    "line",
    [
        "The Marlin sank on 14 March 1987 with 31 people aboard.",
        "The deadline is August 31, 2027.",
        "Le musée ouvre le 6 février 2024.",
        "Updated plans for the bridge",
        "2024",
        "Chapter 3",
    ],
)
def test_what_tells_more_than_when_is_no_date_line(line: str) -> None:
    assert date_line(line) is None


@pytest.mark.parametrize(
    ("language", "country", "order"),
    [
        ("fr", None, "day"),
        ("pt", "br", "day"),
        ("en", "us", "month"),
        ("en", "uk", "day"),
        ("en", None, None),
        ("ja", None, None),
        (None, "au", "day"),
    ],
)
def test_languages_and_countries_say_what_stands_first(language: str | None, country: str | None, order: DateOrder | None) -> None:
    assert order_of(language, country) == order


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("06/02/2024", "day", "2024-02-06"),
        ("06/02/2024", "month", "2024-06-02"),
        ("06/02/2024", None, None),
        ("23/02/2024", None, "2024-02-23"),
        ("02/23/2024", "day", "2024-02-23"),
        ("06-02-2024", "day", "2024-02-06"),
        ("02/02/2024", None, "2024-02-02"),
    ],
)
def test_numbers_are_read_in_the_order_of_the_page_and_not_at_all_where_nothing_decides(text: str, order: DateOrder | None, day: str | None) -> None:
    (printed,) = find_dates(text, order)
    on = printed.on()
    assert (on and on.isoformat()) == day
