"""Short news is news, whatever words it uses; pages that only say that something is wrong, or ask to log in, are refused."""

# ruff: noqa: E501 - the samples are written as they stand on a page

from __future__ import annotations

from datetime import date

import pytest

from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.stage import Rejected

KNOWN = PageContext(date(2024, 5, 18))

BRIEFS = [
    "Strike leaves town without buses\nSome 500 buses were unavailable in Elwick on Monday as drivers walked out over pay. The operator said that talks would resume on Wednesday.",
    "Trial adjourned\nThe trial of a harbour clerk was adjourned on Tuesday because the case file could not be found. The judge set a new date for 14 March.",
    "Reporters kept out\nReporters were denied entry to a hearing on Thursday. “Access denied,” said a note on the door. The council later apologised and published the minutes.",
    "Residents asked to register\nResidents who want to vote in the poll have to register to see the ballot by Friday. The clerk said that forms are at the library.",
    "Bank customers locked out\nThousands of customers could not log in to read their statements on Monday after a server failed. The bank said that no money had been lost.",
    "Rare book found\nA page of the town's oldest book, reported as not found since 1911, turned up in a drawer on Monday. The library will show it from Friday.",
    "Road closed\nRoute 404 was closed on Sunday, not found safe after the flood. Engineers said that the bridge needs new bearings before the winter.",
    "Service unavailable for a week\nThe ferry service is unavailable until Sunday, the port said on Monday. Two boats have to be repaired after a collision in the fog.",
    "Gericht vertagt\nDer Prozess gegen einen Hafenmeister ist am Dienstag vertagt worden, weil die Akte nicht gefunden wurde. Der Richter nannte den 14. März als neuen Termin.",
    "Juicio aplazado\nEl juicio contra un empleado del puerto fue aplazado el martes porque no se encontró el expediente. El juez fijó una nueva fecha para el 14 de marzo.",
    "Procès reporté\nLe procès d’un employé du port a été reporté mardi parce que le dossier est introuvable. Le juge a fixé une nouvelle date au 14 mars.",
    "渡船停航三天\n江口市港务局宣布，往返东岸的渡船因发动机检修从星期三起停航三天，乘客可以改乘环城公共汽车。\n港务局负责人说，检修原定在去年秋天进行，因台风两次推迟。",
    "渡し船三日間運休\n河曼市は六日、東岸への渡し船を機関の点検のため水曜日から三日間運休すると発表した。\n点検は昨年秋の予定だったが、台風で二度延期された。",
    "나룻배 사흘간 운항 중단\n강구시는 동쪽 강변을 오가는 나룻배를 기관 점검 때문에 수요일부터 사흘간 세운다고 밝혔다. 점검은 지난가을에서 두 번 미뤄졌다.",
]

REFUSED = [
    ("404 Not Found", "error_page"),
    ("404\nPage not found\nThe page you are looking for might have been removed or had its name changed. Try the search.\nHome", "error_page"),
    ("Sorry\nThe page could not be found. Please check the address, or go back to our homepage and use the search to find what you want.", "error_page"),
    ("Access Denied\nYou don't have permission to access this page on this server.\nReference #18.2d3f", "error_page"),
    ("503 Service Unavailable\nThe server is temporarily unable to service your request due to maintenance downtime. Please try again later.", "error_page"),
    ("Checking your browser before accessing example.org. This process is automatic. Your browser will be redirected shortly.", "error_page"),
    ("Seite nicht gefunden\nDie gewünschte Seite wurde leider nicht gefunden. Bitte prüfen Sie die Adresse oder gehen Sie zur Startseite.", "error_page"),
    ("Page introuvable\nLa page que vous recherchez n’existe plus ou a été déplacée. Nous vous invitons à revenir à l’accueil.", "error_page"),
    ("Página no encontrada\nLo sentimos, la página que busca no existe o ha cambiado de dirección. Vuelva a la portada.", "error_page"),
    ("Страница не найдена\nК сожалению, страница, которую вы ищете, была удалена или никогда не существовала.", "error_page"),
    ("Log in\nLog in to continue reading this article. Already a subscriber?\nEmail\nPassword\nForgot your password?", "login_wall"),
    ("Subscribe to read the full story\nYou have read all of your free articles this month. Please sign in or subscribe.\nAlready have an account?", "login_wall"),
    ("Dieser Artikel ist exklusiv für Abonnenten\nBitte melden Sie sich an, um weiterzulesen.", "login_wall"),
]  # fmt: skip


@pytest.mark.parametrize("page", BRIEFS, ids=[brief.partition("\n")[0] for brief in BRIEFS])
def test_short_news_is_news(page: str) -> None:
    part = clean_text(page, KNOWN)
    assert isinstance(part, CleanedPart)
    title, *paragraphs = page.split("\n")
    assert part.title == title
    assert part.body.split("\n\n") == paragraphs


@pytest.mark.parametrize(("page", "reason"), REFUSED)
def test_pages_without_news_are_refused(page: str, reason: str) -> None:
    found = clean_text(page, KNOWN)
    assert isinstance(found, Rejected)
    assert found.reason == reason


def test_a_title_and_one_long_line_is_an_article() -> None:
    line = " ".join(f"Paragraph {n} tells that the council of Elwick met on Monday and spoke about the bridge for {n} hours." for n in range(1, 45))
    part = clean_text(f"Council speaks about the bridge\n{line}", KNOWN)
    assert isinstance(part, CleanedPart)
    assert part.body == line and part.title == "Council speaks about the bridge"
