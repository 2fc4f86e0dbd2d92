"""Where a user's own gazetteer files are."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import AliasChoices, Field

from copydesk.shared.settings import Settings


class GazetteerSettings(Settings):
    """Part of the tagger's settings."""

    gazetteer: str = Field(
        "",
        validation_alias=AliasChoices("COPYDESK_GAZETTEER", "GAZETTEER"),
        description="Gazetteer files (JSON Lines), separated by commas or the system's path separator; read again when they change.",
    )

    @property
    def gazetteer_paths(self) -> tuple[Path, ...]:
        parts = self.gazetteer.replace(os.pathsep, ",").split(",")
        return tuple(Path(part.strip()) for part in parts if part.strip())
