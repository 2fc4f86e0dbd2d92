"""Which files the inputs stand for, and what the ending of a name says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from glob import glob
from pathlib import Path

from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs.items import Form
from copydesk.shared.unpacking import STDIN

SUFFIXES: dict[str, Form] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".xml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv",
    ".rss": "feed", ".atom": "feed", ".eml": "mail", ".mht": "mail", ".mhtml": "mail", ".warc": "warc", ".wet": "warc",
    ".parquet": "parquet", ".arrow": "arrow", ".feather": "arrow", ".zip": "zip", ".tar": "tar", ".tgz": "tar", ".tbz2": "tar", ".txz": "tar",
}  # fmt: skip
PACKED = (".gz", ".bz2", ".xz", ".zst")
ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://\S+", re.IGNORECASE)


def expand(inputs: Iterable[str]) -> list[str]:
    """The files that the inputs stand for; folders give theirs with a known ending, sorted by path.

    A name with `*`, `?` or `[` that is none stands for the files that it matches, `**` for any depth of folders.

    Raises CopydeskError for an input that does not exist or matches nothing, an address, and a folder that holds nothing to read.
    """
    return [file for given in inputs for file in ([given] if given == STDIN else _files(given))]


def _files(given: str) -> list[str]:
    path = Path(given)
    if not path.exists():
        if matched := sorted(name for name in glob(given, recursive=True) if Path(name).is_file()):  # noqa: PTH207 - Path.glob takes no absolute pattern
            return matched
        raise unfetched(given) or CopydeskError(f"{path}: no such file or folder", "check the path")
    if not path.is_dir():
        return [str(path)]
    found = sorted(file for file in path.rglob("*") if file.is_file() and form_of(file) is not None)
    if not found:
        raise CopydeskError(f"{path}: nothing to read", f"it needs files that end in {', '.join(SUFFIXES)}, or these with {' or '.join(PACKED)}")
    return [str(file) for file in found]


def unfetched(given: str) -> CopydeskError | None:
    """What to say of an address, which is not fetched here; None for what is none."""
    found = ADDRESS.fullmatch(given)
    if found is None:
        return None
    if found["scheme"].lower() in ("http", "https"):
        return CopydeskError(f"{given} is an address, and nothing is fetched here", f"fetch it first: curl -sSL -o page.html '{given}'")
    return CopydeskError(f"{given} is an address, and nothing is fetched here", "copy it into a file and name that")


def form_of(path: Path) -> Form | None:
    """What the ending of a name says, also with .gz or the like behind it; None for an ending that is not known."""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() not in PACKED]
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


def total_bytes(files: Iterable[str]) -> int | None:
    """Bytes on disk of all files, for a progress bar; None when standard input is among them."""
    names = list(files)
    return None if STDIN in names else sum(Path(name).stat().st_size for name in names)
