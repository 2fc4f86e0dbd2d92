"""Who wrote it and when, as pages of twelve languages print it: out of the text, into the record, and never those of another story."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.services.cleaner import page
from copydesk.services.cleaner.html import HtmlArticle, extract
from copydesk.services.cleaner.stripped_text import PageContext
from copydesk.shared.records.cleaned import CleanedPart
from tests.unit.cleaner.html.pages import PARAGRAPHS, TITLE
from tests.unit.cleaner.html.test_html_extraction import ARABIC, JAPANESE, SPANISH

OTHERS = "".join(
    f"<div class='item'><a href='/{n}'>Other story {n} of the day</a> <span class='byline'><a rel='author' href='/p{n}'>{name}</a></span>"
    f" <time datetime='2025-0{n}-01'>2025-0{n}-01</time></div>"
    for n, name in enumerate(("Pia Locke", "Theo Marsh", "Eva Stein"), 1)
)
RIVER = f"<div class='latest'><h3>More</h3>{OTHERS}</div>"


def _article(head: str, lang: str = "en", paragraphs: tuple[str, ...] = PARAGRAPHS, meta: str = "", above: str = "", below: str = "") -> CleanedPart:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    found = extract(
        f"<!doctype html><html lang='{lang}'><head><meta charset='utf-8'><title>{TITLE}</title>{meta}</head><body><header><a href='/'>Gazette</a>"
        f"</header>{above}<article><h1>{TITLE}</h1>{head}{body}</article>{below}</body></html>"
    )
    assert isinstance(found, HtmlArticle), found
    part = page.clean_page(found, PageContext(date(2030, 1, 1)))
    assert isinstance(part, CleanedPart), part
    return part


def _body(paragraphs: tuple[str, ...]) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("lang", "line", "author", "day"),
    [
        ("en", "By Ann Lee, BBC News | Published 6th February 2024", "Ann Lee", "2024-02-06"),
        ("de", "Von Jana Petersen | 06.02.2024, 16:22 Uhr", "Jana Petersen", "2024-02-06"),
        ("fr", "Par Thomas Achard<br>Publié le 06/02/2024 à 16h22, mis à jour le 08/02/2024", "Thomas Achard", "2024-02-06"),
        ("es", "Por María Quiroga<br>Actualizado 08/02/2024 | Publicado 06/02/2024", "María Quiroga", "2024-02-06"),
        ("it", "di Marco Bellini | Aggiornato l'8 febbraio 2024 - Pubblicato il 6 febbraio 2024", "Marco Bellini", "2024-02-06"),
        ("pt", "Por Vânia Sampedro<br>06/02/2024 16h22 - Atualizado em 08/02/2024 10h00", "Vânia Sampedro", "2024-02-06"),
        ("nl", "Door Joost van Dijk<br>Gepubliceerd op 06-02-2024 om 16:22", "Joost van Dijk", "2024-02-06"),
        ("ru", "Автор: Тимофей Ашев<br>16:22, 6 февраля 2024 г. Обновлено 8 февраля 2024 г.", "Тимофей Ашев", "2024-02-06"),
        ("uk", "Автор: Тимофій Ашенко<br>Вівторок, 6 лютого 2024", "Тимофій Ашенко", "2024-02-06"),
        ("ar", "بقلم: سامي حداد<br>تاريخ النشر: 06/02/2024 آخر تحديث: 08/02/2024", "سامي حداد", "2024-02-06"),
        ("zh", "作者：王小明<br>发布时间：2024-02-06 16:22", "王小明", "2024-02-06"),
        ("ja", "文・山田太郎<br>公開日：2024/02/06 更新日：2024/02/08", "山田太郎", "2024-02-06"),
    ],
)
@pytest.mark.parametrize("tag", ["<p>{}</p>", "<div class='m'>{}</div>", "<span>{}</span>"])
@pytest.mark.parametrize("river", ["above", "below", ""])
def test_lines_under_the_headline(lang: str, line: str, author: str, day: str, tag: str, river: str) -> None:
    paragraphs = {"es": SPANISH, "ja": JAPANESE, "ar": ARABIC}.get(lang, PARAGRAPHS)
    found = _article(tag.format(line), lang, paragraphs, **({river: RIVER} if river else {}))
    assert (found.author, (found.published_at or "")[:10]) == (author, day)
    assert found.body == _body(paragraphs)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Lee and Bob Roy, BBC News", "Ann Lee, Bob Roy"),
        ("BY ANN LEE<br>Gazette Staff Writer", "ANN LEE"),
        ("<span>By</span> <a href='/a'>Ann Lee</a><span>Political Editor</span>", "Ann Lee"),
        ("By Ann Lee<br>Special to the Courier", "Ann Lee"),
        ("Words by Ann Lee, photographs by Robert Roy", "Ann Lee"),
        ("By Ann Lee · 5 min read", "Ann Lee"),
        ("By Ann Lee ann.lee@gazette.example", "Ann Lee"),
        ("Ann Lee, Health Editor", "Ann Lee"),
    ],
)
def test_names_alone(line: str, author: str) -> None:
    found = _article(f"<div class='byline'>{line}</div>")
    assert (found.author, found.body) == (author, _body(PARAGRAPHS))


def test_a_headline_and_a_byline_on_lines_of_one_block() -> None:
    text = "<br><br>".join(PARAGRAPHS)
    found = extract(f"<html><head><title>{TITLE}</title></head><body><table><tr><td><b>{TITLE}</b><br>By Ann Lee<br><br>{text}</td></tr></table>")
    assert isinstance(found, HtmlArticle)
    part = page.clean_page(found, PageContext(date(2030, 1, 1)))
    assert isinstance(part, CleanedPart)
    assert (part.author, part.body) == ("Ann Lee", _body(PARAGRAPHS))


def test_what_other_stories_say_is_not_of_this_one() -> None:
    found = _article("", above=RIVER, below=RIVER.replace("latest", "cards"))
    assert (found.author, found.published_at) == (None, None)


@pytest.mark.parametrize(
    ("lang", "line", "day"),
    [
        ("en-GB", "06/02/2024", "2024-02-06"),
        ("en-US", "02/06/2024", "2024-02-06"),
        ("en-AU", "Published 06/02/2024", "2024-02-06"),
        ("en", "06/02/2024", None),
        ("en", "06/02/2024 | Updated 23/02/2024", "2024-02-06"),
    ],
)
def test_numbers_are_read_as_the_page_writes_them(lang: str, line: str, day: str | None) -> None:
    assert _article(f"<p>{line}</p>", lang).published_at == day


@pytest.mark.parametrize(
    "sentence",
    ["The Marlin sank on 14 March 1987.", "It was last shut from 2 March 2020 to 18 May 2020.", "The deadline is August 31, 2027."],
)
@pytest.mark.parametrize("at", [0, 1])
def test_dates_of_which_the_article_tells_are_not_its_own(sentence: str, at: int) -> None:
    paragraphs = (*PARAGRAPHS[:at], sentence, *PARAGRAPHS[at:])
    found = _article("", paragraphs=paragraphs)
    assert (found.published_at, found.body) == (None, _body(paragraphs))


@pytest.mark.parametrize(
    "line",
    [
        "<time itemprop='dateModified' datetime='2024-02-08T10:00Z'>6 February 2024 | Updated 8 February 2024</time>",
        "<p>Updated <time datetime='2024-02-08T10:00Z'>8 February 2024</time>, published <time datetime='2024-02-06'>6 February 2024</time></p>",
        "<div><time class='updated' datetime='2024-02-08'>Last updated 8 February 2024</time></div><div>First published 6 February 2024</div>",
    ],
)
def test_published_and_not_changed(line: str) -> None:
    found = _article(line, meta="<meta property='article:modified_time' content='2024-02-08T10:00:00Z'>")
    assert (found.published_at or "")[:10] == "2024-02-06"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/authors/ann-lee", "Ann Lee"),
        ("https://courier.example/author/ann-lee/", "Ann Lee"),
        ("/autor/jana-petersen", "Jana Petersen"),
        ("/auteurs/thomas-achard", "Thomas Achard"),
        ("/autores/maria-quiroga", "María Quiroga"),
        ("/autore/marco-bellini", "Marco Bellini"),
        ("/profile/timofey-ashev", "Тимофей Ашев"),
        ("/journalists/sami-haddad", "سامي حداد"),
        ("/reporters/42", "山田太郎"),
    ],
)
@pytest.mark.parametrize("tag", ["<div><a href='{}'>{}</a></div>", "<p class='m'>Text: <a href='{}'><span>{}</span></a> · 4 min</p>"])
def test_a_name_that_links_to_its_profile(address: str, name: str, tag: str) -> None:
    assert _article(tag.format(address, name), below=RIVER).author == name


@pytest.mark.parametrize("address", ["/topics/harbour-bridge", "/authors", "#"])
def test_a_link_to_something_else_names_nobody(address: str) -> None:
    assert _article(f"<div><a href='{address}'>Harbour Bridge</a></div>").author is None


HOUSE = (
    '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "headline": "' + TITLE + '", "author": '
    '{"@type": "Organization", "name": "Elwick Courier"}}</script>'
)


@pytest.mark.parametrize(
    ("lang", "line", "author"),
    [
        ("en", "By Ann Lee", "Ann Lee"),
        ("de", "Von Jana Petersen", "Jana Petersen"),
        ("fr", "Par Thomas Achard", "Thomas Achard"),
        ("es", "Por María Quiroga", "María Quiroga"),
        ("it", "di Marco Bellini", "Marco Bellini"),
        ("ru", "Автор: Тимофей Ашев", "Тимофей Ашев"),
        ("zh", "作者：王小明", "王小明"),
        ("en", "Harbour Bridge", "Elwick Courier"),
        ("en", "", "Elwick Courier"),
    ],
)
def test_who_signs_comes_before_the_house_that_states_itself(lang: str, line: str, author: str) -> None:
    assert _article(f"<p>{line}</p><p>6 February 2024</p>", lang, meta=HOUSE).author == author


def test_a_site_that_states_itself_is_a_house() -> None:
    meta = "<meta property='og:site_name' content='Elwick Courier'><meta name='author' content='Elwick Courier'>"
    assert _article("<p>By Ann Lee</p>", meta=meta).author == "Ann Lee"
    assert _article("<p>By Ann Lee</p>", meta="<meta name='author' content='Robert Roy'>").author == "Robert Roy"
    assert _article("<p>By Ann Lee</p>", meta="<meta name='author' content='Robert Roy, Jana Petersen'>").author == "Robert Roy, Jana Petersen"


def test_what_the_head_of_a_page_states_is_its_own() -> None:
    meta = "<meta itemprop='author' content='Ann Lee'><meta itemprop='datePublished' content='2024-02-06T16:22:00+0100'>"
    part = _article("", meta=meta, below=RIVER)
    assert (part.author, (part.published_at or "")[:10]) == ("Ann Lee", "2024-02-06")


def test_authors_that_are_stated_one_by_one() -> None:
    names = ("Lee, Ann B.", "Roy, Robert", "Jana Petersen")
    assert (
        _article("", meta="".join(f"<meta name='citation_author' content='{name}'>" for name in names)).author
        == "Ann B. Lee, Robert Roy, Jana Petersen"
    )


@pytest.mark.parametrize("name", ["author", "datePublished"])
def test_a_page_that_is_an_item_as_a_whole(name: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = extract(f"<!doctype html><html itemprop='{name}'><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body}</body></html>")
    assert isinstance(found, HtmlArticle)
    assert (found.author, found.published_at) == (None, None)
