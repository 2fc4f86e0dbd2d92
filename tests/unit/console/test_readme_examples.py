"""What the README shows of the example files comes out so."""

from __future__ import annotations

import pytest

from copydesk.services.console import __main__ as entry
from tests.data import ROOT

README = (ROOT / "README.md").read_text()


def test_the_copy_of_the_example_is_found_as_the_readme_shows_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "200")
    assert entry.run(["duplicates", "docs/examples/copies"]) == 0
    shown = capsys.readouterr().out
    for line in README.split("Ferry between", 1)[1].split("```")[0].splitlines():
        assert " ".join(line.removesuffix(" …”").split()) in " ".join(shown.split())
