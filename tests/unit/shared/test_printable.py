"""What others wrote does nothing to a terminal but stand there."""

from __future__ import annotations

import unicodedata
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.shared.printable import json_line, printable, printable_record


@given(st.text(st.characters(codec=None), max_size=200))
def test_one_character_for_one_and_none_that_a_terminal_obeys(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c not in "\n\t"]
    assert not {unicodedata.bidirectional(c) for c in shown} & {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b2J", "\ufffd2J"),
        ("invoice\u202etxt.exe", "invoice\ufffdtxt.exe"),
        ("one\r\ntwo\rthree", "one \ntwo␍three"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("עברית\u200f, عربي, 日本語, é, 👩\u200d🚀", "עברית\u200f, عربي, 日本語, é, 👩\u200d🚀"),
    ],
)
def test_examples(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_records_are_made_printable_throughout() -> None:
    record = {"a\x1b": ["b\x9b", {"c": "d\x00"}], "n": 1, "none": None}
    assert printable_record(record) == {"a␛": ["b\ufffd", {"c": "d␀"}], "n": 1, "none": None}


class Tty:
    def isatty(self) -> bool:
        return True


def test_json_says_the_same_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    value: dict[str, Any] = {"text": "a\x9b31m \u202e \x7f é"}
    line = orjson.dumps(value)
    assert json_line(line) == line
    monkeypatch.setattr("sys.stdout", Tty())
    assert b"\xc2\x9b" not in json_line(line)
    assert b"\x7f" not in json_line(line)
    assert orjson.loads(json_line(line)) == value
