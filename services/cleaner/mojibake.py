"""Text that was decoded wrongly, all of it or in part, before it came here: mended where nothing is lost by it, before it is judged.

Three steps, each only where the one before left something: lines that are UTF-8 read as another charset, which is certain, since other text is
hardly ever valid UTF-8; lines that ftfy finds bad and can mend; a page read in a wrong charset of one byte, by which reading makes a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import ftfy.bad_codecs  # noqa: F401 - registers the sloppy codecs
from ftfy import fix_encoding
from ftfy.badness import is_bad

from copydesk.services.cleaner.plausible import plausibility

ONE_BYTE = (
    *("sloppy-windows-1252", "latin-1", "sloppy-windows-1251", "koi8-r", "koi8-u", "cp866", "sloppy-windows-1250", "iso8859-2", "mac-roman", "cp437"),
    *("sloppy-windows-1254", "sloppy-windows-1253", "mac-cyrillic", "iso8859-5", "iso8859-15"),
)
TWO_BYTES = ("cp932", "gb18030", "cp949", "big5")
MEANT = (
    *("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "cp1250", "iso8859-2", "cp1252", "cp1254", "cp1257", "cp1253", "cp1255", "cp1256"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
)
BEYOND = re.compile(r"[^\x00-\x7f]+")
SUSPECT = re.compile(r"[^\x00-\x7f](?:[^\x00-\x7f]|(?<=[\x80-\x9f])|(?<=[a-z][\u4e00-\u9fff]))")  # stands in UTF-8 read as another charset
WORD = re.compile(r"[А-ЯЁЂ-ЏҐΑ-Ω]?[а-яёђ-џґά-ώ]+|[ぁ-ヶー]+")  # may be UTF-8 by chance: "способ" in cp866, "こうずい" in big5
NEXT_LINE = "\x85"  # ends lines, where it is no byte of a character
TIMES = 3  # that text may have been decoded wrongly, one after the other
LEAST_SEQUENCES, LEAST_OF_TWO = (
    2,
    4,
)  # characters beyond ASCII that have to come out of a charset of one byte, where ftfy does not find the line bad; of two
FOREIGN, SAMPLE = 0.02, 4_000  # share of characters beyond ASCII from which a page may be in a wrong charset; characters looked at
IMPLAUSIBLE, PLAUSIBLE, BETTER = 1.75, 1.8, 0.3  # of the page as it is; of the page as it is meant; by how much
WRONG = 7  # charsets of one byte in which pages are read wrongly


@dataclass(frozen=True, slots=True)
class Mended:
    """A text as it was meant, and how it was misread: "utf-8 read as windows-1251"; None where nothing was wrong."""

    text: str
    how: str | None = None


def mend(text: str) -> Mended:
    """A decoded page, with what was decoded wrongly mended line by line, or as a whole."""
    if text.isascii():
        return Mended(text)
    lines = text.split("\n")
    suspect = [not line.isascii() and SUSPECT.search(line.replace(NEXT_LINE, "\n")) is not None for line in lines]
    if not any(_as_utf8(line) for line, suspected in zip(lines, suspect, strict=True) if suspected) and (whole := _whole(text)):
        return whole
    found = [_line(line) if suspected else Mended(line) for line, suspected in zip(lines, suspect, strict=True)]
    return Mended("\n".join(line.text for line in found), next((line.how for line in found if line.how), None))


def _line(line: str) -> Mended:
    """A line of UTF-8 that was read as something else, once or more often."""
    how = None
    for _ in range(TIMES):
        step = _as_utf8(line) or _by_ftfy(line) or _in_part(line)
        if step is None:
            break
        line, how = step.text, how or step.how
    return Mended(line, how)


def _as_utf8(line: str, wrong: tuple[str, ...] = (*ONE_BYTE, *TWO_BYTES)) -> Mended | None:
    """The line whose bytes in a wrong charset are UTF-8; the most plausible one, where several charsets have its characters at other places."""
    found: dict[str, str] = {}
    if all(map(WORD.fullmatch, BEYOND.findall(line))):
        return None
    for name in wrong:
        try:
            meant = line.encode(name).decode("utf-8")
        except UnicodeError:
            continue
        beyond = len(meant) - sum(map(str.isascii, meant))
        least = LEAST_OF_TWO if name in TWO_BYTES else LEAST_SEQUENCES
        if meant != line and (name in TWO_BYTES or len(meant) < len(line)) and (beyond >= least or is_bad(line)):
            found.setdefault(meant, name)
    best = max(found, key=plausibility) if len(found) > 1 else next(iter(found), None)
    return None if best is None else Mended(best, f"utf-8 read as {found[best].removeprefix('sloppy-')}")


def _by_ftfy(line: str) -> Mended | None:
    if not is_bad(line.replace(NEXT_LINE, "\n")) or (meant := fix_encoding(line)) == line:
        return None
    return Mended(meant, "utf-8 read as another charset")


def _in_part(line: str) -> Mended | None:
    """Words within a line: runs of characters beyond ASCII that are UTF-8 read as a charset of one byte."""
    hows: list[str] = []

    def mended(match: re.Match[str]) -> str:
        found = _as_utf8(match[0], ONE_BYTE) if len(match[0]) >= 2 * LEAST_SEQUENCES else None
        if found is None or found.how is None:
            return match[0]
        hows.append(found.how)
        return found.text

    meant = BEYOND.sub(mended, line)
    return Mended(meant, hows[0]) if hows else None


def _whole(text: str) -> Mended | None:
    """A page in another charset of one or two bytes than it was read in, such as Russian that reads "Ñòàðûé ìîñò"."""
    sample = text[:SAMPLE]
    beyond = sum(map(len, BEYOND.findall(sample)))
    if beyond < FOREIGN * len(sample) or (now := plausibility(sample)) >= IMPLAUSIBLE:
        return None
    readings: list[tuple[float, str, str]] = []
    for wrong in ONE_BYTE[:WRONG]:
        try:
            data = sample.encode(wrong)
        except UnicodeError:
            continue
        readings += ((plausibility(data.decode(name, "replace")), wrong, name) for name in MEANT)
    most = max((score for score, _, _ in readings), default=0.0)
    if most < max(PLAUSIBLE, now + BETTER):
        return None
    _, wrong, name = next(reading for reading in readings if reading[0] == most)
    try:
        return Mended(text.encode(wrong).decode(name), f"{name} read as {wrong.removeprefix('sloppy-')}")
    except UnicodeError:
        return None
