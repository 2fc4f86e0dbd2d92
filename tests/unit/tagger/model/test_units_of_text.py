import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.services.tagger.model.folders import TOKENIZER, folder_of
from copydesk.services.tagger.model.network import QuantisedNetwork
from copydesk.services.tagger.model.pieces import MAX_PIECES as MAX_PIECES_OF_A_WORD
from copydesk.services.tagger.model.pieces import Pieces
from copydesk.services.tagger.model.units import MAX_PIECES, MAX_WORDS, paragraphs, split_units


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(folder_of("accurate") / TOKENIZER)


@given(st.lists(st.sampled_from(["word", ".", '"', "Zbigniew-Brzezinski-" * 4, "!", "a", "\u200b", "中文"]), max_size=700))
def test_units_cover_every_word_within_the_limits(pieces: Pieces, words: list[str]) -> None:
    at = 0
    for start, end in split_units(words, pieces):
        assert start == at < end <= start + MAX_WORDS
        assert sum(len(pieces.of(word)) for word in words[start:end]) <= MAX_PIECES
        at = end
    assert at == len(words)


def test_a_long_paragraph_is_cut_after_a_sentence(pieces: Pieces) -> None:
    words = [*["word"] * 79, ".", "”", *["word"] * 60]
    assert [end for _, end in split_units(words, pieces)] == [81, 141]


def test_a_long_paragraph_without_sentences_is_cut_at_the_limit(pieces: Pieces) -> None:
    assert [end for _, end in split_units(["word"] * 250, pieces)] == [110, 220, 250]


def test_pieces_of_a_word_are_bounded_and_never_none(pieces: Pieces) -> None:
    assert len(pieces.of("pneumonoultramicroscopicsilicovolcanoconiosis" * 2)) == MAX_PIECES_OF_A_WORD
    assert pieces.of("\u200b") == (pieces.unknown,)
    ids, cases, first = pieces.encode(["Kishida", "met", "NATO"])
    assert ids[0] == pieces.first
    assert ids[-1] == pieces.last
    assert len(ids) == len(cases)
    assert [ids[position] for position in first] == [pieces.of(word)[0] for word in ("Kishida", "met", "NATO")]


def test_nothing_is_cut_off_at_the_end_of_a_very_long_paragraph() -> None:
    words = ["and", "then", "it", "rained", "in", "the", "hills", ","] * 150
    words += ["until", "President", "Joe", "Biden", "came", "to", "Tokyo", "."]
    found = QuantisedNetwork(folder_of("accurate")).entities(words)
    assert (1202, 1204, "PERSON") in found
    assert (1206, 1207, "LOC") in found


def test_paragraphs_stand_between_blank_lines() -> None:
    text = "One.\n\nTwo,\nstill two.\n\n\n\n \n\nThree."
    assert [text[start:end] for start, end in paragraphs(text)] == ["One.", "Two,\nstill two.", "Three."]
    assert list(paragraphs("")) == []
