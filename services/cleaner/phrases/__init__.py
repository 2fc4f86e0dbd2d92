"""Phrases that news pages print around their articles, by language: data for the rules of stripped text and for what reads HTML.

A list of phrases is one string, parted by "; ". `either` makes a pattern of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def phrases(*lists: str) -> list[str]:
    """Each phrase of the lists once, the longest first."""
    found = dict.fromkeys(phrase for one in lists for phrase in " ".join(one.split()).split("; "))
    return sorted(found, key=len, reverse=True)


def either(lists: Iterable[str]) -> str:
    """A pattern (for re.X) that matches any of the phrases, the longest first; a space stands for any white space."""
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases(*lists)) + ")"
