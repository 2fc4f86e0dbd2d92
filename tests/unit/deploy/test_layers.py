"""Dependencies point one way: the face → services → shared; no service imports another but the command line, and shared imports none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data import ROOT

FILES = [path for top in ("copydesk", "services", "shared") for path in sorted((ROOT / top).rglob("*.py"))]  # links are not followed
LINK = ROOT / "copydesk"


def _room(module: str) -> str:
    """copydesk.services.tagger.model.load → services.tagger; copydesk.shared.kafka → shared; copydesk.desk → face."""
    parts = module.split(".")[1:]
    return ".".join(parts[:2]) if parts[:1] == ["services"] else "shared" if parts[:1] == ["shared"] else "face"


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        module = node.module if isinstance(node, ast.ImportFrom) else None
        yield from (name for name in [*names, module or ""] if name.split(".")[0] == "copydesk")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_downwards(path: Path) -> None:
    own = _room(".".join(["copydesk", *path.relative_to(ROOT).with_suffix("").parts]).removeprefix("copydesk.copydesk."))
    own = "face" if path.parent == LINK else own
    for module in _imported(path):
        room = _room(module)
        allowed = room in (own, "shared") or own == "face" or (own == "services.console" and room.startswith("services."))
        assert allowed, f"{own} imports {module}"
