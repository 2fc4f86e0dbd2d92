"""What a site tells its visitors about itself: cookies, scripts, players, access, and whom the press may call."""

from __future__ import annotations

import re
from functools import lru_cache

from copydesk.services.cleaner.leads import fold
from copydesk.services.cleaner.phrases import either, phrases
from copydesk.services.cleaner.phrases.notices import (
    ACCESS,
    COOKIES,
    PLAYER,
    READ_ON,
    READ_ON_BY,
    SCRIPT,
    SCRIPT_OF,
    SCRIPT_OF_UNSPACED,
    SCRIPT_STATE,
    SCRIPT_STATE_UNSPACED,
)
from copydesk.services.cleaner.phrases.support import GIVE, OURS, VIEWS
from copydesk.services.cleaner.rules.rule import Rule

LONGEST, LONGEST_SCRIPT = 300, 200  # characters
REMEMBERED = 20_000  # lines
_script = re.compile(rf"{either([SCRIPT])}", re.I | re.X)
_state = re.compile(rf"(?<!\w){either([SCRIPT_STATE])}(?!\w)|{either([SCRIPT_STATE_UNSPACED])}", re.I | re.X)
_of = re.compile(rf"(?<!\w){either([SCRIPT_OF])}(?!\w)|{either([SCRIPT_OF_UNSPACED])}", re.I | re.X)
SPOKEN = r"(?<![“”\"«»„‘'「『])"  # no quotation of someone: “We value your privacy,” said the mayor
UNSPACED = ("ja",)
PARTNERS, COUNTED = re.compile(r"(?<=\\s\+)(?=part)"), r"(?:\\d[\\d.,]*\\s+)?"  # "we and our 842 partners"
LEFT_TO_READ = r"il\s+vous\s+reste\s+\d+(?:[.,]\d+)?\s?%\s.*?\b(?:lire|article|contenu)\b"
_ours = re.compile(rf"(?<!\w){either(OURS.values())}(?!\w)|{either([OURS['zh'], OURS['ja']])}", re.I | re.X)
_give = re.compile(rf"(?<!\w){either(GIVE.values())}|{either([GIVE['zh'], GIVE['ja']])}", re.I | re.X)
BEGINS, NEAR = 60, 45  # characters in which scripts are named; beside them, in which stands whether they are on


def _to_read_on(language: str) -> str:
    """Says what is to be done to read on, or nearly nothing."""
    word = "" if language in UNSPACED else r"(?<!\w)"
    return rf"{either([READ_ON[language]])}(?:[^,，、;.!?。]{{0,40}}[.!]?\W*$|.*?{word}{either([READ_ON_BY[language]])})"


TO_READ_ON = "|".join(map(_to_read_on, READ_ON))


@lru_cache(REMEMBERED)
def asks_for_scripts(text: str) -> bool:
    """Whether a line asks to switch scripts on: "JavaScript is disabled in your browser."."""
    named = _script.search(text[:BEGINS]) if len(text) <= LONGEST_SCRIPT else None
    if named is None:
        return False
    near = text[max(0, named.start() - NEAR) : named.end() + NEAR]
    return _state.search(near) is not None and _of.search(text) is not None


def _asks_for_support(text: str) -> bool:
    """Whether a line asks for money for the paper's own work: a charity that an article tells of is none."""
    return _ours.search(text) is not None and _give.search(text) is not None


NOTICES = (
    Rule(
        "cookie_notice",
        "legal",
        "Tells of the site's cookies.",
        "Diese Website verwendet Cookies, um Inhalte zu personalisieren.",
        rf"{SPOKEN}{PARTNERS.sub(COUNTED, either(COOKIES.values()))}",
        LONGEST,
        certain=True,
    ),
    Rule(
        "player_notice",
        "furniture",
        "Says what the browser cannot show, or what has to be agreed to first.",
        "Your browser does not support the audio element.",
        rf"{SPOKEN}{either(PLAYER.values())}",
        LONGEST,
        certain=True,
    ),
    Rule(
        "access_notice",
        "subscription",
        "Says who may read the page, or asks for money for it.",
        "Cet article est réservé aux abonnés.",
        rf"{SPOKEN}(?:{either(ACCESS.values())}|{TO_READ_ON}|{LEFT_TO_READ})",
        LONGEST,
        certain=True,
    ),
    Rule(
        "script_notice",
        "furniture",
        "Asks to switch scripts on.",
        "JavaScript is disabled in your browser.",
        test=lambda place: asks_for_scripts(place.text),
        longest=LONGEST_SCRIPT,
        certain=True,
        needed=tuple(fold(phrase.split()[0]) for phrase in phrases(SCRIPT)),
    ),
    Rule(
        "asks_for_support",
        "subscription",
        "Asks for money for the paper's own work.",
        "If you value reporting like this, please consider a donation.",
        test=lambda place: _asks_for_support(place.text),
        longest=LONGEST,
        certain=True,
        needed=tuple(fold(phrase) for phrase in phrases(*OURS.values())),
    ),
    Rule(
        "views_of_author",
        "legal",
        "Keeps the author's views apart from the paper's.",
        "Las opiniones expresadas en este artículo son responsabilidad de su autor.",
        "|".join(VIEWS.values()),
        LONGEST,
        certain=True,
    ),
)
