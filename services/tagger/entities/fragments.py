"""Fragments that a model takes for names: the jurisdiction of an office with a part of its title, the department in a title,
a common noun in capitals, a law under the label of an organisation."""

from __future__ import annotations

import re
from itertools import zip_longest

from copydesk.services.tagger.entities.drafts import PLACES, Draft
from copydesk.services.tagger.entities.words import CURRENCY_CODES, HEADS, OFFICES, word_list

PLACED = PLACES | {"ORG", "MISC"}
BEFORE_TITLE = word_list(
    "acting interim former senior chief first second executive deputy vice assistant associate criminal district attorney public press prime "
    "foreign defense defence"
)  # words that a title begins with and no organisation ends with
LOCAL = word_list("district attorney public mayor governor councilman councilwoman councilmember")  # of a place that governs
GOES_ON = re.compile(r" (?:Attorney|Judge|Magistrate|Court Judge|Secretary|Minister|President|Governor|Mayor|Chief|Director)s?\b")
OFFICE = re.compile(r"(?: Attorney)?[’']s Office\b")
OFFICE_OF = re.compile(r" District(?: Attorney)?$")
IN_A_TITLE = re.compile(r"\b([A-Za-z]+) (?:of|for) (?:the )?$")
OCCASION = re.compile(r"(?:World War(?: (?:I|II|One|Two|1|2))?|.+ (?:War|Revolution|Olympics|Olympic Games|World Cup|Super Bowl))")
COMMON = word_list(
    "city county state district town village township borough province parish territory department division office bureau unit court board "
    "committee council commission agency ministry company university college hospital school society kingdom emirate sultanate"
)
KINDS = re.compile(r"[A-Z]{2,5}s")  # “IDPs”, “SMEs”, “HPVs”: several of a kind
COMMON_ACRONYMS = word_list(
    "MoU MoUs MOU MOUs LNG LPG MP MPs MEP MEPs MSP MSPs MLAs GDP GNP CEO CEOs CFO CFOs COO CTO VAT IPO IPOs NGO NGOs SME SMEs SUV SUVs ICU "
    "DNA RNA PCR PPE FDI ESG R&D Q&A M&A FAQ GPS CCTV ATM ATMs VIP VIPs UAV UAVs IED IEDs ICBM ICBMs KPI KPIs PhD MBA TV PDF SMS CV CVs "
    "AGM EGM EV PHEV CPI PMI EPS EBITDA ETF GST IDP APC RPG POW MIA DUI DWI MRI CT PTSD ADHD IVF GP GMO UFO IQ MVP KO TKO "
    "BSc MSc CNG MSME LLB CO2 HR PR PC OAP CSR SOP SOS STD NCO HPV"
)  # of things and people of a kind; behind a name in brackets one may stand for that
NO_ORGANISATIONS = word_list("HIV AIDS SARS MERS COVID COVID-19 Covid Covid-19 AI LGBT LGBTQ")
LAW = re.compile(
    r".+ (?:(?:Act|Bill|Proposition|Resolution|Directive|Amendment)(?: (?:of )?\d+)?|"
    r"Strategy|Treaty|Accords?|Agreement|Constitution|Declaration|Code)"
)


def without_fragments(body: str, drafts: list[Draft]) -> list[Draft]:
    """The mentions, in order, with titles cut off behind places and organisations; what is no name by itself left out."""
    for draft, following in zip_longest(drafts, drafts[1:]):
        if draft.label in PLACED:
            _mend(body, draft, following)
    return [d for d in drafts if d.text and not _is_common(body, d) and not _in_a_title(body, d)]


def _mend(body: str, draft: Draft, following: Draft | None) -> None:
    """“Orange County District” Attorney -> Orange County; “White House Press Secretary” Jen Psaki -> White House."""
    office = OFFICE.match(body, draft.end) if OFFICE_OF.search(draft.text) else None
    if office:
        draft.end, draft.label = office.end(), "ORG"
    elif draft.label in PLACED and (draft.text in NO_ORGANISATIONS or (draft.label == "ORG" and LAW.fullmatch(draft.text))):
        draft.label = "MISC"
    elif draft.label == "MISC" and OCCASION.fullmatch(draft.text):
        draft.label = "EVENT"
    else:
        named = following is not None and following.label == "PERSON" and body[draft.end : following.start] == " "
        _cut_title(body, draft, named)
    draft.text = body[draft.start : draft.end]


def _cut_title(body: str, draft: Draft, named: bool) -> None:
    """`named`: a person follows."""
    words = draft.text.split(" ")
    kept = len(words) - (named and words[-1].lower() in HEADS)
    if kept == len(words) and not GOES_ON.match(body, draft.end):
        return
    while kept and words[kept - 1].lower() in BEFORE_TITLE:
        kept -= 1
    if not LOCAL.isdisjoint(word.lower() for word in words[kept:]):
        draft.label = "GPE"
    draft.end = draft.start + len(" ".join(words[:kept]))


def _is_common(body: str, draft: Draft) -> bool:
    """“the City”, “the Department”: which one, only a reader knows. “LNG”, “MPs”: of a kind, and nobody's name."""
    if draft.text in COMMON_ACRONYMS | CURRENCY_CODES or KINDS.fullmatch(draft.text):
        return draft.label in PLACED | {"PERSON", "NORP"} and body[draft.start - 1 : draft.start] != "("
    return draft.label in PLACED and draft.text.lower() in COMMON


def _in_a_title(body: str, draft: Draft) -> bool:
    """“Defense” in “Secretary of Defense”."""
    if draft.label != "ORG" or not all(word.lower() in OFFICES for word in draft.text.split()):
        return False
    match = IN_A_TITLE.search(body, max(0, draft.start - 30), draft.start)
    return match is not None and match.group(1).lower() in HEADS
