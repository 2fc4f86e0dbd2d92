"""Where the text of a press release ends and what it says of its sender begins: "About Northwind Ltd", "Media contact: …"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from copydesk.services.cleaner.lines import Label
from copydesk.services.cleaner.phrases import bare, either, phrases
from copydesk.services.cleaner.phrases.companies import ABOUT, ABOUT_BEHIND, ABOUT_SENDER, COMPANY, COMPANY_UNSPACED, CONTACT
from copydesk.services.cleaner.rules.rule import is_long, reports, width

SENDER = Label("legal", "about_the_sender")
BREAK = "\n"
LONGEST_HEADING, FIRST = 60, 100  # characters of the heading; of the text below, in which the sender is named
SHORTEST = 40  # width of a text that tells of a company in so many words; one that only begins with its name is longer
CLOSED = tuple(".!?。؟")
LARGEST, MOST = 0.4, 8  # of the chosen text, and blocks, that such an end may be
_about = re.compile(
    rf"\W*{either(ABOUT.values())}(?:\s+|(?<=['’\u4e00-\u9fff]))(?P<name>\S.*?)[\s:：]*$|\W*(?P<before>\S.*?)\s*{either([ABOUT_BEHIND])}[\s:：]*$",
    re.I | re.X,
)
_contact = re.compile(rf"\W*{either([CONTACT])}(?:\s?[:：(（|–—-]|\s*$|\s*(?={BREAK}))", re.I | re.X)
_unnamed = frozenset(phrases(*ABOUT_SENDER.values()))
_company = re.compile(rf"(?<!\w){either(COMPANY.values())}|{either([COMPANY_UNSPACED])}|\bwww\.|https?:", re.I | re.X)
_quotation = re.compile(r"[\"'“”„«»‘’「『‹›][^\"“”„«»」』‹›]{40}")  # which a company's name in marks is not: "«Мортранс» управляет …"
_word = re.compile(r"[^\W\d_]{2,}")


def about_sender(texts: Sequence[str], chosen: Sequence[int], headings: Container[int], marked: bool = True) -> dict[int, Label]:
    """The last chosen texts, from that on which heads what is said of the sender; none where more than an end would go.

    `headings` are those below one of which the article would go on. Where they are not `marked` as such, what is below has to tell of a company:
    "Sobre Messi" heads a part of an interview.
    """
    size = sum(len(texts[at]) for at in chosen)
    end = 0
    for n in range(len(chosen) - 1, max(0, len(chosen) - 1 - MOST), -1):
        end += len(texts[chosen[n]])
        if end > LARGEST * size:
            break
        below = texts[chosen[n + 1]] if n + 1 < len(chosen) else ""
        if _heads(texts[chosen[n]], below, marked) and not any(at in headings and _heads_more(texts[at]) for at in chosen[n + 1 :]):
            return dict.fromkeys(chosen[n:], SENDER) | about_sender(texts, chosen[:n], headings, marked)
    return {}


def _heads(text: str, below: str, marked: bool) -> bool:
    if _contact.match(text):
        return (not is_long(text) and not reports(text)) or "@" in text
    heading, _, rest = text.partition(BREAK)
    if not rest and ":" in heading.replace("：", ":")[: LONGEST_HEADING + 1]:
        heading, _, rest = heading.replace("：", ":").partition(":")
    rest = rest.strip() or below
    if len(heading) > LONGEST_HEADING or heading.endswith(CLOSED) or width(rest) < SHORTEST:
        return False
    return (bare(heading) in _unnamed and is_long(rest)) or (_names(heading, rest) and ((marked and is_long(rest)) or _tells_of_company(rest)))


def _tells_of_company(text: str) -> bool:
    return _quotation.match(text) is None and _company.search(text) is not None


def _names(heading: str, rest: str) -> bool:
    """Whether the text below begins with whom the heading names."""
    found = _about.match(heading)
    name = (found["name"] or found["before"] or "") if found else ""
    told = [word for word in _word.findall(name) if word[0].isupper() or not word.isascii()]
    start = rest[:FIRST].casefold()
    return bool(told) and told[-1].casefold() in start and (told[0].casefold() in start)


def _heads_more(text: str) -> bool:
    """Whether the article goes on under a heading."""
    return not (_contact.match(text) or _about.match(text) or bare(text) in _unnamed)
