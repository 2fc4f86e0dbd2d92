"""What one record may cost, and the meter that holds a worker to it.

The limits are the kernel's, so they also hold inside C code that no Python exception reaches: CPU time ends the process with
SIGPROF, memory raises MemoryError. Time on the clock is the parent's to watch (`pool`).
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """For each record: CPU seconds, memory that it may add (MB), and seconds on the clock without a result."""

    cpu_s: float = 30.0
    memory_mb: int = 1_500
    wall_s: float = 300.0


class Meter:
    """Sets the limits before a record and lifts them after it: `with meter: …`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        # elsewhere than on Linux the address space cannot be limited dependably
        self._statm = os.open("/proc/self/statm", os.O_RDONLY) if sys.platform == "linux" else None
        self._hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        self._page = resource.getpagesize()

    def __enter__(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, self.limits.cpu_s)
        if self._statm is not None:
            used = int(os.pread(self._statm, 64, 0).split()[0]) * self._page
            self._limit(used + self.limits.memory_mb * 1_000_000)

    def __exit__(self, *_: object) -> None:
        self._limit(resource.RLIM_INFINITY)
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _limit(self, size: int) -> None:
        bound = self._hard if size == resource.RLIM_INFINITY else size if self._hard == resource.RLIM_INFINITY else min(size, self._hard)
        with contextlib.suppress(ValueError, OSError):  # a lower hard limit from outside stays in force
            resource.setrlimit(resource.RLIMIT_AS, (bound, self._hard))
