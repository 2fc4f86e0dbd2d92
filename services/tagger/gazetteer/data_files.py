"""Where the files lie that ship with the gazetteer."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"


def data_file(name: str) -> Path:
    """The path of a shipped file."""
    return DATA / name
