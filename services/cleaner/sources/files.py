"""Learning from files, and furniture as a file: JSON Lines, one source a line."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from services.cleaner.sources.furniture import Furniture, SourceFurniture
from services.cleaner.sources.learn import Evidence, Learner
from shared.errors import CopydeskError


def learn_file(inputs: Iterable[Path], output: Path, evidence: Evidence | None = None) -> Furniture:
    """Learn from files of raw records (JSON Lines, .gz or plain) and write the furniture to `output`.

    Raises CopydeskError for a line that is no record.
    """
    learner = Learner(evidence)
    for path in inputs:
        for record in _records(path):
            learner.add(record)
    furniture = learner.furniture()
    write(furniture, output)
    return furniture


def write(furniture: Furniture, path: Path) -> None:
    """The same furniture gives the same bytes."""
    path.write_bytes(b"".join(one.dump() + b"\n" for one in furniture))


def read(path: Path) -> Furniture:
    """Raises CopydeskError when the file is missing or is no furniture."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise CopydeskError(f"cannot read the furniture {path}: {error.strerror}", "write it with `copydesk sources learn`") from error
    return Furniture(SourceFurniture.load(line) for line in lines if line.strip())


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _record(line, path, number)
    except (OSError, EOFError) as error:
        raise CopydeskError(f"cannot read {path}: {error}", "give files of raw records, one JSON object a line") from error


def _record(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise CopydeskError(f"{path}, line {number} is not JSON: {error}", "give files of raw records, one JSON object a line") from error
    if not isinstance(record, dict):
        raise CopydeskError(f"{path}, line {number} is not an object", "give files of raw records, one JSON object a line")
    return record
