"""Links to other articles, adverts and offers between paragraphs, in many languages: they go, and the paragraphs behind them stay."""

# ruff: noqa: E501 - the samples are written as they stand on a page

from __future__ import annotations

from datetime import date

import pytest

from copydesk.services.cleaner.classify import CERTAIN
from copydesk.services.cleaner.lines import Block
from copydesk.services.cleaner.rules import Surroundings
from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.shared.records.cleaned import CleanedPart
from tests.unit.cleaner.test_text_in_other_languages import PAGES

# Language: heading, headline below it, link on a line, announcement of an advert, offer.
LINES = {
    "en": ("Read next", "Ferry fares to rise in March", "SEE ALSO: Why the pier was closed", "Story continues below advertisement", "Follow us on Facebook"),
    "de": ("Das könnte Sie auch interessieren", "Fähre wird teurer", "Lesen Sie auch: Warum der Steg gesperrt ist", "Anzeige", "Abonnieren Sie unseren Newsletter"),
    "fr": ("Sur le même sujet", "Le bac sera plus cher en mars", "Lire aussi : Pourquoi la jetée est fermée", "Publicité", "Abonnez-vous à notre newsletter"),
    "es": ("Te puede interesar", "El transbordador sube de precio", "Lee también: Por qué cerró el muelle", "Publicidad", "Suscríbete a nuestro boletín"),
    "it": ("Potrebbe interessarti", "Il traghetto costerà di più", "Leggi anche Perché il molo è chiuso", "Pubblicità", "Iscriviti alla nostra newsletter"),
    "pt": ("Notícias relacionadas", "Balsa fica mais cara em março", "Leia também: Por que o cais fechou", "Continua após a publicidade", "Assine a nossa newsletter"),
    "nl": ("Meer over dit onderwerp", "Veerpont wordt duurder", "Lees ook: Waarom de pier dicht is", "Advertentie", "Schrijf je in voor onze nieuwsbrief"),
    "sv": ("Mer om ämnet", "Färjan blir dyrare", "Läs också: Därför är piren stängd", "Annons", "Anmäl dig till vårt nyhetsbrev"),
    "da": ("Mere om emnet", "Færgen bliver dyrere", "Læs også: Derfor er molen lukket", "Annonce", "Tilmeld dig vores nyhedsbrev"),
    "no": ("Mer om saken", "Ferja blir dyrere", "Les også: Derfor er moloen stengt", "Annonse", "Meld deg på vårt nyhetsbrev"),
    "fi": ("Lue lisää", "Lautta kallistuu maaliskuussa", "Lue myös: Siksi laituri on suljettu", "Mainos", "Tilaa uutiskirjeemme"),
    "pl": ("Zobacz także", "Prom zdrożeje w marcu", "Czytaj też: Dlaczego zamknięto molo", "Reklama", "Zapisz się do naszego newslettera"),
    "cs": ("Mohlo by vás zajímat", "Přívoz podraží", "Čtěte také: Proč je molo zavřené", "Inzerce", "Přihlaste se k odběru newsletteru"),
    "hu": ("Kapcsolódó cikkek", "Drágul a komp márciusban", "Olvassa el ezt is: Miért zárt be a móló", "Hirdetés", "Iratkozzon fel hírlevelünkre"),
    "ro": ("Articole similare", "Bacul se scumpește în martie", "Citește și: De ce s-a închis digul", "Publicitate", "Abonează-te la newsletter"),
    "tr": ("İlgili haberler", "Vapur martta zamlanıyor", "Bunu da oku: İskele neden kapalı", "Reklam", "Bültenimize abone olun"),
    "el": ("Διαβάστε επίσης", "Ακριβότερο το φέρι τον Μάρτιο", "Δείτε επίσης: Γιατί έκλεισε η προβλήτα", "Διαφήμιση", "Ακολουθήστε μας στο Facebook"),
    "ru": ("По теме", "Паром подорожает в марте", "Читайте также: Почему закрыт причал", "Реклама", "Подписывайтесь на наш канал"),
    "uk": ("Матеріали за темою", "Пором подорожчає в березні", "Читайте також: Чому закрили причал", "Реклама", "Підписуйтесь на наш Telegram"),
    "ar": ("مواضيع ذات صلة", "ارتفاع أجرة العبارة في مارس", "اقرأ أيضا: لماذا أغلق الرصيف", "إعلان", "تابعونا على فيسبوك"),
    "hi": ("संबंधित खबरें", "मार्च में नौका का किराया बढ़ेगा", "ये भी पढ़ें: घाट क्यों बंद हुआ", "विज्ञापन", "हमें फॉलो करें फेसबुक पर"),
    "id": ("Berita terkait", "Tarif feri naik pada Maret", "Baca juga: Mengapa dermaga ditutup", "Iklan", "Ikuti kami di WhatsApp"),
    "vi": ("Tin liên quan", "Vé phà tăng giá vào tháng ba", "Xem thêm: Vì sao bến tàu đóng cửa", "Quảng cáo", "Theo dõi kênh YouTube của chúng tôi"),
    "zh": ("延伸阅读", "三月渡船票价上涨", "相关阅读：码头为何关闭", "广告", "扫码关注我们的微信公众号"),
    "ja": ("あわせて読みたい", "三月から渡し船値上げ", "関連記事：桟橋はなぜ閉鎖されたか", "広告", "ニュースレターに登録する"),
    "ko": ("많이 본 뉴스", "3월부터 나룻배 요금 인상", "관련기사: 부두는 왜 닫혔나", "광고", "뉴스레터 구독하기"),
}  # fmt: skip
BEFORE = "The council voted on Tuesday to keep the old library open, after residents had signed a petition against closing it."
BEHIND = "The opposition asked for a plan for three other buildings, which need repairs before the winter, and a date for them."


@pytest.mark.parametrize("language", LINES)
def test_lines_of_other_stories_are_known(language: str) -> None:
    heading, headline, link, advert, offer = LINES[language]
    lines = [BEFORE, heading, headline, BEHIND, link, BEHIND, advert, BEHIND, offer, BEHIND]
    page = Surroundings([Block(line, 0, 0) for line in lines])
    found = [rule and rule.kind for rule in (CERTAIN.first(page.place(n)) for n in range(len(lines)))]
    assert found[1:3] == ["related", "related"] and found[4] == "related"
    assert found[6] == "advertisement"
    assert found[8] in ("newsletter", "call_to_action")
    assert [found[n] for n in (0, 3, 5, 7, 9)] == [None] * 5


@pytest.mark.parametrize("language", [language for language in PAGES if language in LINES])
def test_the_paragraphs_behind_them_stay(language: str) -> None:
    menu, title, paragraphs, tail = PAGES[language]
    heading, headline, link, advert, offer = LINES[language]
    lines = [*menu, title, paragraphs[0], heading, headline, headline[::-1], paragraphs[1], advert, paragraphs[2], link, offer, paragraphs[3], *tail]
    part = clean_text("\n".join(lines), PageContext(date(2024, 5, 18)))
    assert isinstance(part, CleanedPart)
    assert part.body.split("\n\n") == [" ".join(paragraph.split()) for paragraph in paragraphs]
    assert part.title == title


@pytest.mark.parametrize(
    "line",
    [
        "Read more about it? She never did.",
        "“You took your time,” said Marian Dell.",
        "Follow the money, the old saying goes.",
        "Lesen Sie, was die Bürger dazu sagen.",
        "Publicité mensongère : le tribunal condamne la chaîne de magasins à une amende de deux millions d’euros.",
        "Реклама табака запрещена в стране с 2013 года, но закон часто нарушают, говорят в министерстве.",
        "Suscríbete, dijo, es la palabra que más oye el cartero de este pueblo desde hace veinte años.",
        "More on that later, she said.",
        "Leer y escribir",
        "Related costs rose by a tenth.",
        "Annonsen i tidningen fick svar från hela landet, berättar hon.",
    ],
)
def test_sentences_that_begin_like_such_lines_stay(line: str) -> None:
    page = Surroundings([Block(text, 0, 0) for text in (BEFORE, line, BEHIND)])
    assert CERTAIN.first(page.place(1)) is None


def test_a_list_under_a_heading_ends_where_a_sentence_begins() -> None:
    lines = [
        BEFORE,
        "RELATED STORIES",
        "Ten films that changed the genre",
        "Why the studio shelved its sequel?",
        "Her kitchen is full of radios.",
        BEHIND,
    ]
    page = Surroundings([Block(line, 0, 0) for line in lines])
    assert [rule and rule.kind for rule in (CERTAIN.first(page.place(n)) for n in range(len(lines)))] == [None, *["related"] * 3, None, None]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Continue reading the main story", "continue_reading"),
        ("Demonstrators outside the council building on Monday. Credit Dana Ogilvy for The Elwick Times", "caption_with_credit"),
        ("Boats at the pier. Credit...Dana Ogilvy/The Elwick Times", "caption_with_credit"),
        ("Der alte Steg am Montag. Foto: Max Au/dpa", "caption_with_credit"),
        ("Старый причал в понедельник. Фото: Иван Сидоров / ТАСС", "caption_with_credit"),
        ("Stare molo w poniedziałek. Fot. Jan Kowalski / Agencja", "caption_with_credit"),
        ("A version of this article appears in print on April 5, 2016, on Page A1 of the City edition.", "print_note"),
        ("Dieser Artikel erschien in der gedruckten Ausgabe vom 5. April.", "print_note"),
        ("Este artículo apareció en la edición impresa del 5 de abril.", "print_note"),
        ("Order Reprints| Today's Paper|Subscribe", "reprints"),
        ("Continued on Page A6", "jump"),
        ("See BRIDGE, Page A6", "jump"),
        ("Photo", "picture_alone"),
        ("Follow Elwick politics on Facebook and Twitter, and sign up for the First Draft newsletter.", "stay_tuned"),
    ],
)
def test_what_a_paper_prints_about_itself(line: str, name: str) -> None:
    page = Surroundings([Block(text, 0, 0) for text in (BEFORE, line, BEHIND)])
    rule = CERTAIN.first(page.place(1))
    assert rule is not None and rule.name == name
