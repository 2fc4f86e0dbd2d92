"""What stands around an article without saying what it is: teasers of other stories, polls, data of events; and pages of nothing."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.services.cleaner.teasers import teasers
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.stage import Rejected

ENGLISH = """Harbour ferry to stop for six weeks while shaft is replaced

The ferry between Elwick and Port Averil will stop running for six weeks from Monday while engineers replace a cracked propeller shaft.

Commuters will be carried by buses over the old bridge, which adds forty minutes to the journey, and the board has asked employers for patience.

"We know what this means for people who cross every day," said Marta Oldham, who chairs the board. "The alternative was a breakdown in winter."

The work is expected to cost 2.1 million pounds, most of which the insurers will pay, and the ferry should be running again by the middle of March."""
GERMAN = """Fähre nach Port Averil fällt sechs Wochen aus

Die Fähre zwischen Elwick und Port Averil stellt ab Montag für sechs Wochen den Betrieb ein, weil eine gerissene Welle ausgetauscht werden muss.

Pendler werden mit Bussen über die alte Brücke gebracht, was die Fahrt um vierzig Minuten verlängert. Die Behörde bat die Arbeitgeber um Nachsicht.

„Wir wissen, was das für die Menschen bedeutet, die jeden Tag übersetzen“, sagte die Vorsitzende Marta Oldham. „Sonst drohte ein Ausfall.“

Die Arbeiten kosten rund 2,1 Millionen Euro, den größten Teil davon zahlt die Versicherung. Mitte März soll die Fähre wieder fahren."""
SPANISH = """El transbordador de Port Averil parará seis semanas

El transbordador que une Elwick y Port Averil dejará de funcionar durante seis semanas a partir del lunes para sustituir un eje agrietado.

Los viajeros serán llevados en autobús por el puente viejo, lo que alarga el trayecto cuarenta minutos, y la autoridad ha pedido comprensión.

«Sabemos lo que esto supone para quienes cruzan cada día», dijo su presidenta, Marta Oldham. «La alternativa era una avería en pleno invierno».

Las obras costarán 2,1 millones de euros, que pagarán en su mayor parte las aseguradoras, y el servicio se reanudará a mediados de marzo."""
TEASERS = {
    ENGLISH: "Council approves new flood wall\nCouncillors voted 9 to 4 on Thursday night for a wall that will protect some 400 houses.\n\n"
    "Teachers call off strike after talks\nThe union and the ministry agreed on a rise of four per cent, to be paid from April.",
    GERMAN: "Stadtrat beschließt neue Flutmauer\nMit neun zu vier Stimmen hat der Rat am Donnerstagabend eine Mauer für 400 Häuser beschlossen.\n\n"
    "Lehrer sagen den Streik ab\nGewerkschaft und Ministerium einigten sich auf vier Prozent mehr Gehalt ab April.",
    SPANISH: "El pleno aprueba un nuevo dique\nLos concejales votaron el jueves por la noche un muro que protegerá cuatrocientas casas.\n\n"
    "Los maestros desconvocan la huelga\nSindicato y ministerio acordaron una subida del cuatro por ciento desde abril.",
}
POLLS = {
    ENGLISH: "Should the board have hired a second ferry?\nYes, whatever it costs\nNo, buses are enough\nVote",
    GERMAN: "Umfrage\nHätte die Behörde eine zweite Fähre mieten sollen?\nJa, um jeden Preis\nNein, Busse reichen\nAbstimmen",
    SPANISH: "Encuesta\n¿Debería la autoridad haber alquilado otro barco?\nSí\nNo\nVotar",
}
EVENTS = {
    ENGLISH: "Public meeting: Town Hall, High Street\nThursday 4 July, 7.30 p.m.\nTickets: £2\nBox office: 01632 960 114",
    GERMAN: "Wann: Donnerstag, 4. Juli, 19.30 Uhr\nWo: Rathaus, Hauptstraße 12\nEintritt: 2 Euro",
    SPANISH: "Cuándo: jueves 4 de julio, a las 19.30\nDónde: ayuntamiento, calle Mayor 12\nEntradas: 2 euros",
}
ARTICLES = (ENGLISH, GERMAN, SPANISH)


def cleaned(text: str) -> CleanedPart:
    part = clean_text(text, PageContext(date(2024, 7, 1)))
    assert isinstance(part, CleanedPart), part
    return part


def paragraphs(article: str) -> list[str]:
    return article.split("\n\n")[1:]


@pytest.mark.parametrize("article", ARTICLES)
def test_teasers_of_other_stories_below_the_article_go(article: str) -> None:
    assert cleaned(f"{article}\n\n{TEASERS[article]}").body.split("\n\n") == paragraphs(article)


@pytest.mark.parametrize("article", ARTICLES)
def test_teasers_above_it_go_and_the_headline_is_its_own(article: str) -> None:
    part = cleaned(f"{TEASERS[article]}\n\n{article}")
    assert part.body.split("\n\n") == paragraphs(article)
    assert part.title == article.split("\n")[0]


def test_short_sections_of_the_article_itself_stay() -> None:
    buses = ["How the buses run", "The buses leave Elwick every ten minutes and are free for commuters."]
    insurers = ["What the insurers pay", "Insurers pay for the cracked shaft and the engineers, the board said."]
    assert teasers([*paragraphs(ENGLISH), *buses, *insurers]) == set()


def test_news_in_brief_are_no_teasers_of_each_other() -> None:
    assert teasers([line for article in ARTICLES for line in TEASERS[article].split("\n") if line]) == set()


@pytest.mark.parametrize("article", ARTICLES)
def test_a_poll_goes_with_its_question(article: str) -> None:
    assert cleaned(f"{article}\n\n{POLLS[article]}").body.split("\n\n") == paragraphs(article)


@pytest.mark.parametrize("article", ARTICLES)
def test_when_and_where_it_takes_place_stays(article: str) -> None:
    body = cleaned(f"{article}\n\n{EVENTS[article]}").body
    assert [line for line in EVENTS[article].split("\n") if line not in body] == []


@pytest.mark.parametrize(
    "text",
    [
        "Not an article.",
        "This page is not an article.",
        "This page intentionally left blank.",
        "Diese Seite ist kein Artikel.",
        "Dies ist eine Testseite.",
        "Cette page n'est pas un article.",
        "Esta página no es un artículo.",
        "Это тестовая страница.",
    ],
)
def test_a_page_that_says_it_is_none_is_none(text: str) -> None:
    part = clean_text(text, PageContext(date(2024, 7, 1)))
    assert isinstance(part, Rejected)
    assert part.reason == "no_article"


@pytest.mark.parametrize(
    "text",
    ["The council said the barn was not an article of heritage. It will be torn down in May.", "Test pages of the census were printed on Monday."],
)
def test_a_brief_with_such_words_is_one(text: str) -> None:
    assert cleaned(text).body == text
