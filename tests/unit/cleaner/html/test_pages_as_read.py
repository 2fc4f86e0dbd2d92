"""What a reader sees is what comes out: void elements, early ends, readings over characters, layout tables, fragments of feeds."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.html import markup
from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.services.cleaner.html.blocks import blocks
from copydesk.services.cleaner.html.extraction import extract_page
from copydesk.services.cleaner.html.parsing import parse_page
from tests.unit.cleaner.html.pages import PARAGRAPHS, TITLE


def _texts(html: str) -> list[str]:
    root = parse_page(html)
    assert root is not None
    return [block.text for block in blocks(root)]


def _paragraphs(html: str) -> tuple[str, ...]:
    found = extract_page(html)
    assert isinstance(found, HtmlArticle), found
    return found.paragraphs


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>Straßen<wbr>verkehrs<wbr />ordnung gilt", ["Straßenverkehrsordnung gilt"]),
        ("<p>a@<WBR>b.example</wbr> and so on</p><p>more</p>", ["a@b.example and so on", "more"]),
        ("<p>Before <embed src='x' flashvars='a>b'>behind</p><p>more</p>", ["Before behind", "more"]),
        ("<p><audio controls><source src='x'></audio>Behind</p>", ["Behind"]),
        ("<p>One<keygen><bgsound src=x>two</p>", ["One two"]),
    ],
)
def test_elements_without_an_end_hold_nothing(html: str, texts: list[str]) -> None:
    assert _texts(html) == texts


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>T</title></head><body><nav>menu</nav></body></html><article><p>one</p><p>two</p></article></body></html>",
        "<html><body><nav>menu</nav><p>one</p></body></html><p>two</p>",
        "<html><body><nav>menu</nav></BODY ></html>\n<!doctype html><html><head><title>U</title></head><body><p>one</p><p>two</p></body></html>",
        "<html><body><nav>menu</nav><p>one</body></p><p>two</p>",
    ],
)
def test_what_follows_an_early_end_is_of_the_page(html: str) -> None:
    assert _texts(html) == ["menu", "one", "two"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p><ruby>古<rt>ふる</rt></ruby>い<ruby>橋<rt>はし</rt></ruby>", "古い橋"),
        ("<p><ruby>古<rp>(</rp><rt>ふる</rt><rp>)</rp></ruby>い", "古い"),
        ("<p><ruby>漢<rt>かん<rb>字<rt>じ</ruby>の本", "漢字の本"),
        ("<p><ruby><rb>旧</rb><rb>桥</rb><rtc><rt>jiù</rt><rt>qiáo</rt></rtc></ruby>开放", "旧桥开放"),
        ("<p><ruby>河曼市<rt><span class='x'>かわまんし</span></rt></ruby>は", "河曼市は"),
    ],
)
def test_readings_are_no_words(html: str, text: str) -> None:
    assert _texts(html) == [text]


MENU = "<a href='/n'>News</a><br><a href='/s'>Sport</a><br><a href='/w'>Weather</a>"
LINKS = "<b>See also</b><br><a href='/1'>Mill owner fined for blocking footpath</a><br><a href='/2'>Choir looks for tenors</a>"


@pytest.mark.parametrize("attributes", ["", " role='presentation'"])
@pytest.mark.parametrize("text", ["<p>" + "<p>".join(PARAGRAPHS), "<br><br>".join(PARAGRAPHS)], ids=["paragraphs", "lines"])
def test_cells_of_a_layout_are_no_row(text: str, attributes: str) -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><table{attributes}><tr><td>{MENU}</td><td>{text}</td><td>{LINKS}</td></tr></table>"
    assert _paragraphs(page) == PARAGRAPHS


def test_a_table_of_figures_stays_a_table() -> None:
    table = "<table><tr><td>Ward</td><td>Votes</td></tr><tr><td>North</td><td>1,204</td></tr></table>"
    assert _texts(f"<p>x</p>{table}") == ["x", "Ward | Votes", "North | 1,204"]
    wrapped = f"<table><tr><td><p>{PARAGRAPHS[0]}</p>{table}<p>{PARAGRAPHS[1]}</p></td></tr></table>"
    assert _texts(wrapped) == [PARAGRAPHS[0], "Ward | Votes", "North | 1,204", PARAGRAPHS[1]]


@pytest.mark.parametrize(
    ("text", "is_markup"),
    [
        ("By Ann Lee<br><br>Text", True),
        ("<p>Text", True),
        ("Text, <em>text</em>, text", True),
        ("Text.<br />\nText", True),
        ("&lt;p&gt;Text&lt;/p&gt;", True),
        ("<![CDATA[<p>Text</p>]]>", True),
        ("<ul><li>One<li>Two</ul>", True),
        ("Use <b> for bold and <p> for paragraphs.", False),
        ("He wrote “<br>” on the board.", False),
        ("If a < b and c > d, nothing follows.", False),
        ("One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight <i>and</i> nine\nTen\nEleven\nTwelve", False),
    ],
)
def test_a_fragment_is_known_by_its_tags(text: str, is_markup: bool) -> None:
    assert markup.is_markup(text) is is_markup


@pytest.mark.parametrize(
    "fragment",
    [
        "<p>" + "<p>".join(PARAGRAPHS),
        "<br />\n<br />\n".join(PARAGRAPHS),
        "\n\n".join([*PARAGRAPHS[:-1], f"<i>{PARAGRAPHS[-1]}</i>"]),
        "".join(f"<div>{text}</div>" for text in PARAGRAPHS),
        "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in PARAGRAPHS),
        "<![CDATA[" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "]]>",
    ],
    ids=["open", "lines", "italics", "divs", "escaped", "cdata"],
)
def test_fragments_of_feeds_are_whole_articles(fragment: str) -> None:
    assert _paragraphs(fragment) == PARAGRAPHS


@pytest.mark.parametrize(
    "note",
    [
        "The post <a href='/a'>Old bridge</a> appeared first on <a href='/'>Elwick Gazette</a>.",
        "Der Beitrag <a href='/a'>Alte Brücke</a> erschien zuerst auf <a href='/'>Elmsheimer Bote</a>.",
        "L’article <a href='/a'>Le vieux pont</a> est apparu en premier sur <a href='/'>Le Courrier</a>.",
        "La entrada <a href='/a'>El viejo puente</a> se publicó primero en <a href='/'>El Observador</a>.",
        "L'articolo <a href='/a'>Il vecchio ponte</a> proviene da <a href='/'>Il Corriere</a>.",
        "O post <a href='/a'>A ponte velha</a> apareceu primeiro em <a href='/'>O Correio</a>.",
        "Het bericht <a href='/a'>Oude brug</a> verscheen eerst op <a href='/'>De Bode</a>.",
        "Сообщение <a href='/a'>Старый мост</a> появились сначала на <a href='/'>Вестник</a>.",
        "<a href='/a'>旧桥推迟开放</a>最先出现在<a href='/'>江口日报</a>。",
        "投稿 <a href='/a'>古い橋</a> は <a href='/'>河曼新聞</a> に最初に表示されました。",
    ],
)
def test_what_a_feed_adds_goes(note: str) -> None:
    assert _paragraphs("".join(f"<p>{text}</p>" for text in PARAGRAPHS) + f"<p>{note}</p>") == PARAGRAPHS


@pytest.mark.parametrize(
    "page",
    [
        "<div><p>word " * 3_000,
        "<table><tr><td colspan='9007199254740991' rowspan='99999999'>cell</td></tr></table>" + f"<p>{PARAGRAPHS[0]}</p>",
        "<p>tiny</p>" * 5_000,
    ],
    ids=["nested", "spans", "paragraphs"],
)
def test_hostile_pages_come_to_an_end(page: str) -> None:
    assert extract_page(f"<html><body>{page}</body></html>") is not None


@pytest.mark.parametrize("name", ["polls", "poll-results", "sondage"])
def test_what_an_article_tells_of_polls_stays(name: str) -> None:
    told = "The survey asked four hundred residents, and more than half of them said that the harbour should be left as it is."
    paragraphs = [f"<p>{text}</p>" for text in PARAGRAPHS]
    poll = f"<div class='{name}'><h4>Is it worth it?</h4><label><input type='radio'>Yes</label><label><input type='radio'>No</label></div>"
    assert told in _paragraphs(
        f"<h1>{TITLE}</h1>" + f"<div class='{name}'><p>{told}</p></div>".join(["".join(paragraphs[:3]), "".join(paragraphs[3:])])
    )
    assert _paragraphs(f"<h1>{TITLE}</h1>" + poll.join(["".join(paragraphs[:3]), "".join(paragraphs[3:])])) == (TITLE, *PARAGRAPHS)
