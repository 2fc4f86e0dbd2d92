"""What two articles have in common, as numbers, and how sure the model is that they tell of one event.

Everything here depends on the two articles alone: not on what else is in the window, in which order it came, or where it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from copydesk.services.stories.profile import IN_HEAD, IN_TEXT, IN_TITLE, LEDED, NAMED, TITLED, Profile, TermHashes

Doubles = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
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
    return _places(one, other.hashes)


def _places(one: Profile, hashes: TermHashes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Places in the profile, and among the hashes, of the terms that are in both, in the order of the hashes."""
    if not len(one.hashes):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    at = np.minimum(np.searchsorted(one.hashes, hashes), len(one.hashes) - 1)
    theirs = np.flatnonzero(one.hashes[at] == hashes)
    return at[theirs], theirs


def features(one: Profile, others: Sequence[Profile], gaps_s: Doubles, later: Truths) -> dict[str, Doubles]:
    """What the model looks at, by name, for an article and others: one number each. `gaps_s`: seconds between; `later`: whether it is the later one.

    `cosine` is of weighed terms, `share` of the sum of their rarities, `rare` a sum above a least rarity. Sums go in the order of the
    terms' hashes and in 64 bits, so the numbers of a pair are the same to the last bit whichever of the two is `one`.
    """
    a, b = _places(one, np.concatenate([other.hashes for other in others]))
    owner = np.repeat(np.arange(len(others)), [len(other.hashes) for other in others])[b]
    mine, theirs = one.flags[a], np.concatenate([other.flags for other in others])[b]
    both = mine & theirs
    rarity = one.rarity[a].astype(np.float64)
    products = one.weights[:, a].astype(np.float64) * np.concatenate([other.weights for other in others], axis=1)[:, b]

    def total(values: npt.NDArray[Any]) -> Doubles:
        found: npt.NDArray[Any] = np.bincount(owner, values, minlength=len(others))
        return found

    def those(chosen: npt.NDArray[Any]) -> Doubles:
        """Rarity where the flag is set."""
        return np.where(chosen != 0, rarity, 0.0)

    def ordered(name: str, of_one: Any, of_others: Any) -> dict[str, Doubles]:
        """What is said of the one and of the others, as it is said of the later and of the earlier."""
        return {f"later_{name}": np.where(later, of_one, of_others), f"earlier_{name}": np.where(later, of_others, of_one)}

    def each(value: Callable[[Profile], float]) -> Doubles:
        return np.array([value(other) for other in others], np.float64)

    rarest = np.zeros(len(others))
    np.maximum.at(rarest, owner, those(both & NAMED))
    ledes, titles = each(lambda other: other.lede_rarity), each(lambda other: other.title_rarity)
    lengths, crossed = each(lambda other: other.length), ((mine & TITLED) * 2 & theirs) | ((theirs & TITLED) * 2 & mine)
    return {
        "title_cosine": total(products[IN_TITLE]),
        "head_cosine": total(products[IN_HEAD]),
        "text_cosine": total(products[IN_TEXT]),
        "gap": np.sqrt(gaps_s / HOUR_S),
        "lede_share": total(those(both & LEDED)) / np.minimum(one.lede_rarity, ledes),
        **ordered("lede_share", total(those(mine & LEDED)) / one.lede_rarity, total(those(theirs & LEDED)) / ledes),
        **ordered("title_share", total(those(mine & TITLED)) / one.title_rarity, total(those(theirs & TITLED)) / titles),
        "text_share": total(rarity) / np.minimum(one.text_rarity, each(lambda other: other.text_rarity)),
        "lede_rare": total(np.maximum(0, those(both & LEDED) - 3)),
        "text_rare": total(np.maximum(0, rarity - 4)),
        "name_share": total(those(both & NAMED)) / np.minimum(one.name_rarity, each(lambda other: other.name_rarity)),
        "lede_names": total(np.where(both & (LEDED | NAMED) == LEDED | NAMED, rarity, 0.0)),
        "rarest_name": rarest,
        "names": total(both & NAMED != 0),
        "shorter": np.log(np.minimum(one.length, lengths) + 1),
        "longer": np.log(np.maximum(one.length, lengths) + 1),
        **ordered("titled", one.is_titled, each(lambda other: other.is_titled)),
        "title_in_lede": total(those(crossed)),
    }


def scores(one: Profile, others: Sequence[Profile], gaps_s: Doubles, later: Truths, model: PairModel | None = None) -> list[float]:
    """Probabilities that the one and each of the others tell of one event, to four digits."""
    model = model or shipped_model()
    if not others:
        return []
    found = features(one, others, gaps_s, later)
    logits = model.intercept + sum(found[name] * weight for name, weight in zip(model.features, model.coefficients.tolist(), strict=True))
    sure: list[float] = np.round(1 / (1 + np.exp(-np.clip(logits, -500, 500))), 4).tolist()
    return sure


def reasons(later: Profile, earlier: Profile, gap_s: float) -> Reasons:
    """The rarest words that both have, those of titles and ledes first."""
    a, b = shared(later, earlier)
    worth = later.rarity[a] * (1.0 + (later.has(LEDED)[a] & earlier.has(LEDED)[b]))
    best = [(int(a[place]), int(b[place])) for place in np.argsort(-worth, kind="stable")]
    spelled, named = later.spelled, later.has(NAMED)
    told = [(spelled[mine], bool(named[mine] and earlier.flags[other] & NAMED)) for mine, other in best]
    names, others = [word for word, name in told if name], [word for word, name in told if not name]
    return Reasons(tuple(names[:TOLD]), tuple(others[:TOLD]), round(max(0.0, gap_s) / HOUR_S, 1))
