"""Sentences that were broken by what stood within them: scrapers that end a line at every element end one at links and raised letters.

Only what reads on without doubt is put together again; two paragraphs as one would be worse than a sentence as two.
"""

from __future__ import annotations

import re

from copydesk.services.cleaner.date_lines import date_line

OPEN_END = re.compile(r"[\w%’']$")  # no sentence, no heading of a list, no quotation and hardly a verse ends so
GLUED = re.compile(r"[.;:)](?!\S)|[,;)]|\.\s|['’]s\b")  # what no paragraph begins with, nor any word
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
RAISED = re.compile(r"(?:st|nd|rd|th)\b")
DROP_CAP = re.compile(r"[B-HJ-NP-Z]$")  # A, I and O are words of their own
BROKEN = re.compile(r"[^\W_]-$|\($")  # what goes on in the next line without a space
WORD = re.compile(r"[^\W\d_]+(?![\w:(]|\.\w)")
LAST_WORD = 12  # characters that hold a line's last small word
CLOSED = re.compile(r"(?<![ap]\.m)[.!?…:;]$")
DASHES = "–—-"
DASH = re.compile(r"\w[.,]?\s?[–—]$")
UNFINISHED = re.compile(  # what no paragraph ends with
    r"\b(?:an?|the|of|and|at|or|that|as|than|their|its|his|our|whose|between|against|via|called|said|\d+\s?(?:st|nd|rd|th))$|,[”\"]$"
)
TIME = re.compile(r"\b[ap]\.m\.,?$")
DASHED = re.compile(r"[–—-]\s")
_PROPER = r"[^\W\d_a-zß-öø-ÿа-яёіїєґ][\w.'’-]*"
PLACE = re.compile(  # "MIAMI" in bold print, and below it "— A man …"; below a headline in lower case stands what somebody says: "– Vi bad om …"
    rf"(?=.{{3,60}}$){_PROPER}(?:,?\s(?:de|del|do|da|la|el|of|{_PROPER})){{0,4}}(?:,?\s\d{{1,2}}(?:,\s\d{{4}})?)?(?:,?\s\([^)]{{2,20}}\))?,?"
)
SENTENCE, STAMP = re.compile(r"[.!?][”\"’)]*(?:\s|$)"), re.compile(r"^\d|\d\s?(?:[ap]m)?$|\bago$", re.I)
BYLINE = re.compile(
    r"(?:a\scura\sdi|oprac\.|di|de|von|par|por|door|av|af|by)(?:\s[^\W\d_a-zß-öø-ÿ][\w.'’-]+){2,4}"
)  # "di Dario Benvegnù", below a headline
SHORTEST, PARAGRAPH = 40, 80  # characters of a line that is no list item, heading or link; that is a paragraph


def goes_on(above: str, below: str) -> bool:
    """Whether a line is of the same sentence as what stands above it, of which the last words will do."""
    end = above[-LAST_WORD:]
    if below[0].isupper() and len(above) < SHORTEST:  # as in menus
        return DASH.search(end) is not None
    if CLOSED.search(end) and below[0] not in DASHES:
        return False
    if not gap(above, below) and not BROKEN.search(end):
        return OPEN_END.search(end) is not None
    first = WORD.match(below)
    lower = first[0].islower() if first else ORDINAL.fullmatch(below) is not None
    if DASH.search(end) or (lower and (BROKEN.search(end) or TIME.search(end))):
        return True
    if DASHED.match(below):
        return len(below) >= PARAGRAPH and PLACE.fullmatch(above) is not None and (below[0] != "-" or above.isupper())
    if UNFINISHED.search(end):
        return lower or (len(above) >= SHORTEST and not end.endswith(" an"))  # German headings end so: "nehmen Angebot an"
    if not lower or " " not in above or not OPEN_END.search(end) or _stands_alone(below):
        return False
    return len(above) >= SHORTEST or (len(below) >= PARAGRAPH and SENTENCE.search(below) is not None and not STAMP.search(above))


def _stands_alone(line: str) -> bool:
    """Whether a line is a byline or only tells when, which may begin in lower case below a headline: "martes, 6 de febrero de 2024"."""
    return BYLINE.fullmatch(line) is not None or date_line(line) is not None


def gap(above: str, below: str) -> str:
    """What stands between two lines of one paragraph: a space, or nothing within a word and before a sign."""
    end = above[-LAST_WORD:]
    raised = end[-1:].isdigit() and RAISED.match(below)
    dropped = DROP_CAP.fullmatch(end) and below[:1].islower()
    return "" if raised or dropped or BROKEN.search(end) or GLUED.match(below) else " "
