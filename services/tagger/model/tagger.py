"""A model and its cache: bodies in, spans out. Paragraph by paragraph, so that no result depends on what else is tagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.services.tagger.model.cache import CachedSpans, ParagraphCache
from copydesk.services.tagger.model.load import Model
from copydesk.services.tagger.model.units import paragraphs
from copydesk.services.tagger.spans import RawSpan


class Tagger:
    """Finds entities with one model. Not for several threads at once: the stage has one worker."""

    def __init__(self, model: Model, cache: ParagraphCache) -> None:
        self.model = model
        self._cache = cache

    def spans(self, bodies: Sequence[str]) -> list[list[RawSpan]]:
        """For each body its spans, sorted, in characters of that body. Each new paragraph goes through the model once."""
        places = [list(paragraphs(body)) for body in bodies]
        found = self._tag({body[start:end] for body, cut in zip(bodies, places, strict=True) for start, end in cut})
        return [
            [RawSpan(start + span.start, start + span.end, span.label) for start, end in cut for span in found[body[start:end]]]
            for body, cut in zip(bodies, places, strict=True)
        ]

    def _tag(self, texts: set[str]) -> dict[str, CachedSpans]:
        keys = {text: self._cache.key(text, f"{self.model.name} {self.model.version}") for text in texts}
        held = {text: self._cache.get(key) for text, key in keys.items()}
        found = {text: spans for text, spans in held.items() if spans is not None}
        for text, spans in self._run([text for text, spans in held.items() if spans is None]):
            self._cache.put(keys[text], spans)
            found[text] = spans
        return found

    def _run(self, texts: Sequence[str]) -> Iterator[tuple[str, CachedSpans]]:
        """One text a call (batch size 1). The memory zone frees what spaCy's vocabulary learned of these texts."""
        nlp = self.model.nlp
        with nlp.memory_zone():
            for text, doc in zip(texts, nlp.pipe(texts, batch_size=1), strict=True):
                labels = [(entity, self.model.label(entity.label_)) for entity in doc.ents]
                yield text, tuple(RawSpan(e.start_char, e.end_char, label) for e, label in labels if label is not None)
        self.model.pipeline.read(sum(map(len, texts)))
