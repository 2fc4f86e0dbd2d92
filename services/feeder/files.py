"""Files that name sources: feeds.toml, in which each `[[feed]]` has the fields of a source, and OPML as feed readers write it."""

from __future__ import annotations

import asyncio
import contextlib
import tomllib
from pathlib import Path
from typing import Any

import orjson

from copydesk.shared.edge import feed_source
from copydesk.shared.errors import CopydeskError
from copydesk.shared.followed_sources import align, all_sources
from copydesk.shared.inputs.sitemaps import outlines
from copydesk.shared.kafka import Sender
from copydesk.shared.records.feeding import FeedSource
from copydesk.shared.runner.logs import logger
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import BrokenFileError

LOOK_S = 5.0


def read_sources(path: Path) -> dict[str, FeedSource]:
    """The sources that a file names, by address. Raises CopydeskError that names what is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CopydeskError(f"{path} cannot be read ({error.strerror or error})", "check the file and its permissions") from error
    found: dict[str, FeedSource] = {}
    for number, fields in enumerate(_entries(path, data), 1):
        source = feed_source(orjson.dumps({**fields, "origin": str(path)}, default=str))
        if isinstance(source, Rejected):
            raise CopydeskError(f"{path}, feed {number}: {source.detail}", "mend it there")
        found[source.url] = source
    return found


def _entries(path: Path, data: bytes) -> list[dict[str, Any]]:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        try:
            return [{"url": one.url, "title": one.title} for one in outlines(data)]
        except BrokenFileError as error:
            raise CopydeskError(f"{path}: {error}", "give an OPML file or a feeds.toml") from error
    try:
        entries = tomllib.loads(data.decode()).get("feed", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CopydeskError(f"{path}: {error}", 'give each source as [[feed]] with url = "…"') from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CopydeskError(f"{path}: `feed` is no list", 'give each source as [[feed]] with url = "…"')
    return entries


async def align_file(settings: Settings, sender: Sender, path: Path) -> tuple[int, int]:
    """Bring the topic in line with the file; how many sources were written and ended. Raises CopydeskError."""
    wanted = read_sources(path)
    return await align(sender, wanted, str(path), await all_sources(settings))


class WatchedFile:
    """Brings the topic in line with the file whenever that changes. Implements `copydesk.shared.runner.stages.Startable`."""

    def __init__(self, settings: Settings, sender: Sender, path: Path | None) -> None:
        self._settings, self._sender, self._path = settings, sender, path
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        if self._path is not None:
            self._task = asyncio.create_task(self._watch(self._path))

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _watch(self, path: Path) -> None:
        """A file that is wrong, or gone for a moment, ends no source: it is named, and looked at again."""
        seen: object = None
        while True:
            try:
                if (now := _state(path)) != seen:
                    changed, gone = await align_file(self._settings, self._sender, path)
                    logger().info("sources of a file", file=str(path), written=changed, ended=gone)
                    seen = now
            except (CopydeskError, OSError) as error:
                logger().error("a file of sources cannot be used at present", file=str(path), error=str(error))
            await asyncio.sleep(LOOK_S)


def _state(path: Path) -> tuple[int, int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
