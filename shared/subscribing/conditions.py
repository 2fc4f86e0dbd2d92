"""Conditions on any field of a record, as a person types them: language=de, versions.cleaner!=3.1, url~/sport/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.shared.errors import CopydeskError

FORM = re.compile(r"([^=!~\s]+)\s*(!=|=|~)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """`=`: one of the values that stand at the path is this text; `!=`: none is; `~`: one has it in it, in any case of letters.

    A path goes through objects by names with dots between them, and through lists by itself: entities.type=ORG. With an empty text
    `=` asks for what is absent, `!=` for what is there.
    """

    path: tuple[str, ...]
    sign: str
    text: str

    def admits(self, record: Mapping[str, Any]) -> bool:
        found = list(_texts(record, self.path))
        if self.sign == "~":
            return any(self.text.casefold() in one.casefold() for one in found)
        is_so = self.text in found if self.text else not any(found)
        return is_so == (self.sign == "=")


def condition(text: str) -> Condition:
    """Raises CopydeskError for what is none."""
    parts = FORM.fullmatch(text.strip())
    if parts is None or not all(parts[1].split(".")):
        raise CopydeskError(f"{text!r} is no condition", "say FIELD=TEXT, FIELD!=TEXT or FIELD~PART, as language=de or versions.cleaner!=3.1")
    return Condition(tuple(parts[1].split(".")), parts[2], parts[3])


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    """The values at the path as texts: numbers as JSON writes them, true and false so."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one, path)
    elif isinstance(value, Mapping):
        if path and path[0] in value:
            yield from _texts(value[path[0]], path[1:])
        elif not path and value:
            yield "{…}"  # is there, and no text is equal to it
    elif value is not None and not path:
        yield str(value).lower() if isinstance(value, bool) else str(value)
