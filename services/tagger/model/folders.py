"""Where the models of the project lie, and what is in their folders."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from copydesk.shared.errors import CopydeskError

NETWORK, TOKENIZER, META = "network.onnx", "tokenizer.json", "meta.json"
MODELS = Path(__file__).resolve().parent.parent / "models"


def folder_of(model: str) -> Path:
    """The folder of a model of the project, or the folder that is given as a path."""
    return Path(model) if "/" in model else MODELS / model


def require_model(name: str) -> None:
    """Whether `load_model` will find it, without loading anything. Raises CopydeskError where it will not."""
    folder = folder_of(name)
    if not ((folder / NETWORK).exists() or (folder / META).exists() or package_folder(name)):
        raise CopydeskError(
            f"no model {name!r} is installed",
            'choose "accurate" or "fast", or install the spaCy package of that name (COPYDESK_TAGGER_MODEL, COPYDESK_TAGGER_LANGUAGES)',
        )


def package_folder(name: str) -> Path | None:
    """The folder within an installed spaCy package that bears meta.json. The module is looked up, not run; pip may know it under another
    name (a mirror of en_core_web_sm)."""
    module = find_spec(name) if name.isidentifier() else None
    places = map(Path, (module and module.submodule_search_locations) or ())
    return next((place for place in places if (place / META).exists()), None)


def read_meta(folder: Path) -> dict[str, Any]:
    """What meta.json says of a model. Raises CopydeskError where it is missing or no JSON."""
    try:
        meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CopydeskError(f"the model {folder.name} cannot be read: {error}", f"restore {folder / META} or train the model anew") from error
    return meta
