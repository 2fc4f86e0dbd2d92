"""What a worker does not get: the environment's secrets, the service's files and sockets, a network, other programs.

The service opens its files so that none is inherited. System calls are refused by seccomp, where libseccomp and the kernel are there for
it (Linux; containers allow it too). Elsewhere a worker could open connections, but knows no password and no broker's address.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

KEPT = ("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
KEPT_PREFIXES = ("LC_", "OPENBLAS_")
OWN = {
    "OMP_NUM_THREADS": "1",  # a replica's cores are used by its workers: threads below them would only wait for each other
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONUNBUFFERED": "1",
}
MOST_FILES = 64
REFUSED = ("socket", "connect", "bind", "listen", "accept", "accept4", "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_writev")
PR_SET_PDEATHSIG = 1


def environment(given: Mapping[str, str], path: str) -> dict[str, str]:
    """What a worker may know of the environment; `path` is where it finds modules."""
    kept = {name: value for name, value in given.items() if name in KEPT or name.startswith(KEPT_PREFIXES)}
    return {**kept, **OWN, "PYTHONPATH": path}


def end_with(parent: int) -> None:
    """End this process when its parent ends, whatever it is at. `parent` is the parent's process id as it was told."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def confine() -> None:
    """Give up for good what computing does not need. Threads stay allowed where the process has some already."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, MOST_FILES)
    if threads() == 1:
        _limit(resource.RLIMIT_NPROC, 0)
    _refuse_calls()


def threads() -> int:
    """How many threads run here, Python's or not; 0 where it cannot be told."""
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return 0


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _refuse_calls() -> None:
    with contextlib.suppress(ImportError, RuntimeError, OSError):  # no libseccomp here, or a kernel without filters
        import pyseccomp

        calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        for name in REFUSED:
            with contextlib.suppress(ValueError, OSError):  # not a call of this processor
                calls.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
        calls.load()
