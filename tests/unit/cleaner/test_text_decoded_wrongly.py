"""Undeclared bytes are read as what makes words of their language; text decoded wrongly, all or in part, is mended where nothing is lost."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.html import decode_page
from copydesk.services.cleaner.mojibake import mend
from copydesk.shared.stage import Rejected

TEXTS = {
    "pl": "Władze miasta Rzeczmanów odłożyły o dwa tygodnie otwarcie starego mostu, zamkniętego od grudniowej powodzi.",
    "cs": "Radnice odložila o dva týdny otevření starého mostu, který je zavřený od prosincové povodně. Řidiči si stěžují.",
    "hu": "A városháza két héttel elhalasztotta a régi híd megnyitását, amely a decemberi árvíz óta zárva van. Őszinte felelősség.",
    "ro": "Primăria a amânat cu două săptămâni deschiderea podului vechi, închis după ploaia din decembrie.",
    "de": "Die Behörde hat die Öffnung der alten Brücke um zwei Wochen verschoben. „Müssen wir“, sagte er.",
    "fr": "La mairie a repoussé de deux semaines la réouverture du vieux pont, fermé depuis la crue de décembre. L’été.",
    "es": "El ayuntamiento aplazó dos semanas la apertura del viejo puente, cerrado desde la crecida de diciembre. «Más», señaló.",
    "en": "The mayor’s café stayed open, “as ever” – and cost £4.",
    "tr": "Belediye, aralık ayındaki selden beri kapalı olan eski köprünün açılışını iki hafta erteledi. Şoförler İstanbul’da.",
    "ru": "Администрация города на две недели отложила открытие старого моста, закрытого после паводка.",
    "uk": "Адміністрація міста на два тижні відклала відкриття старого мосту, закритого після паводку.",
    "el": "Ο δήμος ανέβαλε για δύο εβδομάδες το άνοιγμα της παλιάς γέφυρας που είναι κλειστή.",
    "ar": "قررت البلدية تأجيل افتتاح الجسر القديم أسبوعين بعد الفيضانات التي وقعت في ديسمبر.",
    "he": "העירייה דחתה בשבועיים את פתיחת הגשר הישן שנסגר אחרי השיטפון בדצמבר.",
    "zh": "河曼市政府星期二宣布，古桥的重新开放推迟两个星期，居民表示不满。",
    "ja": "河曼市は六日、古い橋の再開を二週間延期すると発表した。住民は不満を訴えている。",
    "ko": "강구시는 동쪽 강변을 오가는 나룻배를 기관 점검 때문에 수요일부터 사흘간 세운다고 밝혔다.",
}
CHARSETS = {
    "pl": ("iso8859-2", "cp1250"), "cs": ("iso8859-2", "cp1250"), "hu": ("iso8859-2", "cp1250"), "ro": ("iso8859-2", "cp1250"), "de": ("cp1252",),
    "fr": ("cp1252",), "es": ("cp1252", "latin-1"), "en": ("cp1252",), "tr": ("cp1254",), "ru": ("cp1251", "koi8-r", "iso8859-5", "cp866"),
    "uk": ("cp1251", "koi8-u"), "el": ("cp1253", "iso8859-7"), "ar": ("cp1256",), "he": ("cp1255",), "zh": ("gb18030",), "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
}  # fmt: skip
WRONG = ("sloppy-windows-1251", "sloppy-windows-1252", "latin-1", "koi8-r", "cp866", "sloppy-windows-1250", "mac-roman", "cp932")


@pytest.mark.parametrize(("language", "charset"), [(language, charset) for language, charsets in CHARSETS.items() for charset in charsets])
def test_undeclared_bytes_make_words(language: str, charset: str) -> None:
    found = decode_page(TEXTS[language].encode(charset))
    assert not isinstance(found, Rejected)
    assert found.text == TEXTS[language]


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("wrong", WRONG)
def test_utf8_read_as_another_charset_is_mended(language: str, wrong: str) -> None:
    text = f"{TEXTS[language]}\n{TEXTS[language]}"
    try:
        misread = text.encode().decode(wrong)
    except UnicodeDecodeError:
        pytest.skip("what is lost cannot be mended")
    mended = mend(misread)
    assert mended.text == text and mended.how


@pytest.mark.parametrize("language", TEXTS)
def test_what_is_right_stays(language: str) -> None:
    assert mend(TEXTS[language]).text == TEXTS[language]
    assert mend(TEXTS[language]).how is None


@pytest.mark.parametrize(
    "text",
    [
        "Новый способ: что нашли после долгих споров",
        "способ",
        "После споров — новый способ.",
        "Совет после споров решил: Ð¿Ð¾Ð·Ð¶Ðµ",
        "A flood is こうずい in Japanese",
    ],
)
def test_words_that_are_utf8_by_chance_stay(text: str) -> None:
    assert mend(text).text == text.replace("Ð¿Ð¾Ð·Ð¶Ðµ", "позже")


@pytest.mark.parametrize("language", ["ru", "uk", "el", "fr", "pl", "ja", "ar"])
def test_a_part_of_a_page_is_mended(language: str) -> None:
    good = TEXTS[language]
    assert mend(f"{good}\n{good.encode().decode('latin-1')}\n{good}").text == "\n".join([good] * 3)


def test_words_within_a_line_are_mended() -> None:
    assert mend("Совет решил, что РЎС‚Р°СЂС‹Р№ РјРѕСЃС‚ закрыт").text == "Совет решил, что Старый мост закрыт"


@pytest.mark.parametrize(
    ("charset", "wrong"), [("cp1251", "latin-1"), ("cp1251", "koi8-r"), ("koi8-r", "cp1251"), ("cp866", "cp1251"), ("iso8859-5", "latin-1")]
)
def test_a_page_read_in_another_charset_of_one_byte_is_mended(charset: str, wrong: str) -> None:
    text = TEXTS["ru"]
    try:
        misread = text.encode(charset).decode(wrong)
    except UnicodeDecodeError:
        misread = text.encode(charset).decode(f"sloppy-windows-{wrong.removeprefix('cp')}")
    assert mend(misread).text == text


@pytest.mark.parametrize(("language", "charset"), [("ja", "cp932"), ("ja", "euc_jp"), ("zh", "gb18030"), ("ko", "cp949")])
def test_a_page_of_two_bytes_read_as_latin_is_mended(language: str, charset: str) -> None:
    assert mend(TEXTS[language].encode(charset).decode("latin-1")).text == TEXTS[language]


@pytest.mark.parametrize("end", ["\x85", "\x85\n", "\u2028"])
def test_other_line_ends_stay(end: str) -> None:
    text = end.join([TEXTS["en"], "“No,” she said.", TEXTS["fr"]])
    assert mend(text).text == text
