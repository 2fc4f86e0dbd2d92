"""The entry point of `copydesk`: errors become one clear line, a traceback comes only with --debug."""

from __future__ import annotations

import logging
import os
import sys

from services.console import exits
from shared.errors import CopydeskError

DEBUG = "--debug"


def main() -> None:
    """Run the command line. `--debug` is taken anywhere on it."""
    arguments = [argument for argument in sys.argv[1:] if argument != DEBUG]
    debug = len(arguments) < len(sys.argv) - 1
    if not debug:
        logging.getLogger().addHandler(logging.NullHandler())  # the clients' own words would stand above ours
    try:
        _run(arguments)
    except KeyboardInterrupt:
        sys.exit(exits.INTERRUPTED)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except CopydeskError as error:
        _fail(str(error), debug)
    except Exception as error:
        _fail(f"unexpected {type(error).__name__}: {error} — run again with {DEBUG} for the traceback", debug)


def _run(arguments: list[str]) -> None:
    from services.console.app import app

    app(arguments)


def _fail(line: str, debug: bool) -> None:
    if debug:
        raise
    print(f"copydesk: {line}", file=sys.stderr)
    sys.exit(exits.FAILURE)


if __name__ == "__main__":
    main()
