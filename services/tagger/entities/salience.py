"""Salience of an entity: how much the article is about it, 0 to 1.

The features are those that Dunietz and Gillick (“A New Entity Salience Task with Millions of Training Examples”, EACL 2014)
found to carry a salience model: the place of the first mention (1st-loc), the number of mentions (head-count, mentions) and
the headline. Weights are set, not learned: there is no labelled set whose licence would let one be used.

    salience = 0.35 * first + 0.35 * frequency + 0.15 * spread + 0.15 * headline

    first      1 / (1 + number of the sentence of the first mention / 3)
    frequency  log(1 + mentions) / log(1 + mentions of the entity that has most)
    spread     share of the paragraphs that mention it, of those that mention the most widely mentioned
    headline   1 when a form of its name stands in the title

Dates, amounts and addresses are circumstances of what an article is about: half of it.
"""

from __future__ import annotations

from math import log

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.drafts import NAMES, Cluster
from copydesk.services.tagger.naming import fold_name

WEIGHTS = {"first": 0.35, "frequency": 0.35, "spread": 0.15, "headline": 0.15}
CIRCUMSTANCE = 0.5
DIGITS = 3


def saliences(text: Text, title: str | None, clusters: list[Cluster]) -> list[float]:
    """One salience for each cluster, rounded to three digits."""
    if not clusters:
        return []
    most = max(len(c.mentions) for c in clusters)
    spreads = [len({text.paragraph_of(m.start) for m in c.mentions}) for c in clusters]
    widest = max(spreads)
    headline = f" {' '.join(_words(title or ''))} "
    return [round(_salience(text, c, spread / widest, most, headline), DIGITS) for c, spread in zip(clusters, spreads, strict=True)]


def _salience(text: Text, cluster: Cluster, spread: float, most: int, headline: str) -> float:
    first = 1 / (1 + text.sentence_of(cluster.start) / 3)
    frequency = log(1 + len(cluster.mentions)) / log(1 + most)
    named = any(f" {' '.join(_words(form))} " in headline for form in (*cluster.keys, cluster.canonical))
    salience = WEIGHTS["first"] * first + WEIGHTS["frequency"] * frequency + WEIGHTS["spread"] * spread + WEIGHTS["headline"] * named
    return salience if cluster.label in NAMES else CIRCUMSTANCE * salience


def _words(text: str) -> list[str]:
    return [word.strip("'\",:;!?()“”‘’").removesuffix("'s") for word in fold_name(text).replace("-", " ").split()]
