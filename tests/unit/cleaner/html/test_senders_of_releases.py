"""What a press release says of its sender below its text goes; a heading of the article that begins alike stays."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.html.blocks import blocks
from copydesk.services.cleaner.html.parsing import parse_page
from copydesk.services.cleaner.html.vicinity import HEADINGS
from copydesk.services.cleaner.sender import about_sender
from tests.unit.cleaner.html.pages import PARAGRAPHS


def _removed(below: str, marked: bool = True) -> list[str]:
    root = parse_page("".join(f"<p>{text}</p>" for text in PARAGRAPHS) + below)
    assert root is not None
    found = blocks(root)
    headings = {at for at, block in enumerate(found) if block.element.tag in HEADINGS}
    return [found[at].text for at in sorted(about_sender([block.text for block in found], range(len(found)), headings, marked))]


SENDERS = [
    (
        "About Elwick Harbour Group",
        "Elwick Harbour Group runs nine ports on two coasts. It was founded in 1931 and employs more than two thousand people.",
    ),
    (
        "Über die Hafenbau AG",
        "Die Hafenbau AG plant und baut Kaianlagen in neun Ländern. Das 1931 gegründete Unternehmen hat seinen Sitz in Elmsheim.",
    ),
    (
        "À propos de Portmer",
        "Portmer exploite neuf ports sur deux façades maritimes. Fondée en 1931, l’entreprise emploie plus de deux mille personnes.",
    ),
    (
        "Acerca de Puertomar",
        "Puertomar gestiona nueve puertos en dos costas. Fundada en 1931, la empresa da trabajo a más de dos mil personas en el país.",
    ),
    (
        "Informazioni su Portomare",
        "Portomare gestisce nove porti su due coste. Fondata nel 1931, l’azienda dà lavoro a più di duemila persone in tutto il paese.",
    ),
    ("Sobre a Marporto", "A Marporto gere nove portos em duas costas. Fundada em 1931, a empresa emprega mais de duas mil pessoas em todo o país."),
    ("Over Havenbouw", "Havenbouw ontwerpt en bouwt kades in negen landen. Het bedrijf werd in 1931 opgericht en telt ruim tweeduizend medewerkers."),
    (
        "О компании «Мортранс»",
        "«Мортранс» управляет девятью портами на двух побережьях. Компания основана в 1931 году, в ней работают две тысячи человек.",
    ),
    ("Про компанію «Морбуд»", "«Морбуд» керує дев’ятьма портами на двох узбережжях. Компанію засновано 1931 року, у ній працюють дві тисячі людей."),
    ("نبذة عن شركة المرفأ", "تدير شركة المرفأ تسعة موانئ على ساحلين، وقد تأسست عام 1931 ويعمل فيها أكثر من ألفي شخص في أنحاء البلاد كلها."),
    ("关于海港集团", "海港集团在两条海岸线上经营九个港口，成立于1931年，在全国各地拥有两千多名员工，总部设在江口市。"),
    ("港湾グループについて", "港湾グループは二つの海岸で九つの港を運営する企業で、1931年に設立され、全国で二千人以上の従業員を擁している。"),
    (
        "About the company",
        "The group runs nine ports on two coasts. It was founded in 1931 and employs more than two thousand people all over the country.",
    ),
]


@pytest.mark.parametrize(("heading", "text"), SENDERS)
def test_what_is_said_of_the_sender_goes(heading: str, text: str) -> None:
    assert _removed(f"<h3>{heading}</h3><p>{text}</p>") == [heading, text]
    assert _removed(f"<p>{heading}</p><p>{text}</p>", marked=False) == [heading, text]
    assert _removed(f"<p><b>{heading}</b><br>{text}</p>") == [f"{heading}\n{text}"]
    assert _removed(f"<p>{heading}: {text}</p>") == [f"{heading}: {text}"]


@pytest.mark.parametrize(
    "line",
    [
        "Media contact: Jo Field, press@harbour.example",
        "Pressekontakt: Jana Roth, presse@hafenbau.example",
        "Contact presse : Jeanne Roux, presse@portmer.example",
        "Contacto de prensa: Juana Ruiz",
        "Ufficio stampa: Gianna Rossi",
        "Assessoria de imprensa: Joana Reis",
        "Perscontact: Janna Roos",
        "Контакты для прессы: Яна Рогова",
        "Контакти для преси: Яна Рогач",
        "للتواصل الإعلامي: جنى راشد",
        "媒体联系人：李娜",
        "報道関係のお問い合わせ：広報部",
    ],
)
def test_whom_the_press_may_call_goes(line: str) -> None:
    heading, text = SENDERS[0]
    assert _removed(f"<p>{line}</p>") == [line]
    assert _removed(f"<h3>{heading}</h3><p>{text}</p><p>{line}</p>") == [heading, text, line]


@pytest.mark.parametrize(
    "below",
    [
        "<h2>About the bridge</h2><p>When it opened in 1931 it was the longest of its kind, and it has carried trams and lorries ever since.</p>",
        "<h2>Über die Zukunft</h2><p>Was danach kommt, ist offen: Der Rat will erst die Prüfung abwarten und dann beraten.</p>",
        "<p>About forty lorries an hour cross the bridge: too many, engineers say, for bearings that were made for carts.</p>",
        f"<h2>About Elwick Harbour</h2><p>Elwick Harbour was dug in 1870 {PARAGRAPHS[0]}</p><h2>What comes next</h2><p>{PARAGRAPHS[1]}</p>",
        "<p>Press contacts between the two towns had been broken off in spring, after the quarrel about the ferry.</p>",
    ],
)
def test_headings_of_the_article_stay(below: str) -> None:
    assert _removed(below) == []


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Sobre Messi", "“Messi es el mejor jugador que he visto y lo seguirá siendo durante mucho tiempo, no tengo ninguna duda”, dijo el técnico."),
        ("Sobre Sánchez", "Sánchez es el líder de su partido desde hace años, recordó la ministra, y nadie espera que renuncie antes del verano."),
        ("Über Merkel", "Merkel habe das Land geprägt wie kaum jemand vor ihr, sagte der Minister bei der Vorstellung seines Buches am Abend."),
        ("Over Ajax", "Ajax speelde volgens de trainer de beste wedstrijd van het seizoen, al bleef de ploeg in de tweede helft zonder doelpunt."),
        ("Об Арктике", "Арктика остаётся главной темой переговоров, и стороны договорились встретиться ещё раз в конце месяца, сообщил министр."),
        ("About Gaza", "Gaza was the first subject of the talks, and both ministers said that aid had to reach the north before the winter."),
        ("关于台风", "台风将在周五登陆，气象部门要求渔民在周四之前返回港口，并且提醒居民不要靠近海边，学校也会停课一天。"),
    ],
)
def test_parts_of_an_interview_stay_in_text_without_marks(heading: str, text: str) -> None:
    assert _removed(f"<p>{heading}</p><p>{text}</p>", marked=False) == []
    assert _removed(f"<p>{heading}: {text}</p>", marked=False) == []
