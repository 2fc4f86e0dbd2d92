"""Words to wordpieces, with a bounded memory of words seen (Zipf: most words of a text have been seen)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from copydesk.services.tagger.model.casing import EDGE, case_of

MAX_PIECES = 8  # of one word; a longer one is noise such as a URL, and its first pieces say so
MAX_WORDS_KEPT = 32_768


class Pieces:
    """Wordpiece ids of words. The tokenizer file is that of the encoder, its vocabulary perhaps pruned."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.first, self.last, self.unknown = (self._id(token) for token in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def _id(self, token: str) -> int:
        number: int | None = self._tokenizer.token_to_id(token)
        if number is None:
            raise ValueError(f"the tokenizer has no {token}")
        return number

    def of(self, word: str) -> tuple[int, ...]:
        """The word's piece ids, at least one and at most MAX_PIECES."""
        ids = self._known.get(word)
        if ids is None:
            if len(self._known) >= MAX_WORDS_KEPT:
                self._known.clear()
            ids = tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:MAX_PIECES]) or (self.unknown,)
            self._known[word] = ids
        return ids

    def encode(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Piece ids with [CLS] and [SEP]; for each piece the casing of its word; for each word its first piece."""
        ids, cases, first = [self.first], [EDGE], []
        for word in words:
            pieces = self.of(word)
            first.append(len(ids))
            ids.extend(pieces)
            cases.extend([case_of(word)] * len(pieces))
        ids.append(self.last)
        cases.append(EDGE)
        return ids, cases, first
