"""The stages in this program's own processes, without Kafka."""

from __future__ import annotations

import sys
import weakref
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import ExitStack, aclosing
from types import TracebackType
from typing import Self

import orjson

from copydesk.article import Article
from copydesk.bridge import iterate
from copydesk.given import Given, Refusal, items
from copydesk.services.console.offline import stages as known
from copydesk.services.console.offline.final import final_records
from copydesk.services.console.offline.pipeline import RecordUnderway
from copydesk.services.console.printing.progress import ProgressBar
from copydesk.shared.computing import Computing
from copydesk.shared.stage import Rejected

ANEW = "dedup"  # its index knows the articles of one call


class Desk:
    """Cleans, finds copies and tags. The stages are loaded at the first call and kept until `close`, or the end of a `with`.

    stages: "clean,dedup,tag" or some of them, in this order. workers: processes for each stage, 0 for one a core.
    progress: whether a bar is shown; by default on a terminal and in a notebook. Raises CopydeskError for a stage that there is not.
    """

    def __init__(self, stages: str | Sequence[str] = "clean,dedup,tag", *, workers: int = 0, progress: bool | None = None) -> None:
        self._names = known.parse_stages(stages if isinstance(stages, str) else ",".join(stages))
        self._workers = workers or known.cores()
        self._progress = progress if progress is not None else sys.stderr.isatty() or "ipykernel" in sys.modules
        self._stack = ExitStack()
        self._kept: dict[str, Computing] = {}
        self._finalizer = weakref.finalize(self, self._stack.close)

    def enrich(self, given: Given, *, source: str | None = None) -> Results:
        """The articles in whatever is given: texts, pathlib.Path objects (files, folders), raw records, rows of a DataFrame; one or many.

        Lazy: nothing is read before the result is iterated. `source` is for records that name none. What iterating raises: CopydeskError
        for an input that cannot be read, TypeError for one that is no article.
        """
        reckoning = Reckoning()
        return Results(self._articles(reckoning, given, source), reckoning)

    def close(self) -> None:
        """End the processes. A later call loads the stages again."""
        self._kept.clear()
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    async def _articles(self, reckoning: Reckoning, given: Given, source: str | None) -> AsyncGenerator[Article, None]:
        arriving = items(given, source, body=self._names[0] != known.ORDER[0])
        with known.opened_stages([ANEW] if ANEW in self._names else []) as fresh, ProgressBar("enriching", None, self._progress) as progress:
            reckoning.progress = progress
            async with aclosing(final_records(self._stages(fresh), arriving, reckoning)) as values:
                async for value in values:
                    yield Article(orjson.loads(value))

    def _stages(self, fresh: Sequence[Computing]) -> list[Computing]:
        names = [name for name in self._names if name != ANEW]
        if not self._kept and names:
            self._kept = dict(zip(names, self._stack.enter_context(known.opened_stages(names, self._workers)), strict=True))
        return [self._kept[name] if name != ANEW else fresh[0] for name in self._names]


class Results:
    """Articles, lazily and once: iterate it."""

    def __init__(self, articles: AsyncGenerator[Article, None], reckoning: Reckoning) -> None:
        self._articles, self._reckoning = articles, reckoning

    def __iter__(self) -> Iterator[Article]:
        return iterate(self._articles)

    @property
    def refused(self) -> list[Refusal]:
        """What was refused so far."""
        return self._reckoning.refusals


class Reckoning:
    """Implements `copydesk.services.console.offline.final.OutcomeListener`: counts, and keeps what is refused."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []
        self.progress: ProgressBar | None = None
        self._passed = 0

    def passed(self, entry: RecordUnderway) -> None:
        self._passed += 1
        self._show(entry)

    def refused(self, entry: RecordUnderway, stage: Computing, rejected: Rejected) -> None:
        self.refusals.append(Refusal(entry.arrival.name, stage.name, rejected.reason, rejected.detail))
        self._show(entry)

    def _show(self, entry: RecordUnderway) -> None:
        if self.progress is not None:
            self.progress.reached(entry.arrival.consumed, self._passed, len(self.refusals))
