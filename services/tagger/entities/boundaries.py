"""Boundary repair: what a model takes into a name that is not part of it, and what it cuts off.

A title stands before a name and is no part of it (“President Joe Biden” -> “Joe Biden”); nor are a possessive, a leading
article, quotation marks and punctuation. A span that is a title alone is no name. “U.S.-Japan” is two names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from copydesk.services.tagger.entities.drafts import NAMES, PLACES, Draft
from copydesk.services.tagger.entities.joining import joined
from copydesk.services.tagger.entities.legalforms import is_company, legal_form
from copydesk.services.tagger.entities.titles import after_titles, is_title, title_before
from copydesk.services.tagger.entities.words import CURRENCY_SIGNS, HEADS, ORGANISATION_WORDS
from copydesk.services.tagger.spans import RawSpan

LEADING = re.compile(r"[\s\"“”„«‘’'`\])}(\[{,;:.!?*•|/–—-]+")
TRAILING = re.compile(r"(?:['’]s(?![^\W_])|[\s\"“”»‘’'`(\[{,;:!?*|/–—-])+$")
POSSESSIVE = re.compile(r"['’]s(?![^\W_])")
OF_MEMBERS = re.compile(  # “Veterans” ’ Administration
    r"['’] (?:Administration|Association|Union|Guild|Federation|League|Society|Club|Council|Institute|Foundation|Alliance|Party|Congress|Fund)\b"
)
ARTICLE = re.compile(r"(?:the|a|an)\s+|the(?=[A-Z])|The\s+(?!Hague\b|Gambia\b)(?=\S)")
DOTTED = re.compile(
    r"(?:[A-Z]\.)+[A-Z]$|\b(?:Jr|Sr|Inc|Corp|Co|Ltd|St|Bros|Calif|Fla|Conn|Mass|Tenn|Ala|Ariz|Colo|Ill|Ind|Wash|Mich|Minn|Ore|Wis|Penn|Va|Ga|Md)$"
)
GLUED = re.compile(r"(?<![^\W_])the$")
INITIAL = re.compile(r"[ .][A-Z]$|\b(?:Jr|Sr)$")  # of a person; Ralph Penn is not called “Penn.”
SUFFIX = re.compile(r",?\s+(?:Jr\b\.?|Sr\b\.?|II\b|III\b|IV\b)")
PARTICLE_NAME = re.compile(r"[\s-][A-Z][\w’']+(?:-[A-Z][\w’']+)*")
PARTICLES = frozenset({"al", "el", "bin", "ibn", "bint", "abu", "von", "van", "der", "de", "da", "di", "du", "del", "ben", "abdul", "abd"})

NO_NAMES = frozenset({"us", "we", "our", "i", "he", "she", "it", "you", "they", "who", "gmt", "utc", "am", "pm"})  # “Contact Us” is no country
LONGEST_NAME = 300  # characters: more is a list, or no words at all
PARTY = re.compile(r"[RDI]-(?=[A-Z])")  # “R-Texas”, “(D-Calif.)”: nobody is called R
NEVER_NUMBERS = frozenset({"PERSON", "GPE", "LOC", "FAC", "NORP"})  # an organisation may be: 538


TIME_OF_DAY = re.compile(r"(?:about |around )?\d{1,4}(?:[:.]\d\d)? ?(?:[ap]\.? ?m\.?|GMT|UTC|hours)", re.IGNORECASE)
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")  # alone it may be of anything
TODAY = frozenset({"today", "yesterday", "tomorrow", "tonight"})
CALENDAR = re.compile(  # a year, a decade, a century, a day of the week, a month, a feast, figures of a date, 3rd of a month
    r"\b(?:1\d|20)\d\d(?:s|\b)|\b\d0s\b|century|centuries|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|"
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:\b|[a-z]{3,})|\d[./-]\d|\b\d{1,2}(?:st|nd|rd|th)\b|\bB\.?C|\bA\.?D\b|"
    r"\b(?!(?:This|Last|Next|Late|Later|Early|Earlier|Mid|Recent|Past|Day|Days|Week|Weeks|Month|Months|Year|Years|The|One|Two|Three|Four|Five|Six|Seven|"
    r"Eight|Nine|Ten|Several|Some|Many|A|An|Each|Every|On|In|For|After|Before|Over|About|Around|Nearly|Almost|More|Less|At|Today|That|Those|These|"
    r"Previous|Following|Coming|First|Second|Third|Half|Few|Just|Only|Another|Daily|Weekly|Monthly|Annual|Recently|Currently|Now|Since|Until|By|Within|During)\b)"
    r"[A-Z][a-z]{2,}"
)
ADDRESS = re.compile(r"[^\s@]+@\S+\.\w+")
TITLE_OR_SURNAME = r"(?:King|Queen|Prince|Judge|Major|Dean|Bishop|Pope|Marshal|Duke|Baron|Chase|Page|Constable)"
HONORIFIC = re.compile(rf"(?:(?:Mr|Mrs|Ms|Dr)\.?|Miss)\s+(?={TITLE_OR_SURNAME}$)")
CALLED = re.compile(rf"\b(?:(?:Mr|Mrs|Ms|Dr)\.?|Miss) ({TITLE_OR_SURNAME})\b(?! [A-Z])")  # “Ms. King said”; the model leaves “Ms.” out
CUT_SURNAME = re.compile(rf" {TITLE_OR_SURNAME}(?=[.,;:)’']| [a-z])")  # “Larry” Pope runs
INITIALS_OF_A_TITLE = re.compile(r"(?:DA|ADA|DDA|AG)\s+(?=[A-Z])")  # in capitals only: “da Silva” is a name


IsName = Callable[[str], bool]


class Around(NamedTuple):
    """What a name's boundaries depend on beside its words: which names are places, which titles the article has as surnames, which
    words are a name without a possessive, and which the gazetteer has."""

    is_place: IsName
    surnames: frozenset[str]
    is_bare: IsName
    is_known: IsName


def mend_boundaries(body: str, spans: Sequence[RawSpan], is_place: IsName, is_known: IsName) -> list[Draft]:
    """Spans of the model as mentions with mended boundaries, in order. `is_place` knows a country or nationality by name, `is_known` the
    names of the gazetteer."""
    drafts: list[Draft] = []
    printed = frozenset(body[span.start : span.end] for span in spans)
    around = Around(is_place, _titles_as_surnames(body, spans), lambda name: name in printed or is_place(name) or is_known(name), is_known)
    for span in spans:
        if not 0 <= span.start < span.end <= len(body):
            raise ValueError(f"span {tuple(span)} lies outside of the body of {len(body)} characters")
        drafts.extend(_repaired(body, span, around))
    return joined(body, drafts)


def _titles_as_surnames(body: str, spans: Sequence[RawSpan]) -> frozenset[str]:
    """Titles that somebody in the article is called by: “King” of “Gayle King” and of “Ms. King”."""
    names = (body[span.start : span.end].split() for span in spans if span.label == "PERSON")
    full = (n[-1] for n in names if len(n) > 1 and n[-1].lower() in HEADS and n[-1].istitle() and not is_title(" ".join(n[:-1])))
    return frozenset((*full, *CALLED.findall(body)))


def _repaired(body: str, span: RawSpan, around: Around) -> Iterable[Draft]:
    start, end = _whole_words(body, span.start, span.end)
    if end - start > LONGEST_NAME or (body[end : end + 1] in set(CURRENCY_SIGNS) and span.label in NAMES):
        return  # a list; “US” of “US$”
    if span.label not in NAMES:
        if span.label != "DATE" or _is_date(body[start:end], body[max(0, start - 3) : start]):
            yield from _draft(body, *_trimmed(body, start, end), span.label)
        return
    for part_start, part_end in _parts(body, *_own(body, start, end, span.label, around), around.is_place):
        yield from _named(body, part_start, part_end, span.label, around)


def _is_date(text: str, before: str) -> bool:
    """Whether it is found in a calendar (“May”, “Friday”, “1984”, “in 84”, “the 1990s”, “Easter”); not so “next year”, “two days”, “9 a.m.”."""
    if TIME_OF_DAY.fullmatch(text):
        return False
    if text.replace(":", "").isdigit():
        return "1500" <= text < "2200" if len(text) == 4 else len(text) == 2 and before.lower() == "in "
    return text.lower() in TODAY or (bool(CALENDAR.search(text)) and not ORDINAL.fullmatch(text))


def _named(body: str, start: int, end: int, label: str, around: Around) -> Iterable[Draft]:
    party = PARTY.match(body, start) if end - start == 1 or label in PLACES else None
    if party and party.end() > end:
        return
    start = party.end() if party else start
    start, end = _own(body, *_without_article(body, start, _within_bracket(body, start, end)), label, around)
    title = ""
    if label == "PERSON":
        short = INITIALS_OF_A_TITLE.match(body, start, end) or HONORIFIC.match(body, start, end)
        called = body[start:end] in around.surnames and body[max(0, start - 4) : start].lower() != "the "
        name = short.end() if short else start if called else after_titles(body, start, end)
        title, start = body[start:name].strip(), name
    elif is_title(body[start:end]):
        return
    shop = label in PLACES and POSSESSIVE.match(body, end - 2) and around.is_known(body[start:end])  # “at Sotheby’s”
    if shop or is_company(body, end, label):
        label, title = "ORG", ""
    end = _extended(body, start, end, label)
    for draft in _draft(body, start, end, label):
        draft.title = title or (title_before(body, start) if label == "PERSON" else "")
        yield draft


def _draft(body: str, start: int, end: int, label: str) -> Iterable[Draft]:
    """The mention, unless nothing or a pronoun is left of it."""
    text = body[start:end]
    letters = any(c.isalpha() if label in NEVER_NUMBERS else c.isalnum() for c in text)
    if letters and not (label in NAMES and (ADDRESS.fullmatch(text) or (text != "US" and text.lower() in NO_NAMES))):
        yield Draft(start, end, label, body[start:end])


def _whole_words(body: str, start: int, end: int) -> tuple[int, int]:
    """The span cut at its first line end and grown to whole words; a word glued on in front (“theU.S.”) stays out."""
    first, last = max(0, start - LONGEST_NAME), min(len(body), end + LONGEST_NAME)
    while start > first and body[start].isalnum() and body[start - 1].isalnum() and not GLUED.search(body, max(0, start - 4), start):
        start -= 1
    while end < last and body[end].isalnum() and body[end - 1].isalnum():
        end += 1
    line_end = body.find("\n", start, end)
    return start, end if line_end <= start else line_end


def _trimmed(body: str, start: int, end: int) -> tuple[int, int]:
    text = body[start:end]
    while text:
        match = TRAILING.search(text)
        if match:
            text = text[: match.start()]
        elif (text.endswith(".") and not DOTTED.search(text[:-1])) or (text.endswith((")", "]")) and not ("(" in text or "[" in text)):
            text = text[:-1]
        else:
            break
    lead = LEADING.match(text)
    return start + (lead.end() if lead else 0), start + len(text)


def _own(body: str, start: int, end: int, label: str, around: Around) -> tuple[int, int]:
    """The trimmed span. “Macy’s” keeps what the model takes for a part of an organisation's name, unless it goes by “Macy” as well, and
    gets back what it leaves out of a name that the gazetteer has: “Sotheby”’s."""
    first, last = _trimmed(body, start, end)
    possessive = POSSESSIVE.match(body, last) if label == "ORG" or label in PLACES else None
    if possessive is None:
        return first, last
    within = label == "ORG" and possessive.end() <= end and not around.is_bare(body[first:last])
    return first, possessive.end() if within or around.is_known(body[first : possessive.end()]) else last


def _within_bracket(body: str, start: int, end: int) -> int:
    """The end of a name that began within a bracket: “(OCDA) Office” -> OCDA."""
    bracket = body.find(")", start, end)
    return bracket if bracket > start and "(" not in body[start:bracket] else end


def _without_article(body: str, start: int, end: int) -> tuple[int, int]:
    """The span without its article. A capital one within a sentence is part of the name: of “The Fourth Rail”."""
    match = ARTICLE.match(body, start, end)
    if match and body.startswith("The ", start) and body[max(0, start - 2) : start].strip("( ").isalpha():
        return start, end
    return (match.end(), end) if match and match.end() < end else (start, end)


def _parts(body: str, start: int, end: int, is_place: IsName) -> Iterable[tuple[int, int]]:
    """“U.S.-Japan” and “U.S. Japan” in two, “US-led” without its tail, “Ministry of Health and Britain”’s Foreign Office and
    “Bank of Ghana and the Ministry of Health” in two; any other span whole."""
    text = body[start:end]
    left, found, right = text.rpartition(" and ")
    if found and is_place(right) and not is_place(text) and POSSESSIVE.match(body, end):
        return [(start, start + len(left)), (end - len(right), end)]
    one, joined, other = text.partition(" and the ")
    if joined and " " in one and " " in other and not ORGANISATION_WORDS.isdisjoint(other.lower().split()):
        return [(start, start + len(one)), (end - len(other), end)]
    for mark in ("-", "–", "/", " "):
        left, found, right = text.partition(mark)
        if found and left and right and is_place(left.removeprefix("the")):
            if is_place(right) and not is_place(text):
                return [(start, start + len(left)), (end - len(right), end)]
            if mark in "-–" and right.islower():
                return [(start, start + len(left))]
    return [(start, end)]


def _extended(body: str, start: int, end: int, label: str) -> int:
    """The end with the last full stop of an abbreviation, the name behind “al” or “van”, and “, Jr.” taken in."""
    if label == "PERSON" and body[start:end].rpartition(" ")[2].lower() in PARTICLES and (rest := PARTICLE_NAME.match(body, end)):
        end = rest.end()
    if label == "PERSON" and body[start:end].isalpha() and (rest := CUT_SURNAME.match(body, end)):
        end = rest.end()
    if label == "ORG" and body[end - 1] == "s" and (members := OF_MEMBERS.match(body, end)):
        end = members.end()
    if body.startswith(".", end) and (INITIAL if label == "PERSON" else DOTTED).search(body, start, end):
        end += 1
    match = SUFFIX.match(body, end) if label == "PERSON" else legal_form(body, end) if label == "ORG" else None
    if not match:
        return end
    stop = match.end()
    return stop - 1 if body[stop - 1] == "." and _ends_sentence(body, stop) else stop


def _ends_sentence(body: str, stop: int) -> bool:
    return body[stop : stop + 1] in {"", "\n"}
