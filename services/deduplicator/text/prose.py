"""Sentences against menu lines: which tokens of a text are running text.

Menus, share bars, lists of headlines and tables repeat on every page of a site and are no sign of a copy. A block of lines is prose
when it has some words, most of them in lower case where the script knows case, and ends a sentence or is long. Lines that a fixed
width has broken (the next one goes on in lower case) are one block.
A short block that speaks to the reader is furniture, sentence or not. This looks at one text alone, so it is the same for
whoever sees that text later.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from functools import cache

import numpy as np
import xxhash

from copydesk.services.deduplicator.arrays import Bools, Hashes, Ints, TokenFlags, counts_before
from copydesk.services.deduplicator.text import alphabet
from copydesk.services.deduplicator.text.tokens import Tokens, tokenise

LOW_BITS = np.uint64(0xFFFF)
ADDRESS = "you your yours subscribe newsletter newsletters cookies click affiliate website privacy podcast blog email article"


@dataclass(frozen=True, slots=True)
class ProseRule:
    """`least` words for a block that ends a sentence, `long` for one that does not, the least share of lower-case words, and the share of
    words that speak to the reader (`address`, two words at least) from which a block of fewer than `text` words is furniture.
    """

    least: int = 6
    long: int = 25
    lower: float = 0.5
    address: float = 0.06
    text: int = 60

    @property
    def fingerprint(self) -> str:
        """Names what counts as prose."""
        return xxhash.xxh64_hexdigest(f"{astuple(self)} {ADDRESS}".encode())


def prose_tokens(tokens: Tokens, rule: ProseRule) -> Bools:
    """For each token whether it stands in a block of prose."""
    newlines = np.flatnonzero((tokens.flags & alphabet.NEWLINE) != 0)
    first_line, closed = _blocks(tokens.flags, newlines, tokens.text_starts)
    bounds = np.append(0, np.searchsorted(tokens.starts, newlines))[np.append(first_line, len(newlines))]
    words = np.diff(bounds)
    lower = np.diff(counts_before(_is_lower(tokens))[bounds])
    speaking = np.diff(np.searchsorted(_speaking_to_reader(tokens.hashes), bounds))
    good = (words >= rule.least) & (closed | (words >= rule.long)) & (lower >= rule.lower * words)
    good &= (speaking < np.maximum(2, rule.address * words)) | (words >= rule.text)
    return np.repeat(good, words)


@cache
def _address() -> tuple[Hashes, Bools]:
    """The words' hashes, ascending, and a table of their lowest bits, which spares nearly all searches."""
    hashes = np.sort(tokenise([ADDRESS]).hashes)
    table = np.zeros(1 << 16, np.bool_)
    table[(hashes & LOW_BITS).astype(np.int64)] = True
    return hashes, table


def _speaking_to_reader(hashes: Hashes) -> Ints:
    """Rows of the words by which a site speaks to its reader."""
    known, table = _address()
    likely = np.flatnonzero(np.take(table, (hashes & LOW_BITS).view(np.int64)))
    words = hashes[likely]
    rows: Ints = likely[known[np.minimum(np.searchsorted(known, words), len(known) - 1)] == words]
    return rows


def _is_lower(tokens: Tokens) -> Bools:
    """Words that start in lower case, or in a script that has no case."""
    result: Bools = (tokens.kinds & (alphabet.LOWER | alphabet.CASELESS)) != 0
    return result


def _blocks(flags: TokenFlags, newlines: Ints, text_starts: Ints) -> tuple[Ints, Bools]:
    """For each block its first line and whether its last line ends a sentence. A block goes on where the next line starts in lower case,
    also across empty lines.
    """
    last = _last_shown(flags, newlines)
    ends = (last >= 0) & ((flags[last] & alphabet.ENDER) != 0)
    goes_on = ~ends & _followed_by_lower_case(flags, newlines, text_starts)
    first_line = np.append(0, np.flatnonzero(~goes_on[:-1]) + 1)
    return first_line, ends[np.append(first_line[1:], len(newlines)) - 1]


def _followed_by_lower_case(flags: TokenFlags, newlines: Ints, text_starts: Ints) -> Bools:
    """For each line whether the next one of its text that is not empty starts so."""
    first = np.append(0, newlines[:-1] + 1)
    filled = np.flatnonzero(first < newlines)
    following = np.append(filled, len(newlines))[np.searchsorted(filled, np.arange(len(newlines)), "right")]
    within = following < np.searchsorted(newlines, text_starts[1:])[np.searchsorted(text_starts, newlines, "right") - 1]
    result: Bools = within & ((flags[first[np.minimum(following, len(newlines) - 1)]] & alphabet.LOWER) != 0)
    return result


def _last_shown(flags: TokenFlags, newlines: Ints) -> Ints:
    """For each line its last character that is neither space nor a closing quote or bracket; -1 for a line without."""
    before = np.append(-1, newlines[:-1])
    shown = np.flatnonzero((flags & (alphabet.SPACE | alphabet.CLOSER)) == 0)  # newlines among them
    last = np.append(-1, shown)[np.searchsorted(shown, newlines)]
    last[last <= before] = -1
    return last
