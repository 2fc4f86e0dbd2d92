"""Datelines in their many forms, dates, and years that were not printed."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.services.cleaner import captions
from copydesk.services.cleaner.dateline import DatelineContext, context_of, parse_dateline, split_dateline
from copydesk.services.cleaner.dates import find_dates, infer_year
from copydesk.shared.records.cleaned import Caption

CONTEXT = DatelineContext(date(2024, 5, 18))


@pytest.mark.parametrize(
    ("paragraph", "place", "day", "agency"),
    [
        ("Jan. 13 (UPI) — U.S. President Joe Biden is meeting", None, "2024-01-13", "UPI"),
        ("Jan 21, 2022:\u00a0US President Joe Biden will discuss", None, "2022-01-21", None),
        ("WASHINGTON (AP) — The Senate voted", "WASHINGTON", None, "AP"),
        ("TOKYO, March 3 (Reuters) - Japan said", "TOKYO", "2024-03-03", "Reuters"),
        ("BEIJING, March 3, 2023 (Xinhua) -- China said", "BEIJING", "2023-03-03", "Xinhua"),
        ("NEW YORK — Stocks rose", "NEW YORK", None, None),
        ("SAN JOSE, Calif. (AP) — A court", "SAN JOSE, Calif.", None, "AP"),
        ("Paris (AFP) – The president", "Paris", None, "AFP"),
        ("(Reuters) - Shares fell", None, None, "Reuters"),
        ("BERLIN, 5 February 2021 — The chancellor", "BERLIN", "2021-02-05", None),
    ],
)
def test_datelines(paragraph: str, place: str | None, day: str | None, agency: str | None) -> None:
    found = split_dateline(paragraph)
    assert found is not None
    assert found[0] + found[1] == paragraph
    line = parse_dateline(found[0], CONTEXT)
    assert (line.place, line.date, line.agency) == (place, day, agency)


@pytest.mark.parametrize(
    "paragraph",
    [
        "UPDATE: The road is open again.",
        "Q: What did you see?",
        "The Senate (and the House) — both voted.",
        "President Biden — who is 81 — said so.",
        "In Jan. 2022 the court ruled.",
        "May 18 people attended: that was all.",
        "“WE WON” — that is what the headline said.",
        "He met the king.",
        "NATO: what comes next",
    ],
)
def test_what_is_no_dateline(paragraph: str) -> None:
    assert split_dateline(paragraph) is None


def test_a_weekday_and_what_the_page_tells_decide_the_year() -> None:
    context = context_of(date(2026, 11, 25), ["Saturday, May 18, 2024"], ["pictured Nov. 13, 2022"], ["is meeting on Friday"])
    assert (context.latest, context.earliest) == (date(2024, 5, 18), date(2022, 11, 13))
    line = parse_dateline("Jan. 13 (UPI) — ", context)
    assert (line.date, line.year_inferred) == ("2023-01-13", True)


@pytest.mark.parametrize(
    ("printed", "lede"),
    [
        ("MADRID, 13 ene (EFE) - ", "El Gobierno anunció este viernes en Santo Domingo"),
        ("PARIS, 13 janv (Reuters) - ", "Le ministre a déclaré vendredi"),
        ("Berlin, 13. Januar (dpa) — ", "Die Regierung hat am Freitag beschlossen"),
        ("BOGOTÁ, 13 de enero — ", "La alcaldesa dijo el viernes"),
    ],
)
def test_weekdays_of_other_languages_decide_the_year_too(printed: str, lede: str) -> None:
    found = split_dateline(printed + lede)
    assert found is not None and found[0] == printed
    line = parse_dateline(printed, context_of(date(2026, 11, 25), [], [], [lede]))
    assert (line.date, line.year_inferred) == ("2023-01-13", True)


def test_years_are_inferred_within_bounds() -> None:
    assert infer_year(12, 30, date(2024, 1, 2), None, []) == date(2023, 12, 30)
    assert infer_year(2, 29, date(2023, 6, 1), None, []) == date(2020, 2, 29)
    assert infer_year(1, 13, date(2024, 5, 18), date(2024, 4, 1), [4]) is None
    assert infer_year(5, 19, date(2024, 5, 18), None, []) == date(2024, 5, 19)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on May 18, 2024, and 3 March 2021", ["2024-05-18", "2021-03-03"]),
        ("el 21 de enero de 2022", ["2022-01-21"]),
        ("am 3. März 2021", ["2021-03-03"]),
        ("le 1er août 2020", ["2020-08-01"]),
        ("2022-01-21T10:15:00Z", ["2022-01-21"]),
        ("2024年5月18日", ["2024-05-18"]),
        ("18.05.2024", ["2024-05-18"]),
        ("Feb. 31, 2024 and 12/2024 and 2024-13-40", []),
    ],
)
def test_dates_in_text(text: str, days: list[str]) -> None:
    assert [on.isoformat() for printed in find_dates(text) if (on := printed.on())] == days


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        (
            "The two leaders in Phnom Penh. Photo by Japanese PM Press Office / UPI | License Photo",
            ("The two leaders in Phnom Penh.", "Japanese PM Press Office / UPI"),
        ),
        ("A boy in Dhaka. (AP Photo/Jane Doe)", ("A boy in Dhaka.", "AP Photo/Jane Doe")),
        ("The harbour at dawn. Credit: Jane Doe/Getty Images", ("The harbour at dawn.", "Jane Doe/Getty Images")),
        ("The harbour at dawn.", ("The harbour at dawn.", None)),
    ],
)
def test_captions(text: str, caption: tuple[str, str | None]) -> None:
    assert captions.parse_caption(text) == Caption(text=caption[0], credit=caption[1])


def test_a_caption_in_two_forms_is_one() -> None:
    one, other = "The two leaders in Phnom Penh on Sunday.", "The two leaders in Phnom Penh on Sunday. Photo: UPI"
    assert captions.unique([captions.parse_caption(one), captions.parse_caption(other)]) == [Caption(text=one, credit="UPI")]
