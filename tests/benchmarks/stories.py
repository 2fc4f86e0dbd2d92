"""How many articles a second stories are found for, and how much memory they take, as the window grows: one process, one core.

    python -m tests.benchmarks.stories --articles 100000

Articles are made of sentences of real ones (COPYDESK_DATA). Each story has names of its own in the place of three of four rare words, so that many
stories share what they are about and few share who. One to eight articles tell it within two days, each with its own choice of the story's
sentences. Articles come in the order of their times, and all are in the window. Processor time is that of profile, candidates, scores and links.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from copydesk.services.stories.terms import stem, weight
from copydesk.services.stories.threads import DAY_S, StoryArticle, Threads

STEPS = (1_000, 3_162, 10_000, 31_623, 100_000, 316_228, 1_000_000)
LASTS_S = 6 * DAY_S
RARE = 5.0  # words of so much weight, one text in 150 has them, are the names of one story or another
OWN = 0.75  # of them are a story's own
WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured when the window held so many articles."""

    articles: int
    microseconds: float  # of processor time for an article, over the last tenth of them
    links: int
    rss: int

    def line(self) -> str:
        return (
            f"{self.articles:9,d} articles  {1e6 / self.microseconds:7,.0f}/s over the last tenth  "
            f"{self.links / self.articles:.2f} linked  RSS {self.rss / 1e6:7,.0f} MB"
        )


def sentences() -> list[str]:
    """Those of the labelled stream's articles that belong to a story: their texts are reports without a page around them."""
    folder = Path(os.environ.get("COPYDESK_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
    with gzip.open(folder / "stories" / "stream.jsonl.gz", "rt", encoding="utf-8") as lines:
        bodies = [row["body"] for row in map(json.loads, lines) if row["story"] is not None]
    return [part for body in bodies for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", body) if len(part) > 60]


def renamed(text: str, story: int) -> str:
    """`Samos` → `Samoxqb`, for most rare words, the same for each of them in all articles of a story."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        term = stem(word)
        if term is None or weight(term) < RARE or random.Random(f"{story} {term}").random() >= OWN:
            return word
        return f"{word[:2]}{random.Random(f'{term} {story}').randrange(36**4):x}"

    return WORD.sub(other, text)


def made_articles(count: int, seed: int = 1) -> Iterator[StoryArticle]:
    """In the order of their times."""
    chance = random.Random(seed)
    parts = sentences()
    made: list[tuple[float, int]] = []
    while len(made) < count:
        begins, story = chance.random() * LASTS_S, len(made)
        made += [(begins + chance.random() * 2 * DAY_S, story) for _ in range(chance.choice((1, 1, 1, 2, 3, 8)))]
    for number, (time_s, story) in enumerate(sorted(made[:count])):
        yield _article(number, time_s, story, parts)


def _article(number: int, time_s: float, story: int, parts: Sequence[str]) -> StoryArticle:
    said = random.Random(story).sample(parts, 24)
    chance = random.Random(f"{story} {number}")
    first, *rest = chance.sample(said, 12)
    title = " ".join(first.split()[:10])
    return StoryArticle(f"{number:08}", time_s, renamed(title, story), renamed("\n\n".join([first, *rest]), story))


def measured(articles: int) -> Iterator[Point]:
    threads, spent = Threads(), list[float]()
    for number, article in enumerate(made_articles(articles), 1):
        began = time.process_time()
        threads.add(article)
        spent.append(time.process_time() - began)
        if number in STEPS or number == articles:
            last = spent[-max(1, number // 10) :]
            yield Point(number, 1e6 * sum(last) / len(last), len(threads.links), psutil.Process().memory_info().rss)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    for point in measured(parser.parse_args().articles):
        print(point.line(), flush=True)


if __name__ == "__main__":
    main()
