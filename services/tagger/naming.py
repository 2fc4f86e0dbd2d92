"""Names in the one form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONE_FORM = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "‐": "-", "‑": "-", "–": "-"})
_SPACED_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")  # “Port - au - Prince”, as some wires print it
REMEMBERED = 8_192  # names of which a form is kept: those of a few hundred articles


@lru_cache(REMEMBERED)
def fold_name(name: str) -> str:
    """A name without case, accents, full stops and runs of space: "Côte d’Ivoire" -> "cote d'ivoire", "U.S." -> "us"."""
    plain = unicodedata.normalize("NFKD", _SPACED_HYPHEN.sub("-", name.translate(_ONE_FORM)).replace(".", ""))
    kept = plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())
