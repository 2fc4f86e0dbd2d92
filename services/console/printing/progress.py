"""A progress bar on a terminal's standard error, and nothing where there is none."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from copydesk.services.console.printing.words import counted, duration
from copydesk.shared.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

SETTLED_S = 2.0  # before this a rate says nothing


class ProgressBar:
    """Shows how much is read, how fast and how long it takes still; `say` prints a line above the bar."""

    def __init__(self, title: str, total: int | None, show: bool | None = None) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._total = total
        self._begun = time.monotonic()
        self._before: tuple[int, int] | None = None
        self._last = (0, 0, 0)
        self._out: Callable[[], int] | None = None
        if sys.stderr.isatty() if show is None else show:
            self._bar = _bar(self._moved)
            self._task = self._bar.add_task(title, total=total, counts="")

    def __enter__(self) -> ProgressBar:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.hide()

    def hide(self) -> None:
        """Take the bar away for good: results are printed where it stands."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def say(self, line: str) -> None:
        """One line on standard error."""
        if self._bar is None:
            print(printable(line), file=sys.stderr)
        else:
            self._bar.console.print(line, soft_wrap=True)

    def follow(self, out: Callable[[], int]) -> None:
        """Between two calls of `reached`, show so many records as `out` says: they come out of a stage one by one, and are handed on in batches."""
        self._out = out

    def reached(self, done: int, passed: int, refused: int) -> None:
        """`done` in the unit of the total, and two counts to show beside it."""
        self._last = (done, passed, refused)
        self._before = self._before or (done, passed + refused)  # what was loaded before the first call says nothing of the rate
        self._moved()

    def _moved(self) -> None:
        if self._bar is None or self._task is None or self._before is None:
            return
        done, passed, refused = self._last
        ahead = max(0, self._out() - passed) if self._out else 0
        estimated = done + ahead * done // max(1, passed + refused)
        self._bar.update(self._task, completed=estimated, counts=self._counts(estimated, passed + ahead, refused))

    def _counts(self, done: int, passed: int, refused: int) -> str:
        words = counted(passed, "record") + (f", {refused:,} refused" if refused else "")
        before, count = self._before or (0, 0)
        if count == passed + refused:
            self._begun = time.monotonic()
        seconds = time.monotonic() - self._begun
        if seconds < SETTLED_S or done <= before:
            return words
        words += f", {(passed + refused - count) / seconds:,.1f}/s"
        return words if self._total is None else f"{words}, {duration(seconds * max(0, self._total - done) / (done - before))} left"


def _bar(moved: Callable[[], None]) -> Bar:
    from collections.abc import Iterable

    from rich.console import RenderableType
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

    from copydesk.services.console.printing.terminal import console

    class Moving(Progress):
        """Asks how far it is whenever it is drawn."""

        def get_renderables(self) -> Iterable[RenderableType]:
            moved()
            return super().get_renderables()

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=20), TaskProgressColumn(), TextColumn("{task.fields[counts]}"))
    return Moving(*columns, console=console(stderr=True), transient=True)
