"""The page's files: small, whole, from nowhere else, and with no way for a string to become HTML or code."""

from __future__ import annotations

import gzip
import re
import tomllib
from pathlib import Path

import pytest

from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.page import open_page
from copydesk.services.gateway.page_files import SHEETS, PageFiles
from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import Settings
from tests.data import ROOT

PAGE = ROOT / "services" / "gateway" / "page"
FILES = sorted(path for path in PAGE.rglob("*") if path.is_file())
SCRIPTS = [path for path in FILES if path.suffix == ".js"]
NAMED = {"http://www.w3.org/2000/svg", "https://example.org", "https://example.org/feed.xml"}  # a name, two examples
MOST_BYTES, MOST_SENT = 160_000, 60_000
DANGEROUS = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|createContextualFragment|DOMParser|setHTMLUnsafe"


def test_all_of_it_is_small() -> None:
    served = PageFiles()
    sent = [served.file(name) for name in served.sources if not name.endswith(".css") or name == "assets/page.css"]
    assert all(gzip.decompress(one.packed) == one.content for one in sent)
    assert sum(path.stat().st_size for path in FILES) < MOST_BYTES
    assert sum(len(one.packed) for one in sent) < MOST_SENT


def test_no_string_becomes_html_or_code() -> None:
    assert [(path.name, found) for path in SCRIPTS for found in re.findall(DANGEROUS, path.read_text())] == []


def test_nothing_is_inline_and_nothing_comes_from_elsewhere() -> None:
    html = (PAGE / "index.html").read_text()
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", html) == []
    for path in FILES:
        addresses = set(re.findall(r"https?://[^\s\"'`)]+", path.read_text())) - NAMED
        assert addresses == set(), path.name
        assert re.findall(r"@import|url\(", path.read_text()) == [], path.name


def test_what_is_named_is_there() -> None:
    html = (PAGE / "index.html").read_text()
    served = PageFiles()
    assert [name for name in re.findall(r'(?:src|href)="(assets/[^"]+)"', html) if not served.file(name).content] == []
    assert {path.stem for path in FILES if path.suffix == ".css"} == set(SHEETS), "each stylesheet is in the one that the page asks for"
    for script in SCRIPTS:
        imported = re.findall(r"(?:from|import\()\s*\"(\.[^\"]+)\"", script.read_text())
        assert [name for name in imported if not (script.parent / name).resolve().is_file()] == [], script.name


def test_a_wheel_holds_it() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["*"]
    assert {f"*{path.suffix}" for path in FILES} <= set(patterns)


def test_where_nothing_runs_there_is_no_page_to_open(tmp_path: Path) -> None:
    with pytest.raises(CopydeskError) as raised:
        open_page(Local(Settings(home=tmp_path)))
    assert "copydesk up" in raised.value.remedy
