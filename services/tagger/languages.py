"""Which language a tag or a name of a language means (“en-GB”, “eng”, “English” and “anglais” are one), and what tags it."""

from __future__ import annotations

import re
from functools import lru_cache

# ISO 639-2 for what is not one language, and what feeds write where they do not know
UNKNOWN = frozenset(
    {"und", "mul", "mis", "zxx", "xx", "x", "unknown", "undefined", "undetermined", "none", "null", "nil", "na", "n/a", "other", "auto", "default"}
)
SAME = {
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "mo": "ro",
    "cmn": "zh",
    "jp": "ja",
    "cn": "zh",
    "ua": "uk",
    "cz": "cs",
    "gr": "el",
    "dk": "da",
}
# how languages are called in their own, and English in others
OWN_NAMES = {
    "deutsch": "de", "français": "fr", "francais": "fr", "español": "es", "espanol": "es", "castellano": "es", "italiano": "it", "português": "pt",
    "portugues": "pt", "nederlands": "nl", "русский": "ru", "українська": "uk", "العربية": "ar", "中文": "zh", "日本語": "ja", "polski": "pl",
    "svenska": "sv", "dansk": "da", "norsk": "no", "suomi": "fi", "čeština": "cs", "türkçe": "tr", "ελληνικά": "el", "한국어": "ko", "català": "ca",
    "română": "ro", "magyar": "hu", "hrvatski": "hr", "slovenščina": "sl", "mandarin": "zh", "castilian": "es", "cantonese": "zh", "nynorsk": "no",
    "farsi": "fa", "flemish": "nl", "greek": "el",
    "anglais": "en", "inglés": "en", "ingles": "en", "inglese": "en", "inglês": "en", "englisch": "en", "engels": "en", "английский": "en",
    "英語": "en", "英语": "en", "汉语": "zh",
}  # fmt: skip
NEWS = ("ca", "da", "de", "el", "es", "fi", "fr", "hr", "it", "ja", "ko", "lt", "mk", "nl", "pl", "pt", "ro", "ru", "sl", "sv", "uk")
PACKAGES = {  # spaCy's own for each language, its smallest
    "en": "en_core_web_sm", "no": "nb_core_news_sm", "zh": "zh_core_web_sm", **{code: f"{code}_core_news_sm" for code in NEWS},
}  # fmt: skip
MANY_LANGUAGES = "xx_ent_wiki_sm"
WORD = re.compile(r"[^\W\d_]+")


@lru_cache(1_024)
def language_of(tag: str) -> str | None:
    """ISO 639-1 of the language (639-3 where it has none); None where the tag says that it is not known, or is none."""
    words = [word.casefold() for word in WORD.findall(tag)]
    if not words or words[0] in UNKNOWN:
        return None
    named = next((code for word in words if len(word) > 3 and (code := _of_name(word))), None)  # “US English” before the codes
    return named or (_of_code(words[0]) if len(words[0]) <= 3 else next(filter(None, map(_of_name, words)), None))


def _of_code(code: str) -> str | None:
    if code in PACKAGES or code in SAME:
        return SAME.get(code, code)
    import pycountry  # what most records say needs none of its tables

    found = pycountry.languages.get(**{"alpha_2" if len(code) == 2 else "alpha_3": code}) or pycountry.languages.get(bibliographic=code)
    if found is None:
        return _of_name(code)
    short = str(getattr(found, "alpha_2", found.alpha_3))
    return SAME.get(short, short)


def _of_name(name: str) -> str | None:
    if name in OWN_NAMES:
        return OWN_NAMES[name]
    import pycountry

    found = pycountry.languages.get(name=name.capitalize())
    return _of_code(found.alpha_2 if hasattr(found, "alpha_2") else found.alpha_3) if found else None


def remedy(language: str) -> str:
    """What to do so that articles in a language without a model are tagged."""
    package = PACKAGES.get(language, MANY_LANGUAGES)
    return f'install a spaCy package (python -m spacy download {package}) and set COPYDESK_TAGGER_LANGUAGES={{"{language}": "{package}"}}'
