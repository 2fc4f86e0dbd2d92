"""What a feed gave: kept to the letter, and never taken for what Copydesk found.

A raw record may bear names that later stages use for what they find (`metadata`, `entities`, `body`, `versions`, …), with values of
any form. They move to `given`, beside what is found: `{"metadata": {"desk": "sport"}}` → `{"given": {"metadata": {"desk": "sport"}}}`.
Of the fields that a feed and a page may both state, what the feed gave stands, and `origins` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from copydesk.shared.records.enriched import EnrichedArticle
from copydesk.shared.records.languages import language
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.records.times import precision, publication_time
from copydesk.shared.records.versions import release

GIVEN = "given"
FED = frozenset(RawArticle.model_fields)
FOUND = frozenset(EnrichedArticle.model_fields) - FED  # `given` too: a feed's own field of that name moves into it
SAYS_GIVEN = "2"  # the first release of the cleaner whose `origins` can be relied upon
STATED = ("title", "author", "published_at", "language")  # by feeds, and by pages


def told(data: Mapping[str, Any]) -> JsonObject:
    """The fields of a raw record that say something; under `given` those that do not count as they are.

    Empty and blank fields say nothing. A time of publication in words ("12 hours ago") is none, nor is "und" a language: the page decides.
    Of a record that Copydesk made, only what its feed gave counts, so that feeding it again gives the same again.
    """
    fed = _fed(data) if _made_here(data) else data
    said = {name: value for name, value in fed.items() if not (name in FED | FOUND and _says_nothing(name, value))}
    read = {name: READ[name](value) if name in READ else value for name, value in said.items() if name not in FOUND}
    kept = {name: value for name, value in read.items() if value is not None or name not in READ}
    moved = {name: value for name, value in said.items() if name not in kept}
    return {**kept, GIVEN: moved} if moved else kept


def _made_here(data: Mapping[str, Any]) -> bool:
    """Whether this is what came out of a cleaner that says of each field whether it was given."""
    versions, origins = data.get("versions"), data.get("origins")
    if not isinstance(versions, dict) or not isinstance(origins, dict) or not {"body", "revision"} <= data.keys():
        return False
    return release(versions.get("cleaner", "")) >= release(SAYS_GIVEN)


def _fed(data: Mapping[str, Any]) -> JsonObject:
    aside = data.get(GIVEN)
    fed = {name: value for name, value in data.items() if name not in FOUND and (name not in STATED or data["origins"].get(name) == GIVEN)}
    return {**fed, **(aside if isinstance(aside, dict) else {})}


def _says_nothing(name: str, value: Any) -> bool:
    return value is None or (name != "content" and (value == {} or (isinstance(value, str) and not value.strip())))


def _published(value: Any) -> Any:
    """ISO 8601, or None for a text or number that is no time. What is neither stays as it is: the contract refuses it."""
    return publication_time(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else value


def _language(value: Any) -> Any:
    """A BCP 47 tag, or None for a text that names no language."""
    return language(value) if isinstance(value, str) else value


READ: Mapping[str, Callable[[Any], Any]] = {"published_at": _published, "language": _language}


def part_to_merge(record: Mapping[str, Any], part: JsonObject) -> JsonObject:
    """What of a part goes into the record: what the feed gave stands, and nothing that was said of a value which does not.

    `part` as JSON. A language that was given has no confidence of detection, a given time the exactness with which it was given.
    """
    added = {name: value for name, value in part.items() if name not in FED or record.get(name) is None}
    given = [name for name in STATED if record.get(name) is not None]
    if "origins" not in part:  # not the cleaner's
        return added
    added["origins"] = {**part["origins"], **dict.fromkeys(given, GIVEN)}
    if "language" in given:
        added.pop("language_confidence", None)
    if "published_at" in given:
        added["published_precision"] = precision(record["published_at"])
    return added
