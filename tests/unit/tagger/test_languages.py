"""Tags and names of languages, and what is set for them."""

from __future__ import annotations

import pytest

from copydesk.services.tagger.languages import language_of, remedy
from copydesk.services.tagger.settings import TaggerSettings
from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import load


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"), ("EN_us", "en"), ("en-GB", "en"), ("eng", "en"), ("English", "en"), ("english", "en"), ("US English", "en"),
        ("UK English", "en"),
        ("English (United Kingdom)", "en"), ("en_US.UTF-8", "en"), ("Anglais", "en"), ("Inglés", "en"), (" en ", "en"),
        ("ger", "de"), ("deu", "de"), ("Deutsch", "de"), ("fre", "fr"), ("Français", "fr"), ("zh-Hans-CN", "zh"), ("chi", "zh"), ("cmn", "zh"),
        ("gsw", "gsw"), ("Castilian", "es"),
        ("nb", "no"), ("nn-NO", "no"), ("Norwegian Bokmål", "no"), ("iw", "he"), ("uk", "uk"), ("ukr", "uk"), ("Русский", "ru"), ("日本語", "ja"),
        ("haw", "haw"), ("por", "pt"), ("Portuguese (Brazil)", "pt"),
        ("und", None), ("UND", None), ("und-Latn", None), ("", None), ("-", None), ("zxx", None), ("mul", None),
        ("unknown", None), ("x-default", None),
        ("n/a", None), ("??", None), ("qqq", None), ("None", None), ("C", None),
    ],
)  # fmt: skip
def test_one_language_by_all_its_names(tag: str, language: str | None) -> None:
    assert language_of(tag) == language


def test_the_remedy_names_package_and_setting() -> None:
    assert "fr_core_news_sm" in remedy("fr")
    assert 'COPYDESK_TAGGER_LANGUAGES={"fr": "fr_core_news_sm"}' in remedy("fr")
    assert '"sw": "xx_ent_wiki_sm"' in remedy("sw")


def test_models_may_be_set_by_any_name_of_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_TAGGER_LANGUAGES", '{"German": "de_core_news_md", "fra": "fr_core_news_sm"}')
    monkeypatch.setenv("COPYDESK_TAGGER_DEFAULT_LANGUAGE", "eng")
    settings = load(TaggerSettings)
    assert settings.tagger_languages == {"de": "de_core_news_md", "fr": "fr_core_news_sm"}
    assert settings.tagger_default_language == "en"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{de: x}", "no JSON"), ("de", "no JSON"),
        ("[]", "no object"), ('["de"]', "no object"), ('{"de": 5}', "no object"), ('{"de": ""}', "no object"),
        ('{"germn": "x"}', "'germn' is no language"), ('{"und": "x"}', "'und' is no language"), ('{"de": "a", "deu": "b"}', "two models for 'de'"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch, value: str, said: str) -> None:
    monkeypatch.setenv("COPYDESK_TAGGER_LANGUAGES", value)
    with pytest.raises(CopydeskError, match="COPYDESK_TAGGER_LANGUAGES") as raised:
        load(TaggerSettings)
    assert said in raised.value.message
