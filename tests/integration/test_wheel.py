"""What a user installs: the wheel in an empty environment, called from a folder that holds folders named like ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import orjson
import pytest

from tests.data import ROOT

PAGE = """<html><head><title>Harbour bridge shut for two weeks</title></head><body><article><h1>Harbour bridge shut for two weeks</h1>
<p>The harbour bridge of Elwick will be shut for two weeks from Monday, the council said, while engineers replace its bearings.</p>
<p>Buses will run by the northern road, and a ferry will carry people who walk, said Ida Fenn, who leads the works department.</p>
<p>The bridge was built in 1931 and carries nine thousand vehicles a day, more than three times its design.</p></article></body></html>"""


def run(*command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that holds the wheel with its dependencies, as they are locked, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = [sys.executable, "-m", "uv"]
    run(*uv, "build", "--quiet", "--wheel", "--out-dir", folder, ROOT)
    run(*uv, "venv", "--quiet", "--python", sys.executable, folder / "venv")
    (wheel,) = folder.glob("*.whl")
    run(*uv, "pip", "install", "--quiet", "--python", folder / "venv" / "bin" / "python", "--constraint", ROOT / "requirements.txt", wheel)
    return folder / "venv"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A working directory with folders that are named like ours, each a package that must not be imported."""
    for name in ("services", "shared", "copydesk"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('the wrong package')\n", "utf-8")
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    return tmp_path


def copydesk(environment: Path, elsewhere: Path, *arguments: str | Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("COPYDESK_", "PYTHON"))}
    return run(environment / "bin" / "copydesk", *arguments, cwd=elsewhere, env=clean)


def test_nothing_but_copydesk_is_installed(environment: Path) -> None:
    (record,) = environment.glob("lib/*/site-packages/copydesk-*.dist-info/RECORD")
    tops = {line.split("/", 1)[0] for line in record.read_text("utf-8").splitlines()}
    assert tops == {"..", "copydesk", record.parent.name}, "`..` is bin/copydesk"


def test_it_knows_its_version(environment: Path, elsewhere: Path) -> None:
    assert copydesk(environment, elsewhere, "--version").startswith("copydesk ")


@pytest.mark.parametrize("name", ["page.html", "seeds"])
def test_html_and_text_are_enriched_from_a_folder_with_such_names(environment: Path, elsewhere: Path, name: str) -> None:
    given = elsewhere / name if name == "page.html" else ROOT / name
    records = [orjson.loads(line) for line in copydesk(environment, elsewhere, "enrich", given).splitlines()]
    assert records
    assert all(record["body"] and record["tagging"] and record["duplicate"]["status"] == "unique" for record in records)


def test_the_demo_runs_from_there(environment: Path, elsewhere: Path) -> None:
    assert "Stored in" in copydesk(environment, elsewhere, "demo", ROOT / "seeds")
