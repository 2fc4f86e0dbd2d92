"""Texts with escapes, controls and markup in every place of what is printed: they are shown, not obeyed, and nothing crashes."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import RenderableType

from copydesk.services.cleaner.explain import Explanation
from copydesk.services.cleaner.sources import Furniture, SourceFurniture
from copydesk.services.cleaner.sources.furniture import RepeatedLine
from copydesk.services.console.learned import sources
from copydesk.services.console.offline.account import Recorder
from copydesk.services.console.offline.clean import _part
from copydesk.services.console.offline.pipeline import RecordUnderway
from copydesk.services.console.printing import printers, terminal
from copydesk.services.console.printing.article import print_record
from copydesk.services.console.printing.progress import ProgressBar
from copydesk.shared.arrivals import Arrival
from copydesk.shared.deadletters import Cause, assemble, dead_letters
from copydesk.shared.kafka import Message
from copydesk.shared.stage import Rejected
from copydesk.shared.subscribing.records import SubscribedRecord
from tests.samples import enriched, match

EVIL = "[/b] [bold]\x1b[31m\x1b]0;owned\x07\x9b2J\u202e\r\x08 :smile: end"
SHOWN = "[/b] [bold]␛[31m"
OBEYED = "\x1b\x07\x08\x9b\u202e\r"


def screen() -> tuple[terminal.Terminal, io.StringIO]:
    written = io.StringIO()
    return terminal.console(written, width=400), written


def printed(renderable: RenderableType) -> str:
    console, written = screen()
    console.print(renderable)
    return written.getvalue()


def shows_and_obeys_nothing(text: str) -> None:
    assert SHOWN in text
    assert not set(text) & set(OBEYED)


def hostile(value: Any) -> Any:
    """The same record with an evil text in place of each text but the codes."""
    if isinstance(value, dict):
        return {name: each if name in ("status", "kind", "type") else hostile(each) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each) for each in value]
    return EVIL if isinstance(value, str) else value


RECORD: dict[str, Any] = enriched(
    "a1", url="u", author="x", dateline={"place": "p", "date": "d"}, captions=[{"text": "t", "credit": "c"}], removed=[{"text": "x", "reason": "y"}],
    quotes=[{"start": 0, "end": 1, "text": "q", "speaker": "s"}], repairs=[{"start": 0, "end": 1, "before": "a", "after": "b"}],
    duplicate={"status": "duplicate", "kind": "near", "duplicate_of": "b", "matches": [match("b")], "capped": False}, content="x",
)  # fmt: skip


def test_records_and_corrections() -> None:
    console, written = screen()
    print_record(console, hostile(RECORD))
    printers.articles(console)(SubscribedRecord("correction", b"", hostile(RECORD)))
    shows_and_obeys_nothing(written.getvalue())


def test_offsets_stay_right_behind_controls() -> None:
    record = {**enriched("a"), "body": "\x08\x0b\x1b Joe Biden met"}
    record["entities"] = [{"canonical": "Joe Biden", "type": "PERSON", "count": 1, "mentions": [{"start": 4, "end": 13, "text": "Joe Biden"}]}]
    console = terminal.console(io.StringIO(), width=80, force_terminal=True, color_system="standard")
    with console.capture() as captured:
        print_record(console, record)
    assert "\x1b[1;4;35mJoe Biden\x1b[0m" in captured.get()


def test_letters() -> None:
    message = Message(EVIL, 0, 1, 1, EVIL.encode(), EVIL.encode(), {EVIL: EVIL})
    (whole,) = assemble(dead_letters(message, Cause(EVIL, EVIL, EVIL, EVIL), 60_000))
    shows_and_obeys_nothing(printed(printers.letter(whole)))
    shows_and_obeys_nothing(printed(printers.letter_line({**whole.letter.model_dump(), "time": EVIL})))


def test_learned_lines() -> None:
    learned = SourceFurniture(EVIL, 9, (RepeatedLine("k", EVIL, 9),))
    shows_and_obeys_nothing(printed(sources.furniture_to_print(Furniture([learned]))))


def test_explanations() -> None:
    part = (
        b'{"body":"x","title":"t","removed":[{"start":0,"end":1,"text":"[/b] [bold]\\u001b[31m","reason":"[/b] [bold]\\u001b[31m"}],"revision":"r",'
    )
    part += b'"blocks":[],"repairs":[]}'
    shows_and_obeys_nothing(printed(Explanation(_part(part))))


def test_refusals_and_errors(capsys: pytest.CaptureFixture[str]) -> None:
    for progress in (ProgressBar("x", None, show=False), ProgressBar("x", None, show=True)):
        with progress:
            recorder = Recorder(progress.say, 60_000)
            recorder.refused(RecordUnderway(Arrival(EVIL, 0, b"", 1, 0), b""), Stage(), Rejected("r", EVIL))
    said = capsys.readouterr().err
    assert said.count(SHOWN) >= 2
    assert not set(said.replace("\x1b[", "")) & set("\x07\x9b\u202e")


class Stage:
    name = "cleaner"

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)
