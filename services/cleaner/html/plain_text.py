"""Characters of a page that a reader never sees, and white space."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero-width space, word joiner, byte order mark, bidi marks and embeddings, Mongolian vowel separator.
INVISIBLE = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
# Joiners carry meaning in Indic and Arabic scripts and in emoji; after a Latin letter, digit or blank they are noise.
STRAY_JOINER = re.compile("(?:(?<=[\u0000-\u024f])|^)[\u200c\u200d]+")
# Not U+0080 to U+009F: they are halves of broken characters, which are repaired later.
CONTROLS = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]")
BLANKS = re.compile(r"[^\S\n]+")
BREAKS = re.compile(r"\s*\n\s*")


def visible(text: str) -> str:
    """NFC, without invisible characters; runs of blanks become one space, a run with a line break one line break."""
    if text.isascii():
        if text.isprintable():
            return " ".join(text.split())
    else:
        text = unicodedata.normalize("NFC", STRAY_JOINER.sub("", INVISIBLE.sub("", text)))
    text = CONTROLS.sub("", text)
    return BREAKS.sub("\n", BLANKS.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """`visible`, on one line."""
    return " ".join(visible(text).split())


def words(text: str) -> frozenset[str]:
    """A set of names, written as one text."""
    return frozenset(text.split())
