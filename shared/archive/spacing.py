"""Words for full-text search where the script writes none: each character of such a script stands as a word of its own.

    「東京の港」→ 「東 京 の 港」; a search for 東京 is one for the phrase “東 京”, which is what stands there and nothing else

So a word of any length is found, also one of two characters, as most are in Chinese and Japanese: a trigram finds none of those.
"""

from __future__ import annotations

import re

# Han with its extensions, kana, bopomofo and half-width kana; Thai, Lao, Myanmar, Khmer
UNSPACED = "぀-ヿㄅ-ㄯㇰ-ㇿ㐀-䶿一-鿿豈-﫿ｦ-ﾟ々〆〇\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_CHARACTER = re.compile(f"[{UNSPACED}]")
_RUN = re.compile(f"[{UNSPACED}]+")


def spaced(text: str) -> str:
    """The text with spaces around each character of a script without them; what else is there stays as it is."""
    return _CHARACTER.sub(r" \g<0> ", text)


def has_unspaced(text: str) -> bool:
    """Whether there is any character of such a script."""
    return _CHARACTER.search(text) is not None


def unspaced_only(text: str) -> str:
    """The runs of such scripts in a text, spaced, each on a line of its own; empty where there are none."""
    return "\n".join(spaced(run) for run in _RUN.findall(text))


def phrase(text: str) -> str:
    """A query of FTS5 for this text where the characters are the words: 東京 → `"東 京"`."""
    return '"' + " ".join(spaced(text).replace('"', " ").split()) + '"'
