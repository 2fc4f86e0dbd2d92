"""The labels of spaCy's published packages and what they are called here. What is not in the table is left out.

Money, percentages, quantities and numbers are left out on purpose: rules find the first two in any model's text, and
nobody subscribes to the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

ONTONOTES = {
    "PERSON": "PERSON",
    "NORP": "NORP",
    "FAC": "FAC",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "PRODUCT": "MISC",
    "EVENT": "EVENT",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "LANGUAGE": "MISC",
    "DATE": "DATE",
}
CONLL = {"PER": "PERSON", "MISC": "MISC"}  # de, es, fr, it, pt and the multilingual package
NORDIC = {"DRV": "NORP", "EVT": "EVENT", "GPE_LOC": "GPE", "GPE_ORG": "ORG", "PROD": "MISC"}  # nb
SWEDISH = {"PRS": "PERSON", "EVN": "EVENT", "OBJ": "MISC", "WRK": "MISC"}
POLISH = {"persName": "PERSON", "placeName": "GPE", "geogName": "LOC", "orgName": "ORG", "date": "DATE"}
ROMANIAN = {"ORGANIZATION": "ORG", "FACILITY": "FAC", "NAT_REL_POL": "NORP", "DATETIME": "DATE"}
KOREAN = {"PS": "PERSON", "LC": "LOC", "OG": "ORG", "DT": "DATE"}

LABELS: Mapping[str, str] = {**ONTONOTES, **CONLL, **NORDIC, **SWEDISH, **POLISH, **ROMANIAN, **KOREAN}


def ours(label: str) -> str | None:
    """The project's name of a package's label; None for one that is left out."""
    return LABELS.get(label)
