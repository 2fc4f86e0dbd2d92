"""The files of a folder that are whole: nobody is writing to them any more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from copydesk.shared.inputs import UNSUPPORTED, Tell, form_of, warned, why_not_read
from copydesk.shared.stage import Rejected

OTHER_ENDING = Rejected(UNSUPPORTED, "of a folder that is watched, only files with a known ending are read: rename it")


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells one content of a file from another: size in bytes, time of change in nanoseconds, inode (0: not known)."""

    size: int
    changed: int
    inode: int


def state_of(name: str) -> FileState:
    """The state of a file as it is now. Raises OSError."""
    return _state(Path(name).stat())


def _state(stat: os.stat_result) -> FileState:
    return FileState(stat.st_size, stat.st_mtime_ns, stat.st_ino)


class Inbox:
    """A folder that is looked at again and again, or a single file.

    A file is whole when two looks agree on its state, under whatever name it stood at the first: `a.txt.part` → `a.txt` is whole at
    once. It is so at its first look as well where it was renamed or given its times after its last byte was written: then the time
    of its inode is later than that of its content. Names that begin with a dot are left alone, as programs call what they are
    still writing.
    """

    def __init__(self, path: Path, tell: Tell = warned) -> None:
        """Once a file of another ending is whole, `tell` is told that it is passed over."""
        self.path = path
        self._tell = tell
        self._before: set[FileState] = set()
        self._told: set[FileState] = set()

    def look(self) -> tuple[dict[str, FileState], int]:
        """Files with a known ending that are whole, sorted by path, and how many are not yet. Missing folders are empty ones."""
        whole: dict[str, FileState] = {}
        seen: set[FileState] = set()
        waiting = 0
        for name, stat in sorted(_files(self.path)):
            state = _state(stat)
            seen.add(state)
            if form_of(Path(name)) is None:
                self._pass_over(name, state)
            elif state in self._before or stat.st_ctime_ns > stat.st_mtime_ns:
                whole[name] = state
            else:
                waiting += 1
        self._before = seen
        self._told &= seen
        return whole, waiting

    def _pass_over(self, name: str, state: FileState) -> None:
        """Also what could be told by its first bytes: programs give other endings to what they are still writing."""
        if state in self._before and state not in self._told:
            self._told.add(state)
            why = why_not_read(name) or OTHER_ENDING
            self._tell(f"{name} is passed over: {why.detail}")


def _files(path: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Regular files below a folder; what vanishes or cannot be entered meanwhile is passed over."""
    if not path.is_dir():
        yield from [(str(path), path.stat())] if path.is_file() else []
        return
    with suppress(OSError), os.scandir(path) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
                continue
            with suppress(OSError):
                if entry.is_file():
                    yield entry.path, entry.stat()
