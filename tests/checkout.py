"""The code in another place: to be changed there and run as a release of its own, or as an earlier release was."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tomllib
from pathlib import Path

import pytest

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


def released(version: str, root: Path) -> Path:
    """The code of a release below `root`, with what `pip install` notes of it: in PYTHONPATH it comes before the code here.

    Skips the test where the history is not here (a shallow clone).
    """
    commit = (ROOT / "tests" / "releases" / version / "commit").read_text().strip()
    archive = subprocess.run(["git", "-C", str(ROOT), "archive", commit, "services", "shared", "pyproject.toml"], capture_output=True, check=False)
    if archive.returncode:
        pytest.skip(f"the code of release {version} is not in this checkout ({commit[:9]}: {archive.stderr.decode().strip()}); git fetch --unshallow")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as packed:
        packed.extractall(root, filter="data")
    _noted_as_installed(root)
    return root


def _noted_as_installed(root: Path) -> None:
    """Its name, version and entry points: spaCy makes components by those."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    folder = root / f"{project['name']}-{project['version']}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    groups = (
        "\n".join([f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]) for group, points in project["entry-points"].items()
    )
    (folder / "entry_points.txt").write_text("\n".join(groups))
