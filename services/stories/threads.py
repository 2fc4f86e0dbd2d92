"""Articles to stories. Each article links to the earlier one that is nearest to it; what hangs together is a story.

The order of articles is that of their times, then of their ids. A link depends on which articles there are, never on the order in which they came:
one that comes late may take a link over, which is told as a `StoryLink` again, a correction. Of links of one article the nearest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from copydesk.services.stories.candidates import Order, Placed, Window
from copydesk.services.stories.evidence import Reasons, reasons, score
from copydesk.services.stories.profile import Profile, profile_of
from copydesk.services.stories.settings import StoriesSettings

DAY_S = 86_400.0
SUREST = 1.0  # the highest score: that of a copy
FOLLOWS_H = 12.0  # an article so many hours behind its nearest is a development: it follows

Role = Literal["opens", "joins", "follows"]


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """What decides on stories: `time_s` is when it was published (`copydesk.services.stories.times`), `copies` those whose text it shares."""

    article_id: str
    time_s: float
    title: str | None
    body: str
    copies: frozenset[str] = frozenset()


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


class Threads:
    """Links among articles as they come, in any order."""

    def __init__(self, settings: StoriesSettings | None = None) -> None:
        settings = settings or StoriesSettings()
        self._window_s = settings.stories_window_days * DAY_S
        self._threshold = settings.stories_threshold
        self._window = Window(self._window_s)
        self._copies: dict[str, set[str]] = {}  # both ways
        self.links: dict[str, StoryLink] = {}

    def add(self, article: StoryArticle) -> list[StoryLink]:
        """The links that this article makes or takes over: its own, and of later articles that are nearer to it than to what they linked to.

        Raises ValueError for an id that came before: of revisions the caller gives one.
        """
        if article.article_id in self._window:
            raise ValueError(f"the article {article.article_id} came twice; give one revision of each")
        placed = Placed(article.article_id, article.time_s, profile_of(article.title, article.body))
        self._note_copies(article)
        others = {other.article_id: other for other in self._window.near(placed)}
        others |= {name: self._window[name] for name in self._copies.get(article.article_id, ()) if name in self._window}
        self._window.add(placed)
        return [link for other in others.values() if (link := self._linked(placed, other)) and _taken_over(self.links, link)]

    def reasons(self, link: StoryLink) -> Reasons:
        later, earlier = self._window[link.article_id], self._window[link.nearest]
        return reasons(later.profile, earlier.profile, later.time_s - earlier.time_s)

    def profile(self, article_id: str) -> Profile:
        return self._window[article_id].profile

    def _note_copies(self, article: StoryArticle) -> None:
        for other in article.copies:
            self._copies.setdefault(article.article_id, set()).add(other)
            self._copies.setdefault(other, set()).add(article.article_id)

    def _linked(self, one: Placed, other: Placed) -> StoryLink | None:
        earlier, later = sorted((one, other), key=lambda placed: placed.order)
        gap = later.time_s - earlier.time_s
        if gap > self._window_s:
            return None
        before = self.links.get(later.article_id)
        if before is not None and before.rank <= (-SUREST, *earlier.order):  # whatever the score would be; else many alike would take quadratic time
            return None
        copy = earlier.article_id in self._copies.get(later.article_id, ())
        sure = SUREST if copy else score(later.profile, earlier.profile, gap)
        return StoryLink(later.article_id, earlier.article_id, earlier.order, sure, copy) if sure >= self._threshold else None


def nearest_links(links: Iterable[StoryLink]) -> dict[str, StoryLink]:
    """The links that count, by article: whatever came in which order, and however often."""
    nearest: dict[str, StoryLink] = {}
    for link in links:
        _taken_over(nearest, link)
    return nearest


def _taken_over(links: dict[str, StoryLink], link: StoryLink) -> bool:
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
