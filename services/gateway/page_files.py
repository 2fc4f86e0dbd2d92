"""The page at /: its files as they are, from memory; what is shown first comes along in the first answer, behind its head."""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from copydesk.services.gateway.access import client_of
from copydesk.services.gateway.problems import Problem
from copydesk.services.gateway.reading.archive import archive_of
from copydesk.services.gateway.reading.brief import brief_page
from copydesk.shared.archive.asking import ArticleSearch
from copydesk.shared.errors import CopydeskError

FOLDER = Path(__file__).parent / "page"
INDEX = "index.html"
SHEETS = ("ink", "frame", "lists", "article", "stories", "instruments")  # one after the other they are assets/page.css
FIRST = b"<!-- what is shown first -->"
FIRST_S = 0.5  # the page does not wait longer for the archive: it asks by itself then
ROWS = 50


@dataclass(frozen=True, slots=True)
class PageFile:
    """One answer: the bytes, as they are and packed, and when the files that they are made of were changed."""

    content: bytes
    packed: bytes
    media_type: str
    etag: str
    changed: tuple[int, ...]


class PageFiles:
    """Files by their names in an address. A file that was changed is read again; one that is new is known after a restart."""

    def __init__(self, folder: Path = FOLDER) -> None:
        found = (path for path in folder.rglob("*") if path.is_file())
        self.sources: dict[str, tuple[Path, ...]] = {path.relative_to(folder).as_posix(): (path,) for path in found}
        self.sources["assets/page.css"] = tuple(folder / "assets" / f"{name}.css" for name in SHEETS)
        self._kept: dict[str, PageFile] = {}

    def file(self, name: str) -> PageFile:
        """Raises HTTPException 404."""
        paths = self.sources.get(name)
        if paths is None:
            raise HTTPException(404)
        changed = tuple(path.stat().st_mtime_ns for path in paths)
        known = self._kept.get(name)
        if known is None or known.changed != changed:
            content = b"\n".join(path.read_bytes() for path in paths)
            media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
            etag = f'W/"{blake2b(content, digest_size=12).hexdigest()}"'
            known = self._kept[name] = PageFile(content, gzip.compress(content), media_type, etag, changed)
        return known


FILES = PageFiles()


async def page_file(request: Request) -> Response:
    """One of the page's files."""
    name = request.path_params["name"] or INDEX
    found = FILES.file(name)
    if name == INDEX:
        return StreamingResponse(_index(found.content, request), headers={"Cache-Control": "private, no-cache"}, media_type=found.media_type)
    headers = {"ETag": found.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=found.media_type)
    return Response(found.content, headers=headers, media_type=found.media_type)


async def _index(content: bytes, request: Request) -> AsyncIterator[bytes]:
    """The head goes at once: the browser asks for styles and modules while the archive is asked for articles."""
    head, _, rest = content.partition(FIRST)
    yield head
    yield await _first(request) + rest


async def _first(request: Request) -> bytes:
    """The newest articles as data for the page, for who may read them. No text in it ends the element or begins another: `<` is escaped."""
    if "read" not in client_of(request).scopes:
        return b""
    search = ArticleSearch(limit=ROWS, facets=False)
    try:
        found = await asyncio.wait_for(archive_of(request).ask(lambda reader: brief_page(reader.articles(search))), FIRST_S)
    except (CopydeskError, Problem, TimeoutError):  # the page asks by itself then, and tells what is wrong
        return b""
    return b'<script type="application/json" id="first">%s</script>' % orjson.dumps(found).replace(b"<", b"\\u003c")
