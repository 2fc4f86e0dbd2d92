"""How the cost of deduplication grows with the articles in the window: one process, one core, one index shard.

    python -m tests.benchmarks.dedup_growth --articles 1000000 --plot docs/deduplication-growth.svg

Articles are those of `tests.benchmarks.dedup`. Processor time is that of sketch, index and query; making the articles is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from copydesk.services.deduplicator.evidence import judging
from copydesk.services.deduplicator.evidence.client import ShardedIndex
from copydesk.services.deduplicator.index.in_process import InProcessAsker, PassingStore
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.sketch.common_text import shipped_common_text
from copydesk.services.deduplicator.sketch.sampling import SketchRule
from tests.benchmarks.dedup import batched, made_texts, process
from tests.benchmarks.plot import Curve, Panel, svg

STEPS = (10_000, 31_623, 100_000, 316_228, 1_000_000, 3_162_278)


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured when the window held so many articles."""

    articles: int
    microseconds: float  # of processor time for an article, over the last tenth of them
    mean: float  # the same over all
    memory: float  # bytes of the shard for an article
    segments: float  # bytes of its segments for an article, as they go into the store and its changelog, before either compresses
    rss: int

    def line(self) -> str:
        return (
            f"{self.articles:9,d} articles  last tenth {1e6 / self.microseconds:7,.0f}/s  all {1e6 / self.mean:7,.0f}/s  "
            f"memory {self.memory:6,.0f} B  segments {self.segments:6,.0f} B an article  RSS {self.rss / 1e6:7,.0f} MB"
        )


class CountingStore(PassingStore):
    """Counts the bytes that are written."""

    written = 0

    def write(self, changes: Mapping[str, bytes | None]) -> None:
        super().write(changes)
        self.written += sum(len(value) for value in changes.values() if value)


async def measured(articles: int) -> list[Point]:
    rule = judging.evidence_rule(DeduplicatorSettings())
    asker, store = InProcessAsker(1), CountingStore()
    asker.stores[0] = store
    asker.responder.open(0, store)
    index, common, points = ShardedIndex(asker, rule), shipped_common_text(SketchRule()), []
    done, spent, marks = 0, 0.0, _Marks()
    for batch in batched(made_texts(articles)):
        began = time.process_time()
        await process(index, rule, common.hashes, batch, done)
        spent += time.process_time() - began
        done += len(batch)
        if due := marks.reached(done, spent):
            shard = asker.responder.shard(0)
            memory = sum(shard.nbytes().values()) / done
            points.append(Point(done, due * 1e6, spent / done * 1e6, memory, store.written / done, psutil.Process().memory_info().rss))
            print(points[-1].line(), flush=True)
    return points


class _Marks:
    """Notices when a step is reached; knows what the last tenth before it took."""

    def __init__(self) -> None:
        self._steps = iter(STEPS)
        self._step = next(self._steps)
        self._from: tuple[int, float] | None = None

    def reached(self, done: int, spent: float) -> float | None:
        """Seconds for an article over the last tenth, when a step has just been reached."""
        if self._from is None and done >= 0.9 * self._step:
            self._from = (done, spent)
        if self._from is None or done < self._step:
            return None
        articles, seconds = done - self._from[0], spent - self._from[1]
        self._step, self._from = next(self._steps), None
        return seconds / articles


def picture(points: Sequence[Point]) -> str:
    time_taken = Curve("processor time of the last tenth", [(point.articles, point.microseconds) for point in points])
    memory = Curve("index in memory", [(point.articles, point.memory) for point in points])
    segments = Curve("segments", [(point.articles, point.segments) for point in points])
    return svg([Panel("µs an article", [time_taken]), Panel("bytes an article", [memory, segments])], "articles in the window")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--plot", type=Path, help="SVG file to write")
    options = parser.parse_args(arguments)
    points = asyncio.run(measured(options.articles))
    if options.plot:
        options.plot.write_text(picture(points), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
