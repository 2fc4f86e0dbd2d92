"""Reading gazetteer files: JSON Lines, one entry a line; what is wrong is named by file and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson
from pydantic import ValidationError

from copydesk.services.tagger.gazetteer.data_files import DATA
from copydesk.services.tagger.gazetteer.entries import GazetteerEntry
from copydesk.shared.edge import explain
from copydesk.shared.errors import CopydeskError

SHIPPED: tuple[Path, ...] = (DATA / "people.jsonl", DATA / "organisations.jsonl", DATA / "companies.jsonl", DATA / "media.jsonl")
FORMAT = 'one JSON object a line, such as {"id": "desk:7", "names": ["Jane Roe"], "type": "PERSON", "description": "mayor"}'


def load_entries(paths: Sequence[Path]) -> list[GazetteerEntry]:
    """All entries; of two with one id the later file's counts.

    Raises:
        CopydeskError: a file is missing or a line is no entry; names file, line and what to mend.
    """
    entries: dict[str, GazetteerEntry] = {}
    for path in paths:
        for entry in _read(path):
            entries[entry.id] = entry
    return list(entries.values())


def _read(path: Path) -> Iterable[GazetteerEntry]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise CopydeskError(f"cannot read the gazetteer {path}: {error.strerror}", "mend COPYDESK_GAZETTEER or the file's rights") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _entry(path, number, line)


def _entry(path: Path, number: int, line: bytes) -> GazetteerEntry:
    try:
        return GazetteerEntry.model_validate(orjson.loads(line))
    except orjson.JSONDecodeError as error:
        raise CopydeskError(f"{path}, line {number}: not JSON: {error}", f"write {FORMAT}") from error
    except ValidationError as error:
        raise CopydeskError(f"{path}, line {number}: {explain(error)}", f"write {FORMAT}") from error
