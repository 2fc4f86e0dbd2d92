"""Two files of records, article by article, memory bounded by how far their orders differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import Reading, expand, read
from copydesk.shared.records.plain import JsonObject

RecordKey = tuple[str, int]  # an article's id, and the how manieth record of it this is
RecordPair = tuple[str, JsonObject | None, JsonObject | None]


def pairs(old: str, new: str) -> Iterator[RecordPair]:
    """Each article once with its records in both files, the n-th of an article with the n-th of it; None where a file has none.

    Raises CopydeskError for a file that cannot be read, and for a line that is no record.
    """
    waiting: tuple[dict[RecordKey, JsonObject], dict[RecordKey, JsonObject]] = ({}, {})
    for both in zip_longest(_records(old), _records(new)):
        for side, one in enumerate(both):
            if one is None:
                continue
            key, record = one
            if (other := waiting[1 - side].pop(key, None)) is None:
                waiting[side][key] = record
            else:
                yield (key[0], other, record) if side else (key[0], record, other)
    yield from ((key[0], record, None) for key, record in waiting[0].items())
    yield from ((key[0], None, record) for key, record in waiting[1].items())


def _records(name: str) -> Iterator[tuple[RecordKey, JsonObject]]:
    seen: Counter[str] = Counter()
    for item in read(expand([name]), Reading("jsonl", shape="body")):
        record = None if item.refused else _record(item.value)
        if record is None:
            why = item.refused.detail if item.refused else "it is no JSON object with an article_id"
            raise CopydeskError(f"{item.name}: {why}", "name two files that `copydesk enrich --output FILE.jsonl` wrote")
        article_id = str(record["article_id"])
        seen[article_id] += 1
        yield (article_id, seen[article_id]), record


def _record(value: bytes) -> JsonObject | None:
    try:
        record = orjson.loads(value)
    except orjson.JSONDecodeError:
        return None
    return record if isinstance(record, dict) and "article_id" in record else None
