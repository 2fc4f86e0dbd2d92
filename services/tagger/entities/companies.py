"""Companies that are called like people, and the short forms under which organisations of the article stand in it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from copydesk.services.tagger.entities.article_text import Phrases, Text
from copydesk.services.tagger.entities.drafts import Draft, MentionsByCharacter
from copydesk.services.tagger.entities.known import in_capitals
from copydesk.services.tagger.entities.organisations import SHORT_TAILS, initials
from copydesk.services.tagger.entities.words import PAPERS, SAID
from copydesk.services.tagger.naming import fold_name

REACH = 48  # characters before a name that are looked at
STAFF = r"(?:[Aa]nalysts?|[Ee]conomists?|[Ss]trategists?|[Ww]orkers|[Ee]mployees|[Ss]taff|[Ee]ngineers)"
OWNED = re.compile(rf"\b(?:(?:[Ss]hares|[Ss]tock|stake) (?:of|in)|{STAFF} (?:at|with)) (?:[A-Z][\w.&’'-]* ){{0,3}}(?:and )?$")
MOVED = "fell|rose|slid|were|are|was|is|have|had|ended|jumped|dropped|lost|gained|closed|traded|plunged|tumbled|climbed|slipped|soared|sank"
TRADES = "car|auto|drug|chip|truck|plane|jet|tyre|tire|phone|vaccine|tobacco|cigarette|software|engine|battery|aircraft"
CRAFTS = "boot|shoe|toy|furniture|food|cereal|steel|paper|arms|soap|chocolate|biscuit|clothes|clothing|ship|house|home|train|yacht"  # of people too
OF_A_COMPANY = re.compile(
    rf" shares? (?:{MOVED}|price|buyback|sale)\b|"
    r" (?:stores?|branch(?:es)?|analysts?|economists?|shareholders|dealerships?|bonds|factor(?:y|ies)|Inc\b|Corp\b|Ltd\b|PLC\b|plc\b|& Co\b)|"
    r" (?:opened|closed|operates|will (?:open|close)|plans to (?:open|close)) (?:[\w,]+ ){0,2}(?:stores|branches|outlets|factories)\b|"
    r" (?:has|had|employs|employed) (?:about |some |around |more than |nearly |over )?[\d,.]+ (?:employees|workers|staff|stores|branches)\b|"
    r" (?:posted|reported) (?:an? )?(?:[\w-]+ ){0,2}(?:profits?|loss(?:es)?|earnings|revenues?|sales)\b| recalled its | filed for bankruptcy\b|"
    r", (?:the|an?) (?:[\w-]+ ){0,4}(?:bank|brokerage|retailer|brewery|brewer|distiller|newspaper|company|chain|lender|insurer|manufacturer|airline|"
    r"publisher|(?:news|consulting|accounting|auction|fashion|publishing|law|trading|asset management) (?:firm|house|agency)|"
    rf"(?:{TRADES})(?: ?maker| group| firm))[,.;)]|"
    rf", the (?:[\w-]+ ){{0,4}}(?:{CRAFTS})(?: ?maker| ?builder| group| firm)[,.;)]"
)
OWN = (
    "profits?|losses|sales|revenues?|earnings|shares|stores|shops|branches|customers|clients|workers|employees|workforce|staff|bookings|prices|dividend|"
    "factor(?:y|ies)|plants?|subsidiary|unit|board|shareholders|forecast|outlook|guidance|headquarters|fleet|website|app|stake|debt|policyholders|"
    "premiums|business|operations|products?|brands?|network|offices?|chief executive|CEO"
)
DOING = (
    "cut|raised?|reduced?|increased?|doubled?|lowered?|lifted|sell|sold|close[ds]?|open(?:ed)?|launch(?:ed)?|expand(?:ed)?|posted|reported|recall(?:ed)?|"
    "named?|replaced?|slash(?:ed)?|moved?|grow|grew|halt(?:ed)?|suspend(?:ed)?|announced|renamed?|spin off|list(?:ed)?"
)
SAYS_OF_ITSELF = re.compile(  # “John Hancock said its profit fell”, “Peter Pan plans to raise its prices”
    rf" (?:(?:{SAID}) (?:that |on [A-Z]\w+ (?:that )?)?|(?:has |had |will |would |plans to |is to |wants to |agreed to )?(?:{DOING}) )"
    rf"its (?:[\w-]+ ){{0,3}}(?:{OWN})\b"
)
HUMAN = re.compile(r"\b(?:he|she|his|her|him|who|Mr|Mrs|Ms|Dr)\b")
OWNERS = re.compile(  # whose “its” it may be as well
    r"\b(?:company|firm|agency|bank|group|union|party|team|club|council|school|university|hospital|government|ministry|department|airline|retailer|"
    r"chain|start-?up|network|business|organi[sz]ation|charity|plant|store|paper|newspaper|city|county|state|country|nation|parish|institute|college)\b"
)
LONGER = re.compile(r"[&-]| [A-Z]")
FEWEST_INITIALS = 3


def as_companies(body: str, drafts: list[Draft]) -> list[Draft]:
    """The mentions; those of a person's name that has shares or stores in the article are an organisation's."""
    full = [d for d in drafts if d.label == "PERSON" and " " in d.text and not d.title]
    companies = {d.key for d in full if _has_shares(body, d)} | _of_themselves(body, full, drafts)
    for draft in drafts:
        if draft.label == "PERSON" and draft.key in companies:
            draft.label = "ORG"
    return drafts


def _has_shares(body: str, draft: Draft) -> bool:
    """“shares of Charles Schwab”, “Eli Lilly, the drugmaker,”; “John Roe’s shares” are anybody’s."""
    return bool(OF_A_COMPANY.match(body, draft.end) or OWNED.search(body[max(0, draft.start - REACH) : draft.start]))


def _of_themselves(body: str, full: list[Draft], drafts: list[Draft]) -> set[str]:
    """The names of which is told what is “its”, as of an organisation: nothing is spoken of before whose it could be, nobody in the article
    goes by the surname, and the paragraph has no “he” or “she”."""
    first = next((d.start for d in drafts if d.label == "ORG"), len(body))
    found = [d for d in full if d.start < first and SAYS_OF_ITSELF.match(body, d.end) and not OWNERS.search(body, 0, d.start)]
    surnames = {d.text for d in drafts if d.label == "PERSON" and " " not in d.text} if found else set()
    return {d.key for d in found if d.text.rpartition(" ")[2] not in surnames and not HUMAN.search(_paragraph(body, d.start))}


def _paragraph(body: str, offset: int) -> str:
    end = body.find("\n", offset)
    return body[body.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(body)]


def as_short_forms(drafts: list[Draft], is_place: Callable[[str], bool]) -> list[Draft]:
    """The mentions; one word that is no place and nobody's name is an organisation's where one's name begins with it: “Corvane” of Corvane
    Mining Corp."""
    known = {word for d in drafts if d.label == "PERSON" and " " in d.text for word in d.text.split()}
    first = {d.text.partition(" ")[0] for d in drafts if d.label == "ORG" and _goes_by_its_first_word(d.text)} - known
    for draft in drafts:
        if draft.label in {"PERSON", "GPE", "LOC", "MISC"} and draft.text in first and not draft.title and not is_place(draft.text):
            draft.label = "ORG"
    return drafts


def _goes_by_its_first_word(name: str) -> bool:
    """Whether an organisation goes by the first word of its name: by what stands behind it."""
    first, _, rest = name.partition(" ")
    return len(first) > 3 and bool(rest) and set(fold_name(rest).replace(",", "").split()) <= SHORT_TAILS


def with_short_forms(text: Text, drafts: list[Draft]) -> list[Draft]:
    """The mentions, with “the Post” of a Morning Post and the acronym of a long form where they stand and no mention is."""
    held = MentionsByCharacter(drafts)
    forms = {form for d in drafts if d.label == "ORG" and " " in d.text for form in _short_forms(d.text)}
    if not forms:
        return drafts
    found = [
        (start, end) for start, end, _ in Phrases((form, None) for form in forms).find(text) if held.free(start, end) and _stands(text, start, end)
    ]
    added = (Draft(start, end, "ORG", text.body[start:end]) for start, end in found)
    return sorted((*drafts, *added), key=lambda d: d.start) if found else drafts


def _short_forms(name: str) -> Iterator[str]:
    last = name.rpartition(" ")[2]
    if last.lower() in PAPERS and last[0].isupper():
        yield last
    yield from (letters.upper() for letters in initials(name) if len(letters) >= FEWEST_INITIALS)


def _stands(text: Text, start: int, end: int) -> bool:
    """A newspaper behind its article; an acronym anywhere but in a line of capitals; neither as a part of a longer name."""
    if LONGER.match(text.body, end) or text.body[max(0, start - 1) : start] in {"&", "-"}:
        return False
    if not text.body[start:end].isupper():
        return text.body[max(0, start - 4) : start].lower() == "the "
    return not in_capitals(text, start)
