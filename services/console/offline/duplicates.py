"""`copydesk duplicates`: which of the given texts are copies of one another, and how one can see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from rich.console import Group as Lines
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text as Styled

from copydesk.services.console.offline.account import Recorder
from copydesk.services.console.offline.pipeline import run_stages
from copydesk.services.console.printing.article import describe, shared_percentages
from copydesk.services.console.printing.words import counted
from copydesk.services.deduplicator.groups import Group, GroupedMatch, NamedText
from copydesk.shared.computing import Computing
from copydesk.shared.inputs import Item
from copydesk.shared.records.duplicate import Passage

EXCERPT = 160  # characters shown of a shared passage
TITLE = 100  # and of a title


@dataclass(frozen=True, slots=True)
class Titled(NamedText):
    """A text and what to call it before a person."""

    title: str = ""


async def cleaned(stage: Computing, items: Iterable[Item], recorder: Recorder) -> list[Titled]:
    """The bodies that the cleaner finds; what it rejects is told to the recorder and left out."""
    records = [(entry.arrival.name, orjson.loads(entry.value)) async for entry in run_stages([stage], items, recorder)]
    return [_titled(name, record, record["body"]) for name, record in records]


def _titled(name: str, record: Mapping[str, Any], body: str) -> Titled:
    """Its title, else its first line."""
    return Titled(name, body, str(record.get("title") or next(iter(body.strip().splitlines()), ""))[:TITLE])


def as_given(items: Iterable[Item]) -> Iterator[Titled]:
    """The texts without cleaning: a record's body, else its content. Raises ValueError for what has neither, is bytes, or cannot be read."""
    for item in items:
        if item.refused:
            raise ValueError(f"{item.name}: {item.refused.detail}")
        try:
            record = orjson.loads(item.value)
            body = record.get("body") or (None if record.get("encoding") == "base64" else record["content"])
        except (orjson.JSONDecodeError, KeyError, AttributeError):
            body = None
        if not isinstance(body, str):
            raise ValueError(f"{item.name} holds no text")
        yield _titled(item.name, record, body)


def group_line(group: Group) -> bytes:
    """One JSON object: the names, in the order in which they were given, and the evidence."""
    evidence = [{"name": one.name, **one.match.model_dump(mode="json", exclude_none=True)} for one in group.evidence]
    return orjson.dumps({"names": group.names, "evidence": evidence})


def group_to_print(group: Group, texts: Mapping[str, Titled]) -> RenderableType:
    """The originals, and below them each copy with its title, its direct matches and the longest passage that they share."""
    copies = _copies(group)
    rows: list[RenderableType] = [_name(texts[name]) for name in group.names if name not in copies]
    told: set[str] = set()
    for one in group.evidence:
        rows += [
            *([] if one.name in told else [_name(texts[one.name], "  ", "red")]),
            _match(one),
            *_excerpt(texts[one.name].body, one.match.passages),
        ]
        told.add(one.name)
    return Lines(*rows, Styled())


def _name(text: Titled, before: str = "", style: str = "bold") -> Styled:
    return Styled.assemble(before, (text.title, style), (f"  {text.name}", "dim"))


def _copies(group: Group) -> set[str]:
    return {one.name for one in group.evidence}


def _match(one: GroupedMatch) -> Styled:
    how = shared_percentages({"containment": one.match.containment, "containment_of_other": one.match.containment_of_other})
    return Styled.assemble(f"    {describe(one.match.kind)} {one.match.article_id}", (f"  {how}", "dim"))


def _excerpt(body: str, passages: Sequence[Passage]) -> Iterator[RenderableType]:
    if passages:
        longest = max(passages, key=lambda passage: passage.end - passage.start)
        words = " ".join(body[longest.start : longest.end].split())
        yield Padding(Styled(f"“{words[:EXCERPT]}{'…' if len(words) > EXCERPT else ''}”", style="dim italic"), (0, 0, 0, 4))


def summary(found: Sequence[Group], texts: Sequence[NamedText]) -> str:
    """How many copies there are."""
    copies = sum(len(_copies(group)) for group in found)
    return f"{counted(len(texts), 'text')}, {counted(copies, 'copy', 'copies')} in {counted(len(found), 'group')}"
