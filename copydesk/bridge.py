"""From async to plain iteration, also where an event loop runs already, as in a notebook."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Coroutine, Iterator
from typing import Any, TypeVar, cast

T = TypeVar("T")
END = object()


class LoopThread:
    """An event loop in a thread of its own. Close it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="copydesk")
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`. What interrupts the waiting (Ctrl-C) cancels it."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def run_here(work: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run` that also works where a loop runs already."""
    loop = LoopThread()
    try:
        return loop.run(work)
    finally:
        loop.close()


def iterate(values: AsyncGenerator[T, None]) -> Iterator[T]:
    """The values one by one: nothing is read ahead. Ending the iteration closes the generator."""
    loop = LoopThread()

    async def following() -> object:
        return await anext(values, END)

    async def closed() -> None:
        await values.aclose()

    try:
        while (value := loop.run(following())) is not END:
            yield cast(T, value)
    finally:
        loop.run(closed())
        loop.close()
