"""Which files of a folder are whole, and what is remembered of them."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import orjson
import pytest

from copydesk.services.producer.inbox import FileState, Inbox
from copydesk.services.producer.memory import Kept, Memory
from copydesk.shared.errors import CopydeskError


def names(inbox: Inbox) -> list[str]:
    return [Path(name).name for name in inbox.look()[0]]


def append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)


def test_a_file_that_grows_between_looks_waits(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    for part in ("Half", " of", " it"):
        append(tmp_path / "a.txt", part)
        assert inbox.look() == ({}, 1)
    assert names(inbox) == ["a.txt"]
    assert names(inbox) == ["a.txt"]


def test_a_file_of_the_same_size_that_was_written_anew_waits(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    (tmp_path / "a.txt").write_text("one")
    inbox.look()
    (tmp_path / "b.txt").write_text("two")
    stat = (tmp_path / "a.txt").stat()
    os.utime(tmp_path / "b.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (tmp_path / "b.txt").replace(tmp_path / "a.txt")
    (state,) = inbox.look()[0].values()
    assert state != FileState(stat.st_size, stat.st_mtime_ns, stat.st_ino)


def test_what_is_renamed_into_place_is_whole_at_once(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "outside.txt").write_text("Words.")
    (tmp_path / "inbox" / "b.txt.part").write_text("Words.")
    assert inbox.look() == ({}, 0)
    (tmp_path / "outside.txt").rename(tmp_path / "inbox" / "a.txt")
    (tmp_path / "inbox" / "b.txt.part").rename(tmp_path / "inbox" / "b.txt")
    assert names(inbox) == ["a.txt", "b.txt"]


def test_folders_below_hidden_names_links_and_other_endings(tmp_path: Path) -> None:
    told: list[str] = []
    inbox = Inbox(tmp_path, told.append)
    for name in ("sub/a.html", ".hidden.txt", ".git/a.txt", "notes.pdf", "b.jsonl.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round").symlink_to(tmp_path)
    inbox.look()
    assert names(inbox) == names(inbox) == ["b.jsonl.gz", "a.html"]
    assert [line.partition(":")[0] for line in told] == [f"{tmp_path}/notes.pdf is passed over"]


def test_a_single_file_and_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    inbox = Inbox(tmp_path / "a.txt")
    inbox.look()
    assert names(inbox) == ["a.txt"]
    assert Inbox(tmp_path / "nowhere").look() == ({}, 0)


def test_memory_outlives_the_process_and_knows_states(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "run" / "published.sqlite")
    memory.keep({"a.txt": Kept(FileState(3, 7, 9), "published")})
    memory.keep({"b.gz": Kept(FileState(3, 7, 9), "broken")})
    memory.keep({"b.gz": Kept(FileState(4, 7, 9), "broken")})
    memory.close()
    again = Memory(tmp_path / "run" / "published.sqlite")
    assert again.knows("a.txt", FileState(3, 7, 9))
    assert not again.knows("a.txt", FileState(3, 8, 9))
    assert not again.knows("a.txt", FileState(3, 7, 8))
    assert (again.knows("b.gz", FileState(3, 7, 9)), again.knows("b.gz", FileState(4, 7, 9))) == (False, True)
    again.close()
    rows = sqlite3.connect(again.path).execute("SELECT name, outcome FROM files").fetchall()
    assert rows == [("a.txt", "published"), ("b.gz", "broken")]


def test_what_an_earlier_version_remembered_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "published.json").write_bytes(orjson.dumps({"a.txt": [3, 7]}))
    for _ in range(2):
        memory = Memory(tmp_path / "published.sqlite")
        assert memory.knows("a.txt", FileState(3, 7, 12345))
        assert not memory.knows("a.txt", FileState(4, 7, 12345))
        memory.close()
    assert not (tmp_path / "published.json").exists()
    (tmp_path / "published.json").write_bytes(b'{"a.t')
    Memory(tmp_path / "published.sqlite").close()


def test_a_memory_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "published.sqlite").mkdir()
    with pytest.raises(CopydeskError, match=r"published\.sqlite.*COPYDESK_HOME"):
        Memory(tmp_path / "published.sqlite")


@pytest.mark.parametrize("kept", [b"junk" * 999, b"SQLite format 3\0" + b"\xff" * 8_000, b""])
def test_a_damaged_memory_is_set_aside_and_begun_anew(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "published.sqlite").write_bytes(kept)
    memory = Memory(tmp_path / "published.sqlite")
    memory.keep({"a.txt": Kept(FileState(3, 7, 1), "published")})
    memory.close()
    assert Memory(tmp_path / "published.sqlite").knows("a.txt", FileState(3, 7, 1))
    assert (tmp_path / "published.sqlite.damaged").exists() == bool(kept)


def test_a_memory_with_other_columns_is_set_aside(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "published.sqlite")) as file:
        file.execute("CREATE TABLE files (x)")
    assert not Memory(tmp_path / "published.sqlite").knows("a.txt", FileState(3, 7, 1))


@pytest.mark.parametrize(
    "before", [b"null", b"[]", b'{"a.txt": null}', b'{"a.txt": ["x", 1]}', b'{"a.txt": [1]}', b"[" * 300, b'{"a": [1, 99999999999999999999]}']
)
def test_a_list_of_an_earlier_version_that_is_damaged_counts_as_none(tmp_path: Path, before: bytes) -> None:
    (tmp_path / "published.json").write_bytes(before)
    assert not Memory(tmp_path / "published.sqlite").knows("a.txt", FileState(3, 7, 1))
    assert not (tmp_path / "published.json").exists()
