"""What was told of stories, in a SQLite file: of each article what was told last, in whatever order it comes, and nothing of what was taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

import orjson

from copydesk.shared.edge import story_told
from copydesk.shared.records.retraction import article_key
from copydesk.shared.records.story import StoryTold
from copydesk.shared.stage import Rejected

COLUMNS = ("article_id", "story", "role", "nearest", "score", "copied", "names", "terms", "hours", "version", "at", "told")
INTO = f"INTO article_stories ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
REPLACE = f"INSERT OR REPLACE {INTO}"
KEEP = (
    f"INSERT {INTO} "
    f"ON CONFLICT (article_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS[1:])} "
    "WHERE (excluded.at, excluded.told) > (article_stories.at, article_stories.told)"
)
TAKEN_BACK = "SELECT article_id FROM retractions WHERE state = 'retracted' AND key IN (SELECT value FROM json_each(?))"
TOLD = "SELECT told FROM article_stories"
OF_NEAREST = "SELECT told FROM article_stories WHERE nearest IN (SELECT value FROM json_each(?))"


def keep_stories(values: Sequence[bytes], file: sqlite3.Connection) -> list[Rejected | None]:
    """Keep what was told, within a transaction: one answer for each value, None where it is kept, or older than what is there, or taken back."""
    found = [story_told(value) for value in values]
    told = [one for one in found if isinstance(one, StoryTold)]
    named = {one.article_id for one in told} | {one.nearest.article_id for one in told if one.nearest is not None}
    keys = orjson.dumps([article_key(name) for name in named]).decode()
    gone = {article_id for (article_id,) in file.execute(TAKEN_BACK, (keys,))}
    file.executemany(KEEP, (_row(_without(one, gone)) for one in told if one.article_id not in gone))
    return [one if isinstance(one, Rejected) else None for one in found]


def withdraw_stories(article_ids: Collection[str], file: sqlite3.Connection) -> None:
    """What was told of these articles goes, and what links others to them; the service tells of the others again."""
    gone = orjson.dumps(list(article_ids)).decode()
    linked = [_without(StoryTold.model_validate_json(told), article_ids) for (told,) in file.execute(OF_NEAREST, (gone,)).fetchall()]
    file.executemany(REPLACE, map(_row, linked))
    file.execute("DELETE FROM article_stories WHERE article_id IN (SELECT value FROM json_each(?))", (gone,))


def stories_told(file: sqlite3.Connection) -> Iterator[StoryTold]:
    """All that is kept."""
    return (StoryTold.model_validate_json(told) for (told,) in file.execute(TOLD))


def _without(told: StoryTold, gone: Collection[str]) -> StoryTold:
    return told.model_copy(update={"nearest": None}) if told.nearest is not None and told.nearest.article_id in gone else told


def _row(told: StoryTold) -> tuple[object, ...]:
    near = told.nearest
    why: Iterable[object] = (None, None, 0, "[]", "[]", None)
    if near is not None:
        why = (near.article_id, near.score, int(near.copied), orjson.dumps(near.names).decode(), orjson.dumps(near.terms).decode(), near.hours)
    return (told.article_id, told.story, told.role, *why, told.version, told.at, told.value().decode())
