"""Names that the model found in parts: “Hayashi” “Yoshimasa”, “Marks” & “Spencer”, “University” of “Texas”, “J.P.” “Morgan & Co.”"""

from __future__ import annotations

import re

from copydesk.services.tagger.entities.drafts import Draft

OF_A_PLACE = frozenset({"University", "Bank", "College", "Institute", "Museum", "Church", "Archdiocese", "Diocese"})
INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")


def joined(body: str, drafts: list[Draft]) -> list[Draft]:
    """Parts of one name as one mention; the second of two overlapping mentions dropped."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        last = kept[-1] if kept else None
        if last and draft.start < last.end:
            continue
        if last and (_one_person(body, last, draft) or _one_organisation(body, last, draft)):
            last.end, last.text = draft.end, body[last.start : draft.end]
            last.label = draft.label if draft.label == "ORG" else last.label
        else:
            kept.append(draft)
    return kept


def _one_organisation(body: str, one: Draft, other: Draft) -> bool:
    """“Marks” & “Spencer”, “University” of “Texas”, “J.P.” “Morgan Chase & Co.”"""
    between = body[one.end : other.start]
    if between == " & ":
        return one.label == "ORG" and other.label in {"ORG", "PERSON"} and other.text[0].isupper()
    if between == " " and other.label == "ORG":
        return INITIALS.match(one.text) is not None if one.label == "PERSON" else one.label == "ORG" and INITIALS.fullmatch(one.text) is not None
    return between in {" of ", " of the "} and one.label == "ORG" and other.label in {"LOC", "GPE"} and one.text.rpartition(" ")[2] in OF_A_PLACE


def _one_person(body: str, one: Draft, other: Draft) -> bool:
    """“Hayashi” “Yoshimasa”, “Adil Abdul” - “Mahdi”; but “Trump-Putin” are two."""
    if not one.label == other.label == "PERSON":
        return False
    between = body[one.end : other.start]
    if between == "-":
        return " " in one.text or " " in other.text
    return between == " " and not other.title and " " not in one.text
