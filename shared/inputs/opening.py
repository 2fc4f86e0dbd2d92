"""Inputs as streams of bytes: files, standard input, addresses on the web, and what fsspec knows (`s3://` and the like)."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import urlsplit

from copydesk.shared.inputs.names import STORES, SUFFIXES, is_address, scheme_of
from copydesk.shared.unpacking import PIECE, STDIN, Bounds, BrokenFileError, reported, unpacked


@dataclass(frozen=True, slots=True)
class Opened:
    """An input that is read: its unpacked stream, a name that tells by its ending what it is, the file below that tells how much is read (None for
    standard input), and what every text or page in it says of where it came from."""

    stream: IO[bytes]
    name: str
    raw: IO[bytes] | None = None
    about: dict[str, Any] = field(default_factory=dict)


@contextmanager
def opened(name: str, bounds: Bounds) -> Iterator[Opened]:
    """Open an input. Raises BrokenFileError, here and while it is read, for what cannot be read, a broken packed stream, and one beyond the ratio."""
    with reported():
        if name == STDIN:
            yield Opened(unpacked(sys.stdin.buffer, bounds), name, None, {"origin": "<stdin>"})
        elif is_address(name):
            from copydesk.shared.inputs.fetching import fetched  # with aiohttp, which files do not need

            with fetched(name, bounds.download) as page:
                yield Opened(unpacked(page.file, bounds), _named(page.url, page.headers), page.file, page.about)
        elif scheme_of(name):
            with _stored(name) as raw:
                yield Opened(unpacked(raw, bounds), name, raw, {"origin": name})
        else:
            with Path(name).open("rb", PIECE) as raw:
                yield Opened(unpacked(raw, bounds), name, raw, {"origin": name})


def _named(url: str, headers: dict[str, str]) -> str:
    """The path of an address, with the ending that its media type means where it has none that is known."""
    path = urlsplit(url).path
    is_page = headers.get("content-type", "").lower().startswith(("text/html", "application/xhtml"))
    return path + ".html" if is_page and PurePosixPath(path).suffix.lower() not in SUFFIXES else path


@contextmanager
def _stored(name: str) -> Iterator[IO[bytes]]:
    try:
        with import_module("fsspec").open(name, "rb") as file, io.BufferedReader(file, PIECE) as stream:
            yield stream
    except ImportError as error:
        raise BrokenFileError(f"it is in a store that is read with an extra: {STORES} ({error})") from error
    except (BrokenFileError, OSError):
        raise
    except Exception as error:  # each store has errors of its own: no credentials, no such bucket
        raise BrokenFileError(f"the store does not give it ({type(error).__name__}: {error}): check its name and your credentials") from error
