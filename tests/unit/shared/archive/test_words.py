"""Words as PostgreSQL's search keeps them, and what is asked of them."""

from __future__ import annotations

import pytest

from copydesk.shared.archive.asking import search_terms
from copydesk.shared.archive.postgres import words
from copydesk.shared.archive.postgres.words import tsquery_of, tsvector_of


def test_words_have_places_and_beginnings() -> None:
    assert tsvector_of("No ferry", "A ferry.") == "'no':1 'ferry':2,14 'a':13 '<n' '<f' '<a' '<no' '<fe' '<fer'"


def test_scripts_without_spaces_are_kept_by_one_and_by_two_characters() -> None:
    assert tsvector_of("", "東京都").split() == ["'東':11", "'東京':11", "'京':12", "'京都':12", "'都':13"]


@pytest.mark.parametrize(("text", "word"), [("HÄFEN", "hafen"), ("cafe\u0301", "cafe"), ("が", "が"), ("йод", "йод"), ("Straße", "straße")])
def test_only_latin_letters_lose_their_accents(text: str, word: str) -> None:
    assert tsvector_of(text, "").startswith(f"'{word}':1")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('ferry "six weeks" harb* -strike', "('ferry') & ('six' <1> 'weeks') & ('harb':*) & !('strike')"),
        ("h* har*", "('<h') & ('<har')"),
        ("東 東京 東京都*", "('東') & ('東京') & ('東京' <1> '京都')"),
        ("NHK東京の", "('nhk' <1> '東京' <1> '京の')"),
        ("x.com-foo*", "('x' <1> 'com' <1> 'foo':*)"),
        ("東京A", "('東京' <2> 'a')"),
        ("it's \\'quoted\\'", "('it' <1> 's') & ('quoted')"),
        ("_", None),
        ("_ -strike", None),
    ],
)
def test_a_search_is_one_query(text: str, query: str | None) -> None:
    assert tsquery_of(search_terms(text)) == query


def test_no_text_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tsvector_of("", "x" * 5_000) == f"'{'x' * words.LONGEST_WORD}':11 '<x' '<xx' '<xxx'"
    assert tsvector_of("", "a " * 1_000).count(",") == words.PLACES - 1
    monkeypatch.setattr(words, "MANY", 0)
    monkeypatch.setattr(words, "LARGEST", 200)
    assert 20 < len(tsvector_of("title", " ".join(f"word{number}" for number in range(1_000)))) < 400
