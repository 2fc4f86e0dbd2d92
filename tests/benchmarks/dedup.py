"""Deduplication side by side with its peers: sketch, index and query of many articles in one process, on one core.

    python -m tests.benchmarks.dedup --articles 100000
    python -m tests.benchmarks.dedup --articles 1000000 --only copydesk

Articles are made of short chunks of real ones, so that phrases recur about as often as in a newswire, and every fifth is an
edited copy of an earlier one. Prints processor time, which is what each would take on an idle core.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from copydesk.services.deduplicator.arrays import Hashes
from copydesk.services.deduplicator.evidence import judging
from copydesk.services.deduplicator.evidence.candidates import Answer
from copydesk.services.deduplicator.evidence.client import ShardedIndex
from copydesk.services.deduplicator.index.in_process import InProcessAsker
from copydesk.services.deduplicator.index.nodes import Node
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.sketch.common_text import shipped_common_text
from copydesk.services.deduplicator.sketch.sampling import Sketch, SketchRule, sketch_all
from copydesk.shared.records.duplicate import BACKGROUND

WORD = re.compile(r"\w+")
BATCH = 256


def real_texts() -> list[str]:
    folder = Path(os.environ.get("COPYDESK_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
    with gzip.open(folder / "dedup" / "index.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def made_texts(count: int, seed: int = 1) -> Iterator[str]:
    """Articles of about 500 words."""
    chance = random.Random(seed)
    words = [word for text in real_texts() for word in text.split()]
    kept: list[str] = []
    for _ in range(count):
        if kept and chance.random() < 0.2:
            yield _edited(chance.choice(kept), chance, words)
            continue
        text = _new(chance, words)
        if len(kept) < 2_000:
            kept.append(text)
        else:
            kept[chance.randrange(2_000)] = text
        yield text


def _new(chance: random.Random, words: Sequence[str]) -> str:
    starts, lengths, ends = (chance.choices(numbers, k=170) for numbers in (range(len(words) - 8), range(3, 9), range(20)))
    parts: list[str] = []
    for start, length, end in zip(starts, lengths, ends, strict=True):
        parts += words[start : start + length]
        if not end:
            parts[-1] += ".\n\n"
        if len(parts) >= 500:
            break
    return " ".join(parts) + "."


def _edited(text: str, chance: random.Random, words: Sequence[str]) -> str:
    parts = text.split(" ")
    for _ in range(len(parts) // 12):
        parts[chance.randrange(len(parts))] = chance.choice(words)
    first = chance.randrange(len(parts) // 2)
    return " ".join(parts[first:])


def shingles(text: str, length: int) -> list[str]:
    """Word n-grams as one string each: what either peer is fed with, in the fastest way that Python has without a library."""
    words = WORD.findall(text.lower())
    return list(map(" ".join, zip(*(words[first:] for first in range(length)), strict=False)))


def copydesk(texts: Iterator[str]) -> int:
    rule, found = judging.evidence_rule(DeduplicatorSettings()), 0
    index, common = ShardedIndex(InProcessAsker(1), rule), shipped_common_text(SketchRule())

    async def run() -> None:
        nonlocal found
        for number, batch in enumerate(batched(texts)):
            found += await process(index, rule, common.hashes, batch, number * BATCH)

    asyncio.run(run())
    return found


async def process(index: ShardedIndex, rule: judging.EvidenceRule, common: Hashes, batch: Sequence[str], first: int) -> int:
    """Sketch, insert and query; how many of the texts, numbered from `first`, are copies of earlier ones."""
    sketches = sketch_all(batch, SketchRule())
    nodes = [Node(str(first + row), "r", first + row, *sizes(sketch)) for row, sketch in enumerate(sketches)]
    known = [await index.insert(part) for part in index.batches(nodes, sketches)]
    return sum([copies(await index.query(part, common), rule) for part in known])


def sizes(sketch: Sketch) -> tuple[int, int, int, int, int, int]:
    return sketch.tokens, sketch.prose, sketch.characters, len(sketch.hashes), sketch.lede, sketch.identity


def copies(answers: Sequence[Answer], rule: judging.EvidenceRule) -> int:
    """How many of the nodes match an earlier one."""
    pairs = [(answer.node, judging.pair_of(answer.node, candidate.other, candidate.points)) for answer in answers for candidate in answer.candidates]
    matches = judging.judge_pairs([pair for _, pair in pairs], rule)
    return len(
        {node.article_id for (node, pair), match in zip(pairs, matches, strict=True) if match and match.kind != BACKGROUND and pair.later is node}
    )


def batched(texts: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(texts, BATCH)):
        yield batch


def datasketch(texts: Iterator[str]) -> int:
    from datasketch import MinHash, MinHashLSH

    kept: dict[int, Any] = {}
    index, found = MinHashLSH(threshold=0.5, num_perm=128), 0
    for batch in batched(texts):
        for sketch in MinHash.bulk([[shingle.encode() for shingle in shingles(text, 5)] for text in batch], num_perm=128):
            found += any(sketch.jaccard(kept[other]) >= 0.3 for other in index.query(sketch))
            index.insert(len(kept), sketch)
            kept[len(kept)] = sketch
    return found


def rensa(texts: Iterator[str]) -> int:
    from rensa import RMinHash, RMinHashLSH

    kept: dict[int, Any] = {}
    index, found = RMinHashLSH(threshold=0.15, num_perm=256, num_bands=128), 0
    for batch in batched(texts):
        for sketch in RMinHash.from_token_sets([shingles(text, 3) for text in batch], 256, 42):
            found += any(sketch.jaccard(kept[other]) >= 0.15 for other in index.query(sketch))
            index.insert(len(kept), sketch)
            kept[len(kept)] = sketch
    return found


RUNS: dict[str, Callable[[Iterator[str]], int]] = {"copydesk": copydesk, "datasketch": datasketch, "rensa": rensa}


def measure(name: str, texts: Sequence[str]) -> tuple[float, int]:
    """Processor seconds, and how many articles were found to be copies."""
    before = time.process_time()
    found = RUNS[name](iter(texts))
    return time.process_time() - before, found


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--only", nargs="*", choices=sorted(RUNS), default=list(RUNS))
    options = parser.parse_args(arguments)
    texts = list(made_texts(options.articles))
    copydesk(iter(texts[:64]))  # tables are built once
    for name in options.only:
        seconds, found = measure(name, texts)
        print(
            f"{name:12s} {len(texts):9,d} articles  {seconds:8.1f} s of processor time  {len(texts) / seconds:7,.0f} articles/s  {found:7,d} copies"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
