"""Models by name: "accurate" and "fast" come with the project; any other name is an installed spaCy package or its folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.util import get_model_meta, get_package_path, is_package

from services.tagger.model.component import FACTORY
from services.tagger.model.files import META, NETWORK, folder_of, read_meta
from services.tagger.model.labels_of_packages import ours
from shared.errors import CopydeskError

NEEDED = frozenset({"tok2vec", "transformer", "curated_transformer", "ner", "beam_ner", "entity_ruler", "span_ruler"})


@dataclass(frozen=True, slots=True)
class Model:
    """A pipeline that sets `doc.ents`; `label` maps its labels to the project's (None: left out)."""

    nlp: Language
    name: str
    version: str
    label: Callable[[str], str | None]


def load_model(name: str, threads: int = 1) -> Model:
    """The model of that name, without network. Raises CopydeskError where it is not there or cannot be read."""
    folder = folder_of(name)
    if (folder / NETWORK).exists():
        return _own(name, folder, threads)
    if (folder / META).exists():
        return _spacy(name, folder)
    if is_package(name):
        return _spacy(name, get_package_path(name) / _folder_in_package(name))
    raise CopydeskError(
        f"no model {name!r} is installed",
        'choose "accurate" or "fast", or install the spaCy package of that name (COPYDESK_TAGGER_MODEL, COPYDESK_TAGGER_LANGUAGES)',
    )


def _own(name: str, folder: Path, threads: int) -> Model:
    meta = read_meta(folder)
    nlp = spacy.blank(meta["language"])
    nlp.add_pipe(FACTORY, config={"model": str(folder), "threads": threads})
    return Model(nlp, meta["name"], meta["version"], ours)


def _folder_in_package(name: str) -> str:
    """A package holds its data in a folder that bears language, name and version."""
    meta = get_model_meta(get_package_path(name))
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _spacy(name: str, folder: Path) -> Model:
    """A trained spaCy pipeline, of its components only what finds entities."""
    try:
        meta = get_model_meta(folder)
        nlp = spacy.load(folder, exclude=[pipe for pipe in meta["pipeline"] if pipe not in NEEDED])
    except (OSError, ValueError, ImportError) as error:
        raise CopydeskError(f"the model {name!r} cannot be loaded: {error}", "install the package again, in a version for this spaCy") from error
    if not any(pipe in ("ner", "beam_ner", "entity_ruler", "span_ruler") for pipe in nlp.pipe_names):
        raise CopydeskError(f"the model {name!r} has no component that finds entities", "choose a package with a component ner")
    return Model(nlp, meta["name"] if name == "fast" else name, meta["version"], ours)
