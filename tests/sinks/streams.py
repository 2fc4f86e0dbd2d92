"""What a sink is fed: articles with copies in several scripts, corrections, other revisions, and the same again by the next version of a stage."""

from __future__ import annotations

import random
from typing import Any

import orjson

from copydesk.shared.records.base import timestamp
from copydesk.shared.records.duplicate import Match, PairFact
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED
from tests.articles import BEGIN
from tests.samples import enriched, entity

MINUTE = BEGIN.replace(microsecond=0)
TEXTS = (
    ("en", "Joe Biden met Fumio Kishida in Tokyo. The harbour is closed."),
    ("ja", "東京の港で火災があり、消防が出動した。"),
    ("zh", "北京市长周五出席了会议，并宣布新的计划。"),
    ("th", "เกิดเพลิงไหม้ที่ท่าเรือกรุงเทพเมื่อคืนนี้"),
    ("de", "Der Hafen von Köln bleibt „geschlossen“\0, sagte die Behörde."),
)


def stream(articles: int, seed: int = 1) -> list[Written]:
    """So many articles, a fifth of them copies, with all that comes beside them; the times at which they were written are in order."""
    chance = random.Random(seed)
    first = [_article(number, chance) for number in range(articles)]
    facts = [_fact(chance, first, number) for number in chance.sample(range(1, articles), articles // 5)]
    later = [_made_later(record, number) for number, record in enumerate(first) if number % 3 == 0]
    revised = [_revised(record) for number, record in enumerate(first) if number % 10 == 0]
    records = [Written(ENRICHED, orjson.dumps(record), 1_000 + number) for number, record in enumerate([*first, *revised, *later])]
    return [*records, *(Written(CORRECTIONS, fact.model_dump_json(exclude_none=True).encode(), 9_000_000) for fact in facts)]


def _article(number: int, chance: random.Random) -> JsonObject:
    language, text = TEXTS[number % len(TEXTS)]
    body = f"{text} {number}\n\n{text * (number % 4)}"
    verdict: JsonObject = {"status": "unique", "matches": [], "capped": False}
    if number % 5 == 4:
        other = chance.randrange(number)
        verdict = {"status": "duplicate", "kind": "near", "duplicate_of": f"a{other}", "matches": [_match(chance, other)], "capped": False}
    named = [entity(f"Person {number % 37}", "PERSON", [(0, 3, body[:3]), (4, 9, body[4:9])])]
    if number % 2:
        named.append(entity("Tokyo", "GPE", [(31, 36, body[31:36])], link={"id": "geonames:1850147", "score": 1.0, "method": "name"}))
    dateline: JsonObject = {"dateline": {"place": "TOKYO", "date": "2026-01-05", "agency": "AP"}} if number % 6 == 0 else {}
    return enriched(
        f"a{number}", body=body, content=body, language=language, title=f"{text[:12]} {number}", ingested_at=_time(number), duplicate=verdict,
        source=f"paper-{number % 9}.example", entities=named, published_at="2026-01" if number % 4 else "2026-01-05T07:00:00Z",
        url=f"https://paper-{number % 9}.example/{number}", unknown={"whole": 1e17, "none": -0.0, "nul": "a\0b", "tiny": 1e-7},
        **dateline,
    )  # fmt: skip


def _time(number: int) -> str:
    return timestamp(MINUTE.replace(day=5 + number % 3, hour=number // 60 % 24, minute=number % 60))


def _match(chance: random.Random, other: int, **fields: Any) -> JsonObject:
    passages = [{"start": 0, "end": 20, "other_start": 3, "other_end": 23}]
    measures = {name: round(chance.random(), 3) for name in ("resemblance", "containment", "containment_of_other")}
    named = {"article_id": f"a{other}", "revision": "r1", "ingested_at": _time(other)}
    return {**named, "kind": "near", **measures, "shared": chance.randrange(100), "passages": passages, **fields}


def _made_later(record: JsonObject, number: int) -> JsonObject:
    """The same text after an upgrade: a newer cleaner, a newer model, or a build that has no order."""
    version = ({"cleaner": "2"}, {"tagger": "1.1"}, {"tagger": "1+other"})[number // 3 % 3]
    return {**record, "title": f"{record['title']}, again", "versions": {**record["versions"], **version}}


def _revised(record: JsonObject) -> JsonObject:
    return {**record, "revision": "r2", "fetched_at": "2026-01-20T00:00:00.000Z", "body": f"{record['body']} And more.", "entities": []}


def _fact(chance: random.Random, first: list[JsonObject], number: int) -> PairFact:
    other = chance.randrange(len(first))
    while other == number:
        other = chance.randrange(len(first))
    later, earlier = sorted((number, other), key=lambda one: (_time(one), f"a{one}"), reverse=True)
    kind = "shared_background" if chance.random() < 0.2 else "near"
    return PairFact.model_validate({
        "fact_id": f"a{later}-a{earlier}", "later_article_id": f"a{later}", "later_revision": "r1", "later_ingested_at": _time(later),
        "earlier_article_id": f"a{earlier}", "earlier_revision": "r1", "earlier_ingested_at": _time(earlier),
        "match": Match.model_validate(_match(chance, earlier, kind=kind)), "version": chance.choice(["1", "1", "0.9", None]),
    })  # fmt: skip
