"""Ctrl-C while records are enriched: an answer at once, and how to go on."""

from __future__ import annotations

import os
import sys
import threading
from types import TracebackType

from copydesk.services.console import exits
from copydesk.services.console.offline.journal import Journal
from copydesk.services.console.printing.words import counted

PATIENCE_S = 0.5  # for threads and processes that are in the middle of a record


class Interruption:
    """Tells a person once how to go on, and sees to it that the process ends soon, whatever computes. The journal is saved by then."""

    def __init__(self, journal: Journal | None) -> None:
        self._journal, self._told = journal, False

    def tell(self) -> None:
        """Say it, and give the clean-up half a second."""
        if self._told:
            return
        self._told = True
        print(f"stopped: {self._how()}", file=sys.stderr, flush=True)
        timer = threading.Timer(PATIENCE_S, os._exit, [exits.INTERRUPTED])
        timer.daemon = True
        timer.start()

    def _how(self) -> str:
        if self._journal is None:
            return "what is not printed yet is lost; with --output FILE a run can go on where it was stopped (--resume)"
        if not self._journal.mark.done:
            return "no record was done yet"
        return f"{counted(self._journal.mark.done, 'record')} of the input done; the same command with --resume goes on from there"

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, SystemExit):
            self.tell()
