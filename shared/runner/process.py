"""A process: --help, settings, logs, the event loop, exit codes.

Exit codes: 0 after a signal or when the work is done, 1 after a crash (offsets uncommitted, start it again), 2 for wrong usage
or settings.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import uvloop

from copydesk.shared.contract.misspelt import misspelt_settings
from copydesk.shared.errors import CopydeskError
from copydesk.shared.memory import keep_freed
from copydesk.shared.printable import printable
from copydesk.shared.runner import logs
from copydesk.shared.settings import PREFIX, ServiceSettings, load

S = TypeVar("S", bound=ServiceSettings)


def main(name: str, settings_type: type[S], serve: Callable[[S], Coroutine[Any, Any, int]], doc: str) -> None:
    """Run a service to its end and leave with its exit code; --help explains it."""
    if len(sys.argv) > 1:
        sys.stdout.write(usage(name, settings_type, doc))
        sys.exit(0 if sys.argv[1:] in (["--help"], ["-h"]) else 2)
    try:
        settings = load(settings_type)
    except CopydeskError as error:
        sys.exit(_complain(error, 2))
    logs.configure(name, settings)
    for line in misspelt_settings():
        logs.logger().warning(line)
    sys.exit(_run(serve, settings))


def _run(serve: Callable[[S], Coroutine[Any, Any, int]], settings: S) -> int:
    async def work() -> int:
        return await serve(settings)  # called inside the loop: what a service is made of belongs to it

    keep_freed()
    gc.freeze()  # modules live as long as the process: the collector need not look at them again
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(work())
    except CopydeskError as error:
        return _complain(error, 1)
    except Exception as error:
        logs.logger().critical("crashed", error=repr(error), exc_info=error)
        return 1


def stop_signal() -> asyncio.Event:
    """An event that is set when this process is asked to stop (SIGTERM, SIGINT). Call it inside the running loop."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _complain(error: CopydeskError, code: int) -> int:
    sys.stderr.write(f"error: {printable(str(error))}\n")
    return code


def usage(name: str, settings_type: type[ServiceSettings], doc: str) -> str:
    """What --help prints: what the service does and every setting with its default."""
    lines = [f"python -m copydesk.services.{name}", "", doc.strip(), "", "Settings (environment variables):", ""]
    for field, info in settings_type.model_fields.items():
        default = "" if info.default_factory or info.is_required() else f" [{info.default}]"
        lines.append(f"  {PREFIX}{field.upper()}{default}\n      {info.description or ''}")
    return "\n".join(lines) + "\n"
