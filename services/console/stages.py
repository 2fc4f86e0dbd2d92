"""The stages by the names that the command line gives them, each made by its service's public entry point."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import partial

from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import load
from copydesk.shared.stage import Stage
from copydesk.shared.topology import STAGES, ServiceSpec


def _create(service: ServiceSpec) -> Stage:
    made: Stage = importlib.import_module(f"{service.module}.stage").create(load(service.settings()))
    return made


FACTORIES: dict[str, Callable[[], Stage]] = {name: partial(_create, service) for name, service in STAGES.items()}
ORDER = tuple(FACTORIES)


def parse(text: str) -> list[str]:
    """Names of stages from "clean,dedup,tag". Raises CopydeskError for an unknown name and for a wrong order."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    remedy = f"name one or more of {','.join(ORDER)}, in this order"
    unknown = [name for name in names if name not in FACTORIES]
    if unknown or not names:
        raise CopydeskError(f"there is no stage {unknown[0]}" if unknown else "no stage is named", remedy)
    if names != [name for name in ORDER if name in names]:
        raise CopydeskError(f"the stages {text} are out of order", remedy)
    return names


def create(names: Sequence[str]) -> list[Stage]:
    """The stages, ready to process: models are loaded here."""
    return [FACTORIES[name]() for name in names]
