"""A progress bar on a terminal's standard error, and nothing where there is none."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from copydesk.shared.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class ProgressBar:
    """Shows how much is read; `say` prints a line above the bar."""

    def __init__(self, title: str, total: int | None, show: bool | None = None) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        if sys.stderr.isatty() if show is None else show:
            self._bar = _bar()
            self._task = self._bar.add_task(title, total=total, counts="")

    def __enter__(self) -> ProgressBar:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def say(self, line: str) -> None:
        """One line on standard error."""
        if self._bar is None:
            print(printable(line), file=sys.stderr)
        else:
            self._bar.console.print(line, soft_wrap=True)

    def reached(self, done: int, passed: int, refused: int) -> None:
        """`done` in the unit of the total, and two counts to show beside it."""
        if self._bar is not None and self._task is not None:
            counts = f"{passed:,} records" + (f", {refused:,} refused" if refused else "")
            self._bar.update(self._task, completed=done, counts=counts)


def _bar() -> Bar:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

    from copydesk.services.console.printing.terminal import console

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[counts]}"))
    return Progress(*columns, TimeElapsedColumn(), console=console(stderr=True), transient=True)
