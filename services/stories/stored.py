"""Stories as a sink has them: what was told of each article, with the articles themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from copydesk.services.stories.evidence import Reasons
from copydesk.services.stories.links import StoryLink
from copydesk.services.stories.profile import Profile, profile_of
from copydesk.services.stories.summary import summaries
from copydesk.services.stories.times import published_s
from copydesk.shared.records.plain import JsonObject, Record
from copydesk.shared.records.story import NearestArticle, Role, StoryTold


class StoredThreads:
    """What was told, in the place of `copydesk.services.stories.threads.Threads`. A link may be to an article that is not stored."""

    def __init__(self, told: Mapping[str, StoryTold], records: Mapping[str, Record]) -> None:
        self._told, self._records = told, records
        self.links = {name: _link(name, one.nearest) for name, one in told.items() if one.nearest is not None}

    def stories(self, articles: Sequence[str]) -> dict[str, str]:
        return {article: self._told[article].story for article in articles}

    def role(self, article_id: str) -> Role:
        return self._told[article_id].role

    def reasons(self, link: StoryLink) -> Reasons:
        near = self._told[link.article_id].nearest
        assert near is not None
        return Reasons(tuple(near.names), tuple(near.terms), near.hours)

    def profile(self, article_id: str) -> Profile:
        record = self._records[article_id]
        return profile_of(record.get("title"), record["body"])


def stored_stories(rows: Iterable[tuple[JsonObject, StoryTold]]) -> list[JsonObject]:
    """Records of articles with what was told of each, as `copydesk.services.stories.summary` tells stories."""
    told, records = dict[str, StoryTold](), dict[str, Record]()
    for record, one in rows:
        told[one.article_id], records[one.article_id] = one, record
    times = {name: published_s(record.get("published_at"), record["ingested_at"]) for name, record in records.items()}
    return summaries(records, times, StoredThreads(told, records))


def _link(article_id: str, near: NearestArticle) -> StoryLink:
    return StoryLink(article_id, near.article_id, (near.published_s, near.article_id), near.score, near.copied)
