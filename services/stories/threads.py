"""Articles to stories. Each article links to the earlier one that is nearest to it; what hangs together is a story.

The order of articles is that of their times, then of their ids. A link depends on which articles there are, never on the order in which they came:
one that comes late may take a link over, which is told as a `StoryLink` again, a correction. Of links of one article the nearest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.services.stories.candidates import Placed, Window
from copydesk.services.stories.evidence import reasons, scores, shipped_model
from copydesk.services.stories.links import StoryLink, role_of, stories_of, taken_over
from copydesk.services.stories.profile import profile_of
from copydesk.services.stories.settings import StoriesSettings
from copydesk.shared.records.story import NearestArticle, Role

DAY_S = 86_400.0
SUREST = 1.0  # the highest score: that of a copy


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """What decides on stories: `time_s` is when it was published (`copydesk.shared.stories.times`), `copies` those whose text it shares."""

    article_id: str
    time_s: float
    title: str | None
    body: str
    copies: frozenset[str] = frozenset()


class Threads:
    """Links among articles as they come and go, in any order."""

    def __init__(self, settings: StoriesSettings | None = None) -> None:
        settings = settings or StoriesSettings()
        self._window_s = settings.stories_window_days * DAY_S
        self._threshold = settings.stories_threshold
        self._window = Window(self._window_s)
        self._copies: dict[str, set[str]] = {}  # whose text an article shares, as is said of it
        self._copied: dict[str, set[str]] = {}  # the other way round
        self._linked: dict[str, set[str]] = {}  # which articles link to it
        self.links: dict[str, StoryLink] = {}

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._window

    def __len__(self) -> int:
        return len(self._window)

    def add(self, article: StoryArticle) -> list[StoryLink]:
        """The links that this article makes or takes over: its own, and of later articles that are nearer to it than to what they linked to.

        Raises ValueError for an id that is there: of revisions the caller gives one.
        """
        return self.place(Placed(article.article_id, article.time_s, profile_of(article.title, article.body)), article.copies)

    def place(self, placed: Placed, copies: Iterable[str] = ()) -> list[StoryLink]:
        """The same for an article whose profile is known."""
        if placed.article_id in self._window:
            raise ValueError(f"the article {placed.article_id} came twice; give one revision of each")
        self._window.add(placed)
        for other in copies:
            self._note_copy(placed.article_id, other)
        return self._look(placed, self._near(placed))

    def copied(self, article_id: str, other: str) -> list[StoryLink]:
        """An article shares its text with another, as is said later than the article came; the link that this makes or takes over."""
        self._note_copy(article_id, other)
        both = article_id in self._window and other in self._window
        return self._look(self._window[article_id], [self._window[other]]) if both else []

    def remove(self, article_id: str) -> list[str]:
        """An article leaves with what is said of it, and what linked to it looks for another. The articles whose link has changed."""
        linked = self.linked_to(article_id)
        if article_id in self._window:
            self._leave(article_id)
        for name in linked:
            self._drop_link(name)
        for name in linked:
            placed = self._window[name]
            self._look(placed, [other for other in self._near(placed) if other.order < placed.order])
        return linked

    def forget_copies_of(self, article_id: str) -> list[str]:
        """Nothing was said to be a copy of this article. The articles of which that was said."""
        found = sorted(self._copied.pop(article_id, ()))
        for name in found:
            _without(self._copies, name, article_id)
        return found

    def expire(self, article_id: str) -> None:
        """The time of an article is over: nothing links to it any more, and what does already stays so."""
        self._leave(article_id)

    def stand(self, link: StoryLink) -> bool:
        """A link that was found earlier, to an article whose time is over; whether it is nearer than what there is."""
        return self._take_over(link)

    def linked_to(self, article_id: str) -> list[str]:
        """The articles in the window that link to this one."""
        return sorted(self._linked.get(article_id, ()))

    def nearest(self, link: StoryLink) -> NearestArticle:
        """A link between two articles in the window as it is told, with the reasons."""
        later, earlier = self._window[link.article_id], self._window[link.nearest]
        why = reasons(later.profile, earlier.profile, later.time_s - earlier.time_s)
        return NearestArticle(
            article_id=link.nearest, published_s=link.nearest_order[0], score=link.score, copied=link.copy,
            names=list(why.names), terms=list(why.terms), hours=why.hours,
        )  # fmt: skip

    def stories(self, articles: Sequence[str]) -> dict[str, str]:
        """Article → story."""
        return stories_of(articles, self.links)

    def role(self, article_id: str) -> Role:
        """What an article in the window does in its story."""
        return role_of(self.links.get(article_id), self._window[article_id].time_s)

    def _note_copy(self, article_id: str, other: str) -> None:
        self._copies.setdefault(article_id, set()).add(other)
        self._copied.setdefault(other, set()).add(article_id)

    def _leave(self, article_id: str) -> None:
        self._window.discard(article_id)
        for other in self._copies.pop(article_id, ()):
            _without(self._copied, other, article_id)
        self._drop_link(article_id)

    def _drop_link(self, article_id: str) -> None:
        link = self.links.pop(article_id, None)
        if link is not None:
            _without(self._linked, link.nearest, article_id)

    def _near(self, placed: Placed) -> list[Placed]:
        others = {other.article_id: other for other in self._window.near(placed)}
        others |= {name: self._window[name] for name in self._copies_of(placed.article_id) if name in self._window}
        return list(others.values())

    def _copies_of(self, article_id: str) -> set[str]:
        return self._copies.get(article_id, set()) | self._copied.get(article_id, set())

    def _look(self, one: Placed, others: Sequence[Placed]) -> list[StoryLink]:
        """The links between an article and others that are nearer than what stands, copies first: beside these little has to be scored."""
        copies = self._copies_of(one.article_id)
        close = [other for other in others if abs(one.time_s - other.time_s) <= self._window_s]
        made = [_link(one, other, SUREST, True) for other in close if other.article_id in copies]
        taken = [link for link in made if self._take_over(link)]
        open_ones = [other for other in close if other.article_id not in copies and self._may_link(*_in_order(one, other))]
        gaps = np.array([abs(one.time_s - other.time_s) for other in open_ones])
        later = np.array([one.order > other.order for other in open_ones], np.bool_)
        found = zip(open_ones, scores(one.profile, [other.profile for other in open_ones], gaps, later), strict=True)
        made = [_link(one, other, sure, False) for other, sure in found if sure >= self._threshold]
        return taken + [link for link in made if self._take_over(link)]

    def _may_link(self, earlier: Placed, later: Placed) -> bool:
        """Whether what stands for the later one could be taken over by any score; otherwise many alike would take quadratic time."""
        before = self.links.get(later.article_id)
        return before is None or before.rank > (-SUREST, *earlier.order)

    def _take_over(self, link: StoryLink) -> bool:
        before = self.links.get(link.article_id)
        if not taken_over(self.links, link):
            return False
        if before is not None:
            _without(self._linked, before.nearest, link.article_id)
        self._linked.setdefault(link.nearest, set()).add(link.article_id)
        return True


def version_of(settings: StoriesSettings) -> str:
    """Of the model and the settings that stories are found with."""
    return f"1+{shipped_model().version}.{settings.stories_window_days:g}d.{settings.stories_threshold:g}"


def _without(sets: dict[str, set[str]], key: str, value: str) -> None:
    found = sets[key]
    found.discard(value)
    if not found:
        del sets[key]


def _in_order(one: Placed, other: Placed) -> tuple[Placed, Placed]:
    return (one, other) if one.order < other.order else (other, one)


def _link(one: Placed, other: Placed, sure: float, copy: bool) -> StoryLink:
    earlier, later = _in_order(one, other)
    return StoryLink(later.article_id, earlier.article_id, earlier.order, sure, copy)
