"""Phrases that news pages print around their articles, by language: data for the rules of stripped text and for what reads HTML.

A list of phrases is one string, parted by "; ". `either` makes a pattern of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def phrases(*lists: str) -> list[str]:
    """Each phrase of the lists once, the longest first."""
    found = dict.fromkeys(phrase for one in lists for phrase in " ".join(one.split()).split("; "))
    return sorted(found, key=len, reverse=True)


def bare(text: str) -> str:
    """A line as it is compared with phrases: in lower case, single spaces, no marks around it."""
    words = " ".join(text.lower().replace("i\u0307", "i").split())  # the Turkish İ in lower case
    start = next((n for n, char in enumerate(words) if char.isalnum()), len(words))
    end = next((n for n in range(len(words), start, -1) if words[n - 1].isalnum() or unicodedata.category(words[n - 1])[0] == "M"), start)
    return words[start:end]


def either(lists: Iterable[str]) -> str:
    """A pattern (for re.X) that matches any of the phrases, the longest first; a space stands for any white space."""
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases(*lists)) + ")"
