"""Text that others wrote, on a terminal: nothing in it moves the cursor, changes colours, turns lines around or is read as markup.

Whatever prints goes through here: `printable` for a text, `printable_record` for all texts of a record, and rich's console by
`copydesk.services.console.printing.terminal`.
One character takes the place of one, so that offsets into a text stay right.
"""

from __future__ import annotations

import re
import sys
from typing import Any

LINE_ENDS = re.compile(r"\r(?=\n)|[\x0b\x0c\x85\u2028\u2029]")
BIDI = "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides, isolates; the marks U+200E and U+200F turn nothing and stay
UNSAFE = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{BIDI}\ud800-\udfff]")
SHOWN = "\ufffd"


def printable(text: str) -> str:
    """The text with each character that a terminal obeys replaced by one that it shows; line feeds and tabs stay.

    `"\\x1b[31mred"` → `"␛[31mred"`; a carriage return before a line feed, and every other end of a line, becomes a space.
    """
    return UNSAFE.sub(_shown, LINE_ENDS.sub(" ", text)) if UNSAFE.search(text) else text


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)  # its picture
    return "\u2421" if code == 0x7F else SHOWN


def printable_record(value: Any) -> Any:
    """A JSON value whose texts, names of fields among them, are all printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {printable(str(name)): printable_record(each) for name, each in value.items()}
    return [printable_record(each) for each in value] if isinstance(value, list | tuple) else value


def json_line(value: bytes) -> bytes:
    """JSON text as it is for a program; for a person's terminal with what `printable` would replace as JSON's own escapes."""
    if not sys.stdout.isatty():
        return value
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", value.decode("utf-8", "replace")).encode()
