"""Links, and the stories that hang together by them. Of the links of one article the nearest counts, in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from copydesk.services.stories.candidates import Order
from copydesk.shared.records.story import Role

FOLLOWS_H = 12.0  # an article so many hours behind its nearest is a development: it follows


class StoryLink(NamedTuple):
    """`article_id` tells of the same event as an earlier article; `copy`: it shares its text."""

    article_id: str
    nearest: str
    nearest_order: Order
    score: float
    copy: bool

    @property
    def rank(self) -> tuple[float, float, str]:
        """Of two links of an article the one with the smaller rank is the nearer: the higher score, then the earlier article."""
        return (-self.score, *self.nearest_order)


def nearest_links(links: Iterable[StoryLink]) -> dict[str, StoryLink]:
    """The links that count, by article: whatever came in which order, and however often."""
    nearest: dict[str, StoryLink] = {}
    for link in links:
        taken_over(nearest, link)
    return nearest


def taken_over(links: dict[str, StoryLink], link: StoryLink) -> bool:
    """Whether a link is nearer than what stands for its article; then it stands in its place."""
    before = links.get(link.article_id)
    if before is not None and before.rank <= link.rank:
        return False
    links[link.article_id] = link
    return True


def stories_of(articles: Sequence[str], links: Mapping[str, StoryLink]) -> dict[str, str]:
    """Article → story, for all articles. A story has the id of the article that opens it, the earliest."""
    found: dict[str, str] = {}
    for article in articles:
        path = [article]
        while path[-1] not in found and path[-1] in links:
            path.append(links[path[-1]].nearest)
        story = found.get(path[-1], path[-1])
        found.update(dict.fromkeys(path, story))
    return {article: found[article] for article in articles}


def role_of(link: StoryLink | None, time_s: float) -> Role:
    """What an article does in its story: it opens it, joins what is being told, or follows it with a development."""
    if link is None:
        return "opens"
    return "follows" if time_s - link.nearest_order[0] >= FOLLOWS_H * 3600 else "joins"
