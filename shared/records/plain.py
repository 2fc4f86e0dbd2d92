"""Records as plain JSON objects, where no model is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]  # read, and not changed
JsonObject = dict[str, Any]  # one's own, to change and to hand on

NodeKey = tuple[str, str]  # article_id, revision
