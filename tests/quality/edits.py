"""Ways in which copies of an article differ from it, for measuring the deduplicator on edits that its thresholds were not chosen on.

Each takes the paragraphs of an article, a source of chance and the words of other articles, and gives those of the copy.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Paragraphs = list[str]
Edit = Callable[[Paragraphs, random.Random, Sequence[str]], Paragraphs]

PUNCTUATION = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": " - ", "–": "-", "…": "...", '"': "«", "'": "’", "-": "–"})
MISREAD = {"rn": "m", "l": "1", "e": "c", "o": "0", "i": "í", "h": "b", "a": "o", "t": "f", "n": "u", "cl": "d"}
ADVERTISEMENTS = (
    "ADVERTISEMENT",
    "Story continues below",
    "READ ALSO: Ten photographs of the week that you should not miss",
    "Sign up for our newsletter and get the best of our reporting in your inbox every morning.",
    "Sponsored: Find out how much you could save on your mortgage in under two minutes.",
)


def reordered_paragraphs(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    return chance.sample(text, len(text))


def other_punctuation(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    return [paragraph.translate(PUNCTUATION).replace(", ", " , ") for paragraph in text]


def misread_by_a_scanner(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    """One word in twenty has a letter wrong, one in forty is cut by a hyphen."""
    return [" ".join(_misread(word, chance) for word in paragraph.split()) for paragraph in text]


def _misread(word: str, chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < 0.025 and len(word) > 6:
        return f"{word[:3]}- {word[3:]}"
    if drawn < 0.075:
        for wrong, seen in chance.sample(sorted(MISREAD.items()), len(MISREAD)):
            if wrong in word:
                return word.replace(wrong, seen, 1)
    return word


def advertisements_between(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    return [part for paragraph in text for part in (paragraph, *([chance.choice(ADVERTISEMENTS)] if chance.random() < 0.5 else []))]


def own_summary_and_first_paragraphs(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    return [_sentences(other, 40, chance), *_words(text, 0, 90)]


def new_headline_and_lede(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    return ["Officials Respond As Questions Remain Over Case", _sentences(other, 35, chance), *text[1:]]


def new_head_old_tail(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    """The first 45% written anew."""
    count = _length(text)
    return [_sentences(other, round(0.45 * count), chance), *_words(text, round(0.45 * count), count)]


def first_sixty_words(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    return [" ".join(_words(text, 0, 60)).rstrip(".") + " …"]


def first_hundred_words(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    return [*_words(text, 0, 100)[:-1], _words(text, 0, 100)[-1].rstrip(".") + "... Read more"]


def middle_half(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    count = _length(text)
    return _words(text, count // 4, 3 * count // 4)


def every_tenth_word_changed(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    return [" ".join(chance.choice(other) if chance.random() < 0.1 else word for word in paragraph.split()) for paragraph in text]


def quoted_at_length(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    """A story of one's own around 40% of the article, at most 250 words of it."""
    count = min(250, round(0.4 * _length(text)))
    first = chance.randrange(_length(text) - count)
    return [_sentences(other, count // 2, chance), *_words(text, first, first + count), _sentences(other, count // 2, chance)]


def sentences_left_out(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    kept = [" ".join(s for s in re.split(r"(?<=[.!?]) ", paragraph) if chance.random() < 0.7) for paragraph in text]
    return [paragraph for paragraph in kept if paragraph]


def set_in_lines_of_forty(text: Paragraphs, chance: random.Random, other: Sequence[str]) -> Paragraphs:
    return [re.sub(r"(.{1,40})(?: |$)", "\\1\n", paragraph).strip() for paragraph in text]


EDITS: tuple[Edit, ...] = (
    reordered_paragraphs,
    other_punctuation,
    misread_by_a_scanner,
    advertisements_between,
    own_summary_and_first_paragraphs,
    new_headline_and_lede,
    new_head_old_tail,
    first_sixty_words,
    first_hundred_words,
    middle_half,
    every_tenth_word_changed,
    quoted_at_length,
    sentences_left_out,
    set_in_lines_of_forty,
)


def _length(text: Paragraphs) -> int:
    return sum(len(paragraph.split()) for paragraph in text)


def _words(text: Paragraphs, first: int, last: int) -> Paragraphs:
    """The words from `first` to before `last`, in their paragraphs."""
    found, seen = [], 0
    for paragraph in text:
        words = paragraph.split()
        if part := words[max(0, first - seen) : max(0, last - seen)]:
            found.append(" ".join(part))
        seen += len(words)
    return found


def _sentences(other: Sequence[str], count: int, chance: random.Random) -> str:
    """About so many words of other articles, in pieces of a dozen, as sentences."""
    found: list[str] = []
    while len(found) < count:
        start = chance.randrange(len(other) - 12)
        piece = [word.lower().strip('.,"“”') for word in other[start : start + 12]]
        found += [piece[0].capitalize(), *piece[1:-1], piece[-1] + "."]
    return " ".join(found)
