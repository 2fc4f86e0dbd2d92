"""Copydesk: a newsroom's copy desk, from Python.

    import copydesk
    from pathlib import Path

    desk = copydesk.Desk()                              # clean, find copies, tag: in this process, without Kafka
    for article in desk.enrich(Path("seeds")):          # lazily; texts, paths, raw records, rows of a DataFrame
        print(article.title, [entity["canonical"] for entity in article.entities])

    tables = copydesk.frames(desk.enrich(Path("seeds")))    # pandas tables: articles, entities, mentions, quotes, copies

    copydesk.publish(Path("seeds"))                     # onto Kafka
    for article in copydesk.subscribe(since="1h"):      # and off it: also `async for`
        ...

docs/python.md tells the rest. `services` and `shared` are links to the folders of that name at the top of the repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.article import Article
    from copydesk.desk import Desk
    from copydesk.given import Address, Refusal
    from copydesk.shared.errors import CopydeskError
    from copydesk.streams import fetched, publish, subscribe
    from copydesk.tables import frames

    __version__: str

__all__ = ["Address", "Article", "CopydeskError", "Desk", "Refusal", "__version__", "fetched", "frames", "publish", "subscribe"]

_PLACES = {
    "Address": "given",
    "Article": "article",
    "CopydeskError": "shared.errors",
    "Desk": "desk",
    "Refusal": "given",
    "fetched": "streams",
    "frames": "tables",
    "publish": "streams",
    "subscribe": "streams",
}


def __getattr__(name: str) -> Any:
    """Names of the face are imported when they are first used: every service imports this package as well."""
    from importlib import import_module

    if name == "__version__":
        return import_module("copydesk.shared.release").VERSION
    if name not in _PLACES:
        raise AttributeError(f"module 'copydesk' has no attribute {name!r}")
    return getattr(import_module(f"copydesk.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
