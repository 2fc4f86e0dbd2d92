"""Names that the model found in parts: “Hayashi” “Yoshimasa”, “Marks” & “Spencer”, “University” of “Texas”."""

from __future__ import annotations

from copydesk.services.tagger.entities.drafts import Draft

OF_A_PLACE = frozenset({"University", "Bank", "College", "Institute", "Museum", "Church", "Archdiocese", "Diocese"})


def joined(body: str, drafts: list[Draft]) -> list[Draft]:
    """Parts of one person's name as one mention; the second of two overlapping mentions dropped."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        last = kept[-1] if kept else None
        if last and draft.start < last.end:
            continue
        if last and ((last.label == draft.label == "PERSON" and _one_name(body, last, draft)) or _one_organisation(body, last, draft)):
            last.end, last.text = draft.end, body[last.start : draft.end]
        else:
            kept.append(draft)
    return kept


def _one_organisation(body: str, one: Draft, other: Draft) -> bool:
    """“Marks” & “Spencer”, “University” of “Texas”, “Bank” of “England”."""
    between = body[one.end : other.start]
    if between == " & ":
        return one.label == "ORG" and other.label in {"ORG", "PERSON"} and other.text[0].isupper()
    return between in {" of ", " of the "} and one.label == "ORG" and other.label in {"LOC", "GPE"} and one.text.rpartition(" ")[2] in OF_A_PLACE


def _one_name(body: str, one: Draft, other: Draft) -> bool:
    """“Hayashi” “Yoshimasa”, “Adil Abdul” - “Mahdi”; but “Trump-Putin” are two."""
    between = body[one.end : other.start]
    if between == "-":
        return " " in one.text or " " in other.text
    return between == " " and not other.title and " " not in one.text
