"""What a caller hands over, as input records: texts, paths, raw records, rows of a table, one or many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import Item, Reading, expand, read, scheme_of
from copydesk.shared.inputs.rows import is_absent, plain

Given = Any  # str | Path | Address | Mapping | DataFrame, or an iterable of str, Path, Address and Mapping


class Address(str):
    """What is to be fetched: `desk.enrich(copydesk.Address("https://example.org/news.warc.gz"))`, or `s3://…`.

    A plain text that is an address is refused: texts come from strangers, who would say what is fetched.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that a stage refused: its name (`news.jsonl:12`, or its number), the stage, a stable reason, and words for a person."""

    name: str
    stage: str
    reason: str
    detail: str


def items(given: Given, source: str | None = None, body: bool = False) -> Iterator[Item]:
    """Input records of whatever is given, lazily. With `body`, a text is an article that is cleaned already.

    Raises CopydeskError for a path that cannot be read and for a mere address, and TypeError for what is none of text, path, mapping or table.
    """
    reading = Reading(source=source, shape="body" if body else "content")
    for number, one in enumerate(_each(given), 1):
        if isinstance(one, Path | Address):
            yield from read(expand([str(one)]), reading)
        else:
            yield Item(f"<{number}>", orjson.dumps(_record(one, reading), default=plain), 0)


def _each(given: Given) -> Iterable[Any]:
    if isinstance(given, str | Path | Mapping):
        return [given]
    if hasattr(given, "to_dict") and hasattr(given, "columns"):  # a pandas DataFrame: rows, without what is not a value
        return ({name: value for name, value in row.items() if not is_absent(value)} for row in given.to_dict(orient="records"))
    if not isinstance(given, Iterable):
        raise TypeError(f"cannot read articles from {type(given).__name__}: give texts, pathlib.Path objects, mappings or a DataFrame")
    return given


def _record(one: Any, reading: Reading) -> dict[str, Any]:
    if isinstance(one, str):
        if 0 < len(one) < 300 and "\n" not in one and Path(one).exists():
            raise CopydeskError(f"{one!r} is taken as text, and is a path", f"give pathlib.Path({one!r}) to read it")
        if scheme_of(one.strip()):
            raise CopydeskError(f"{one.strip()!r} is an address, and no text", "give copydesk.Address('…') to fetch it")
        one = {reading.shape: one}
    if not isinstance(one, Mapping):
        raise TypeError(f"cannot read an article from {type(one).__name__}: give a text, a pathlib.Path or a mapping")
    return {**one, "source": one.get("source") or reading.source} if reading.source else dict(one)
