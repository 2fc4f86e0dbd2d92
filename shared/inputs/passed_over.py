"""What a folder or an archive has beside articles: files whose ending is not known are read where their first bytes say what they are. The others
are passed over, and told of: `news/report.pdf is passed over: it is a PDF document: take its text out first: …`.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

from copydesk.shared.inputs.form import certain
from copydesk.shared.inputs.items import BROKEN, UNSUPPORTED, Tell
from copydesk.shared.inputs.names import form_of
from copydesk.shared.inputs.opening import opened
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import PIECE, Bounds, BrokenFileError

COPIES = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp", ".bak", ".old", ".orig", ".swp", "~")
COPY = Rejected(UNSUPPORTED, "its name is that of a copy that is not finished, or kept beside a file: rename it, or name it by itself")
UNKNOWN = Rejected(UNSUPPORTED, "neither its name nor its first bytes say what it is: name it by itself or in a pattern (`news/*`) if it is a text")


class PassedOver:
    """What is passed over of one folder or archive: a line for each reason, with one of the files and how many more there are. `read`: how many
    are not, as whoever reads them counts."""

    def __init__(self, place: str) -> None:
        self.read = 0
        self._place = place
        self._by_reason: dict[str, list[str]] = {}

    def note(self, name: str, why: Rejected) -> None:
        self._by_reason.setdefault(why.detail, []).append(name)

    def tell(self, tell: Tell) -> None:
        for reason, names in self._by_reason.items():
            first, more = names[0], len(names) - 1
            tell(f"{first} is passed over: {reason}" if not more else f"{first} and {more:,} more in {self._place} are passed over: {reason}")


def why_not_read(name: str) -> Rejected | None:
    """Why a file that lies in a folder is passed over; None for one that is read."""
    if form_of(Path(name)) is not None:
        return None
    if name.endswith(COPIES):
        return COPY
    try:
        with opened(name, Bounds()) as source:
            return why_not_taken(source.stream)
    except BrokenFileError as error:
        return Rejected(BROKEN, str(error))


def why_not_taken(stream: IO[bytes]) -> Rejected | None:
    """The same of a stream whose name says nothing; it stands at its beginning, and keeps it."""
    found = certain(stream.peek(PIECE)[:PIECE])  # type: ignore[attr-defined]
    return found if isinstance(found, Rejected) else UNKNOWN if found is None else None
