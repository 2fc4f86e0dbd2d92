"""`python -m copydesk.shared.workers FD PARENT`: the process that loads a stage once and forks workers that have it.

It is started clean, not forked from the service: no secret, socket or thread of the service is in it. Where a fork would not work,
the process itself becomes the worker, and the next one is started like it.
"""

from __future__ import annotations

import gc
import logging
import mmap
import os
import signal
import socket
import sys
import traceback
from typing import NoReturn

import orjson

from copydesk.shared.envelope import Passed, Payload, compute
from copydesk.shared.errors import CopydeskError
from copydesk.shared.known_good import known_good
from copydesk.shared.memory import keep_freed
from copydesk.shared.stage import Stage
from copydesk.shared.workers import sandbox
from copydesk.shared.workers.failure import Failed
from copydesk.shared.workers.limits import Limits
from copydesk.shared.workers.recipe import imported
from copydesk.shared.workers.wire import FrameKind, receive, receive_with_files, send, without_surrogates
from copydesk.shared.workers.worker import HAND, Worker, take_over

TRIAL_S = 60


def main(control: socket.socket) -> None:
    """Serve the control connection until it ends."""
    keep_freed()
    logging.disable(logging.CRITICAL)  # what a record is like is said in its result
    setup = receive(control)
    if setup is None:
        return
    facts = orjson.loads(setup[1])
    what = "cannot be loaded"
    try:
        make = imported(facts["recipe"])
        idle = sandbox.threads()  # some libraries start one when they are imported, for their own house-keeping
        stage = make()
        what = "fails on a record known to be good"
        _warm(stage)
    except BaseException as error:
        send(control, FrameKind.ERROR, orjson.dumps({"what": what, **_told(error)}))
        return
    gc.collect()
    gc.freeze()  # a collection would touch, and so copy, pages that the workers share
    forks = 0 < sandbox.threads() <= idle and _works_in_a_fork(stage)
    send(control, FrameKind.READY, orjson.dumps({**_described(stage), "forks": forks}))
    _Template(stage, control, Limits(**facts["limits"])).serve()


def _warm(stage: Stage) -> None:
    """Load whatever is loaded on first use, and see that the stage works."""
    for value in known_good(stage):
        (result,) = compute(stage, [Payload(value, 0)])
        if not isinstance(result, Passed):
            raise RuntimeError(f"it is rejected: {result.reason}, {result.detail}")


def _works_in_a_fork(stage: Stage) -> bool:
    """Tried out, by a child that has as little as a worker has: a library may have left something behind that a fork lacks."""
    pid = os.fork()
    if pid == 0:
        try:
            sandbox.confine()
            signal.alarm(TRIAL_S)
            _warm(stage)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def _described(stage: Stage) -> dict[str, object]:
    follows = getattr(stage, "follows", None)
    return {
        "name": stage.name,
        "source": stage.source,
        "target": stage.target,
        "follows": follows,
        "known_good": [value.decode() for value in known_good(stage)],
    }


def _told(error: BaseException) -> dict[str, object]:
    if isinstance(error, CopydeskError):
        return {"message": without_surrogates(error.message), "remedy": without_surrogates(error.remedy)}
    failed = Failed.of(error)
    return {"error": without_surrogates(failed.error), "traceback": without_surrogates(failed.traceback), "unavailable": failed.unavailable}


class _Template:
    def __init__(self, stage: Stage, control: socket.socket, limits: Limits) -> None:
        self._stage, self._control, self._limits = stage, control, limits

    def serve(self) -> None:
        while (frame := receive_with_files(self._control)) is not None:
            kind, body, files = frame
            if kind is FrameKind.FORK:
                self._fork(socket.socket(fileno=files[0]), files[1])
            elif kind is FrameKind.SERVE:
                self._become(self._control, files[0])
            elif kind is FrameKind.WAIT:
                status = os.waitstatus_to_exitcode(os.waitpid(int(body), 0)[1])
                send(self._control, FrameKind.ENDED, str(status).encode())
            elif kind is FrameKind.LEARN:
                take_over(self._stage, self._control, body)

    def _fork(self, connection: socket.socket, hand: int) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            sandbox.end_with(parent)
            self._control.close()
            self._become(connection, hand)
        connection.close()
        os.close(hand)
        send(self._control, FrameKind.FORKED, str(pid).encode())

    def _become(self, connection: socket.socket, hand: int) -> NoReturn:
        try:
            word = mmap.mmap(hand, HAND.size)
            os.close(hand)
            sandbox.confine()
            Worker(self._stage, connection, word, self._limits).serve()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service's signals are not for it
    sandbox.end_with(int(sys.argv[2]))
    os.dup2(2, 1)  # what a library prints
    main(socket.socket(fileno=int(sys.argv[1])))
