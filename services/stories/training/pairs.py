"""The pairs that candidates are found for, with what the model looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copydesk.services.stories.candidates import Placed, Window
from copydesk.services.stories.evidence import features
from copydesk.services.stories.profile import profile_of
from copydesk.services.stories.threads import DAY_S
from copydesk.services.stories.training.labelled import Labelled

WINDOW_S = 7 * DAY_S


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of an article and an earlier one, as their places in `articles`."""

    articles: Sequence[Labelled]
    names: tuple[str, ...]
    later: npt.NDArray[np.int64]
    earlier: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]

    @property
    def same(self) -> npt.NDArray[np.bool_]:
        stories = [article.story for article in self.articles]
        return np.array([stories[a] is not None and stories[a] == stories[b] for a, b in zip(self.later, self.earlier, strict=True)], np.bool_)


def labelled_pairs(articles: Sequence[Labelled]) -> Pairs:
    """All candidates of each article among the earlier ones. The articles are in order."""
    window, places = Window(WINDOW_S), {article.article_id: place for place, article in enumerate(articles)}
    rows: list[tuple[int, int]] = []
    values: list[npt.NDArray[np.float64]] = []
    names: tuple[str, ...] = ()
    for place, article in enumerate(articles):
        placed = Placed(article.article_id, article.time_s, profile_of(article.title, article.body))
        if others := window.near(placed):
            rows += [(place, places[other.article_id]) for other in others]
            gaps = np.array([placed.time_s - other.time_s for other in others])
            found = features(placed.profile, [other.profile for other in others], gaps, np.ones(len(others), np.bool_))
            names = tuple(found)
            values.append(np.column_stack(list(found.values())))
        window.add(placed)
    later, earlier = np.array(rows, np.int64).reshape(-1, 2).T
    return Pairs(articles, names, later, earlier, np.concatenate(values))
