"""What words tell: function words, content words, and hashes for the model's word vectors."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

# What sentences are full of and menus are not. English, Spanish, Portuguese, German, Dutch, French, Italian.
FUNCTION_WORDS = frozenset(
    """
    a aan aber about after al all alla als also am an anche and ao aos are as at au auch auf aus aux avec be because been bei bis
    but by can ce ces cette che chi ci comme como con could cui da dal dalla dans das dass dat de degli dei del della delle dem
    den der des desde deze di did die do does donde dos du durch e een ein eine einem einen einer el ela ele ella elle em en entre
    er era es est esta este et eux foi for from fue für gli ha had han has hat have hay he her het hij his ho how i ich if ihr il
    ils im in into is isso ist it its je just kann la las le les leur like lo los lui maar mais man mas may met mi mit more most
    muy my más même na naar nach nas ne nel nella ni nicht niet no noch nog non nos not nur não o oder of on one only ont ook or
    os other ou our out over où par para pas pela pelo per pero più plus por pour qu qual quando que questo qui sa said sans se
    sea sein sem ser ses seu she should si sich sie sin sind so sobre some son sono sont su sua such sulla sur sus são tambien
    también também te than that the their them then there these they this those through tiene to todo tout tra très uit um uma un
    una und uno unter up us van você vom von voor vor vous war was wat we wenn werden were what when where which while who wie
    will wir wird with would y ya you your ze zich zijn zo zu zum zur être über
    """.split()  # noqa: SIM905 - a list of one word a line would be four pages
)
FIRST_PERSON = frozenset(
    ["i", "i'm", "i’m", "i've", "i’ve", "i'd", "i’d", "me", "my", "mine", "we", "we're", "we’re", "us", "our", "ours", "ich", "mir", "mein", "wir", "uns", "yo", "mi", "nosotros", "je", "moi", "mon", "nous"]
)
SECOND_PERSON = frozenset(["you", "you're", "you’re", "your", "yours", "du", "sie", "ihr", "ihre", "tú", "usted", "tu", "su", "vous", "votre"])
BUCKETS = 4096
LONGEST = 40  # characters of a token that are looked at
MOST_CACHED = 200_000
_BUCKET_BITS, _FLAG_BITS, _CONTENT_BITS = 12, 3, 24
_STRIPPED = ".,;:!?\"'“”‘’()[]«»…"


class _Codes(dict[str, int]):
    """Token → its content word's hash, whether it is a function word, of the first, of the second person, and its bucket, packed into one number."""

    def __missing__(self, token: str) -> int:
        token = token[:LONGEST]
        word = token.strip(_STRIPPED)
        content = crc32(word.encode("utf-8", "replace")) >> (32 - _CONTENT_BITS) | 1 if len(word) > 3 and word not in FUNCTION_WORDS else 0
        bucket = 1 + crc32(token.encode("utf-8", "replace")) % (BUCKETS - 1)
        flags = (word in FUNCTION_WORDS) | (word in FIRST_PERSON) << 1 | (word in SECOND_PERSON) << 2
        code = self[token] = content << (_BUCKET_BITS + _FLAG_BITS) | flags << _BUCKET_BITS | bucket
        return code


_codes = _Codes()


@dataclass(frozen=True, slots=True)
class Words:
    """For each token (tokens,): bucket of its word vector; hash of its content word, 0 for none; what kind of word it is."""

    buckets: NDArray[np.int64]
    content: NDArray[np.int64]
    function: NDArray[np.int64]  # 0 or 1, as are the next two
    first_person: NDArray[np.int64]
    second_person: NDArray[np.int64]


def look_up(tokens: list[str]) -> Words:
    """What is known of lower-case tokens."""
    if len(_codes) > MOST_CACHED:
        _codes.clear()
    codes = np.fromiter(map(_codes.__getitem__, tokens), np.int64, len(tokens))
    flags = codes >> _BUCKET_BITS
    return Words(codes & (BUCKETS - 1), codes >> (_BUCKET_BITS + _FLAG_BITS), flags & 1, flags >> 1 & 1, flags >> 2 & 1)
