"""Ctrl-C ends a command wherever it is met."""

from __future__ import annotations

import subprocess
import sys

from copydesk.services.console import exits

MET_IN_A_FINALIZER = """
import asyncio, signal
from copydesk.services.console import __main__ as entry, app

class Swallows:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)  # what this raises is printed and lost

async def command():
    thing = Swallows()
    del thing
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0)
        print("cleaned up")

app.app = lambda arguments: asyncio.run(command())
entry.main()
"""


def test_an_interrupt_that_is_met_in_a_finalizer_is_not_lost() -> None:
    ran = subprocess.run([sys.executable, "-c", MET_IN_A_FINALIZER], capture_output=True, text=True, timeout=500)
    assert (ran.returncode, ran.stdout) == (exits.INTERRUPTED, "cleaned up\n"), ran.stderr
    assert "Exception ignored in" in ran.stderr
