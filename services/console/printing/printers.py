"""What a subscriber sees: records for a person, or JSON lines for a program."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Protocol

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from copydesk.services.console.printing.article import describe, print_record, shared_percentages
from copydesk.shared.deadletters import Whole
from copydesk.shared.printable import json_line
from copydesk.shared.records.base import timestamp
from copydesk.shared.subscribing.records import SubscribedRecord


class Printer(Protocol):
    def __call__(self, seen: SubscribedRecord) -> None: ...


def unreadable(seen: SubscribedRecord) -> None:
    """A line on standard error: the stream goes on."""
    print("skipped {topic}[{partition}]@{offset}: {why}".format(**seen.record), file=sys.stderr)


def json_lines(seen: SubscribedRecord) -> None:
    """One JSON object a line. A record whose verdict changed comes again, whole: the later line counts."""
    sys.stdout.buffer.write(json_line(seen.value) + b"\n")
    sys.stdout.buffer.flush()


def articles(console: Console) -> Printer:
    """Whole records; a correction is one line."""

    def printer(seen: SubscribedRecord) -> None:
        if seen.kind == "correction":
            console.print(correction_line(seen.record), soft_wrap=True)
        else:
            print_record(console, seen.record)

    return printer


def correction_line(record: Mapping[str, Any]) -> Text:
    """One line on a record shown before whose verdict a later fact completed."""
    verdict = record["duplicate"]
    title = record.get("title") or record["article_id"]
    first = [*verdict.get("matches", ()), *verdict.get("background", ())][:1]
    now = f"{describe(first[0]['kind'])} article {first[0]['article_id']}" if first else verdict["status"]
    return Text.assemble(("Correction ", "bold yellow"), f"“{title}” → ", (now, "red"), (f"  (article {record['article_id']})", "dim"))


def pair_lines(console: Console) -> Printer:
    """articles.corrections: a line for each pair."""

    def printer(seen: SubscribedRecord) -> None:
        fact = seen.record
        match = fact["match"]
        pair = f"article {fact['later_article_id']} {describe(match['kind'])} article {match['article_id']}"
        console.print(Text.assemble(pair, (f"  {shared_percentages(match)}", "dim")), soft_wrap=True)

    return printer


def retraction_lines(console: Console) -> Printer:
    """A line for each article, or source, that is taken back or let in again."""

    def printer(seen: SubscribedRecord) -> None:
        said = seen.record
        what = f"article {said['article_id']}" if said.get("article_id") else f"source {said['source']}"
        told = "Let in again" if said.get("state") == "restored" else "Taken back"
        console.print(Text.assemble((f"{told} ", "bold yellow"), what, (f"  {said.get('reason', '')}", "dim")), soft_wrap=True)

    return printer


def story_lines(console: Console) -> Printer:
    """articles.stories: a line for each article, with the reasons."""

    def printer(seen: SubscribedRecord) -> None:
        told = seen.record
        why = ""
        if near := told.get("nearest"):
            shared = ", ".join(dict.fromkeys((*near["names"], *near["terms"])))
            how = "a copy of" if near["copied"] else f"{near['score']:.2f} like"
            why = f"  {how} {near['article_id']}: {shared}"
        console.print(Text.assemble(f"article {told['article_id']} {told['role']} story {told['story']}", (why, "dim")), soft_wrap=True)

    return printer


def left_lines(console: Console) -> Printer:
    """A line for each article that was shown and is of another story now."""

    def printer(seen: SubscribedRecord) -> None:
        told = seen.record
        console.print(Text.assemble(("Of another story ", "bold yellow"), f"article {told['article_id']}, {told['story']}"), soft_wrap=True)

    return printer


def letter_lines(console: Console) -> Printer:
    """articles.deadletters: a line for each letter; later parts of one are not shown."""

    def printer(seen: SubscribedRecord) -> None:
        if seen.record.get("part", 1) == 1:
            console.print(letter_line(seen.record), soft_wrap=True)

    return printer


def letter_line(letter: Mapping[str, Any]) -> Text:
    """When, which stage, why, and which record."""
    place = f"{letter['topic']}/{letter['partition']}/{letter['offset']}"
    detail = f"  {letter['detail']}" if letter.get("detail") else ""
    settled = f" {letter['settled']}" if letter.get("settled") else ""
    return Text.assemble(
        (f"{letter['time']} ", "dim"), letter["stage"], " ", (letter["reason"], "red"), f" {place}", (settled, "green"), (detail, "dim")
    )


def printer_for(topic: str, console: Console) -> Printer:
    """How a person reads this topic."""
    of_topics = {"corrections": pair_lines, "deadletters": letter_lines, "retractions": retraction_lines, "stories": story_lines}
    return of_topics.get(topic, articles)(console)


def letter(found: Whole) -> RenderableType:
    """A whole letter: why, where, the traceback, and the original as text."""
    about = Table.grid(padding=(0, 2, 0, 0))
    part = found.letter
    facts = {"reason": part.reason, "detail": part.detail, "stage": part.stage, "time": timestamp(part.time), "article": part.article_id}
    place = {"original": f"{part.topic}/{part.partition}/{part.offset}, {len(found.original):,} bytes"}
    for name, value in (facts | place | {f"  {name}": value for name, value in part.headers.items()}).items():
        if value:
            about.add_row(Text(name, style="bold"), Text(str(value), style="red" if name == "reason" else ""))
    traceback = [Text(part.traceback, style="dim")] if part.traceback else []
    return Group(about, Text(), *traceback, Text(found.original.decode("utf-8", "replace")))
