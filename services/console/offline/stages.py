"""The stages by the names that the command line gives them, each made by its service's public entry point."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from copydesk.shared.computing import Computing, InThisProcess
from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import load
from copydesk.shared.topics import INDEX
from copydesk.shared.topology import STAGES, ServiceSpec
from copydesk.shared.workers.pool import StagePool


def _begun(service: ServiceSpec, workers: int) -> Computing:
    """The stage in workers; the one that asks an index in this process, with its index."""
    settings = load(service.settings())
    if _loads_here(service.stage or ""):
        return InThisProcess(importlib.import_module(f"{service.module}.stage").create(settings))
    return StagePool.of(f"{service.module}.stage:create", settings, workers)


FACTORIES: dict[str, Callable[[int], Computing]] = {name: partial(_begun, service) for name, service in STAGES.items()}
ORDER = tuple(FACTORIES)


def parse_stages(text: str) -> list[str]:
    """Names of stages from "clean,dedup,tag". Raises CopydeskError for an unknown name and for a wrong order."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    remedy = f"name one or more of {','.join(ORDER)}, in this order"
    unknown = [name for name in names if name not in FACTORIES]
    if unknown or not names:
        raise CopydeskError(f"there is no stage {unknown[0]}" if unknown else "no stage is named", remedy)
    if names != [name for name in ORDER if name in names]:
        raise CopydeskError(f"the stages {text} are out of order", remedy)
    return names


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@contextmanager
def opened_stages(names: Sequence[str], workers: int = 1) -> Iterator[list[Computing]]:
    """The stages, loaded beside each other and ready, in so many processes each; closed at the end. Raises what loading one raises."""
    begun: dict[str, Computing] = {}
    try:
        for name in sorted(names, key=_loads_here):  # the others load meanwhile
            begun[name] = FACTORIES[name](workers)
        opened = [begun[name].open() for name in names]
        yield opened
    finally:
        for stage in begun.values():
            stage.close()


def _loads_here(name: str) -> bool:
    """Whether the stage is loaded in this process, not in one of its own."""
    return INDEX in STAGES[name].writes
