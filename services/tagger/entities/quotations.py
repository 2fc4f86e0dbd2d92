"""Direct quotations: what stands within quotation marks, or behind the dash of a dialogue, and whether it is speech.

Quoted words that are no speech (a title, one word in scare quotes) are told apart by length and shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.marks import CLOSED_BY, MARK, SINGLE, closing, opens
from copydesk.services.tagger.entities.words import LINKING

LEAST_WORDS = 3  # fewer words are speech only beside a verb of saying
SPEECH_WORDS = 6
ANNOUNCED_WORDS = 5
WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")  # scripts that part no words: two characters make one
DASH_BEHIND = re.compile(r"[ \u00a0][—–-] ")  # Polish: „…” – powiedziała X.
ENDS = frozenset(",.!?…—–。！？，、؟،")


@dataclass(slots=True)
class Quotation:
    """Characters [start, end) are what stands within the marks; [outer_start, outer_end) has them. `continues`: the speech
    of the quotation before goes on in this paragraph. `dialogue`: a dash stands before it, and no marks around it."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    continues: bool = False
    closed: bool = True
    dialogue: bool = False

    def words(self, body: str) -> list[str]:
        return body[self.start : self.end].split()


def find_quotations(text: Text) -> list[Quotation]:
    """Quotations in order. One that no mark closes ends with its paragraph, if the next one begins with an opening mark."""
    found: list[Quotation] = []
    reached = 0
    while match := MARK.search(text.body, reached):
        quotation = _quotation(text, match, found) if opens(text.body, match) else None
        if quotation:
            found.append(quotation)
        reached = quotation.outer_end if quotation else match.end()
    return [q for q in found if text.body[q.start : q.end].strip()]


def _quotation(text: Text, mark: re.Match[str], found: list[Quotation]) -> Quotation | None:
    _, end = text.paragraph_bounds(mark.start())
    last = found[-1] if found else None
    continues = bool(last and not last.closed and text.paragraph_of(last.outer_start) + 1 == text.paragraph_of(mark.start()))
    close = closing(text.body, mark, end)
    if close:
        return Quotation(mark.end(), close.start(), mark.start(), close.end(), continues)
    if not _taken_up(text.body, mark, end):
        return None
    inner_end = mark.end() + len(text.body[mark.end() : end].rstrip())
    return Quotation(mark.end(), inner_end, mark.start(), inner_end, continues, closed=False)


def _taken_up(body: str, mark: re.Match[str], end: int) -> bool:
    """Whether the next paragraph begins with a mark that takes the speech up again: the opening one, in Spanish and French papers the closing."""
    following = MARK.match(body, end)
    return following is not None and (following.group() == mark.group() or (mark.group() in "«‹" and following.group() in CLOSED_BY[mark.group()]))


def is_speech(body: str, quotation: Quotation, attributed: bool, adjoins: bool, called_out: bool = False) -> bool:
    """Whether the quoted words are somebody's words rather than a title or a term. `adjoins`: a clause of saying stands
    right behind them, `called_out`: a verb of saying right before them, so that a word is enough."""
    words = quotation.words(body)
    said = body[quotation.start : quotation.end].strip()
    ends = said[-1] in ENDS or body[quotation.outer_end : quotation.outer_end + 1] in ENDS - {"—", "–", "…"}
    if quotation.dialogue and (attributed or adjoins):
        return True
    if adjoins or not quotation.closed:
        whole = attributed and len(words) >= LEAST_WORDS and begins_sentence(body, quotation) and not _is_title(words)
        return ends or whole or bool(adjoins and DASH_BEHIND.match(body, quotation.outer_end))
    length = len(words) + len(WITHOUT_SPACES.findall(said)) // 2
    if called_out and said[-1] in ".!?…":
        return not _is_title(words)
    if attributed:
        return (length >= LEAST_WORDS or _is_sentence(body, quotation, said)) and not _is_title(words)
    single = body[quotation.outer_start] in SINGLE
    return length >= SPEECH_WORDS and not _is_title(words) and not said.lstrip("¿¡“‘«\"'")[:1].islower() and (said[-1] in ENDS if single else ends)


def _is_sentence(body: str, quotation: Quotation, said: str) -> bool:
    """Whether one word or two are a sentence of their own: “No,” replied X. “Never.”"""
    return said[0].isupper() and said[-1] in ".!?" and _before(body, quotation)[-1:] in {".", "!", "?"}


def begins_sentence(body: str, quotation: Quotation) -> bool:
    """Whether a capital stands first within the marks, and an end of a sentence or of a paragraph before them: «Il ponte non era sicuro» ha
    detto il sindaco."""
    first = body[quotation.start : quotation.end].lstrip()[:1]
    return first.isupper() and (_before(body, quotation)[-1:] in {"", ".", "!", "?"} or body[quotation.outer_start - 1] == "\n")


def _before(body: str, quotation: Quotation) -> str:
    """The last characters before the marks, without space."""
    return body[max(0, quotation.outer_start - 3) : quotation.outer_start].rstrip()


def _is_title(words: list[str]) -> bool:
    """Whether nearly all words that carry meaning begin with a capital, as in the title of a work."""
    content = [word for word in words if len(word) > 3 and word.lower() not in LINKING]
    capital = sum(not word[0].islower() and not _caseless(word[0]) for word in content)
    return len(content) > 1 and capital >= 0.8 * len(content) and not all(word.isupper() for word in content)


def _caseless(letter: str) -> bool:
    """Whether the letter is of a script that knows no capitals: Arabic, Hebrew, Hindi."""
    return letter.isalpha() and letter.lower() == letter.upper()


def announced(body: str, quotation: Quotation) -> bool:
    """Whether a colon stands before a sentence: Trainer Lang: „Wir waren schlecht.“ Il libro: "Il nome della rosa" names a work."""
    said = body[quotation.start : quotation.end].rstrip()
    whole = said[-1:] in ENDS or len(quotation.words(body)) >= ANNOUNCED_WORDS
    return whole and body[max(0, quotation.outer_start - 2) : quotation.outer_start].rstrip().endswith((":", "："))
