"""A shard's database on this machine: what is damaged is begun anew, what was filled by other rules counts as not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.shared.errors import UnavailableError
from copydesk.shared.records.base import content_hash
from copydesk.shared.runner.database import PlaceInLog, ShardDatabase

LAST = PlaceInLog(7, b"a", b"1")


def filled(path: Path) -> None:
    database = ShardDatabase(path)
    database.apply({f"{number:06d}".encode(): content_hash(str(number)).encode() for number in range(2_000)} | {b"a": b"1"}, LAST)
    database.close()


@pytest.mark.parametrize("name", ["MANIFEST-*", "CURRENT"])
def test_a_damaged_database_is_begun_anew(tmp_path: Path, name: str) -> None:
    filled(tmp_path / "db")
    (damaged,) = (tmp_path / "db").glob(name)
    damaged.write_bytes(b"junk")
    database = ShardDatabase(tmp_path / "db")
    assert database.is_new
    assert database.get("a") is None
    database.apply({b"a": b"2"}, LAST)
    assert database.items() == [("a", b"2")]


@pytest.mark.parametrize("place", [0.0, 0.5, 0.8], ids=["at the beginning", "in the middle", "behind"])
def test_a_damaged_block_is_no_end(tmp_path: Path, place: float) -> None:
    """Not for who reads all, nor from a key on; what is read in front of it counts for nothing, and the database is begun anew."""
    for read in (lambda database: database.items(), lambda database: list(database.scan("", "000001"))):
        filled(tmp_path / "db")
        ShardDatabase(tmp_path / "db").close()  # what was written is in a file of blocks now
        (file,) = (tmp_path / "db").glob("*.sst")
        content = bytearray(file.read_bytes())
        at = int(place * len(content))
        content[at : at + 20] = b"\xff" * 20
        file.write_bytes(content)
        database = ShardDatabase(tmp_path / "db")
        with pytest.raises(UnavailableError, match="cannot be written or read"):
            read(database)
        database.mend()
        assert database.is_new
        database.close()


def test_one_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("no folder")
    with pytest.raises(UnavailableError, match="cannot be written or read"):
        ShardDatabase(tmp_path / "db")


def test_it_knows_what_it_took_last_and_by_which_rules(tmp_path: Path) -> None:
    filled(tmp_path / "db")
    database = ShardDatabase(tmp_path / "db")
    assert database.next_offset == 8
    assert database.ends_with(LAST)
    assert not database.ends_with(LAST._replace(value=b"2"))
    database.close()
    assert not ShardDatabase(tmp_path / "db", "1").ends_with(LAST)
