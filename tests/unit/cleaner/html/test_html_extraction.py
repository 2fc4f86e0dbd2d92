"""A whole page: the article with everything around it removed and named; pages that are no article."""

from __future__ import annotations

import json

import pytest

from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.services.cleaner.html.extraction import extract_page
from copydesk.shared.stage import Rejected
from tests.unit.cleaner.html.pages import COMMENTS, FOOTER, NAVIGATION, PARAGRAPHS, TITLE, article


def _article(html: str, url: str | None = None) -> HtmlArticle:
    found = extract_page(html, url)
    assert isinstance(found, HtmlArticle), found
    return found


def test_every_paragraph_and_nothing_else() -> None:
    found = _article(article())
    assert found.paragraphs == PARAGRAPHS
    assert (found.title, found.author, found.language) == (TITLE, "Jo Field", "en")
    assert (found.published_at, found.published_precision, found.origins["published_at"]) == ("2024-05-14T09:30:00Z", "minute", "time")
    assert found.origins["body"] == "blocks"


def test_what_is_removed_keeps_its_text_and_a_reason() -> None:
    found = _article(article())
    reasons = {removed.text: removed.reason for removed in found.removed}
    assert reasons[TITLE] == "title"
    assert reasons["Home"] == "navigation"
    assert "Finally! I hope that they also fix the cycle path this time." in reasons
    assert all(reasons.values())
    assert not set(reasons) & set(found.paragraphs)


def test_captions_are_kept_with_their_credit() -> None:
    (caption,) = _article(article()).captions
    assert caption.text.startswith("The harbour bridge in 1931")
    assert caption.credit == "City Archive"


def test_characters_are_mended() -> None:
    soft = PARAGRAPHS[0].replace("bridge", "br\u00adid\u200bge")
    entity = PARAGRAPHS[1].replace("Engineers", "Engineers&amp;Co")
    found = _article(article(paragraphs=(soft, entity, *PARAGRAPHS[2:])))
    assert found.paragraphs[0] == PARAGRAPHS[0]
    assert found.paragraphs[1].startswith("Engineers&Co")


def test_a_page_drawn_by_scripts_has_its_publishers_text() -> None:
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}
    head = f"<script type='application/ld+json'>{json.dumps(node)}</script>"
    found = _article(f"<html><head>{head}</head><body>{NAVIGATION}<div id='app'>Loading</div>{FOOTER}</body></html>")
    assert (found.paragraphs, found.origins["body"], found.title) == (PARAGRAPHS, "json-ld", TITLE)


TEASERS = "".join(
    f"<article class='card'><h2><a href='/{n}'>Story number {n} of the day</a></h2><p>{PARAGRAPHS[n % 5]}</p></article>" for n in range(12)
)


@pytest.mark.parametrize(
    "html,reason",
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("<html><body><script>draw()</script></body></html>", "empty"),
        (f"<html><head><title>404 Not Found</title></head><body>{NAVIGATION}<h1>Page not found</h1><p>Sorry.</p></body></html>", "error_page"),
        (f"<html><body>{NAVIGATION}<form><input name='u'><input type='password'><button>Go</button></form></body></html>", "login_wall"),
        (f"<html><meta property='og:type' content='video.other'><body>{NAVIGATION}<h1>Clip</h1></body></html>", "video_page"),
        (f"<html><body><header>{NAVIGATION}</header><main>{TEASERS}</main>{FOOTER}</body></html>", "listing_page"),
        (f"<html><body>{NAVIGATION}{FOOTER}</body></html>", "no_article"),
    ],
)  # fmt: skip
def test_pages_without_an_article_are_rejected_by_kind(html: str, reason: str) -> None:
    found = extract_page(html)
    assert isinstance(found, Rejected), found
    assert found.reason == reason
    assert found.detail


SPANISH = (
    "El ayuntamiento aprobó el martes la reconstrucción del viejo puente del puerto, tras más de once años de disputas entre los partidos.",
    "Los ingenieros habían advertido en primavera de que el puente, abierto en 1931, tendría que cerrarse a los camiones.",
    "Las obras empezarán en marzo y durarán dos años, durante los cuales los transbordadores serán gratuitos para los peatones.",
)
JAPANESE = (
    "市議会は火曜日、十一年以上にわたる論争に終止符を打ち、古い港の橋を再建することを賛成多数で可決した。工事は三月に始まる予定である。",
    "技術者らは昨年の春、一九三一年に開通したこの橋について、支承を交換しなければ大型車の通行を止める必要があると警告していた。",
    "工事は二年間続く見込みで、その間は渡し船が歩行者を無料で運ぶ。費用は四千万と見積もられ、市と港湾局が分担する。",
)
ARABIC = (
    "صوت مجلس المدينة يوم الثلاثاء على إعادة بناء جسر الميناء القديم، منهيا خلافا استمر أكثر من أحد عشر عاما بين الأحزاب.",
    "وحذر المهندسون في الربيع الماضي من أن الجسر الذي افتتح عام 1931 يجب أن يغلق أمام الشاحنات ما لم تستبدل دعاماته.",
    "وسيبدأ العمل في مارس ويستمر عامين، تنقل خلالهما العبارات المشاة عبر الميناء مجانا دون أي رسوم إضافية عليهم.",
)


@pytest.mark.parametrize("paragraphs", [SPANISH, JAPANESE, ARABIC], ids=["es", "ja", "ar"])
def test_other_languages_come_out_whole(paragraphs: tuple[str, ...]) -> None:
    assert set(paragraphs) <= set(_article(article(paragraphs=paragraphs)).paragraphs)


def test_deep_nesting_loses_nothing_that_a_parser_can_follow() -> None:
    deep = article().replace("<main>", "<main>" + "<div>" * 400).replace("</main>", "</div>" * 400 + "</main>")
    assert _article(deep).paragraphs == PARAGRAPHS
    found = extract_page("<div>" * 100_000 + "hello" + "</div>" * 100_000)
    assert isinstance(found, Rejected)
    assert found.reason == "empty"


def test_an_element_with_thousands_of_attributes_loses_attributes_and_no_text() -> None:
    page = article().replace(f"<p>{PARAGRAPHS[0]}", "<p " + "".join(f"data-{number}='x y' " for number in range(5_000)) + f">{PARAGRAPHS[0]}", 1)
    assert len(page) > len(article())
    assert _article(page) == _article(article())


def test_one_line_of_five_million_characters_is_a_page_too() -> None:
    (paragraph,) = _article(f"<html><body><p>{'This is a word, and so it goes on. ' * 145_000}</p></body></html>").paragraphs
    assert len(paragraph) > 5_000_000


def test_comments_after_the_article_stay_out() -> None:
    assert not any("cycle path" in text for text in _article(article(after=COMMENTS)).paragraphs)


def test_the_same_page_gives_the_same_bytes_and_survives_the_pipe() -> None:
    first, second = extract_page(article()), extract_page(article())
    assert first == second
