"""The deduplicator beside itself: this version's verdicts over an index of its own, and those of the services with all that was found since.

The index in this process is filled with what articles.cleaned has of the window before anything is asked, so each verdict is whole at once. The
services judged as the articles came, and completed by corrections, which are folded in here as readers do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import aclosing, contextmanager
from datetime import timedelta
from typing import cast

from copydesk.services.console.replaying.choice import LogChoice
from copydesk.services.console.replaying.stretch import Stretch, batches
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.stage import DeduplicatorReads, DeduplicatorStage, create
from copydesk.shared.archive.matches import without_matches
from copydesk.shared.computing import Computing, InThisProcess
from copydesk.shared.edge import fact
from copydesk.shared.envelope import Payload, admitted_of, decode_records
from copydesk.shared.fold import complete_verdict
from copydesk.shared.kafka import consume
from copydesk.shared.newer import newer_schema
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.plain import Record
from copydesk.shared.settings import Settings, load
from copydesk.shared.subscribing.records import EARLIER
from copydesk.shared.topics import CLEANED, CORRECTIONS


@contextmanager
def deduplicator() -> Iterator[tuple[DeduplicatorStage, Computing]]:
    """The stage with an empty index in this process, and as what computes with it."""
    stage = create(load(DeduplicatorSettings))
    computing = InThisProcess(stage)
    try:
        yield stage, computing
    finally:
        computing.close()


async def fill(stage: DeduplicatorStage, settings: Settings, stretch: Stretch, choice: LogChoice) -> int:
    """Put in what the log has of the window before the stretch, and from there on up to now; how many articles that were."""
    since = stretch.since - timedelta(days=load(DeduplicatorSettings).dedup_window_days)
    count = 0
    async with aclosing(consume(settings, (CLEANED,), since=since, follow=False)) as messages:
        async for batch in batches(messages):
            here = [one for one in batch if one.value and not choice.standing.of_record(CLEANED, one.value, one.timestamp_ms)]
            decoded = decode_records(stage, [Payload(one.value or b"", one.timestamp_ms) for one in here])
            if articles := cast(list[DeduplicatorReads], admitted_of(decoded)):
                await stage.insert(articles)
            count += len(articles)
    return count


async def corrections(settings: Settings, stretch: Stretch, articles: Collection[str]) -> dict[str, list[PairFact]]:
    """What was found later about these articles, by article."""
    found: dict[str, list[PairFact]] = {}
    async with aclosing(consume(settings, (CORRECTIONS,), since=stretch.since - EARLIER, follow=False)) as messages:
        async for message in messages:
            one = fact(message.value or b"") if newer_schema(message) is None else None
            if isinstance(one, PairFact) and one.later_article_id in articles:
                found.setdefault(one.later_article_id, []).append(one)
    return found


def completed(record: Record, facts: Mapping[str, list[PairFact]], choice: LogChoice) -> Record:
    """What a reader knows of the verdict by now: with corrections, and without matches with what is taken back."""
    whole = complete_verdict(record, facts.get(str(record.get("article_id")), ()))
    kept = without_matches(whole, lambda article: choice.standing.of(article) is not None)
    return complete_verdict(kept)  # which is the first match, if any, is told anew
