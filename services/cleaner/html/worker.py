"""The extraction process: one page after the other from standard input, each under its own limits of CPU time and memory.

Limits are the kernel's (setrlimit), so they also hold inside C code that no Python exception reaches: CPU time ends the
process with SIGXCPU, memory raises MemoryError. `python -m copydesk.services.cleaner.html.worker CPU_S MEMORY_MB`
"""

from __future__ import annotations

import contextlib
import gc
import logging
import math
import os
import resource
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from copydesk.services.cleaner.html.article import HtmlArticle, Limits
from copydesk.services.cleaner.html.extraction import extract_page
from copydesk.services.cleaner.html.wire import dump, receive, send
from copydesk.shared.stage import Rejected

STATM = Path("/proc/self/statm")


def main(limits: Limits) -> None:
    """Serve until standard input ends."""
    logging.disable(logging.CRITICAL)  # what a page is like is said in its result
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, target = _own_pipes()
    gc.freeze()
    send(target, b"ready")
    while (url := receive(source)) is not None and (page := receive(source)) is not None:
        result = _limited(page, url.decode() or None, limits)
        page = b""
        send(target, dump(result))
        if isinstance(result, Rejected) and result.reason == "extraction_limit":
            return  # its memory may be in pieces: the next page gets a fresh process


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our end of both pipes. Whatever a library prints goes to standard error, not between the frames."""
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, target


def _limited(page: bytes, url: str | None, limits: Limits) -> HtmlArticle | Rejected:
    _set_limits(limits)
    try:
        return extract_page(page.decode("utf-8"), url)
    except MemoryError:
        _lift_memory_limit()
        return Rejected("extraction_limit", f"extraction needs more than {limits.memory_mb} MB of memory")
    except Exception as error:  # a page that breaks a library is that page's outcome, not the service's end
        return Rejected("extraction_failed", f"{type(error).__name__}: {error}"[:500])
    finally:
        _lift_memory_limit()


def _set_limits(limits: Limits) -> None:
    """Counted from what the process has used already."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime) + limits.cpu_s, hard))
    if STATM.exists():  # elsewhere than on Linux the address space cannot be limited dependably
        pages = int(STATM.read_text().split()[0])
        size = pages * resource.getpagesize() + limits.memory_mb * 1_000_000
        _set_memory_limit(size)


def _lift_memory_limit() -> None:
    _set_memory_limit(resource.RLIM_INFINITY)


def _set_memory_limit(size: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    with contextlib.suppress(ValueError, OSError):  # a lower hard limit from outside stays in force
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


if __name__ == "__main__":
    main(Limits(cpu_s=int(sys.argv[1]), memory_mb=int(sys.argv[2])))
