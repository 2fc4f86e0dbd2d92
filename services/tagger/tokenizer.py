"""spaCy's tokenizer in time that grows with the text and not with its square.

spaCy takes the marks around a word off one at a time and reads what is left again each time (`Tokenizer._split_affixes`, spaCy 3.8):
8,000 dashes without a space take ten seconds. So a very long word is handed over in parts; all other text as it is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

LONG = re.compile(r"\S{65,}")  # shorter ones cost nothing, whatever they are made of
MARKS = re.compile(r"(?:[^\w\s]|_|(?<=['’])[sS]|(?:US|[AC])(?=\$)){16}")  # what may be taken off: marks, “'s”, “US$”
ADDRESS = re.compile(r"(?:https?://|www\.)\w")
NOT_IN_A_WORD = re.compile(r"[\W_]")
MOST = 500  # characters of a part, more only where letters and digits do not end
MOST_OF_ADDRESS = 2_000


class LinearTokenizer:
    """A tokenizer of spaCy. The parts of a very long word end behind sixteen marks in a row, or after MOST characters between two words."""

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """The Doc of the text, which its tokens spell out exactly."""
        cuts = [*_cuts(text)]
        if not cuts:
            return self._tokenizer(text)
        parts = [self._tokenizer(text[start:end]) for start, end in pairwise([0, *cuts, len(text)]) if start < end]
        words = [token.text for part in parts for token in part]
        spaces = [bool(token.whitespace_) for part in parts for token in part]
        return Doc(parts[0].vocab, words=words, spaces=spaces)

    def memory_zone(self, *args: Any) -> AbstractContextManager[Any]:
        """That of the tokenizer within, so that what it remembers of words goes with them."""
        zone = getattr(self._tokenizer, "memory_zone", None)
        return zone(*args) if zone else nullcontext()


def linear(nlp: Language) -> Language:
    """The pipeline with its tokenizer made linear, for texts of any length."""
    nlp.tokenizer = LinearTokenizer(nlp.tokenizer)
    nlp.max_length = sys.maxsize
    return nlp


def _cuts(text: str) -> Iterator[int]:
    for word in LONG.finditer(text):
        most = MOST_OF_ADDRESS if ADDRESS.match(text, word.start()) else MOST
        reached = word.start()
        for stop in (*(match.end() for match in MARKS.finditer(text, *word.span())), word.end()):
            yield from _between(text, reached, stop, most)
            if stop < word.end():
                yield stop
            reached = stop


def _between(text: str, start: int, stop: int, most: int) -> Iterator[int]:
    """Where a part without so many marks ends since it is long: between two words, never within one."""
    while stop - start > most and (match := NOT_IN_A_WORD.search(text, start + most, stop)):
        start = match.start()
        yield start
