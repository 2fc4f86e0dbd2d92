"""A story as a person reads it: its title and lede, when and where it was told, its developments, and why each article belongs to it.

Every choice is a rule about what was told of the articles, and names the article that it is from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from copydesk.shared.records.plain import JsonObject, Record
from copydesk.shared.records.story import StoryTold
from copydesk.shared.stories.times import published, published_s

LEDE = 300  # characters
MOST = 12  # people, places and organisations that are named
KINDS = {"people": ("PERSON",), "organisations": ("ORG",), "places": ("GPE", "LOC", "FAC")}
COUNTRIES = ("iso3166", "iso3166-2")  # schemes of links


class ToldArticle(NamedTuple):
    """An article with what was told of it. Of the record a list needs no more than title, body (its beginning), source and both times."""

    record: Record
    told: StoryTold

    @property
    def order(self) -> tuple[float, str]:
        return published_s(self.record.get("published_at"), self.record["ingested_at"]), self.told.article_id


def summaries(articles: Iterable[ToldArticle]) -> list[JsonObject]:
    """All stories of these articles, those of most articles first. The article that opens one need not be among them: a sink may not have it."""
    members: dict[str, list[ToldArticle]] = defaultdict(list)
    for one in articles:
        members[one.told.story].append(one)
    found = sorted(members.values(), key=lambda story: (-len(story), min(one.order for one in story)))
    return [summary(story) for story in found]


def summary(articles: Iterable[ToldArticle]) -> JsonObject:
    """All about one story, of which there is an article at least."""
    members = sorted(articles, key=lambda one: one.order)
    told = [_told(*one) for one in members]
    records = [one.record for one in members]
    return {
        **_heading(members),
        "languages": sorted({str(record["language"]) for record in records if record.get("language")}),
        "outlets": _outlets(records),
        "copies": _copies(members),
        **_names(records),
        **_countries(records),
        "quoted": _quoted(records),
        "developments": list(_developments(told)),
        "articles": told,
    }


def brief_summary(articles: Iterable[ToldArticle]) -> JsonObject:
    """What a list shows of one story: numbers in the place of articles and outlets."""
    members = sorted(articles, key=lambda one: one.order)
    outlets = {one.record["source"] for one in members if one.record.get("source")}
    return {**_heading(members), "articles": len(members), "outlets": len(outlets), "copies": _copies(members)}


def _heading(members: Sequence[ToldArticle]) -> JsonObject:
    """`members` are in order."""
    central = _central(members)
    return {
        "story": members[0].told.story,
        "title": _title(central.record),
        "lede": lede(str(central.record.get("body") or "")),
        "from": central.told.article_id,
        "first_seen": _published(members[0].record),
        "last_update": _published(members[-1].record),
    }


def _central(members: Sequence[ToldArticle]) -> ToldArticle:
    """The article that most of the others are nearest to: one with a title before one without, then the earliest. `members` are in order."""
    links = Counter(one.told.nearest.article_id for one in members if one.told.nearest is not None)
    return max(members, key=lambda one: (bool(one.record.get("title")), links[one.told.article_id]))


def _title(record: Record) -> str:
    return str(record.get("title") or lede(str(record.get("body") or ""), 80))


def lede(body: str, most: int = LEDE) -> str:
    """The first paragraph, cut at a word where it is long."""
    first = " ".join(next((block for block in body.split("\n\n") if block.strip()), "").split())
    return first if len(first) <= most else first[:most].rsplit(" ", 1)[0] + " …"


def _published(record: Record) -> str:
    return published(record.get("published_at"), record["ingested_at"])


def _told(record: Record, told: StoryTold) -> JsonObject:
    found = {
        "article_id": told.article_id,
        "role": told.role,
        "title": _title(record),
        "published_at": _published(record),
        **{name: record[name] for name in ("source", "url", "language") if record.get(name)},
    }
    near = told.nearest
    if near is None:
        return found
    why = {"names": list(near.names), "terms": list(near.terms), "hours": near.hours}
    return {**found, "nearest": {"article_id": near.article_id, "score": near.score, "copy": near.copied, **why}}


def _copies(members: Iterable[ToldArticle]) -> int:
    return sum(1 for one in members if one.told.nearest is not None and one.told.nearest.copied)


def _outlets(records: Iterable[Record]) -> list[JsonObject]:
    """Sources with the number of their articles, in the order in which they came to the story."""
    counts = Counter(str(record["source"]) for record in records if record.get("source"))
    return [{"source": source, "articles": count} for source, count in counts.items()]


def _names(records: Iterable[Record]) -> JsonObject:
    """People, organisations and places by the sum of their salience; nothing where no article was tagged."""
    worth: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for entity in _entities(records):
        for kind, types in KINDS.items():
            if entity["type"] in types:
                worth[kind][entity["canonical"]] += entity["salience"]
    return {kind: [name for name, _ in found.most_common(MOST)] for kind, found in worth.items() if found}


def _countries(records: Iterable[Record]) -> JsonObject:
    """Codes of ISO 3166 by the sum of the salience of what is linked to them or lies in them: iso3166:TR, iso3166-2:TR-35."""
    worth: Counter[str] = Counter()
    for entity in _entities(records):
        scheme, _, code = str((entity.get("link") or {}).get("id", "")).partition(":")
        if scheme in COUNTRIES:
            worth[code[:2]] += entity["salience"]
    return {"countries": [code for code, _ in worth.most_common(MOST)]} if worth else {}


def _entities(records: Iterable[Record]) -> Iterator[Record]:
    return (entity for record in records for entity in record.get("entities") or ())


def _quoted(records: Iterable[Record]) -> list[JsonObject]:
    """Who is quoted, by which articles and outlets, those whom most quote first."""
    by: dict[str, dict[str, str]] = defaultdict(dict)
    for record in records:
        for quote in record.get("quotes") or ():
            if quote.get("speaker"):
                by[quote["speaker"]][record["article_id"]] = str(record.get("source") or "")
    ordered = sorted(by.items(), key=lambda item: (-len(item[1]), item[0]))
    return [{"speaker": name, "articles": list(found), "outlets": [one for one in dict.fromkeys(found.values()) if one]} for name, found in ordered]


def _developments(told: Sequence[JsonObject]) -> Iterator[JsonObject]:
    """The opening and what follows it, each with the earliest article and those that joined it."""
    heads: dict[str, str] = {}
    groups: dict[str, list[JsonObject]] = {}
    for article in told:
        name: str = article["article_id"]
        near = article.get("nearest", {}).get("article_id", "")  # a sink may not have it any more
        heads[name] = heads.get(near, name) if article["role"] == "joins" else name
        groups.setdefault(heads[name], []).append(article)
    for group in groups.values():
        first = group[0]
        yield {
            "article_id": first["article_id"],
            "title": first["title"],
            "published_at": first["published_at"],
            "articles": [one["article_id"] for one in group],
        }
