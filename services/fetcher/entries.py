"""What an entry of fetcher.state has to be like. The files that write and read entries say what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from copydesk.services.fetcher.hosts import HOSTS, HostNote
from copydesk.services.fetcher.pages import PAGES, PageNote
from copydesk.services.fetcher.site_files import FileNote
from copydesk.services.fetcher.site_rules import MINING, ROBOTS
from copydesk.services.fetcher.waiting import IDS, QUEUE, decoded
from copydesk.shared.keeping import EntryRules

QUEUED = re.compile(r"q\t[^\t]*\t[0-9]{13}\t[0-9]{12,19}")


def _check_address(key: str, value: bytes) -> None:
    if not QUEUED.fullmatch(key) or decoded(key, value).key != key:
        raise ValueError("the key is not that of the address")


def _check_id(_: str, value: bytes) -> None:
    if not QUEUED.fullmatch(value.decode()):
        raise ValueError("no key of an address that waits")


CHECKS: Mapping[str, Callable[[str, bytes], object]] = {
    QUEUE: _check_address,
    IDS: _check_id,
    HOSTS: lambda _, value: HostNote.model_validate_json(value),
    PAGES: lambda _, value: PageNote.model_validate_json(value),
    f"{ROBOTS}\t": lambda _, value: FileNote.model_validate_json(value),
    f"{MINING}\t": lambda _, value: FileNote.model_validate_json(value),
}


def check(key: str, value: bytes) -> None:
    """Raises ValueError for what the fetcher cannot have written."""
    if (of_kind := CHECKS.get(key[:2])) is None:
        raise ValueError("the key is of no kind of entry")
    of_kind(key, value)


RULES = EntryRules("1", check)
