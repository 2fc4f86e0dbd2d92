"""How a database comes to the present form: numbered scripts, each run once, in order; a new database runs them all.

`migrations/0003_what_it_does.sql` beside a database's code is its third form. A script that has been released is never changed again. Views
hold nothing, so `views.sql` says how they are now, and is run after every change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Forms:
    """The scripts of one database, read from its folder."""

    folder: Path

    @property
    def latest(self) -> int:
        """The number of the present form."""
        return len(self._scripts())

    def scripts_since(self, number: int) -> Iterator[str]:
        """What brings form `number` (0: nothing is there) to the present one; nothing where it is that already."""
        later = self._scripts()[number:]
        yield from (script.read_text("utf-8") for script in later)
        if later:
            yield (self.folder / "views.sql").read_text("utf-8")

    def _scripts(self) -> list[Path]:
        scripts = sorted((self.folder / "migrations").glob("*.sql"))
        if [int(script.name[:4]) for script in scripts] != list(range(1, len(scripts) + 1)):
            raise RuntimeError(f"the scripts in {self.folder} are not numbered one after the other")
        return scripts
