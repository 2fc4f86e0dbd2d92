"""The stages by the names that the command line gives them, each made by its service's public entry point."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import load
from copydesk.shared.stage import Stage


def _clean() -> Stage:
    from copydesk.services.cleaner.settings import CleanerSettings
    from copydesk.services.cleaner.stage import create

    return create(load(CleanerSettings))


def _dedup() -> Stage:
    from copydesk.services.deduplicator.settings import DeduplicatorSettings
    from copydesk.services.deduplicator.stage import create

    return create(load(DeduplicatorSettings))


def _tag() -> Stage:
    from copydesk.services.tagger.settings import TaggerSettings
    from copydesk.services.tagger.stage import create

    return create(load(TaggerSettings))


FACTORIES: dict[str, Callable[[], Stage]] = {"clean": _clean, "dedup": _dedup, "tag": _tag}
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
