"""/deadletters: what could not be processed, and back onto its topic."""

from __future__ import annotations

import base64
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
from copydesk.services.gateway.streams.endpoints import Streams
from copydesk.shared.archive.asking import cursor_of, place_of
from copydesk.shared.deadletters import DeadLetter
from copydesk.shared.kafka import Sender, Since
from copydesk.shared.letters import Choice, Listed, from_topic, identifier, replay, whole_letters
from copydesk.shared.records.base import timestamp
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS

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


async def deadletter(request: Request) -> Response:
    """One dead letter with its original, base64."""
    require(request, "read")
    query_of(request, NoQuery)
    known = _known(request)
    name = identifier(known.letter)
    for since in _begins(known):
        found = [whole async for whole in whole_letters(from_topic(request.app.state.settings, since), Choice(frozenset([name])))]
        if found:
            letter = found[0].letter.model_copy(update={"original": base64.b64encode(found[0].original).decode()})
            _check_is_in(request, letter)
            return json_answer({**_shown(known), "original": letter.original})
    raise _lost(name)


def _check_is_in(request: Request, letter: DeadLetter) -> None:
    """Raises Problem 410 for the text of an article that is taken back."""
    streams: Streams = request.app.state.streams
    said = streams.hub.standing.of_record(DEADLETTERS, letter.model_dump_json().encode(), 0)
    if said is not None:
        raise Problem(410, "retracted", f"the article was taken back at {said.at}: {said.reason or 'without a reason'}",
                      "`copydesk restore` lets it in again")  # fmt: skip


async def replay_letter(request: Request) -> Response:
    """Put an original back onto the topic that it was on, and mark the letter as replayed. Doing so twice changes nothing."""
    require(request, "admin")
    query_of(request, NoQuery)
    known = _known(request)
    name = identifier(known.letter)
    settings: Settings = request.app.state.settings
    sender: Sender = request.app.state.post.sender
    for since in _begins(known):
        if await replay(whole_letters(from_topic(settings, since), Choice(frozenset([name]))), sender):
            return json_answer({"replayed": name}, 202)
    raise _lost(name)


def _known(request: Request) -> Listed:
    """The letter that the address names. Raises Problem 404."""
    name = request.path_params["letter_id"]
    known = next((one for one in _followed(request).letters() if identifier(one.letter) == name), None)
    if known is None:
        raise Problem(404, "no_such_letter", f"there is no dead letter {name[:200]}", "see GET /deadletters; `copydesk deadletters` has older ones")
    return known


def _begins(known: Listed) -> tuple[Since, ...]:
    """Where to look for the original: about when the letter was written, then everywhere."""
    return known.letter.time - SKEW, "beginning"


def _lost(name: str) -> Problem:
    return Problem(404, "no_such_letter", f"the original of {name[:200]} is not kept any more", "feed the article again")
