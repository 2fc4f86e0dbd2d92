"""Numbered lists are whole, and headlines are found where the line model sees none: live blogs and transcripts."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.services.cleaner.lines import Label, blocks_of
from copydesk.services.cleaner.lists import with_whole_lists
from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.shared.records.cleaned import CleanedPart

KNOWN = PageContext(date(2024, 5, 18))
BODY, OTHER = Label("body", "model", 0.6), Label("furniture", "model", 0.7)


def kept(lines: list[str], labels: list[Label]) -> list[bool]:
    return [label.is_body for label in with_whole_lists(blocks_of(lines), labels)]


def test_the_last_items_of_a_list_are_of_it() -> None:
    lines = [f"{n}. This seal lies on rock number {n}" for n in range(1, 6)]
    assert kept(lines, [BODY, BODY, BODY, OTHER, OTHER]) == [True] * 5


def test_a_list_may_count_down_and_have_credits_between() -> None:
    lines = [line for n in range(5, 0, -1) for line in (f"{n}) Der Hafen von oben, Bild {n}", "Instagram: @hafen")]
    labels = [BODY if n < 6 else OTHER for n in range(10)]
    assert kept(lines, labels)[0::2] == [True] * 5


def test_a_menu_of_numbers_stays_out() -> None:
    lines = [f"{n}. Most read story number {n}" for n in range(1, 6)]
    assert kept(lines, [OTHER] * 5) == [False] * 5


def test_a_line_that_a_rule_knows_stays_out() -> None:
    lines = [f"{n}. This seal lies on rock number {n}" for n in range(1, 6)]
    assert kept(lines, [BODY, BODY, BODY, BODY, Label("share", "share_bar")])[4] is False


def test_years_and_scores_are_no_items() -> None:
    lines = ["2024 was wet", "3.5 metres were measured", "4.1 metres a year before", "5 people came"]
    assert kept(lines, [BODY, OTHER, OTHER, OTHER]) == [True, False, False, False]


POST = (
    "The port authority has closed the ferry terminal until Friday at the earliest, and two boats for the islands have been moved to the inner basin."
)
OTHER_POST = (
    "Crews of the network operator cannot climb the poles while gusts exceed 70 kilometres an hour, and homes stay dark until noon, she said."
)


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        (["Live"], "Storm Maud: what we know as coast braces for second night"),
        (["Home", "News"], "Storm Maud live: ferry port and homes hit on the second night"),
        (["Startseite", "Liveticker"], "Sturm Maud: Küste wartet auf die zweite Nacht"),
        (["Accueil", "En direct"], "Tempête Maud : la côte attend une deuxième nuit"),
        (["Inicio", "En vivo"], "Tormenta Maud: la costa espera una segunda noche"),
        (["Главная", "Онлайн"], "Шторм «Мод»: побережье ждёт вторую ночь"),
    ],
)
def test_the_headline_of_a_live_blog(above: list[str], headline: str) -> None:
    page = "\n".join(
        [*above, headline, "Ferry port closes", "21.14", "Ferry port closes", POST, "Share", "20.37", "Homes without power", OTHER_POST, "Share"]
    )
    part = clean_text(page, KNOWN)
    assert isinstance(part, CleanedPart)
    assert part.title == headline
    assert POST in part.body and OTHER_POST in part.body


@pytest.mark.parametrize(
    "link",
    ["Return to Transcripts main page", "Back to all programmes", "Zurück zur Übersicht", "Retour à la liste", "Volver a la lista", "返回首页"],
)
def test_a_link_back_is_never_the_headline(link: str) -> None:
    page = "\n".join(
        [
            "Northgate Broadcasting",
            link,
            "EVENING ROUND OF THE OLD MILL",
            "Aired March 14, 2021 - 19:00 ET",
            f"NORA FELD, HOST: {POST}",
            f"FELD: {OTHER_POST}",
        ]
    )
    part = clean_text(page, KNOWN)
    assert isinstance(part, CleanedPart)
    assert part.title != link
    assert part.published_at == "2021-03-14"


@pytest.mark.parametrize(
    "last",
    [
        ["Correction: April 6, 2016", "An earlier version of this article misstated the year. It was 2014, not 2013."],
        ["“I would do it again,” she said."],
        ["Korrektur: Der Steg wurde 1911 gebaut, nicht 1913."],
    ],
)
def test_an_article_keeps_its_last_words(last: list[str]) -> None:
    part = clean_text("\n".join(["Port closes for the storm", POST, OTHER_POST, POST.replace("Friday", "Monday"), *last]), KNOWN)
    assert isinstance(part, CleanedPart)
    assert part.body.split("\n\n")[-len(last) :] == last
