"""What a page hides or prints twice, and links that cry out between its paragraphs, are no text of the article; what it only folds away is."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.services.cleaner.html.blocks import blocks
from copydesk.services.cleaner.html.extraction import extract_page
from copydesk.services.cleaner.html.hidden import hidden
from copydesk.services.cleaner.html.parsing import parse_page
from tests.unit.cleaner.html.pages import PARAGRAPHS, TITLE, article
from tests.unit.cleaner.html.test_html_extraction import ARABIC, JAPANESE, SPANISH

TEXTS = {"en": PARAGRAPHS, "es": SPANISH, "ja": JAPANESE, "ar": ARABIC}
HEAD = "2024-05-14T09:30:00+02:00"


def _paragraphs(texts: tuple[str, ...], **inside: str) -> tuple[str, ...]:
    """Those of a page with markup `above`, before its third paragraph (`between`), or `below`."""
    parts = [f"<p>{text}</p>" for text in texts]
    body = "".join([inside.get("above", ""), *parts[:2], inside.get("between", ""), *parts[2:], inside.get("below", "")])
    found = extract_page(article(paragraphs=texts).replace("".join(parts), body))
    assert isinstance(found, HtmlArticle), found
    return tuple(text for text in found.paragraphs if text != TITLE and "Photo:" not in text)  # those of a short page are another matter


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    "markup",
    [
        f"<div style='display:none'><span itemprop='keywords'>bridge, harbour, council</span><span itemprop='dateModified'>{HEAD}</span>"
        "<span itemprop='image'>https://cdn.example.org/bridge.jpg</span><div itemprop='articleBody'>{all}</div></div>",
        f"<span itemprop='keywords'>bridge; harbour; council</span><span itemprop='datePublished'>{HEAD}</span>",
        "<div hidden><p>{first}</p><p>{second}</p></div>",
        "<p style='visibility: hidden'>{first} {second}</p>",
        "<div class='for-print'>{paragraphs}</div>",
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_hidden_and_second_copies_go(language: str, markup: str, place: str) -> None:
    texts = TEXTS[language]
    copies = {"all": " ".join(texts), "first": texts[0], "second": texts[1], "paragraphs": "".join(f"<p>{text}</p>" for text in texts)}
    assert _paragraphs(texts, **{place: markup.format(**copies)}) == texts


def test_a_standfirst_that_is_the_first_paragraph_is_printed_once() -> None:
    assert _paragraphs(PARAGRAPHS, above=f"<h2>{PARAGRAPHS[0]}</h2>") == PARAGRAPHS


def test_what_is_folded_away_is_no_copy() -> None:
    more = "Residents had feared that the old bridge would be torn down, and had collected nine thousand signatures to save it."
    root = parse_page(f"<p>{PARAGRAPHS[0]}</p><div style='display:none'><p>{more}</p><p>{PARAGRAPHS[0]}</p><p>Close</p></div>")
    assert root is not None
    assert sorted(hidden(blocks(root), range(4))) == [2, 3]


@pytest.mark.parametrize(
    "line",
    [
        "MORE: Dock workers win their pay rise",
        "JUST IN | Man rescued from river",
        "COUNCIL APPROVES TRAM LINE AFTER LONG ROW",
        "NICHT VERPASSEN: Das Stadtfest im Überblick",
        "STADTRAT STREITET ÜBER NEUE STRASSENBAHN",
        "NOTRE DOSSIER : Les dessous du viaduc",
        "VER MÁS: Así será el nuevo mercado",
        "IL CONSIGLIO APPROVA IL BILANCIO",
        "VEJA FOTOS: Como ficou a ponte",
        "MIS NIETS: De mooiste wandelingen",
        "ДЕПУТАТЫ ПРИНЯЛИ БЮДЖЕТ НА ГОД",
        "ДЕПУТАТИ УХВАЛИЛИ БЮДЖЕТ НА РІК",
        "لا يفوتك: أجمل نزهات الصيف",
        "不要错过：夏季最美步道",
        "【動画】橋の工事現場",
    ],
)
@pytest.mark.parametrize("markup", ["<p><a href='/1'>{}</a></p>", "<p><strong><a href='/1'>{}</a></strong></p>", "<h3><a href='/1'>{}</a></h3>"])
def test_links_that_cry_go(line: str, markup: str) -> None:
    assert _paragraphs(PARAGRAPHS, between=markup.format(line)) == PARAGRAPHS


@pytest.mark.parametrize("counters", [("1/5", "2/5"), ("1 of 12", "2 of 12"), ("(1/3)", "(2/3)"), ("1 из 5", "2 из 5")])
def test_counters_of_pictures_go(counters: tuple[str, str]) -> None:
    assert _paragraphs(PARAGRAPHS, above=f"<p>{counters[0]}</p>", between=f"<p>{counters[1]}</p>") == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "THE COUNCIL SPEAKS WITH ONE VOICE",
        "Q: How long will it take?",
        "The vote: <a href='/1'>nineteen members</a> against eight, with three abstaining and two away, as the minutes of the meeting show.",
        "Update: the port authority has confirmed <a href='/2'>the date</a> on which the ferries will start to run.",
    ],
)
def test_lines_of_the_article_stay(line: str) -> None:
    plain = line.replace("</a>", "").replace("<a href='/1'>", "").replace("<a href='/2'>", "")
    assert _paragraphs(PARAGRAPHS, between=f"<p>{line}</p>") == (*PARAGRAPHS[:2], plain, *PARAGRAPHS[2:])
