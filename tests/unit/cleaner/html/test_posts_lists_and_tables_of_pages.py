"""Embedded posts, numbered lists and tables are the article's, first and last items too; menus, rankings of other stories and references are not."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.services.cleaner.html.extraction import extract_page
from tests.unit.cleaner.html.pages import PARAGRAPHS, article

POSTS = {
    "en": "Walked past the harbour bridge today. Lorries queueing back to the ring road again.",
    "de": "Schon wieder Stau an der alten Hafenbrücke. Wann geht es hier endlich los?",
    "fr": "Encore des bouchons au vieux pont. Les riverains n’en peuvent plus.",
    "es": "Otra vez cola en el puente viejo. Así no se puede vivir.",
    "ru": "Опять пробка на старом мосту. Сколько можно ждать?",
    "ar": "زحام جديد على الجسر القديم. إلى متى ننتظر؟",
    "ja": "古い橋がまた渋滞。通勤がつらい。",
}
EMBEDS = (
    "<blockquote class='twitter-tweet'><p>{}</p>— Bridge Watch (@bridgewatch) <a href='https://twitter.com/x'>May 14, 2024</a></blockquote>",
    "<div class='social-embed'><blockquote class='twitter-video'><p>{}</p>— Watch <a href='https://x.com/x'>May 14</a></blockquote></div>",
    "<div class='fb-post'><blockquote class='fb-xfbml-parse-ignore'><p>{}</p>Posted by <a href='https://facebook.com/x'>Watch</a></blockquote></div>",
    "<blockquote class='instagram-media'><a href='https://instagram.com/p'>View this post on Instagram</a><p><a href='https://instagram.com/p'>{}</a></p>"
    "</blockquote>",
    "<figure><blockquote class='bluesky-embed'><p>{}</p>— Watch</blockquote></figure>",
)
PLACES = ("Northern quay", "Old fish market", "Mill pond", "Tram depot", "Salt steps", "Ferry house", "Gasworks basin", "Canon lane")


def _paragraphs(inside: str, at: int = 3) -> tuple[str, ...]:
    """Those of a page that has a piece of markup before its paragraph `at`."""
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    parts = [f"<p>{text}</p>" for text in PARAGRAPHS]
    found = extract_page(article().replace(body, "".join([*parts[:at], inside, *parts[at:]])))
    assert isinstance(found, HtmlArticle), found
    return found.paragraphs


@pytest.mark.parametrize("language", POSTS)
@pytest.mark.parametrize("embed", EMBEDS)
@pytest.mark.parametrize("at", [0, 3, 5])
def test_a_post_is_of_the_article_that_shows_it(language: str, embed: str, at: int) -> None:
    found = _paragraphs(embed.format(POSTS[language]), at)
    assert [text for text in found if text in (*PARAGRAPHS, POSTS[language])] == [*PARAGRAPHS[:at], POSTS[language], *PARAGRAPHS[at:]]
    assert not any("View this post" in text for text in found)


@pytest.mark.parametrize("part", ["aside", "div class='sidebar'", "div class='trending-now'"])
def test_posts_beside_the_article_are_not(part: str) -> None:
    post = EMBEDS[0].format(POSTS["en"])
    found = extract_page(article(after=f"<{part}><h3>Follow us</h3>{post}{post}</{part.split()[0]}>"))
    assert isinstance(found, HtmlArticle)
    assert found.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    ("markup", "items"),
    [
        ("<ol>{}</ol>", "<li><a href='/{n}'>{place}</a></li>"),
        ("<ol>{}</ol>", "<li><a href='/{n}'>{place}</a>, which floods often</li>"),
        ("<div>{}</div>", "<p>{n}. <a href='/{n}'>{place}</a></p>"),
        ("{}", "<p><b>{n}) {place}</b>: floods often</p>"),
        ("<table><tr><th>No</th><th>Place</th><th>cm</th></tr>{}</table>", "<tr><td>{n}</td><td><a href='/{n}'>{place}</a></td><td>40</td></tr>"),
    ],
)
@pytest.mark.parametrize("at", [3, 5])
def test_all_items_of_a_list_are(markup: str, items: str, at: int) -> None:
    rows = "".join(items.format(n=n, place=place) for n, place in enumerate(PLACES, 1))
    found = _paragraphs(markup.format(rows), at)
    assert [place for place in PLACES if any(place in text for text in found)] == list(PLACES)
    assert set(PARAGRAPHS) <= set(found)


@pytest.mark.parametrize(
    "markup",
    [
        "<h3>Most read</h3><ol>{}</ol>",
        "<h3>Lesen Sie auch</h3><ol>{}</ol>",
        "<div class='related'><ol>{}</ol></div>",
        "<aside><ol>{}</ol></aside>",
        "<h2>References</h2><ol>{}</ol>",
        "<h2>Источники</h2><ol>{}</ol>",
        "<ol class='breadcrumb'>{}</ol>",
    ],
)
def test_lists_of_other_things_are_not(markup: str) -> None:
    rows = "".join(f"<li><a href='/{n}'>{place} closed after storm damages its roof</a></li>" for n, place in enumerate(PLACES, 1))
    assert _paragraphs(markup.format(rows), 5) == PARAGRAPHS
