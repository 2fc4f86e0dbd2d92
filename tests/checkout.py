"""The code in another place, to be changed there and run as a release of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.data import ROOT


def copied_code(root: Path, *more: str) -> Path:
    """A copy of the code, and of `more` folders, below `root`: with that in PYTHONPATH it is what a process imports."""
    for name in ("copydesk", "services", "shared", *more):
        shutil.copytree(ROOT / name, root / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "training"))
    return root


def replaced(path: Path, old: str, new: str) -> None:
    """Change the one place of a file where `old` stands."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), "utf-8")
