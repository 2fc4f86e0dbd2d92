"""Labels that a model is sure of; the words of the others count as not annotated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.services.tagger.model.decode import best_tags, word_spans
from copydesk.services.tagger.training.corpus import MISSING

SURE_ENTITY, SURE_OUTSIDE = 0.6, 0.7


def sure_tags(probabilities: NDArray[np.float32]) -> list[int]:
    """Tag ids of the words, MISSING where the model is not sure. `probabilities`: [words, tags]."""
    tags = best_tags(np.log(probabilities + 1e-9))
    sure = probabilities[np.arange(len(tags)), tags]
    result = [tag if sure[number] >= SURE_OUTSIDE or tag else MISSING for number, tag in enumerate(tags)]
    for start, end, _ in word_spans(tags):
        if sure[start:end].min() < SURE_ENTITY:
            result[start:end] = [MISSING] * (end - start)
    return result
