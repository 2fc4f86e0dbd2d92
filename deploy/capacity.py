"""What so many articles a day need: cores, memory, disk and partitions, from what was measured (docs/capacity.md).

python deploy/capacity.py [--articles 1000000] [--no-vnni] [--pages]
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass

DAY_S = 86_400
PEAK = 3.0  # the busiest hour beside the average one
USED = 0.6  # of a core: what is left serves rebalances, restarts and other programs
HOP_MS = 0.365  # what the runner costs a record of 8 kB, in every service that passes it on or stores it
TAGGER_MS = {True: 74.0, False: 310.0}  # an article of the pipeline's measurement; with and without VNNI
CLEANER_MS = {"texts": 8.5, "pages": 66.0}
DEDUPLICATOR_MS, INDEX_MS, SINK_MS = 0.36, 0.5, 1.0
TOPIC_KB = {"texts": (2.5, 3.4, 3.5, 4.7), "pages": (41.4, 7.7, 7.8, 9.4)}  # raw, cleaned, deduplicated, enriched; packed
KEPT_DAYS = (7, 7, 7, 30)
INDEX_DAYS = 32  # the window, and what may come late
INDEX_KB, SEGMENT_KB = 2.1, 1.6  # an article in memory, and on the index's disk
SHARD_ARTICLES = 300_000  # up to here a shard's cost grows slowly


@dataclass(frozen=True, slots=True)
class Capacity:
    """For one day's articles. Cores are for the busiest hour."""

    articles: int
    peak_per_s: float
    cleaner_cores: float
    tagger_cores: float
    other_cores: float
    index_gb: float
    shards: int
    topics_gb: float
    partitions: int

    @property
    def cores(self) -> float:
        return self.cleaner_cores + self.tagger_cores + self.other_cores


def stage_ms(kind: str, vnni: bool) -> tuple[float, float, float]:
    """CPU milliseconds an article: cleaner, tagger, and deduplicator, index and sink together; the runner's part included."""
    return CLEANER_MS[kind] + HOP_MS, TAGGER_MS[vnni] + HOP_MS, DEDUPLICATOR_MS + INDEX_MS + SINK_MS + 2 * HOP_MS


def capacity(articles: int, kind: str = "texts", vnni: bool = True) -> Capacity:
    """What is needed for so many articles a day. `kind`: texts or pages."""
    peak = articles / DAY_S * PEAK
    cleaner, tagger, other = (peak * ms / 1000 / USED for ms in stage_ms(kind, vnni))
    window = articles * INDEX_DAYS
    disk = articles * sum(kb * days for kb, days in zip(TOPIC_KB[kind], KEPT_DAYS, strict=True)) + window * SEGMENT_KB
    shards = max(4, math.ceil(window / SHARD_ARTICLES))
    partitions = max(4, 2 ** math.ceil(math.log2(max(cleaner, tagger, 1.0))))  # one for each core of the slowest stage, and some to grow
    return Capacity(articles, peak, cleaner, tagger, other, window * INDEX_KB / 1e6, shards, disk / 1e6, partitions)


def row(found: Capacity) -> str:
    return (
        f"| {found.articles:,} | {found.peak_per_s:.1f} | {found.cores:.1f} | {found.tagger_cores:.1f} | {found.cleaner_cores:.1f} "
        f"| {found.index_gb:.1f} | {found.shards:,} | {found.topics_gb:,.0f} | {found.partitions} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="*", default=[10_000, 100_000, 1_000_000, 10_000_000, 100_000_000])
    parser.add_argument("--no-vnni", action="store_true", help="processors without AVX-512 VNNI")
    parser.add_argument("--pages", action="store_true", help="HTML in place of texts")
    asked = parser.parse_args()
    for count in asked.articles:
        print(row(capacity(count, "pages" if asked.pages else "texts", not asked.no_vnni)))


if __name__ == "__main__":
    main()
