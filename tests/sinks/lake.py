"""What the views over Parquet say, as `copydesk.shared.archive.dump` gives it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import orjson

from copydesk.services.sink.parquet.reading import connect
from copydesk.shared.archive.dump import OF_ARTICLES, line
from copydesk.shared.errors import CopydeskError

NOT_IN_SQLITE = {"day", "other_ingested_at", "shared", "weight"}
Row = dict[str, Any]


def dump_parquet(url: str) -> list[str]:
    """The whole record is put together of its parts: its JSON, the time of ingestion, and the matches that the views have folded."""
    try:
        connection = connect(url)
    except CopydeskError:
        return []
    found = {table: _rows(connection, query) for table, query in OF_ARTICLES.items()}
    connection.close()
    matches: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found["matches"]:
        matches[row["article_id"], row["revision"]].append(row)
    for row in found["articles"]:
        row["record"] = _whole(row, matches[row["article_id"], row["revision"]])
    return [line(table, {name: value for name, value in row.items() if name not in NOT_IN_SQLITE}) for table, rows in found.items() for row in rows]


def _whole(row: Row, matches: list[Row]) -> str:
    listed = [{**orjson.loads(match["weight"]), "ingested_at": match["other_ingested_at"]} for match in matches]
    copies = [match for match in listed if match["kind"] != "shared_background"]
    verdict = {
        "status": row["status"], **({"kind": row["kind"], "duplicate_of": row["duplicate_of"]} if copies else {}), "matches": copies,
        "background": [match for match in listed if match["kind"] == "shared_background"], "capped": bool(row["capped"]),
        **({"common_version": row["common_version"]} if row["common_version"] else {}),
    }  # fmt: skip
    return orjson.dumps({**orjson.loads(row["record"]), "ingested_at": row["ingested_at"], "duplicate": verdict}).decode()


def _rows(connection: Any, query: str) -> list[Row]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
