"""What two articles have in common, as numbers, and how sure the model is that they tell of one event.

Everything here depends on the two articles alone: not on what else is in the window, in which order it came, or where it is kept.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from copydesk.services.stories.profile import Profile

MODEL = Path(__file__).with_name("model.json")
HOUR_S = 3600.0
TOLD = 6  # shared terms that a reason names


class Reasons(NamedTuple):
    """Why two articles are linked: the rarest shared words of names and of the rest, and the hours between them."""

    names: tuple[str, ...]
    terms: tuple[str, ...]
    hours: float


@dataclass(frozen=True, slots=True)
class PairModel:
    """A logistic regression: `version` names its coefficients."""

    version: str
    features: tuple[str, ...]
    coefficients: npt.NDArray[np.float64]
    intercept: float


@cache
def shipped_model() -> PairModel:
    """The model that comes with the program."""
    read = json.loads(MODEL.read_text(encoding="utf-8"))
    return PairModel(read["version"], tuple(read["features"]), np.array(read["coefficients"], np.float64), float(read["intercept"]))


def shared(one: Profile, other: Profile) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Places of the common terms in either profile."""
    if not len(other.hashes):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    at = np.minimum(np.searchsorted(other.hashes, one.hashes), len(other.hashes) - 1)
    mine = np.flatnonzero(other.hashes[at] == one.hashes)
    return mine, at[mine]


def features(later: Profile, earlier: Profile, gap_s: float) -> dict[str, float]:
    """What the model looks at, by name. `cosine` is of weighed terms, `share` of the sum of their rarities, `rare` a sum above a least rarity."""
    a, b = shared(later, earlier)
    rarity = later.rarity[a]
    lede = later.in_lede[a] & earlier.in_lede[b]
    name = later.name[a] & earlier.name[b]
    crossed = (later.in_title[a] & earlier.in_lede[b]) | (later.in_lede[a] & earlier.in_title[b])
    return {
        "title_cosine": float(later.title[a] @ earlier.title[b]),
        "head_cosine": float(later.head[a] @ earlier.head[b]),
        "text_cosine": float(later.text[a] @ earlier.text[b]),
        "gap": math.sqrt(max(0.0, gap_s) / HOUR_S),
        "lede_share": float(rarity[lede].sum()) / min(later.lede_rarity, earlier.lede_rarity),
        "later_lede_share": float(rarity[later.in_lede[a]].sum()) / later.lede_rarity,
        "earlier_lede_share": float(rarity[earlier.in_lede[b]].sum()) / earlier.lede_rarity,
        "later_title_share": float(rarity[later.in_title[a]].sum()) / later.title_rarity,
        "earlier_title_share": float(rarity[earlier.in_title[b]].sum()) / earlier.title_rarity,
        "text_share": float(rarity.sum()) / min(later.text_rarity, earlier.text_rarity),
        "lede_rare": float(np.maximum(0, rarity[lede] - 3).sum()),
        "text_rare": float(np.maximum(0, rarity - 4).sum()),
        "name_share": float(rarity[name].sum()) / min(later.name_rarity, earlier.name_rarity),
        "lede_names": float(rarity[name & lede].sum()),
        "rarest_name": float(rarity[name].max()) if name.any() else 0.0,
        "names": float(name.sum()),
        "shorter": math.log(min(later.length, earlier.length) + 1),
        "longer": math.log(max(later.length, earlier.length) + 1),
        "later_titled": float(later.in_title.any()),
        "earlier_titled": float(earlier.in_title.any()),
        "title_in_lede": float(rarity[crossed].sum()),
    }


def score(later: Profile, earlier: Profile, gap_s: float, model: PairModel | None = None) -> float:
    """Probability that both tell of one event, to four digits."""
    model = model or shipped_model()
    found = features(later, earlier, gap_s)
    logit = float(np.array([found[name] for name in model.features]) @ model.coefficients) + model.intercept
    return round(1 / (1 + math.exp(-max(-500.0, min(500.0, logit)))), 4)


def reasons(later: Profile, earlier: Profile, gap_s: float) -> Reasons:
    """The rarest words that both have, those of titles and ledes first."""
    a, b = shared(later, earlier)
    worth = later.rarity[a] * (1.0 + (later.in_lede[a] & earlier.in_lede[b]))
    best = [(int(a[place]), int(b[place])) for place in np.argsort(-worth, kind="stable")]
    names = [later.spelled[mine] for mine, other in best if later.name[mine] and earlier.name[other]]
    others = [later.spelled[mine] for mine, other in best if not (later.name[mine] and earlier.name[other])]
    return Reasons(tuple(names[:TOLD]), tuple(others[:TOLD]), round(max(0.0, gap_s) / HOUR_S, 1))
