"""How far a run has come, beside the file that it writes: what `--resume` goes on from, also after kill -9.

The file ends with whole lines up to `Mark.output`; what stands behind was not counted any more, and is written again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import is_file

EVERY_S = 1.0
ANEW = "begin anew, without --resume"


@dataclass(frozen=True, slots=True)
class Mark:
    """So many input records are done; so many bytes of the output and of the refused ones stand for them; what became of them."""

    done: int = 0
    output: int = 0
    rejected: int = 0
    written: int = 0
    refusals: dict[str, int] = field(default_factory=dict)


class Journal:
    """The marks of one run, which is told from others by what it reads and does. `lines` is the file that grows, often the output itself."""

    def __init__(self, output: Path, lines: Path, run: dict[str, Any]) -> None:
        self._path = output.with_name(f"{output.name}.resume")
        self._output, self._lines, self._run = output, lines, run
        self._saved = time.monotonic()
        self.mark = Mark()

    def resume(self) -> Self:
        """Take up the last mark, or begin where there is neither mark nor output. Raises CopydeskError where what was interrupted is another run."""
        try:
            known = orjson.loads(self._path.read_bytes())
        except FileNotFoundError:
            if self._output.exists():
                raise CopydeskError(f"{self._output} is not of an interrupted run", ANEW) from None
            return self
        other = [name for name, value in self._run.items() if known["run"].get(name) != value]
        if other:
            raise CopydeskError(f"{self._output} was begun with other {' and '.join(other)}", ANEW)
        if (fresh := known["fresh"]) is not None and Path(fresh).exists():
            Path(fresh).replace(self._lines)
        self.mark = Mark(**known["mark"])
        if not self._lines.exists() or self._lines.stat().st_size < self.mark.output:
            raise CopydeskError(f"{self._lines} is shorter than it was", ANEW)
        return self

    def note(self, mark: Mark, flush: Callable[[], None]) -> None:
        """What is written by now. It is saved now and then, and by `save`; `flush` puts on disk what it counts."""
        self.mark = mark
        if time.monotonic() - self._saved > EVERY_S:
            flush()
            self.save()

    def save(self, fresh: Path | None = None) -> None:
        """Put the last mark on disk; what it counts has to be there already, or in `fresh`, which is to take the place of the lines."""
        beside = self._path.with_name(f"{self._path.name}.new")
        known = {"run": self._run, "mark": asdict(self.mark), "fresh": None if fresh is None else str(fresh)}
        beside.write_bytes(orjson.dumps(known))
        beside.replace(self._path)
        self._saved = time.monotonic()

    def replace(self, fresh: Path) -> None:
        """The run is complete, and its lines are those of `fresh`."""
        self.mark = replace(self.mark, output=fresh.stat().st_size)
        self.save(fresh)
        fresh.replace(self._lines)
        self.end()

    def end(self) -> None:
        """The run is complete."""
        self._path.unlink(missing_ok=True)


def states_of(files: Sequence[str]) -> list[list[Any]]:
    """What tells one content of the inputs from another: name, size in bytes, time of change in nanoseconds."""
    return [[file] if not is_file(file) else [file, (stat := Path(file).stat()).st_size, stat.st_mtime_ns] for file in files]
