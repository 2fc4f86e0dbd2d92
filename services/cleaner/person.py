"""Names of persons as bylines print them, and the words for offices and newsrooms that stand beside them."""

from __future__ import annotations

import re

from copydesk.services.cleaner.phrases import phrases
from copydesk.services.cleaner.phrases.bylines import OFFICES, PARTICLES, ROLES

LONGEST_NAME, MOST_WORDS = 48, 6  # characters, words
ROLE, PARTICLE = frozenset(phrases(*ROLES.values())), frozenset(phrases(PARTICLES))
OFFICE = ROLE | frozenset(phrases(*OFFICES.values()))
PARTED = str.maketrans(dict.fromkeys("|/,.:;()・·•►▪●■—–、，／：&", " "))
SUFFIX = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d."))
NO_NAME = frozenset(("the", "this", "our", "my", "your", "an", "what", "how", "why"))  # with which no name begins
SMALL = PARTICLE | {"of", "for", "and", "the", "&"}
CAPITALISED = re.compile(r"(?:[dlDLO]['’]|[a-z]{2}-|[Mm]a?c)?[^\W\d_a-zß-öø-ÿ](?:[\w.‘-]|['’](?!s$))*$")
SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
SPACELESS_NAME = re.compile(r"[\u3400-\u9fff]{2,4}$|[\u30a0-\u30ff\u3400-\u9fff・·\s]{3,20}$|[\uac00-\ud7a3]{2,5}$")
UNCASED_NAME = re.compile(r"[\u0590-\u0fff\s.'’·-]{2,40}$")
SENTENCE_END = tuple(".!?…。！？।؟")


def is_name(text: str) -> bool:
    """Whether a text reads as a person's name: "Karl-Heinz von der Au", "Тимофей Ашев", "王小明". In scripts with capitals it has two words."""
    words = text.split()
    if not 0 < len(text) <= LONGEST_NAME or len(words) > MOST_WORDS or words[0].lower() in NO_NAME or any(map(is_office_word, words)):
        return False
    if not is_cased(text):
        return len(words) <= MOST_WORDS - 2 and (SPACELESS_NAME if SPACELESS.search(text) else UNCASED_NAME).match(text) is not None
    proper = [CAPITALISED.match(word) is not None for word in words]
    fits = all(good or word in PARTICLE or word.lower() in SUFFIX for good, word in zip(proper, words, strict=True))
    return fits and sum(proper) >= 2 and (proper[-1] or words[-1].lower() in SUFFIX)


def is_office(line: str) -> bool:
    """Whether a line says what its author does, and for whom: "Gazette Staff Writer", "Education Correspondent"."""
    words = line.split(None, MOST_WORDS)
    if not 0 < len(words) <= MOST_WORDS or line.endswith(SENTENCE_END) or not any(map(is_office_word, words)):
        return False
    return all(CAPITALISED.match(word) or word.lower() in SMALL or is_office_word(word) for word in words)


def is_office_word(word: str) -> bool:
    """Whether a word is of an office or a newsroom, never of a name."""
    return word.strip(".,:;()").lower() in OFFICE


def has_word_of(known: frozenset[str], lower: str) -> bool:
    """Whether some words know one of the words, or of the parts of words with hyphens, of a text in lower case."""
    words = lower.translate(PARTED)
    return not known.isdisjoint(words.split()) or ("-" in words and not known.isdisjoint(words.replace("-", " ").split()))


def names_role(text: str) -> bool:
    """Whether a text has a word for what somebody does who writes for a paper: "Staff Writer"."""
    return any(word.strip(".,:;()").lower() in ROLE for word in text.split())


def is_cased(text: str) -> bool:
    """Whether a text is of a script that has capitals."""
    first = next(filter(str.isalpha, text), "")
    return first.isupper() or first.islower()
