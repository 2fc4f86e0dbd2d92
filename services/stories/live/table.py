"""All that is known of articles and stories at present, folded from the topics; and what of it is still to be told. No Kafka here.

    records, corrections, retractions, what was told  →  take  →  due  →  (sent)  →  confirmed

What is due depends on what is known alone: on which articles there are, not on the order in which they came or on who was told what before. So it
is right again after any fault: whoever begins anew reads the topics, computes what should hold, and tells where what was told says otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from heapq import heappop, heappush
from typing import NamedTuple

import orjson
import xxhash

from copydesk.services.stories.candidates import Placed
from copydesk.services.stories.links import StoryLink
from copydesk.services.stories.live.articles import CopyFact, StoryNode, node_of
from copydesk.services.stories.offline import COPIES
from copydesk.services.stories.settings import StoriesSettings
from copydesk.services.stories.threads import DAY_S, Threads, version_of
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import sorted_out
from copydesk.shared.edge import story_told
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.plain import NodeKey
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.sources import source_of
from copydesk.shared.records.story import NearestArticle, StoryTold
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import STORIES

UNTOLD = ""


class ToldMark(NamedTuple):
    """What was told last of an article: when, and a mark of what it said."""

    at: str
    mark: int


class StoryTable:
    """One instance at a time tells; any number may read. Not for several threads at a time."""

    def __init__(self, settings: StoriesSettings | None = None) -> None:
        settings = settings or StoriesSettings()
        self.version = version_of(settings)
        self._kept_ms = int(1000 * DAY_S * settings.stories_kept_days)
        self._wait_ms = 1000 * settings.stories_wait_s
        self._waiting: list[tuple[int, str]] = []  # a heap: when an article came of which nothing is to be told yet, and its name
        self._threads = Threads(settings)
        self._retractions = StandingRetractions()
        self._nodes: dict[str, StoryNode] = {}
        self._facts: dict[NodeKey, list[CopyFact]] = defaultdict(list)
        self._stories: dict[str, str] = {}  # article → story; also of those whose time is over, while others link to them
        self._told: dict[str, ToldMark] = {}
        self._found: dict[str, StoryTold] | None = {}  # what was told before this one began, until it is settled
        self._fixed: dict[str, NearestArticle] = {}  # by article: the link to one whose time is over
        self._dirty: set[str] = set()
        self._foreign: set[str] = set()  # of which somebody else has told something, as an owner may that was thought dead

    def __len__(self) -> int:
        return len(self._nodes)

    def take(self, written: Written) -> None:
        """Take over what came. Raises CopydeskError for what is no record of its topic."""
        found = story_told(written.value) if written.topic is STORIES else sorted_out(written)
        match found:
            case StoryTold():
                self._learn(found)
            case Rejected():
                raise CopydeskError(f"{found.reason}: {found.detail}", "the sinks put it among the dead letters")
            case Came():
                self._article(found)
            case PairFact():
                self._fact(found, written.written_ms)
            case Retraction():
                self._retraction(found)

    def settle(self) -> None:
        """All that there was has been taken: what is due can be told. Links to articles whose time was over by then stay as they were told."""
        found, self._found = self._found or {}, None
        for article_id, told in found.items():
            near = told.nearest
            if article_id in self._nodes and near is not None and near.article_id not in self._nodes and not self._retractions.of(near.article_id):
                self._stand(StoryLink(article_id, near.article_id, (near.published_s, near.article_id), near.score, near.copied), near, told.story)
        self._told = {name: ToldMark(told.at, _mark(told)) for name, told in found.items() if name in self._nodes}
        self._dirty = set(self._nodes)

    def due(self, now: datetime) -> list[StoryTold]:
        """What has to be told, as things stand. The same again until it is `confirmed`."""
        self._dirty |= self._moved()
        self._wait(int(now.timestamp() * 1000))
        made = (self._standing(name, now) for name in sorted(self._dirty) if name in self._nodes)
        return [told for told in made if self._told.get(told.article_id, ToldMark(UNTOLD, 0)).mark != _mark(told)]

    def _wait(self, now_ms: int) -> None:
        """Articles that came just now, and of which nothing was told, are looked at when their time has come. One that is dated ahead came now."""
        released = set()
        while self._waiting and self._waiting[0][0] + self._wait_ms <= now_ms:
            released.add(heappop(self._waiting)[1])
        self._dirty |= released
        for name in [name for name in self._dirty - released if name not in self._told and name in self._nodes]:
            since = min(self._nodes[name].came_ms, now_ms)
            if since + self._wait_ms > now_ms:
                self._dirty.discard(name)
                heappush(self._waiting, (since, name))

    def confirmed(self, told: Iterable[StoryTold]) -> None:
        """It was told, and nothing came meanwhile."""
        self._told |= {one.article_id: ToldMark(one.at, _mark(one)) for one in told}
        self._dirty.clear()

    def tidy(self, now_ms: int) -> None:
        """Let go of what came so long ago that nothing links to it any more, and see to what others have told. To be called when nothing is due."""
        oldest = now_ms - self._kept_ms
        for name in [name for name, node in self._nodes.items() if node.came_ms < oldest]:
            self._expire(name)
        for key in [key for key, facts in self._facts.items() if key[0] not in self._nodes and all(one.came_ms < oldest for one in facts)]:
            del self._facts[key]
        self._dirty |= self._foreign & self._nodes.keys()
        self._foreign.clear()

    def _learn(self, told: StoryTold) -> None:
        if self._found is not None:
            before = self._found.get(told.article_id)
            if before is None or before.order < told.order:
                self._found[told.article_id] = told
        elif told.article_id in self._nodes and told.at > self._told.get(told.article_id, ToldMark(UNTOLD, 0)).at:
            self._told[told.article_id] = ToldMark(told.at, _mark(told))
            self._foreign.add(told.article_id)

    def _article(self, came: Came) -> None:
        article_id = came.record["article_id"]
        source = source_of(came.record.get("source"), came.record.get("url"))
        if not self._admits(article_id, source, came.written_ms):
            return
        before = self._nodes.get(article_id)
        was = None if before is None else (before.time_s, before.mark, self._copies(before))
        node = self._nodes[article_id] = node_of(came, before)
        node.matches = frozenset(other for other in node.matches if self._admits(other, "", came.written_ms))
        if was == (node.time_s, node.mark, copies := self._copies(node)):
            return
        if was is not None and was[:2] == (node.time_s, node.mark) and was[2] <= copies:
            self._copied(node, copies - was[2])
            return
        fixed, link = self._fixed.get(article_id), self._threads.links.get(article_id)
        if was is not None:
            self._dirty |= {*self._threads.remove(article_id)}
        if fixed is not None and link is not None:
            self._threads.stand(link)
        self._place(node)

    def _fact(self, fact: PairFact, came_ms: int) -> None:
        about = fact.later_article_id, fact.earlier_article_id
        if fact.match.kind not in COPIES or not all(self._admits(name, "", came_ms) for name in about):
            return
        key = fact.later_article_id, fact.later_revision
        if all(one.fact.fact_id != fact.fact_id or one.fact.version != fact.version for one in self._facts[key]):
            self._facts[key].append(CopyFact(fact.model_copy(update={"match": fact.match.model_copy(update={"passages": []})}), came_ms))
        node = self._nodes.get(fact.later_article_id)
        if node is not None and node.revision == fact.later_revision:
            self._copied(node, self._copies(node))

    def _copies(self, node: StoryNode) -> frozenset[str]:
        return node.copies(self._facts.get((node.article_id, node.revision), ()))

    def _copied(self, node: StoryNode, others: Iterable[str]) -> None:
        for other in others:
            self._note(self._threads.copied(node.article_id, other))

    def _place(self, node: StoryNode) -> None:
        self._dirty.add(node.article_id)
        self._note(self._threads.place(Placed(node.article_id, node.time_s, node.profile), self._copies(node)))
        self._dirty |= {*self._threads.linked_to(node.article_id)}  # the reasons of a link may be others now

    def _note(self, links: Sequence[StoryLink]) -> None:
        for link in links:
            self._dirty.add(link.article_id)
            self._fixed.pop(link.article_id, None)

    def _admits(self, article_id: str, source: str, written_ms: int) -> bool:
        """Whether an article may be here: it is not taken back, and what came before it was let in again came too early."""
        if self._retractions.of(article_id, source) is not None:
            return False
        restored = [one.at for one in self._retractions.said(article_id, source) if one.state == "restored"]
        return all(written_ms >= datetime.fromisoformat(at).timestamp() * 1000 for at in restored)

    def _retraction(self, said: Retraction) -> None:
        self._retractions.take(said)
        about = [said.article_id] if said.article_id is not None else [name for name, node in self._nodes.items() if node.source == said.source]
        for name in about:
            node = self._nodes.get(name)
            if not self._admits(name, "" if node is None else node.source, 0 if node is None else node.came_ms):
                self._withdraw(name)

    def _withdraw(self, name: str) -> None:
        """It goes, and so does what was said of others because of it."""
        for later in self._threads.linked_to(name):
            self._fixed.pop(later, None)
        for copy in self._threads.forget_copies_of(name):
            node = self._nodes[copy]
            node.matches -= {name}
            key = copy, node.revision
            if key in self._facts:
                self._facts[key] = [one for one in self._facts[key] if one.fact.earlier_article_id != name]
        self._dirty |= {*self._threads.remove(name)}
        if name in self._nodes:
            self._forget(name)
        self._stories.pop(name, None)

    def _stand(self, link: StoryLink, near: NearestArticle, story: str) -> None:
        """A link to an article whose time is over, as it was told."""
        if self._threads.stand(link):
            self._fixed[link.article_id] = near
            self._stories.setdefault(near.article_id, story)

    def _expire(self, name: str) -> None:
        """What links to it is told as it is now for ever, whatever becomes of its story."""
        link, story = self._threads.links.get(name), self._stories[name]
        for later in self._threads.linked_to(name):
            self._fixed.setdefault(later, self._nearest(self._threads.links[later]))
        self._threads.expire(name)
        self._forget(name)
        if self._threads.linked_to(name):
            self._stories[name] = story
        if link is not None and link.nearest not in self._nodes and not self._threads.linked_to(link.nearest):
            self._stories.pop(link.nearest, None)

    def _forget(self, name: str) -> None:
        node = self._nodes.pop(name)
        self._facts.pop((name, node.revision), None)
        self._told.pop(name, None)
        self._fixed.pop(name, None)
        self._stories.pop(name, None)
        self._dirty.discard(name)

    def _moved(self) -> set[str]:
        """Articles whose story is another one now: those that are dirty and what follows from them."""
        moved, look = set(), [name for name in self._dirty if name in self._nodes]
        while look:
            name = look.pop()
            link = self._threads.links.get(name)
            story = name if link is None else self._stories.get(link.nearest, link.nearest)
            if self._stories.get(name) != story:
                self._stories[name] = story
                moved.add(name)
                look += self._threads.linked_to(name)
        return moved

    def _standing(self, name: str, now: datetime) -> StoryTold:
        link, before = self._threads.links.get(name), self._told.get(name)
        at = timestamp(now)
        if before is not None and before.at >= at:
            at = timestamp(datetime.fromtimestamp(datetime.fromisoformat(before.at).timestamp() + 0.001, UTC))
        return StoryTold(
            article_id=name,
            story=self._stories[name],
            role=self._threads.role(name),
            nearest=None if link is None else self._nearest(link),
            version=self.version,
            at=at,
        )

    def _nearest(self, link: StoryLink) -> NearestArticle:
        return self._fixed[link.article_id] if link.article_id in self._fixed else self._threads.nearest(link)


def _mark(told: StoryTold) -> int:
    """Of what it says, whenever it was told."""
    return xxhash.xxh64_intdigest(orjson.dumps(told.model_dump(exclude={"at"}), option=orjson.OPT_SORT_KEYS))
