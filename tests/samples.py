"""Small records for tests, complete as the contract asks."""

from __future__ import annotations

from typing import Any

from copydesk.shared.records.duplicate import Match, PairFact

Record = dict[str, Any]


def enriched(article_id: str, revision: str = "r1", second: int = 0, **fields: Any) -> Record:
    """A record as on articles.enriched, ingested at a second of one minute."""
    body = "Joe Biden met Fumio Kishida in Tokyo. Biden left on Friday."
    ingested_at = f"2024-05-18T09:00:{second:02d}.000Z"
    return {
        "article_id": article_id, "content": body, "content_type": "text/plain", "ingested_at": ingested_at, "title": f"Title of {article_id}",
        "body": body, "revision": revision, "language": "en",
        "versions": {"cleaner": "1", "deduplicator": "1", "tagger": "1"},
        "duplicate": {"status": "unique", "matches": [], "capped": False},
        "entities": [
            entity("Joe Biden", "PERSON", [(0, 9, "Joe Biden"), (38, 43, "Biden")]),
            entity("Tokyo", "GPE", [(31, 36, "Tokyo")], link={"id": "geonames:1850147", "score": 1.0, "method": "name"}),
        ],
        "tagging": {"model": "test", "version": "1"},
        **fields,
    }  # fmt: skip


def entity(canonical: str, kind: str, mentions: list[tuple[int, int, str]], **fields: Any) -> Record:
    listed = [{"start": start, "end": end, "text": text} for start, end, text in mentions]
    return {"canonical": canonical, "type": kind, "mentions": listed, "count": len(listed), "salience": 0.5, **fields}


def match(other: str, second: int = 0, kind: str = "near", shared: int = 50) -> Record:
    """A match with revision r1 of another article that was ingested at a second of the same minute."""
    return {
        "article_id": other, "revision": "r1", "ingested_at": f"2024-05-18T09:00:{second:02d}.000Z", "kind": kind, "resemblance": 0.8,
        "containment": 0.9, "containment_of_other": 0.85, "shared": shared, "passages": [{"start": 0, "end": 9, "other_start": 1, "other_end": 10}],
    }  # fmt: skip


def fact(later: str, earlier: str, later_second: int, earlier_second: int) -> PairFact:
    """What articles.corrections says of a pair of first revisions."""
    found = match(earlier, earlier_second)
    known = {
        "fact_id": f"{later}-{earlier}", "later_article_id": later, "later_revision": "r1",
        "later_ingested_at": f"2024-05-18T09:00:{later_second:02d}.000Z", "earlier_article_id": earlier, "earlier_revision": "r1",
        "earlier_ingested_at": found["ingested_at"], "match": Match.model_validate(found),
    }  # fmt: skip
    return PairFact.model_validate({name: value for name, value in known.items() if name in PairFact.model_fields})
