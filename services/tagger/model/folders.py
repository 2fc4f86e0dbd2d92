"""Where the models of the project lie, and what is in their folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from copydesk.shared.errors import CopydeskError

NETWORK, TOKENIZER, META = "network.onnx", "tokenizer.json", "meta.json"
MODELS = Path(__file__).resolve().parent.parent / "models"


def folder_of(model: str) -> Path:
    """The folder of a model of the project, or the folder that is given as a path."""
    return Path(model) if "/" in model else MODELS / model


def read_meta(folder: Path) -> dict[str, Any]:
    """What meta.json says of a model. Raises CopydeskError where it is missing or no JSON."""
    try:
        meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CopydeskError(f"the model {folder.name} cannot be read: {error}", f"restore {folder / META} or train the model anew") from error
    return meta
