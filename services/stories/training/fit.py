"""Fitting the logistic regression: iteratively reweighted least squares with a small ridge, on standardised features."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt

from copydesk.services.stories.training.labelled import FOLDS
from copydesk.services.stories.training.pairs import Pairs
from copydesk.shared.records.base import content_hash

RIDGE = 1.0
ROUNDS = 30
DIGITS = 6
Numbers = npt.NDArray[np.float64]


def fitted(pairs: Pairs) -> str:
    """model.json: the model of all pairs, and for each fold the one of the pairs that have no article in it."""
    folds = np.array([article.fold for article in pairs.articles])
    whole = _model(pairs, np.ones(len(pairs.later), np.bool_))
    held = [_model(pairs, (folds[pairs.later] != fold) & (folds[pairs.earlier] != fold)) for fold in range(FOLDS)]
    named = {"version": content_hash(json.dumps(whole))[:8], "features": pairs.names, **whole, "held": held}
    return json.dumps(named, indent=1) + "\n"


def _model(pairs: Pairs, kept: npt.NDArray[np.bool_]) -> dict[str, Any]:
    *coefficients, intercept = fit_pairs(pairs.values[kept], pairs.same[kept], pairs.later[kept]).tolist()
    return {"coefficients": [round(one, DIGITS) for one in coefficients], "intercept": round(intercept, DIGITS)}


def fit_pairs(values: Numbers, same: npt.NDArray[np.bool_], later: npt.NDArray[np.int64]) -> Numbers:
    """Coefficients of the columns of `values`, and behind them the intercept. `later` says which article a row is about."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    found = _fit(np.column_stack([(values - mean) / spread, np.ones(len(values))]), same, _weights(later, same))
    scaled = found[:-1] / spread
    return np.append(scaled, found[-1] - scaled @ mean)


def _weights(later: npt.NDArray[np.int64], same: npt.NDArray[np.bool_]) -> Numbers:
    """An article links to one other, so many mates weigh less each: by the root of their number."""
    mates = np.bincount(later, weights=same)
    weights: Numbers = np.where(same, np.maximum(1, mates[later]) ** -0.5, 1.0)
    return weights


def _fit(values: Numbers, same: npt.NDArray[np.bool_], weights: Numbers) -> Numbers:
    penalty = np.diag([RIDGE] * (values.shape[1] - 1) + [0.0])
    found = np.zeros(values.shape[1])
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-np.clip(values @ found, -30, 30)))
        slope = values.T @ (weights * (same - sure)) - penalty @ found
        curve = (values * (weights * sure * (1 - sure))[:, None]).T @ values + penalty
        step = np.linalg.solve(curve, slope)
        found = found + step
        if np.abs(step).max() < 1e-6:
            break
    return found
