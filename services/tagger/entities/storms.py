"""Storms bear people's names: “Hurricane Lorenzo”, and “Lorenzo” alone in the same article, are one event."""

from __future__ import annotations

import re

from copydesk.services.tagger.entities.drafts import Draft

STORM = r"(?:(?:Super |Tropical |Post-[Tt]ropical |Subtropical )?(?:Storm|Cyclone|Typhoon)|Hurricane|Tropical Depression)"
BEFORE = re.compile(rf"\b(?:{STORM}|hurricane|typhoon|cyclone) $")
WITHIN = re.compile(rf"(?:{STORM}|hurricane|typhoon|cyclone) (?P<name>[A-Z]\w+)")
REACH = 24  # characters of the longest kind of storm
NAMED_SO = frozenset({"PERSON", "EVENT", "MISC"})


def storms_as_events(body: str, drafts: list[Draft]) -> list[Draft]:
    """The mentions, those of storms as EVENT with the kind of storm as part of the name. A bare name stays a person's where
    somebody in the article is named so in full."""
    names = {name for draft in drafts if draft.label in NAMED_SO and (name := _storm(body, draft))}
    full = {draft.text.rpartition(" ")[2] for draft in drafts if draft.label == "PERSON" and " " in draft.text}
    for draft in drafts:
        if draft.label == "PERSON" and draft.text in names - full:
            draft.label = "EVENT"
    return drafts


def _storm(body: str, draft: Draft) -> str | None:
    """The name of the storm that the mention is, which becomes an EVENT; None for what is no storm."""
    within = WITHIN.fullmatch(draft.text)
    if within:
        draft.label = "EVENT"
        return within["name"]
    before = BEFORE.search(body, max(0, draft.start - REACH), draft.start) if " " not in draft.text else None
    if before is None:
        return None
    name, draft.start, draft.label = draft.text, before.start(), "EVENT"
    draft.text = body[draft.start : draft.end]
    return name
