"""Where labelled data lies. Its absence is a visible skip, or a failure where COPYDESK_DATA_REQUIRED is set (as in CI)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent


def data_path(name: str) -> Path:
    """The path of a labelled file such as "ner/dev/pud.test.jsonl.gz"; skips the test when it is not there."""
    path = Path(os.environ.get("COPYDESK_DATA", ROOT.parent / "shared" / "data")) / name
    if not path.exists():
        missing(f"labelled data is missing: {path} (set COPYDESK_DATA to its folder)")
    return path


def missing(what: str) -> NoReturn:
    """Skip the test, visibly, for what is not on this machine; in CI it fails."""
    if os.environ.get("COPYDESK_DATA_REQUIRED"):
        pytest.fail(what)
    pytest.skip(what)
