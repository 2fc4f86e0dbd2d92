"""What words tell: kinds of words, content words, and hashes for the model's word vectors."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from copydesk.services.cleaner.model.vocabulary import FUNCTION_WORDS, KINDS

BUCKETS = 4096
LONGEST = 40  # characters of a token that are looked at
MOST_CACHED = 200_000
_BUCKET_BITS, _CONTENT_BITS = 12, 24
_STRIPPED = ".,;:!?\"'“”‘’()[]«»…"
_FLAGS: dict[str, int] = {}
for _number, _words in enumerate(KINDS.values()):
    for _word in _words:
        _FLAGS[_word] = _FLAGS.get(_word, 0) | 1 << _number


class _Codes(dict[str, int]):
    """Token → its content word's hash, the kinds of word that it is, and its bucket, packed into one number."""

    def __missing__(self, token: str) -> int:
        token = token[:LONGEST]
        word = token.strip(_STRIPPED)
        content = crc32(word.encode("utf-8", "replace")) >> (32 - _CONTENT_BITS) | 1 if len(word) > 3 and word not in FUNCTION_WORDS else 0
        bucket = 1 + crc32(token.encode("utf-8", "replace")) % (BUCKETS - 1)
        code = self[token] = content << (_BUCKET_BITS + len(KINDS)) | _FLAGS.get(word, 0) << _BUCKET_BITS | bucket
        return code


_codes = _Codes()


@dataclass(frozen=True, slots=True)
class Words:
    """For each token (tokens,): bucket of its word vector; hash of its content word, 0 for none; (tokens, kinds) 1 where it is of a kind."""

    buckets: NDArray[np.int64]
    content: NDArray[np.int64]
    kinds: NDArray[np.uint8]


def look_up(tokens: list[str]) -> Words:
    """What is known of lower-case tokens."""
    if len(_codes) > MOST_CACHED:
        _codes.clear()
    codes = np.fromiter(map(_codes.__getitem__, tokens), np.int64, len(tokens))
    flags = (codes >> _BUCKET_BITS & ((1 << len(KINDS)) - 1)).astype("<u2")
    kinds = np.unpackbits(flags.view(np.uint8).reshape(-1, 2), axis=1, count=len(KINDS), bitorder="little")
    return Words(codes & (BUCKETS - 1), codes >> (_BUCKET_BITS + len(KINDS)), kinds)
