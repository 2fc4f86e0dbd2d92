"""A story as a person reads it: its title and lede, when and where it was told, its developments, and why each article belongs to it.

Every choice is a rule, and names the article that it is from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from copydesk.services.stories.evidence import Reasons
from copydesk.services.stories.links import StoryLink
from copydesk.services.stories.profile import Profile
from copydesk.services.stories.times import published
from copydesk.shared.records.plain import JsonObject, Record
from copydesk.shared.records.story import Role

LEDE = 300  # characters
MOST = 12  # people, places and organisations that are named
KINDS = {"people": ("PERSON",), "organisations": ("ORG",), "places": ("GPE", "LOC", "FAC")}


class Linked(Protocol):
    """What tells of links among articles: `copydesk.services.stories.threads.Threads`, or what a sink holds."""

    @property
    def links(self) -> Mapping[str, StoryLink]: ...

    def stories(self, articles: Sequence[str]) -> Mapping[str, str]:
        """Article → story."""

    def role(self, article_id: str) -> Role: ...

    def reasons(self, link: StoryLink) -> Reasons: ...

    def profile(self, article_id: str) -> Profile: ...


def summaries(records: Mapping[str, Record], times: Mapping[str, float], threads: Linked) -> list[JsonObject]:
    """All stories of these articles, those of most articles first. `records` and `times` (of publication, in seconds) are by article id.

    The article that opens a story need not be among them: a sink may not have it any more.
    """
    order = sorted(records, key=lambda article: (times[article], article))
    members: dict[str, list[str]] = defaultdict(list)
    for article, story in threads.stories(order).items():
        members[story].append(article)
    found = [_summary(story, articles, records, threads) for story, articles in members.items()]
    return sorted(found, key=lambda story: (-len(story["articles"]), times[story["articles"][0]["article_id"]], story["story"]))


def _summary(story: str, articles: Sequence[str], records: Mapping[str, Record], threads: Linked) -> JsonObject:
    """`articles` are in order."""
    central = _central(articles, {article: threads.profile(article) for article in articles}, records)
    told = [_told(records[article], threads) for article in articles]
    return {
        "story": story,
        "title": _title(records[central]),
        "lede": lede(str(records[central].get("body") or "")),
        "from": central,
        "first_seen": told[0]["published_at"],
        "last_update": told[-1]["published_at"],
        "languages": sorted({str(records[article]["language"]) for article in articles if records[article].get("language")}),
        "outlets": _outlets(records[article] for article in articles),
        "copies": sum(1 for article in articles if article in threads.links and threads.links[article].copy),
        **_names([records[article] for article in articles]),
        "quoted": _quoted(records[article] for article in articles),
        "developments": list(_developments(told)),
        "articles": told,
    }


def _title(record: Record) -> str:
    return str(record.get("title") or lede(str(record.get("body") or ""), 80))


def lede(body: str, most: int = LEDE) -> str:
    """The first paragraph, cut at a word where it is long."""
    first = " ".join(next((block for block in body.split("\n\n") if block.strip()), "").split())
    return first if len(first) <= most else first[:most].rsplit(" ", 1)[0] + " …"


def _central(articles: Sequence[str], profiles: Mapping[str, Profile], records: Mapping[str, Record]) -> str:
    """The article whose head is most like those of all: the one with a title before one without, then the earliest. `articles` are in order."""
    total: Counter[int] = Counter()
    for profile in profiles.values():
        total.update(dict(zip(profile.hashes.tolist(), profile.head.tolist(), strict=True)))

    def likeness(article: str) -> float:
        profile = profiles[article]
        return float(sum(total[term] * worth for term, worth in zip(profile.hashes.tolist(), profile.head.tolist(), strict=True)))

    return max(articles, key=lambda article: (bool(records[article].get("title")), round(likeness(article), 6)))


def _told(record: Record, threads: Linked) -> JsonObject:
    article_id, link = record["article_id"], threads.links.get(record["article_id"])
    found = {
        "article_id": article_id,
        "role": threads.role(article_id),
        "title": _title(record),
        "published_at": published(record.get("published_at"), record["ingested_at"]),
        **{name: record[name] for name in ("source", "url", "language") if record.get(name)},
    }
    return found if link is None else {**found, "nearest": _nearest(link, threads.reasons(link))}


def _nearest(link: StoryLink, why: Reasons) -> JsonObject:
    return {
        "article_id": link.nearest,
        "score": link.score,
        "copy": link.copy,
        "names": list(why.names),
        "terms": list(why.terms),
        "hours": why.hours,
    }


def _outlets(records: Iterable[Record]) -> list[JsonObject]:
    """Sources with the number of their articles, in the order in which they came to the story."""
    counts = Counter(str(record["source"]) for record in records if record.get("source"))
    return [{"source": source, "articles": count} for source, count in counts.items()]


def _names(records: Sequence[Record]) -> JsonObject:
    """People, organisations and places by the sum of their salience; nothing where no article was tagged."""
    worth: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for record in records:
        for entity in record.get("entities") or ():
            for kind, types in KINDS.items():
                if entity["type"] in types:
                    worth[kind][entity["canonical"]] += entity["salience"]
    return {kind: [name for name, _ in found.most_common(MOST)] for kind, found in worth.items() if found}


def _quoted(records: Iterable[Record]) -> list[JsonObject]:
    """Who is quoted, and by which articles, those whom most quote first."""
    by: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        for quote in record.get("quotes") or ():
            if quote.get("speaker"):
                by[quote["speaker"]][record["article_id"]] = None
    return [{"speaker": speaker, "articles": list(articles)} for speaker, articles in sorted(by.items(), key=lambda item: (-len(item[1]), item[0]))]


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
