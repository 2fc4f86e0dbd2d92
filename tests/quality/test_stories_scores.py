"""Pinned scores of story threads on the labelled stream, each article judged by a model that has not seen its story, against a plain baseline.

The baseline is TF-IDF over title, head and text with the time between: what needs no more than a vector space. Of the background half of the
agency reports stay: they need no cleaner, which would take minutes.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

from copydesk.services.stories.evidence import MODEL
from copydesk.services.stories.links import StoryLink, stories_of
from copydesk.services.stories.settings import StoriesSettings
from copydesk.services.stories.training.fit import fit_pairs
from copydesk.services.stories.training.labelled import FOLDS, Labelled, in_order
from copydesk.services.stories.training.pairs import Pairs, labelled_pairs
from copydesk.shared.stories.times import published_s
from tests.data import data_path

THRESHOLD = StoriesSettings().stories_threshold
BASELINE = ("title_cosine", "head_cosine", "text_cosine", "gap")
DRAWS = 300
WIRE = "reuters.com"
Floats = npt.NDArray[np.float64]


class Score(NamedTuple):
    """F1 of B-cubed over labelled articles (Bagga and Baldwin 1998), and of pairs over all."""

    bcubed: float
    pairs: float


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    with gzip.open(data_path("stories/stream.jsonl.gz"), "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    kept = [row for number, row in enumerate(rows) if row["story"] is not None or (row.get("source") == WIRE and number % 2)]
    return labelled_pairs(
        in_order(Labelled(row["id"], published_s(row["published_at"], row["published_at"]), row["title"], row["body"], row["story"]) for row in kept)
    )


def of_shipped(pairs: Pairs) -> Floats:
    held = json.loads(MODEL.read_text("utf-8"))["held"]
    return by_fold(pairs, pairs.values, [np.array([*model["coefficients"], model["intercept"]]) for model in held])


def of_baseline(pairs: Pairs) -> Floats:
    values = pairs.values[:, [pairs.names.index(name) for name in BASELINE]]
    folds = np.array([article.fold for article in pairs.articles])
    unseen = [(folds[pairs.later] != fold) & (folds[pairs.earlier] != fold) for fold in range(FOLDS)]
    return by_fold(pairs, values, [fit_pairs(values[kept], pairs.same[kept], pairs.later[kept]) for kept in unseen])


def by_fold(pairs: Pairs, values: Floats, models: Sequence[Floats]) -> Floats:
    folds = np.array([pairs.articles[place].fold for place in pairs.later])
    logits = np.column_stack([values, np.ones(len(values))]) @ np.array(models).T
    sure: Floats = np.round(1 / (1 + np.exp(-logits[np.arange(len(values)), folds])), 4)
    return sure


def threaded(pairs: Pairs, sure: Floats) -> dict[str, str]:
    """Article → story."""
    best: dict[str, StoryLink] = {}
    for row in np.flatnonzero(sure >= THRESHOLD):
        later, earlier = pairs.articles[pairs.later[row]], pairs.articles[pairs.earlier[row]]
        link = StoryLink(later.article_id, earlier.article_id, (earlier.time_s, earlier.article_id), float(sure[row]), False)
        if later.article_id not in best or link.rank < best[later.article_id].rank:
            best[later.article_id] = link
    return stories_of([article.article_id for article in pairs.articles], best)


def precision_and_recall(articles: Sequence[Labelled], found: Mapping[str, str]) -> dict[str, list[tuple[float, float]]]:
    """For each labelled story what its articles have."""
    gold, got = Counter(article.story for article in articles), Counter(found.values())
    both = Counter((article.story, found[article.article_id]) for article in articles)
    told = defaultdict(list)
    for article in articles:
        if article.story is not None:
            hits = both[article.story, found[article.article_id]]
            told[article.story].append((hits / got[found[article.article_id]], hits / gold[article.story]))
    return told


def bcubed(told: Sequence[Sequence[tuple[float, float]]]) -> float:
    precision, recall = np.mean([one for story in told for one in story], axis=0)
    return float(2 * precision * recall / (precision + recall))


def score(articles: Sequence[Labelled], found: Mapping[str, str]) -> Score:
    def among(sizes: Counter[object]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes.values())

    gold = Counter(article.story or article.article_id for article in articles)
    both = among(Counter((article.story or article.article_id, found[article.article_id]) for article in articles))
    return Score(bcubed(list(precision_and_recall(articles, found).values())), 2 * both / (among(gold) + among(Counter(found.values()))))  # type: ignore[arg-type]


def test_scores_of_stories_it_has_not_seen(pairs: Pairs) -> None:
    got = score(pairs.articles, threaded(pairs, of_shipped(pairs)))
    print(got)
    assert got.bcubed >= 0.895
    assert got.pairs >= 0.88


def test_the_gain_over_the_baseline_is_no_chance(pairs: Pairs) -> None:
    """Stories are drawn again, the same ones for both (Efron 1979)."""
    ours = precision_and_recall(pairs.articles, threaded(pairs, of_shipped(pairs)))
    plain = precision_and_recall(pairs.articles, threaded(pairs, of_baseline(pairs)))
    names, chance = sorted(ours), np.random.default_rng(1)
    gains = []
    for _ in range(DRAWS):
        drawn = [names[place] for place in chance.integers(len(names), size=len(names))]
        gains.append(bcubed([ours[name] for name in drawn]) - bcubed([plain[name] for name in drawn]))
    print(np.percentile(gains, [2.5, 50, 97.5]))
    assert np.percentile(gains, 2.5) > 0
