"""Leave wordpieces out that English news never needs: unused slots, and scripts whose letters no entity here is written in."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
KEPT_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")


def pruned(tokenizer: Path) -> tuple[dict[str, Any], list[int]]:
    """The tokenizer's JSON with a smaller vocabulary, and the rows of the old embedding table that stay, in order."""
    config: dict[str, Any] = json.loads(tokenizer.read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = config["model"]["vocab"]
    rows = [(piece, row) for piece, row in sorted(vocabulary.items(), key=lambda item: item[1]) if _needed(piece)]
    config["model"]["vocab"] = {piece: number for number, (piece, _) in enumerate(rows)}
    config["added_tokens"] = [
        {**token, "id": config["model"]["vocab"][token["content"]]} for token in config["added_tokens"] if token["content"] in SPECIAL
    ]
    config["post_processor"] = config["padding"] = config["truncation"] = None
    return config, [row for _, row in rows]


def _needed(piece: str) -> bool:
    if piece in SPECIAL:
        return True
    if piece.startswith("["):
        return piece == "["
    return all(not c.isalpha() or unicodedata.name(c, "").startswith(KEPT_SCRIPTS) for c in piece.removeprefix("##"))
