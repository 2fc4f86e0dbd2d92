"""COPYDESK_ variables that are no settings: a slip in a name would be a setting that silently does nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from copydesk.shared.contract.settings_page import variables
from copydesk.shared.settings import PREFIX, ServiceSettings

OTHERS = {"COPYDESK_DATA", "COPYDESK_DATA_REQUIRED"}  # of the tests
LIKE = 70  # rapidfuzz's ratio, of 100, from which on a name is worth suggesting


def misspelt_settings(environment: Mapping[str, str] = os.environ) -> list[str]:
    """A line for each: `COPYDESK_PARTITION is no setting: is COPYDESK_PARTITIONS meant?`"""
    strange = [name for name in sorted(environment) if name.startswith(PREFIX) and not _is_usual(name)]
    return [_line(name, known) for known in [variables()] for name in strange if name not in known] if strange else []


def _is_usual(name: str) -> bool:
    """Known without a look at the settings of every service, whose modules take their time."""
    return name in OTHERS or name.removeprefix(PREFIX).lower() in ServiceSettings.model_fields


def _line(name: str, known: Iterable[str]) -> str:
    nearest = process.extractOne(name, sorted(known), scorer=fuzz.ratio, processor=lambda each: each.removeprefix(PREFIX), score_cutoff=LIKE)
    return f"{name} is no setting" + (f": is {nearest[0]} meant?" if nearest else "; docs/settings.md lists them")
