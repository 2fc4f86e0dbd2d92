"""Furniture as a file: JSON Lines, one source a line."""

from __future__ import annotations

from pathlib import Path

from copydesk.services.cleaner.sources.furniture import Furniture, SourceFurniture
from copydesk.shared.errors import CopydeskError


def write_furniture(furniture: Furniture, path: Path) -> None:
    """The same furniture gives the same bytes."""
    path.write_bytes(b"".join(one.dump() + b"\n" for one in furniture))


def read_furniture(path: Path) -> Furniture:
    """Raises CopydeskError when the file is missing or is no furniture."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise CopydeskError(f"cannot read the furniture {path}: {error.strerror}", "write it with `copydesk sources learn`") from error
    return Furniture(SourceFurniture.load(line) for line in lines if line.strip())
