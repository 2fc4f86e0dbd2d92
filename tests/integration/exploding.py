"""A service that dies at once, without a word, over one kind of record: nothing that it does itself can save it.

While there is a file `broken` in its home, its code is broken: it can write nothing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.sinks import SinkHandler
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import ENRICHED, Topic

POISON = b"poison"


class Exploding:
    """Writes what it gets into a file, a line each."""

    name = "exploding"
    sources: tuple[Topic, ...] = (ENRICHED,)

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> None:
        return

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        self.check()
        if any(record.value == POISON for record in records):
            os._exit(9)
        with self._path.open("ab") as file:
            file.writelines(record.value + b"\n" for record in records)
        return [None] * len(records)

    def check(self) -> None:
        if self._path.with_name("broken").exists():
            raise KeyError("broken")

    def close(self) -> None:
        return


def make(service: Service, settings: ServiceSettings) -> SinkHandler:
    return SinkHandler(Exploding(settings.home / "written"), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("exploding", ServiceSettings, make, __doc__ or "")
