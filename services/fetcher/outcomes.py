"""What an answer means for the address that was asked for. Stated here and nowhere else (and in docs/feeding.md).

200, new or changed          → Page: a record on articles.raw       304, or 200 with the same bytes and the same knowledge → Unchanged
301, 302, 303, 307, 308      → Moved: the address there is asked for, in its turn and with its own host's rules
429, 503                     → Later: the host waits as long as it says
408, 425, 5xx, no answer     → Later: the address is tried again; a host that goes on failing waits
anything else                → FetchFailed: a dead letter with the reason and what the server answered
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from copydesk.services.fetcher import pages
from copydesk.shared.records.feeding import ArticleUrl, fetchable
from copydesk.shared.web.answers import FetchError, WebAnswer
from copydesk.shared.web.freshness import seconds_until

BUSY = frozenset({429, 503})
PASSING = frozenset({408, 425})
MOST_REDIRECTS = 10
LONGEST_WAIT_S = 86_400.0  # that a server may ask for


@dataclass(frozen=True, slots=True)
class Page:
    """A new page, or a changed one. `reserved`: who says that its text is reserved from mining."""

    answer: WebAnswer
    reserved: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing is to be done; a server may give new validators."""

    answer: WebAnswer


@dataclass(frozen=True, slots=True)
class Moved:
    """The page is somewhere else."""

    url: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may come by trying again. `wait_s`: the host asks to be left alone for so long; `busy`: it asks so without a time."""

    reason: str
    detail: str
    busy: bool = False
    wait_s: float | None = None
    answer: WebAnswer | None = None


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """It will not come."""

    reason: str
    detail: str
    answer: WebAnswer | None = None


FetchOutcome = Page | Unchanged | Moved | Later | FetchFailed


def of_answer(record: ArticleUrl, answer: WebAnswer, remembered: Mapping[str, Any], asked_with_conditions: bool, now: datetime) -> FetchOutcome:
    """What an answer means. `remembered`: of the last time that this page was fetched."""
    if answer.status == 200:
        same = remembered.get("content") == pages.content_mark(answer.body) and not pages.knows_more(record, remembered)
        return Unchanged(answer) if same else Page(answer)
    if answer.status == 304 and asked_with_conditions:
        return Unchanged(answer)
    if answer.location is not None:
        return _moved(record, answer.location, answer)
    if answer.status in BUSY or answer.status in PASSING or answer.status >= 500:
        return of_passing(answer, now)
    return FetchFailed(f"http_{answer.status}", f"the server answered {answer.status}", answer)


def of_passing(answer: WebAnswer, now: datetime) -> Later:
    """An answer that tells of trouble that may pass."""
    told = seconds_until(answer.headers["retry-after"], now) if "retry-after" in answer.headers else None
    wait_s = None if told is None else min(told, LONGEST_WAIT_S)
    return Later(f"http_{answer.status}", f"the server answered {answer.status}", answer.status in BUSY, wait_s, answer)


def of_error(error: FetchError) -> Later | FetchFailed:
    """What no answer, or none of use, means."""
    return (FetchFailed if error.lasting else Later)(error.reason, error.detail, answer=error.answer)


def _moved(record: ArticleUrl, target: str, answer: WebAnswer) -> FetchOutcome:
    if record.redirects >= MOST_REDIRECTS:
        return FetchFailed("too_many_redirects", f"{record.redirects} redirects led here, and one more to {target[:200]}", answer)
    try:
        url = fetchable(target)
    except ValueError as error:
        return FetchFailed("invalid_redirect", f"it leads to {target[:200]!r}, which {error}", answer)
    return FetchFailed("redirect_to_itself", f"it leads to {url[:200]}", answer) if url == record.url else Moved(url)
