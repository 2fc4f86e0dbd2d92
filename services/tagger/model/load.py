"""Models by name: "accurate" and "fast" come with the project; any other name is an installed spaCy package or its folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.util import get_model_meta
from thinc.api import NumpyOps
from threadpoolctl import threadpool_limits

from copydesk.services.tagger.model.component import FACTORY
from copydesk.services.tagger.model.folders import META, NETWORK, folder_of, package_folder, read_meta, require_model
from copydesk.services.tagger.model.labels_of_packages import ours
from copydesk.services.tagger.renewed import Renewed
from copydesk.services.tagger.tokenizer import linear
from copydesk.shared.errors import CopydeskError

NEEDED = frozenset({"tok2vec", "transformer", "curated_transformer", "ner", "beam_ner", "entity_ruler", "span_ruler"})


@dataclass(frozen=True, slots=True)
class Model:
    """A pipeline that sets `doc.ents`; `label` maps its labels to the project's (None: left out)."""

    pipeline: Renewed[Language]
    name: str
    version: str
    label: Callable[[str], str | None]

    @property
    def nlp(self) -> Language:
        return self.pipeline.current


def load_model(name: str, threads: int = 1) -> Model:
    """The model of that name, without network. Raises CopydeskError where it is not there or cannot be read."""
    folder = folder_of(name)
    if (folder / NETWORK).exists():
        return _own(folder, threads)
    if (folder / META).exists():
        return _spacy(name, folder, folder)
    require_model(name)
    package = package_folder(name)
    assert package is not None
    meta = get_model_meta(package)
    return _spacy(name, package / f"{meta['lang']}_{meta['name']}-{meta['version']}", package)


def _own(folder: Path, threads: int) -> Model:
    meta = read_meta(folder)

    def over_new_vocabulary() -> Language:
        nlp = linear(spacy.blank(meta["language"]))
        nlp.add_pipe(FACTORY, config={"model": str(folder.resolve()), "threads": threads})
        return nlp

    return Model(Renewed(over_new_vocabulary), meta["name"], meta["version"], ours)


def _spacy(name: str, folder: Path, described: Path) -> Model:
    """A trained spaCy pipeline, of its components only what finds entities. `described`: the folder whose meta.json has the
    version; that of a package counts, since `spacy package --version` leaves the one beside the data as it was."""
    try:
        meta = get_model_meta(described)
        pipeline = Renewed(partial(_loaded, folder, meta["pipeline"]))
    except (OSError, ValueError, ImportError) as error:
        raise CopydeskError(f"the model {name!r} cannot be loaded: {error}", "install the package again, in a version for this spaCy") from error
    if not any(pipe in ("ner", "beam_ner", "entity_ruler", "span_ruler") for pipe in pipeline.current.pipe_names):
        raise CopydeskError(f"the model {name!r} has no component that finds entities", "choose a package with a component ner")
    return Model(pipeline, meta["name"] if name == "fast" else name, meta["version"], ours)


def _loaded(folder: Path, pipes: Sequence[str]) -> Language:
    nlp = linear(spacy.load(folder, exclude=[pipe for pipe in pipes if pipe not in NEEDED]))
    ops = blas()
    for _, component in nlp.pipeline:
        if isinstance(component, TrainablePipe):
            for node in component.model.walk():
                node.ops = ops
    return nlp


def blas() -> NumpyOps:
    """Matrix products by NumPy's OpenBLAS on one thread: the BLIS of spaCy's wheels is built for processors in general and
    takes three times as long where there is AVX-512."""
    threadpool_limits(1, user_api="blas")
    return NumpyOps(use_blis=False)
