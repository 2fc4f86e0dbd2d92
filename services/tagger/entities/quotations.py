"""Where the body quotes: pairs of quotation marks, straight and curly, over paragraphs that begin with an opening mark.

Quoted words that are no speech (a title, one word in scare quotes) are told apart by length and shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.services.tagger.entities.text import Text
from copydesk.services.tagger.entities.words import LINKING

MARKS = re.compile(r"[“”\"„«»]|``|''")
OPENING = frozenset({"“", "„", "«", "``"})
CLOSING = frozenset({"”", "»", "''"})
LEAST_WORDS = 3  # fewer words are speech only beside a verb of saying
SPEECH_WORDS = 6


@dataclass(slots=True)
class Quotation:
    """Characters [start, end) are what stands within the marks; [outer_start, outer_end) has them. `continues`: the speech
    of the quotation before goes on in this paragraph."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    continues: bool = False
    closed: bool = True

    def words(self, body: str) -> list[str]:
        return body[self.start : self.end].split()


def find_quotations(text: Text) -> list[Quotation]:
    """Quotations in order. One that no mark closes ends with its paragraph, if the next one begins with an opening mark."""
    found: list[Quotation] = []
    open_at: tuple[int, int] | None = None
    for match in MARKS.finditer(text.body):
        if open_at is not None and _paragraph_between(text, open_at[0], match.start()):
            found.extend(_unclosed(text, open_at, match.start(), found))
            open_at = None
        if open_at is None:
            open_at = (match.start(), match.end()) if _opens(text.body, match) else None
        elif not _opens(text.body, match) or match.group() in CLOSING:
            found.append(_quotation(text, open_at, match.start(), match.end(), found))
            open_at = None
    return [q for q in found if q.start < q.end]


def _opens(body: str, match: re.Match[str]) -> bool:
    if match.group() in OPENING:
        return True
    if match.group() in CLOSING:
        return False
    before, after = body[match.start() - 1 : match.start()], body[match.end() : match.end() + 1]
    return (not before or before.isspace() or before in "([—–-‘'") and bool(after) and not after.isspace()


def _paragraph_between(text: Text, start: int, end: int) -> bool:
    return text.paragraph_of(start) != text.paragraph_of(end)


def _unclosed(text: Text, open_at: tuple[int, int], following: int, found: list[Quotation]) -> list[Quotation]:
    """The rest of the paragraph, where the next paragraph takes the speech up again."""
    _, end = text.paragraph_bounds(open_at[0])
    if following != end:
        return []
    inner_end = open_at[1] + len(text.body[open_at[1] : end].rstrip())
    quotation = _quotation(text, open_at, inner_end, inner_end, found)
    quotation.closed = False
    return [quotation]


def _quotation(text: Text, open_at: tuple[int, int], end: int, outer_end: int, found: list[Quotation]) -> Quotation:
    last = found[-1] if found else None
    continues = bool(last and not last.closed and text.paragraph_of(last.outer_start) + 1 == text.paragraph_of(open_at[0]))
    return Quotation(open_at[1], end, open_at[0], outer_end, continues)


def is_speech(body: str, quotation: Quotation, attributed: bool, adjoins: bool) -> bool:
    """Whether the quoted words are somebody's words rather than a title or a term. `adjoins`: a clause of saying stands
    right behind them, so that a word is enough."""
    words = quotation.words(body)
    ends = body[quotation.end - 1] in ",.!?…—" or body[quotation.outer_end : quotation.outer_end + 1] in {".", ",", "!", "?"}
    if adjoins:
        return ends
    if attributed:
        return len(words) >= LEAST_WORDS and not _is_title(words)
    return len(words) >= SPEECH_WORDS and not _is_title(words) and body[quotation.start].isupper() and ends


def _is_title(words: list[str]) -> bool:
    """Whether nearly all words that carry meaning begin with a capital, as in the title of a work."""
    content = [word for word in words if len(word) > 3 and word.lower() not in LINKING]
    capital = sum(not word[0].islower() for word in content)
    return len(content) > 1 and capital >= 0.8 * len(content) and not all(word.isupper() for word in content)
