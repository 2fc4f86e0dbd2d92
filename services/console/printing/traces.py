"""A trace for a person: a line for each record, and where the article is now."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from copydesk.services.console.printing.words import counted
from copydesk.shared.topics import RAW
from copydesk.shared.trace import End, FetchedContent, Step, Trace

DIGITS = 12  # of a hash
NAMES = 6  # of fields that a line has room for
ENDS = {"done": "green", "waiting": "yellow", "dead_letter": "red", "lost_sight_of": "red", "retracted": "red"}


def trace_lines(found: Trace) -> Iterator[Text]:
    """First what it is, then each record with what changed, then the ends."""
    yield Text(f"article {', '.join(found.article_ids)}", style="bold")
    for step in found.steps:
        yield _line(step)
        yield from (Text(f"    {name}: {value}", style="dim") for name, value in step.about.items())
    for end in found.ends:
        yield Text.assemble("→ ", (_end(end), ENDS[end.state]))
    yield from (_content(content) for content in found.contents)


def _line(step: Step) -> Text:
    version = f" {step.version}" if step.version else ""
    changes = [f"{sign}{_names(names)}" for sign, names in (("+", step.added), ("~", step.changed), ("-", step.removed)) if names]
    return Text.assemble(
        (f"{step.time} ", "dim"), f"{step.by}{version} → ", f"{step.topic}/{step.partition}/{step.offset}  ", (" ".join(changes), "dim")
    )


def _content(content: FetchedContent) -> Text:
    where = f"at {content.at}" if content.at else f"no longer on {RAW.name}"
    return Text(f"content {content.sha256[:DIGITS]}: {counted(content.length, 'byte')}, {where}", style="dim" if content.at else "yellow")


def _names(names: list[str]) -> str:
    return ",".join(names[:NAMES]) + (f",… ({len(names)})" if len(names) > NAMES else "")


def _end(end: End) -> str:
    if end.state == "waiting":
        return f"waits for {end.service}, " + (end.detail if end.behind is None and end.detail else f"behind {counted(end.behind or 0, 'record')}")
    if end.state == "dead_letter":
        return f"put aside by {end.service}: {end.reason}" + (f", {end.detail}" if end.detail else "")
    if end.state == "retracted":
        return f"{end.detail}" + (f": {end.reason}" if end.reason else "")
    if end.state == "done":
        return f"{end.service} has dealt with it" + (f": {end.detail}" if end.detail else "")
    return f"{end.service} has passed it, and what came of it is not to be found: look further back with --since, and at its log"
