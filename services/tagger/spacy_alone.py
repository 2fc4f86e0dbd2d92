"""spaCy without its command line, which `import spacy` loads besides: half of the modules, and a third of the time, of its start.

What asks for the command line all the same gets the real one (spaCy 3.8 imports of it `spacy.cli.info` alone).
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

NAMES = ("spacy.cli", "spacy.cli.info")


class ImportedOnUse(ModuleType):
    """Stands for a module until one of its attributes is asked for, or a module within it."""

    def __getattr__(self, name: str) -> Any:
        if name == "info":
            return _info
        if name.startswith("__") and (self.__name__, name) != (NAMES[0], "__path__"):
            raise AttributeError(name)  # the import system's own questions
        return getattr(_real(self.__name__), name)


def without_command_line() -> None:
    """Call it before the first import of spaCy; later it changes nothing."""
    if "spacy" not in sys.modules:
        sys.modules.update({name: ImportedOnUse(name) for name in NAMES})


def _real(name: str) -> ModuleType:
    for one in NAMES:
        if isinstance(sys.modules.get(one), ImportedOnUse):
            del sys.modules[one]
    return import_module(name)


def _info(*args: Any, **given: Any) -> Any:
    """`spacy.info`"""
    return _real("spacy.cli.info").info(*args, **given)
