"""Legal forms of companies, which belong to their names: “Marlowe Foods Inc.”, “Banco Sol S.A.”, “Norrsken AB”."""

from __future__ import annotations

import re

CERTAIN = re.compile(  # nothing but a company is called so
    r",? (?:Inc|Corp|Ltd|LLC|LLP|PLC|Plc|plc|L\.L\.C|L\.L\.P|GmbH)\b\.?|"
    r" (?:S\.p\.A\.?|SpA\b|S\.A\.B\. de C\.V\.|S\.A\.?(?! de)|S\.r\.l\.|N\.V\.|B\.V\.|A/S\b|A\.S\.|K\.K\.|Oyj\b|d\.o\.o\.|"
    r"(?:Pty|Pvt|Pte)\b\.? Ltd\b\.?|Sdn\b\.? Bhd\b\.?|Co\b\.?,? Ltd\b\.?)"
)
# behind a place some are states: Adelaide, SA
OF_AN_ORGANISATION = re.compile(r" (?:AB|AG|SA|SE|NV|BV|ASA|SAS|KG|KGaA|Co\.|(?:& |and )Co\b\.?)(?![\w-])")
MISTAKEN = frozenset({"PERSON", "GPE", "LOC", "MISC"})  # what a model calls a company whose legal form it leaves out


def is_company(body: str, end: int, label: str) -> bool:
    """Whether a legal form stands behind a name that is no organisation's by its label: “Velta” S.p.A."""
    return label in MISTAKEN and CERTAIN.match(body, end) is not None


def legal_form(body: str, end: int) -> re.Match[str] | None:
    """The legal form behind an organisation's name that ends there."""
    return CERTAIN.match(body, end) or OF_AN_ORGANISATION.match(body, end)
