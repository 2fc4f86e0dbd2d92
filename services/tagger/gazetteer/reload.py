"""Hot reload: a gazetteer whose files are looked at again when they change; a broken change keeps the last good state."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from copydesk.services.tagger.gazetteer.gazetteer import Gazetteer
from copydesk.shared.errors import CopydeskError

FileStamps = tuple[tuple[int, int], ...]


class ReloadedGazetteer:
    """`current()` gives the gazetteer of the files as they are now, looked at no more often than every `every_s` seconds.

    The first reading raises what is wrong (CopydeskError); later ones log it and keep what was read before.
    """

    def __init__(self, paths: Sequence[Path], every_s: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._paths, self._every_s, self._clock = tuple(paths), every_s, clock
        self._stamp, self._gazetteer = _stamp(self._paths), Gazetteer.read(self._paths)
        self._looked = clock()

    def current(self) -> Gazetteer:
        """The gazetteer to use for the next batch."""
        now = self._clock()
        if self._paths and now - self._looked >= self._every_s:
            self._looked = now
            self._look()
        return self._gazetteer

    def _look(self) -> None:
        stamp = _stamp(self._paths)
        if stamp == self._stamp:
            return
        import structlog  # with rich: for what happens seldom

        log = structlog.get_logger()
        self._stamp = stamp
        try:
            self._gazetteer = Gazetteer.read(self._paths)
            log.info("gazetteer_reloaded", entries=len(self._gazetteer.entries), version=self._gazetteer.version)
        except CopydeskError as error:
            log.error("gazetteer_not_reloaded", problem=error.message, remedy=error.remedy)


def _stamp(paths: Sequence[Path]) -> FileStamps:
    """Time of change and size of each file; a missing file has zeros."""
    return tuple(_stamp_of(path) for path in paths)


def _stamp_of(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
