"""Which files the inputs stand for, and what the ending of a name says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from glob import glob, has_magic
from importlib import import_module
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
STORES = "pip install 'copydesk[s3]', or the package of fsspec that the address needs"
ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://\S+", re.IGNORECASE)


def expand(inputs: Iterable[str]) -> list[str]:
    """The files that the inputs stand for; folders give theirs with a known ending, sorted by path.

    A name with `*`, `?` or `[` that is none stands for the files that it matches, `**` for any depth of folders. Addresses of the web
    stand for themselves, and those of stores (`s3://bucket/news/`, `s3://bucket/*.gz`) for what is there.

    Raises CopydeskError for an input that does not exist or matches nothing, and a folder that holds nothing to read.
    """
    return [file for given in inputs for file in ([given] if given == STDIN or is_address(given) else _files(given))]


def _files(given: str) -> list[str]:
    path = Path(given)
    if not path.exists():
        return _matched(given) or _stored(given)
    if not path.is_dir():
        return [str(path)]
    found = sorted(str(file) for file in path.rglob("*") if file.is_file() and form_of(file) is not None)
    if not found:
        raise CopydeskError(f"{path}: nothing to read", f"it needs files that end in {', '.join(SUFFIXES)}, or these with {' or '.join(PACKED)}")
    return found


def _matched(given: str) -> list[str]:
    return sorted(name for name in glob(given, recursive=True) if Path(name).is_file())  # noqa: PTH207 - Path.glob takes no absolute pattern


def _stored(given: str) -> list[str]:
    """What a store has under an address. Raises CopydeskError for what is none, or is not there."""
    if scheme_of(given) is None:
        raise CopydeskError(f"{given}: no such file or folder", "check the path")
    try:
        system, path = import_module("fsspec.core").url_to_fs(given)
        names = system.glob(path) if has_magic(given) else system.find(path) if given.endswith("/") or system.isdir(path) else [path]
    except ImportError as error:
        raise CopydeskError(f"{given} is in a store that is read with an extra ({error})", STORES) from error
    except Exception as error:  # each store has errors of its own
        raise CopydeskError(f"{given}: the store does not answer ({type(error).__name__}: {error})", "check its name and your credentials") from error
    found = sorted(system.unstrip_protocol(name) for name in names if len(names) == 1 or form_of(Path(name)) is not None)
    if not found:
        raise CopydeskError(f"{given}: nothing to read", "check the address")
    return found


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


def total_bytes(files: Iterable[str]) -> int | None:
    """Bytes on disk of all files, for a progress bar; None when standard input or something elsewhere is among them."""
    names = list(files)
    return sum(Path(name).stat().st_size for name in names) if all(is_file(name) for name in names) else None


def is_file(name: str) -> bool:
    """Whether it is on a disk here, and stays as it is."""
    return name != STDIN and (scheme_of(name) is None or Path(name).exists())
