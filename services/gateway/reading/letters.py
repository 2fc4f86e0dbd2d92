"""/deadletters: what could not be processed, and back onto its topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from copydesk.services.gateway.access import require
from copydesk.services.gateway.problems import Problem
from copydesk.services.gateway.queries import query_of
from copydesk.services.gateway.reading.archive import json_answer
from copydesk.services.gateway.reading.asked import DeadLettersQuery, NoQuery
from copydesk.services.gateway.reading.followed import FollowedTopics
from copydesk.shared.archive.asking import cursor_of, place_of
from copydesk.shared.kafka import Sender, Since
from copydesk.shared.letters import Choice, Listed, from_topic, identifier, replay, whole_letters
from copydesk.shared.records.base import timestamp
from copydesk.shared.settings import Settings

SKEW = timedelta(minutes=10)  # between the clock of the stage that wrote a letter and the log's


def _followed(request: Request) -> FollowedTopics:
    found: FollowedTopics = request.app.state.followed
    return found


async def deadletters(request: Request) -> Response:
    """Dead letters without their originals, newest first, and what was done with each."""
    require(request, "read")
    query = query_of(request, DeadLettersQuery)
    found = [one for one in _followed(request).letters() if _is_meant(one, query)]
    if query.cursor is not None:
        time, name = place_of(query.cursor, (str, str))
        found = [one for one in found if _place(one) < (time, name)]
    page = sorted(found, key=_place, reverse=True)[: query.limit + 1]
    following = cursor_of(*_place(page[query.limit - 1])) if len(page) > query.limit else None
    return json_answer({"deadletters": [_shown(one) for one in page[: query.limit]], "next": following})


def _place(one: Listed) -> tuple[str, str]:
    return timestamp(one.letter.time), f"{identifier(one.letter)}/{one.letter.stage}"


def _is_meant(one: Listed, query: DeadLettersQuery) -> bool:
    letter, word = one.letter, (query.q or "").casefold()
    texts: Sequence[str] = (letter.detail, letter.article_id or "", identifier(letter), letter.reason)
    return (
        query.stage in (None, letter.stage)
        and query.reason in (None, letter.reason)
        and not (query.open and one.settled)
        and any(word in text.casefold() for text in texts)
    )


def _shown(one: Listed) -> dict[str, Any]:
    about = one.letter.model_dump(exclude={"original", "settled", "part", "parts"}, exclude_none=True)
    note = {"settled": one.settled.settled, "settled_at": timestamp(one.settled.time)} if one.settled else {}
    return {**about, "id": identifier(one.letter), "time": timestamp(one.letter.time), **note}


async def replay_letter(request: Request) -> Response:
    """Put an original back onto the topic that it was on, and mark the letter as replayed. Doing so twice changes nothing."""
    require(request, "admin")
    query_of(request, NoQuery)
    name = request.path_params["letter_id"]
    known = next((one.letter for one in _followed(request).letters() if identifier(one.letter) == name), None)
    if known is None:
        raise Problem(404, "no_such_letter", f"there is no dead letter {name[:200]}", "see GET /deadletters; `copydesk deadletters` has older ones")
    settings: Settings = request.app.state.settings
    sender: Sender = request.app.state.post.sender
    begins: tuple[Since, ...] = (known.time - SKEW, "beginning")
    for since in begins:
        if await replay(whole_letters(from_topic(settings, since), Choice(frozenset([name]))), sender):
            return json_answer({"replayed": name}, 202)
    raise Problem(404, "no_such_letter", f"the original of {name[:200]} is not kept any more", "feed the article again")
