"""The entry point of `copydesk`: errors become one clear line, a traceback comes only with --debug."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

from copydesk.services.console import exits
from copydesk.shared.errors import CopydeskError
from copydesk.shared.printable import printable

DEBUG = "--debug"
COMPLETING = "_COPYDESK_COMPLETE"  # the shell asks what may stand here


def main() -> NoReturn:
    """Run the command line of this process and end it."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupt)
    _leave(run(sys.argv[1:]))


def _interrupt(*_: object) -> NoReturn:
    """Leave through all clean-up, past those who take a KeyboardInterrupt for a failure.

    What runs on an event loop is cancelled besides: an exception that is raised while a finalizer or a weak reference's callback runs is lost.
    """
    if "asyncio" in sys.modules:
        _cancel_what_runs()
    sys.exit(exits.INTERRUPTED)


def _cancel_what_runs() -> None:
    import asyncio

    with contextlib.suppress(RuntimeError, AttributeError):  # no loop runs here, or asyncio is being imported at this moment
        for task in asyncio.all_tasks(loop := asyncio.get_running_loop()):
            loop.call_soon_threadsafe(task.cancel)


def _is_cancelled(error: BaseException) -> bool:
    asyncio = sys.modules.get("asyncio")
    return asyncio is not None and isinstance(error, asyncio.CancelledError)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code. `--debug` is taken anywhere on it: then what a command raises is raised here."""
    debug = DEBUG in arguments
    if not debug:
        logging.getLogger().addHandler(logging.NullHandler())  # the clients' own words would stand above ours
    try:
        _command([argument for argument in arguments if argument != DEBUG])
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else exits.FAILURE
    except BaseException as error:
        if _is_cancelled(error):
            return exits.INTERRUPTED
        if debug or not isinstance(error, Exception):
            raise
        print(f"copydesk: {printable(_line(error))}", file=sys.stderr)
        return exits.FAILURE
    return 0


def _command(arguments: list[str]) -> None:
    for line in _misspelt():
        print(f"copydesk: {printable(line)}", file=sys.stderr)
    from copydesk.services.console.app import app

    app(arguments)


def _misspelt() -> list[str]:
    """Variables that look like settings and are none; what tells them apart is only loaded where there are any to judge."""
    if COMPLETING in os.environ or not any(name.startswith("COPYDESK_") for name in os.environ):
        return []
    from copydesk.shared.contract.misspelt import misspelt_settings

    return misspelt_settings()


def _line(error: Exception) -> str:
    known = isinstance(error, CopydeskError)
    return str(error) if known else f"unexpected {type(error).__name__}: {error} — run again with {DEBUG} for the traceback"


def _leave(code: int) -> NoReturn:
    """End the process, also while a thread waits for standard input: the interpreter would wait for it, or abort."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    if any(thread.name == "input" for thread in threading.enumerate()):
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
