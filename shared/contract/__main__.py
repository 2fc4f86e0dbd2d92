"""python -m copydesk.shared.contract [--check]: write the documents, or say which are stale (exit code 1)."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from copydesk.shared.contract import asyncapi, schemas, settings_page
from copydesk.shared.topology import RECORDS

DOCS = Path(__file__).resolve().parents[2] / "docs"


def documents() -> dict[Path, bytes]:
    """Every generated document: its path and what it has to hold."""
    found = {DOCS / "schemas" / f"{topic.name}.json": _json(schemas.schema(topic)) for topic in RECORDS}
    return {**found, DOCS / "asyncapi.json": _json(asyncapi.document()), DOCS / "settings.md": settings_page.settings_document().encode()}


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def stale() -> list[Path]:
    """Documents that are missing or differ from what they have to hold."""
    return [path for path, content in documents().items() if not path.exists() or path.read_bytes() != content]


def write_documents() -> None:
    """Write all documents."""
    for path, content in documents().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main(arguments: list[str]) -> int:
    """Exit code 0: written or current, 1: stale, 2: wrong usage."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    if not arguments:
        write_documents()
        return 0
    old = stale()
    for path in old:
        print(f"{path.relative_to(DOCS.parent)} is stale: run python -m copydesk.shared.contract", file=sys.stderr)
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
