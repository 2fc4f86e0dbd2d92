"""The accurate model as a spaCy component: `nlp.add_pipe("copydesk_ner")` sets `doc.ents`.

A Doc may hold several paragraphs; context never crosses from one to the next, and the result is that of each paragraph alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from copydesk.services.tagger.model.folders import folder_of
from copydesk.services.tagger.model.network import QuantisedNetwork

FACTORY = "copydesk_ner"


class NerComponent:
    """Sets the entities of a Doc by the network. Holds nothing of the Docs it has seen."""

    def __init__(self, network: QuantisedNetwork) -> None:
        self._network = network

    def __call__(self, doc: Doc) -> Doc:
        found: list[Span] = []
        for positions in _paragraphs(doc):
            words = [doc[position].text for position in positions]
            for start, end, label in self._network.entities(words):
                found.append(Span(doc, positions[start], positions[end - 1] + 1, label=label))
        doc.set_ents(found)
        return doc


def _paragraphs(doc: Doc) -> Iterator[list[int]]:
    """Token positions of each paragraph, without white space tokens; a token with a blank line in it parts paragraphs."""
    positions: list[int] = []
    for token in doc:
        if not token.is_space:
            positions.append(token.i)
        elif "\n\n" in token.text and positions:
            yield positions
            positions = []
    if positions:
        yield positions


@Language.factory(FACTORY, default_config={"model": "accurate", "threads": 1}, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def create_ner(nlp: Language, name: str, model: str, threads: int) -> NerComponent:
    """`model`: "accurate", or the path of a folder that `copydesk.services.tagger.training.export` wrote."""
    return NerComponent(_network(model, threads))


@cache
def _network(model: str, threads: int) -> QuantisedNetwork:
    """Read once for a process: pipelines are made anew (`Renewed`), and share it."""
    return QuantisedNetwork(folder_of(model), threads)
