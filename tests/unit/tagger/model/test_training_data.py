"""How labelled sets become examples; needs nothing of the training extra."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import numpy as np
import orjson

from copydesk.services.tagger.model.labels import TAG_IDS, TAGS
from copydesk.services.tagger.training.augment import Augmenter, spans_of
from copydesk.services.tagger.training.confidence import sure_tags
from copydesk.services.tagger.training.corpus import MISSING, TaggedWords, examples
from copydesk.services.tagger.training.recipe import TrainingRecipe, rules_of

SENTENCE = {"w": ["President-elect", "Joe", "Biden", "spoke", "in", "New", "York", "."], "s": [[1, 3, "PERSON"], [5, 7, "LOC"]], "m": [0]}


def read(tmp_path: Path) -> TaggedWords:
    path = tmp_path / "set.jsonl.gz"
    path.write_bytes(gzip.compress(orjson.dumps(SENTENCE)))
    (example,) = examples(path, "ewt", random.Random(1))
    return example


def test_sets_are_read_in_the_words_of_the_pipeline(tmp_path: Path) -> None:
    example = read(tmp_path)
    assert example.words == ["President", "-", "elect", "Joe", "Biden", "spoke", "in", "New", "York", "."]
    assert [(" ".join(example.words[a:b]), label) for a, b, label in spans_of(example)] == [("Joe Biden", "PERSON"), ("New York", "LOC")]
    assert example.tags[:3] == [MISSING] * 3  # not annotated in the set


def test_exchanged_names_keep_their_types(tmp_path: Path) -> None:
    example = read(tmp_path)
    other = TaggedWords(["Ann", "Xu", "of", "Port", "Louis"], [TAG_IDS[t] for t in ("B-PERSON", "E-PERSON", "O", "B-LOC", "E-LOC")], "gum")
    augment = Augmenter([example, other], random.Random(2))
    changed = [augment(example) for _ in range(200)]
    assert any("Ann" in item.words for item in changed)
    for item in changed:
        assert len(item.words) == len(item.tags)
        assert [label for _, _, label in spans_of(item)] == ["PERSON", "LOC"]


def test_labels_that_a_model_is_unsure_of_are_missing() -> None:
    probabilities = np.full((3, len(TAGS)), 0.001, np.float32)
    probabilities[0, TAG_IDS["S-ORG"]] = 0.95
    probabilities[1, TAG_IDS["S-LOC"]] = 0.5
    probabilities[2, TAG_IDS["O"]] = 0.6
    assert sure_tags(probabilities) == [TAG_IDS["S-ORG"], MISSING, MISSING]


def test_sets_of_one_source_share_a_labelling_rule() -> None:
    rules = rules_of(TrainingRecipe(own="mine.jsonl.gz"))
    assert rules[0] == "common"
    assert rules.count("ewt") == 1
    assert "ewt.dev" not in rules
    assert rules[-1] == "own"
