"""Very long words are tokenised in parts of bounded size, everything else as spaCy does it."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from copydesk.services.tagger.tokenizer import MOST, MOST_OF_ADDRESS, LinearTokenizer, linear

PLAIN = spacy.blank("en")
HOSTILE = [
    "-",
    "—",
    "(",
    "[",
    "'s",
    "’s",
    "'",
    '"',
    "“",
    "«",
    "`",
    "$",
    "US$",
    "%",
    ":)",
    "),",
    "😀",
    "_",
    "-a",
    "http:",
    "@",
    "e\u0301",
    "\u0301",
    "a'b",
]


class Parts:
    """spaCy's tokenizer that keeps what it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, text: str) -> Doc:
        self.seen.append(text)
        return PLAIN.make_doc(text)


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_run_is_cut_and_nothing_is_lost(shape: str) -> None:
    parts = Parts()
    text = f"Ann Smith came. {shape * 3_000} She left.  Twice."
    doc = LinearTokenizer(parts)(text)
    assert doc.text == text
    assert max(len(word) for part in parts.seen for word in part.split()) <= MOST + 50


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "Ann Smith's dog (a big one) cost US$5.", "a" * 5_000, "中" * 5_000, "-" * 60, "word " * 500,
        "See https://example.org/" + "/".join(["path-of-it"] * 60) + "?q=1&r=2.",
        "supercalifragilistic-expialidocious-antidisestablishmentarianism-and-so-on-and-on",
    ],
)  # fmt: skip
def test_other_text_is_tokenised_as_ever(text: str) -> None:
    doc = linear(spacy.blank("en"))(text)
    assert [(t.text, t.whitespace_) for t in doc] == [(t.text, t.whitespace_) for t in PLAIN.make_doc(text)]


def test_an_address_that_does_not_end_is_cut() -> None:
    parts = Parts()
    text = "https://example.org/" + "/a" * 10_000
    assert LinearTokenizer(parts)(text).text == text
    assert max(map(len, parts.seen)) <= MOST_OF_ADDRESS + 50


def test_what_the_tokenizer_remembers_goes_with_the_memory_zone() -> None:
    nlp = linear(spacy.blank("en"))
    with nlp.memory_zone():
        assert [t.text for t in nlp("Ann came.")] == ["Ann", "came", "."]
    assert [t.text for t in nlp("Ann came.")] == ["Ann", "came", "."]
