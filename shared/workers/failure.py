"""Broken code or broken records? Decided by a record known to be good, run through the stage at that moment.

It passes → the records that failed are bad: they are rejected (`stage_failed`, `crashed`, `too_slow`, `out_of_memory`) and the
stream goes on, however many they are. It fails → the code, its models or its files are broken: the stage is not used any further.
"""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from copydesk.shared.envelope import Result
from copydesk.shared.stage import Rejected

UNAVAILABLE = (OSError, TimeoutError)


class BrokenStageError(RuntimeError):
    """A stage fails on a record known to be good: its records are not to blame, and stay where they are."""


class StageUnavailableError(OSError):
    """The same, for want of a file, a disk or memory: it may work again later."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What a stage raised, or how a worker ended, over one record. `reason` is what the record is rejected with if it is to blame."""

    error: str
    traceback: str = ""
    unavailable: bool = False
    reason: str = "stage_failed"

    @classmethod
    def of(cls, error: BaseException) -> Failed:
        trace = "".join(traceback.format_exception(error))
        return cls(f"{type(error).__name__}: {error}", trace, isinstance(error, UNAVAILABLE))


Probe = Callable[[], Awaitable[Failed | None]]


async def decided(name: str, results: Sequence[Result | Failed], probe: Probe) -> list[Result]:
    """The results, with what failed rejected. `probe` runs a record known to be good and gives how it failed, if it did.

    Raises BrokenStageError, or StageUnavailableError, when it did.
    """
    if any(isinstance(result, Failed) for result in results):
        blamed = await probe()
        if blamed is not None:
            raise as_error(name, blamed)
    return [rejected(result) if isinstance(result, Failed) else result for result in results]


def as_error(name: str, failed: Failed, what: str = "fails on a record known to be good") -> Exception:
    """What to raise where not a record is to blame; the traceback of where it happened is a note on it."""
    kind = StageUnavailableError if failed.unavailable else BrokenStageError
    error = kind(f"the {name} {what}: {failed.error}")
    if failed.traceback:
        error.add_note(failed.traceback)
    return error


def rejected(failed: Failed) -> Rejected:
    return Rejected(failed.reason, failed.error, failed.traceback or None)
