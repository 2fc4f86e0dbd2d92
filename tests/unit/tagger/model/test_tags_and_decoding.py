from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.services.tagger.model.decode import best_tags, word_spans
from copydesk.services.tagger.model.labels import END, START, TAG_IDS, TAGS, TRANSITIONS, tags_of_spans


def allowed(path: tuple[int, ...]) -> bool:
    if START[path[0]] or END[path[-1]]:
        return False
    return not any(TRANSITIONS[a, b] for a, b in pairwise(path))


def test_transitions_close_an_entity_before_another_one_opens() -> None:
    assert allowed(tuple(TAG_IDS[t] for t in ("B-ORG", "I-ORG", "E-ORG", "S-LOC", "O")))
    assert not allowed(tuple(TAG_IDS[t] for t in ("B-ORG", "E-LOC")))
    assert not allowed((TAG_IDS["B-ORG"], TAG_IDS["O"]))
    assert not allowed((TAG_IDS["I-ORG"],))
    assert not allowed((TAG_IDS["B-ORG"],))


def test_decoding_finds_the_best_allowed_path() -> None:
    """Compared with trying all paths, over the tags of two types."""
    rng = np.random.default_rng(3)
    few = [n for n, tag in enumerate(TAGS) if tag == "O" or tag[2:] in ("PERSON", "ORG")]
    for _ in range(15):
        scores = np.full((3, len(TAGS)), -50, np.float32)
        scores[:, few] = rng.normal(size=(3, len(few)))
        log_probabilities = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        paths = [path for path in product(few, repeat=3) if allowed(path)]
        best = max(paths, key=lambda path: sum(log_probabilities[i, tag] for i, tag in enumerate(path)))
        assert best_tags(scores) == list(best)


def test_no_words_no_tags() -> None:
    assert best_tags(np.zeros((0, len(TAGS)), np.float32)) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from(["PERSON", "ORG", "DATE"])), max_size=8))
def test_spans_survive_tagging(pieces: list[tuple[int, int, str]]) -> None:
    spans, at = [], 0
    for gap, length, label in pieces:
        spans.append((at + gap, at + gap + length, label))
        at += gap + length
    assert word_spans([TAG_IDS[tag] for tag in tags_of_spans(at + 1, spans)]) == spans
