"""What the model hands to the article-level pass: labelled character spans, and the labels that a model may use."""

from __future__ import annotations

from typing import NamedTuple


class RawSpan(NamedTuple):
    """Characters [start, end) of the body, labelled PERSON, ORG, GPE, LOC, FAC, NORP, DATE, EVENT or MISC.

    Spans of one body are sorted and do not overlap. The model of the project says LOC for every place.
    """

    start: int
    end: int
    label: str
