"""Titles before names: where the name begins, and which title stands in front of it."""

from __future__ import annotations

import re

from copydesk.services.tagger.entities import words as w

WORD = re.compile(r"\S+")
TITLE_REACH = 40  # characters before a name in which its title is looked for


def _is_title_word(word: str) -> bool:
    return word in w.TITLES or word in w.MODIFIERS


def is_title(text: str) -> bool:
    """Whether the text is a title and no name: “Prime Minister”, “Secretary of State”."""
    found = [word.strip(".,").lower() for word in text.split()]
    return (
        any(word in w.TITLES for word in found)
        and found[0] != "house"
        and all(_is_title_word(word) or word in w.OFFICES or word == "of" for word in found)
    )


def after_titles(body: str, start: int, end: int) -> int:
    """Where the name begins behind its titles; `end` when there is nothing but a title."""
    words = [(m.start(), m.group().strip(".,'’\"").lower()) for m in WORD.finditer(body, start, end)]
    last = _last_title(words, body[start].islower())
    if last is None:
        return start
    following = last + 1
    if following < len(words) and words[following][1] in {"of", "for"}:
        behind = _after_office(words, following + 1)
        if behind is None:
            return end if is_title(body[start:end]) else start
        following = behind
    rest = [word for _, word in words[following:]]
    if not rest:
        return end if last == 0 or all(_is_title_word(word) for _, word in words) else start
    return start if all(word in w.SUFFIXES for word in rest) else words[following][0]


def _after_office(words: list[tuple[int, str]], following: int) -> int | None:
    """Index of the word behind the office (“of Defense”), or the place (“of London”) where two words or more follow; None
    where the office or the place is all there is: “Duke of York” is a name after all."""
    if following < len(words) and words[following][1] not in w.OFFICES:
        return following + 1 if len(words) - following > 2 else None
    while following < len(words) and words[following][1] in w.OFFICES:
        following += 1
    return following if following < len(words) else None


def _last_title(words: list[tuple[int, str]], lower: bool) -> int | None:
    """Index of the last title word that does not end the span, when the span begins like a title."""
    found = [i for i, (_, word) in enumerate(words) if word in w.TITLES]
    if len(found) > 1 and found[-1] == len(words) - 1 and found[-2] == len(words) - 2 and len(words) > 2:
        found.pop()
    if not found:
        return None
    if found[-1] == len(words) - 1 and not all(_is_title_word(word) for _, word in words):
        found.pop()  # “Stephen King”, “President Judge”: the last word is the name
    if not found:
        return None
    begins = found[0] == 0 or lower or _is_title_word(words[0][1]) or len(words) - found[-1] > 2
    return found[-1] if begins else None


def title_before(body: str, start: int) -> str:
    """The title words that stand right before a name: “Prime Minister” Kishida, “Mr.” Biden."""
    words = body[max(0, body.rfind("\n", max(0, start - TITLE_REACH), start) + 1, start - TITLE_REACH) : start].split(" ")
    kept: list[str] = []
    for word in reversed(words[:-1]):
        if not _is_title_word(word.strip(".").lower()):
            break
        kept.insert(0, word)
    return " ".join(kept)
