"""What a feed means by the language that it names: a BCP 47 tag, a code of ISO 639 or an English name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pycountry

NONE = frozenset({"und", "mul", "mis", "zxx"})  # ISO 639 has codes for "undetermined", "several", "uncoded" and "no language"
LONGEST = 100  # characters of a tag or name
TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8})*)")


def language(text: str) -> str | None:
    """The tag, to the letter where its code is the shortest: eng-GB → en-GB, English → en. None for what names no language, as `und`."""
    return _language(text) if len(text) <= LONGEST else None


@lru_cache(1_024)
def _language(text: str) -> str | None:
    found = TAG.fullmatch(text.strip())
    code = found[1].lower() if found else ""
    if code in NONE:
        return None
    known = _of_code(code)
    if found is None or known is None:
        named = pycountry.languages.get(name=text.strip().title())
        return None if named is None else str(getattr(named, "alpha_2", named.alpha_3))
    short = getattr(known, "alpha_2", None)
    return text.strip() if short is None or len(code) == 2 else f"{short}{found[2]}"


def _of_code(code: str) -> Any:
    if len(code) == 2:
        return pycountry.languages.get(alpha_2=code)
    return (pycountry.languages.get(alpha_3=code) or pycountry.languages.get(bibliographic=code)) if code else None
