"""How well a text reads as one of its language: what tells one reading of undeclared bytes from another."""

from __future__ import annotations

import re

from copydesk.services.cleaner import language

SAMPLE = 4_000  # characters
# Letters beyond ASCII of a language's alphabet, in lower case; scripts of their own by ranges.
ALPHABETS = {
    "en": "éèêñçöüäïôâ", "de": "äöüßéè", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíóúüñªº", "it": "àèéìíîòóùúªº", "pt": "áâãàçéêíóôõúüªº",
    "nl": "éèëïóöüáä", "sv": "åäöéàü", "da": "æøåéäö", "no": "æøåéòôäö", "nb": "æøåéòôäö", "nn": "æøåéòôäö", "fi": "äöåšž", "is": "áðéíóúýþæö",
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "sl": "čšžćđ", "hr": "čćđšž", "bs": "čćđšž",
    "sr": "čćđšž", "sh": "čćđšž", "ro": "ăâîșşțţ", "tr": "çğıöşüâîûİ", "az": "çəğıöşü", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äõöüšž",
    "ca": "àçéèíïóòúü·", "gl": "áéíóúüñ", "eu": "ñçü", "sq": "ëç", "ga": "áéíóú", "cy": "âêîôûŵŷ", "af": "êëéèïôû", "eo": "ĉĝĥĵŝŭ",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "el": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",
}  # fmt: skip
SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"
RANGES = {
    "zh": "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef", "ja": "\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef", "ko": "\u3000-\u303f\uac00-\ud7a3\u4e00-\u9fff",
    "ar": "\u060c\u061b\u061f\u0621-\u0655\u0660-\u0669", "fa": "\u060c-\u06ff\u200c",
    "ur": "\u060c-\u06ff", "he": "\u05d0-\u05ea", "th": "\u0e01-\u0e5b",
}  # fmt: skip
MARKS = frozenset("“”„‘’‚‹›«»–—…•·€£§°©®™№¡¿\u00a0¼½¾×±²³¹ªº¶†‰")
MOST_CAPITALS = 0.5  # of the letters beyond ASCII of a page that is no cry
ARABIC, ARTICLE, SEVERAL_WORDS = ("ar",), re.compile(r"(?<!\w)[وبفلك]?ال"), 6  # several words of Arabic without an article are none
SWAPPED = re.compile(r"(?<=[^\W\d_])(?<=[a-zà-ÿа-яё])[A-ZÀ-ÞА-ЯЁ](?=[^\W\d_])")  # a capital within a word, as koi8 read as cp1251 has
_known = {code: frozenset(letters + letters.upper() + (SERBIAN + SERBIAN.upper() if code == "sr" else "")) for code, letters in ALPHABETS.items()}
_ranges = {code: re.compile(f"[{chars}]") for code, chars in RANGES.items()}


def plausibility(text: str) -> float:
    """Between about -2 and 2: how many of the characters beyond ASCII are of the alphabet of the text's language, and how sure that language is."""
    sample = text[:SAMPLE]
    beyond = [char for char in sample if char > "\x7f"]
    found = language.detect(sample)
    if not beyond:
        return found[1] if found else 0.0
    code, sure = found or ("", 0.0)
    known, inside = _known.get(code, frozenset()), _ranges.get(code)
    good = sum(char in known or char in MARKS or (inside is not None and inside.match(char) is not None) for char in beyond)
    cased = [char.isupper() for char in beyond if char.isupper() or char.islower()]
    cries = len(cased) > len(beyond) / 2 and sum(cased) > MOST_CAPITALS * len(cased)
    stray = code in ARABIC and len(sample.split()) >= SEVERAL_WORDS and not ARTICLE.search(sample)
    return (2 * good - len(beyond) - 2 * len(SWAPPED.findall(sample))) / len(beyond) + sure - cries - stray
