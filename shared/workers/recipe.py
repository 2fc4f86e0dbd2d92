"""How a worker makes its stage: by a function that it can import, from settings without secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from pydantic import SecretStr

from copydesk.shared.settings import Settings, load
from copydesk.shared.stage import Stage


@dataclass(frozen=True, slots=True)
class StageRecipe:
    """`factory` is "module:function"; it is called with the settings and returns the stage."""

    factory: str
    settings: Settings

    def dump(self) -> dict[str, Any]:
        """As JSON. Passwords stay here: a worker talks to nobody."""
        given = self.settings.model_dump(mode="json", exclude={name for name, value in self.settings if isinstance(value, SecretStr)})
        kind = type(self.settings)
        return {"factory": self.factory, "settings_type": f"{kind.__module__}:{kind.__qualname__}", "settings": given}


def imported(dumped: dict[str, Any]) -> Callable[[], Stage]:
    """What makes the stage of a dumped recipe, its modules imported. The call raises what its factory raises."""
    settings = load(_attribute(dumped["settings_type"]), **dumped["settings"])
    return partial(_attribute(dumped["factory"]), settings)


def _attribute(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
