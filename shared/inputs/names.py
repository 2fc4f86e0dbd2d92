"""What the name of an input says: whether it is an address, and by its ending what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePath

from copydesk.shared.inputs.items import Form
from copydesk.shared.unpacking import STDIN

SUFFIXES: dict[str, Form] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".xml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv",
    ".rss": "feed", ".atom": "feed", ".eml": "mail", ".mht": "mail", ".mhtml": "mail", ".warc": "warc", ".wet": "warc",
    ".parquet": "parquet", ".arrow": "arrow", ".feather": "arrow", ".zip": "zip", ".tar": "tar", ".tgz": "tar", ".tbz2": "tar", ".txz": "tar",
}  # fmt: skip
PACKED = (".gz", ".bz2", ".xz", ".zst")
STORES = "pip install 'copydesk[s3]', or the package of fsspec that the address needs"
ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://\S+", re.IGNORECASE)


def scheme_of(given: str) -> str | None:
    """`s3` of `s3://bucket/a.gz`; None for a path."""
    found = ADDRESS.fullmatch(given)
    return found["scheme"].lower() if found else None


def is_address(given: str) -> bool:
    """Whether it is to be fetched from the web."""
    return scheme_of(given) in ("http", "https")


def form_of(path: Path) -> Form | None:
    """What the ending of a name says, also with .gz or the like behind it; None for an ending that is not known."""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() not in PACKED]
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


def is_hidden(path: PurePath) -> bool:
    """Whether a path within a folder or an archive is none of its user's files: `.git/x`, `__MACOSX/a.txt`."""
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def total_bytes(files: Iterable[str]) -> int | None:
    """Bytes on disk of all files, for a progress bar; None when standard input or something elsewhere is among them."""
    names = list(files)
    return sum(Path(name).stat().st_size for name in names) if all(is_file(name) for name in names) else None


def is_file(name: str) -> bool:
    """Whether it is on a disk here, and stays as it is."""
    return name != STDIN and (scheme_of(name) is None or Path(name).exists())
