"""The part of a shard's state that lies on this machine: a RocksDB (rocksdict) that knows how far it has its changelog.

With the offset it remembers what stood there, so that a changelog that was deleted and made anew is noticed. The changelog has all that
stands here: a database that is damaged is begun anew.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import xxhash
from rocksdict import Options, Rdict, WriteBatch

from copydesk.shared.errors import UnavailableError
from copydesk.shared.runner.logs import logger

OWN = b"\x00"  # begins keys that are the store's own, in the database and in the changelog; it sorts before every other
OFFSET = OWN + b"offset"
DAMAGED = "Corruption"  # RocksDB begins so what it says of files that are not as it has written them

Writes = Mapping[bytes, bytes | None]


class PlaceInLog(NamedTuple):
    """A record's place in the changelog, and what stands there."""

    offset: int
    key: bytes | None
    value: bytes | None


class ShardDatabase:
    """Keys and values, as far as `next_offset`. Not for several threads at a time. Raises UnavailableError where the disk does not serve."""

    def __init__(self, path: Path, rules: str = "") -> None:
        """`rules`: the name of those by which entries are looked at before they come in. What was filled by others counts as not known."""
        self._path, self._rules = path, rules
        self._db = _opened(path)
        self._failed = False  # it could not be written, and RocksDB refuses every write from then on; or it is damaged

    def get(self, key: str) -> bytes | None:
        with self._usable():
            value: bytes | None = self._db.get(key.encode())
        return value

    def items(self) -> Sequence[tuple[str, bytes]]:
        with self._usable():
            return [(key, value) for key, value in _named(self._entries(b"")) if not key.startswith(OWN.decode())]

    def scan(self, prefix: str, first: str) -> Iterator[tuple[str, bytes]]:
        """Entries under a prefix in the order of their keys, from the key `first` on."""
        with self._usable():
            for key, value in _named(self._entries((first or prefix).encode())):
                if not key.startswith(prefix):
                    return
                yield key, value

    def _entries(self, first: bytes) -> Iterator[tuple[bytes, bytes]]:
        """All from a key on. rocksdict's iterators end at a damaged block as if nothing came behind it: so what comes behind the end is asked for."""
        last = first
        for last, value in self._db.items(from_key=first):
            yield last, value
        behind = self._db.iter()
        behind.seek(last)
        if behind.valid():
            behind.next()
        behind.status()  # raises what kept it from going on

    @property
    def next_offset(self) -> int:
        """The changelog's offset from which on this database does not know it."""
        mark = self._mark
        return 0 if mark is None else int(mark.split()[0]) + 1

    @property
    def is_new(self) -> bool:
        return self._mark is None

    @property
    def _mark(self) -> bytes | None:
        mark: bytes | None = self._db.get(OFFSET)
        return mark

    def ends_with(self, place: PlaceInLog) -> bool:
        """Whether this is the record of the changelog that it took last."""
        return self._mark == self._mark_of(place)

    def _mark_of(self, place: PlaceInLog) -> bytes:
        content = xxhash.xxh64_hexdigest(b"%b %b" % (place.key or b"", place.value or b""))
        return f"{place.offset} {content} {self._rules}".rstrip().encode()

    def apply(self, changes: Writes, last: PlaceInLog) -> None:
        """Change keys (None deletes), all or none; from then on the changelog is known up to `last`."""
        batch = WriteBatch(raw_mode=True)
        for key, value in changes.items():
            if value is None:
                batch.delete(key)
            else:
                batch.put(key, value)
        batch.put(OFFSET, self._mark_of(last))
        with self._usable():
            self._db.write(batch)

    def mend(self) -> None:
        """After a failure: open it anew."""
        if self._failed:
            self.close()
            self._db, self._failed = _opened(self._path), False

    def clear(self) -> None:
        self.close()
        shutil.rmtree(self._path)
        self._db = _opened(self._path)

    def close(self) -> None:
        with contextlib.suppress(Exception):  # one that cannot be written cannot be closed in order; the changelog has all of it
            self._db.close()

    @contextlib.contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # rocksdict knows no other
            self._failed = True
            if str(error).startswith(DAMAGED):
                self.close()
                shutil.rmtree(self._path, ignore_errors=True)
            raise _unavailable(self._path, error) from error


def _opened(path: Path) -> Rdict:
    options = Options(raw_mode=True)
    options.create_if_missing(True)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return Rdict(str(path), options)
    except Exception as error:
        if not str(error).startswith(DAMAGED):
            raise _unavailable(path, error) from error
    logger().error("a shard's database is damaged, it is built again from its changelog", path=str(path))
    shutil.rmtree(path)
    return Rdict(str(path), options)


def _unavailable(path: Path, error: Exception) -> UnavailableError:
    return UnavailableError(f"the shard's database {path} cannot be written or read ({error})", "see to its disk; nothing is lost meanwhile")


def _named(entries: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Entries whose keys are text. Ours are: another client's record on the changelog costs nothing but its room."""
    for key, value in entries:
        with contextlib.suppress(UnicodeDecodeError):
            yield key.decode(), value
