"""What two versions of a stage made of one article, side by side: pure, for records as `copydesk enrich` and the topics have them.

What varies from run to run or names a version is no difference: `versions`, `tagging`, `revision`, `ingested_at`, `furniture_version`, and the
figures of a match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copydesk.shared.records.plain import Record

NOT_COMPARED = frozenset(["versions", "tagging", "revision", "ingested_at", "furniture_version"])
TEXT, ENTITIES, QUOTES, VERDICT, FIELDS = "text", "entities", "quotes", "verdict", "fields"
PARTS = {"body": TEXT, "entities": ENTITIES, "quotes": QUOTES, "duplicate": VERDICT}
BESIDES_THE_TEXT = frozenset(["blocks", "removed", "captions", "repairs"])  # where and why, in terms of a body: where it changed, so do they
LONGEST = 160  # characters of a text that a line shows


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: the `kind`, and for a person what `was` and `now` is; None for what was not there, or is gone."""

    kind: str
    was: str | None
    now: str | None
    field: str = ""  # of FIELDS


def changes(old: Record, new: Record) -> list[Change]:
    """All that differs between two records of one article, in the order of KINDS."""
    found = [*_texts(old, new), *_entities(old, new), *_quotes(old, new), *_verdicts(old, new)]
    return [*found, *_fields(old, new, skip=BESIDES_THE_TEXT if found and found[0].kind == TEXT else frozenset())]


def _texts(old: Record, new: Record) -> Iterator[Change]:
    before, after = (str(record.get("body") or "") for record in (old, new))
    if before == after:
        return
    gone, come = _only(before.split("\n\n"), after.split("\n\n"))
    for was, now in zip(_filled(gone, come), _filled(come, gone), strict=True):
        if was is not None and now is not None:
            was, now = _around_what_differs(was, now)
        yield Change(TEXT, was and _short(was), now and _short(now))
    if not gone and not come:
        yield Change(TEXT, "the same paragraphs", "in another order")


def _only(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """Paragraphs that one text has and the other has not."""
    return [one for one in before if one not in set(after)], [one for one in after if one not in set(before)]


def _filled(some: Sequence[str], others: Sequence[str]) -> list[str | None]:
    return [*some, *[None] * max(0, len(others) - len(some))]


def _around_what_differs(was: str, now: str) -> tuple[str, str]:
    """Two texts from a little before the place where they begin to differ."""
    at = next((place for place, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), min(len(was), len(now)))
    start = max(0, at - LONGEST // 4)
    return tuple(f"{'…' if start else ''}{text[start:]}" for text in (was, now))  # type: ignore[return-value]


def _entities(old: Record, new: Record) -> Iterator[Change]:
    """By name: what is found of it. A name of which there are several (two people, a person and a place) is all of them."""
    before, after = _by_name(old), _by_name(new)
    for name in dict.fromkeys([*before, *after]):
        if (was := before.get(name)) != (now := after.get(name)):
            yield Change(ENTITIES, was and f"{name} {was}", now and f"{name} {now}")


def _by_name(record: Record) -> dict[str, str]:
    """Kishida → `PERSON (wikidata:Q1065)`; `ORG ×2` where two are called so."""
    found: dict[str, list[str]] = {}
    for one in record.get("entities") or ():
        link = (one.get("link") or {}).get("id")
        found.setdefault(str(one.get("canonical")), []).append(f"{one.get('type')}{f' ({link})' if link else ''}")
    return {name: " and ".join(sorted(kinds)) for name, kinds in found.items()}


def _quotes(old: Record, new: Record) -> Iterator[Change]:
    before, after = ({str(one.get("text")): one.get("speaker") for one in record.get("quotes") or ()} for record in (old, new))
    for text in dict.fromkeys([*before, *after]):
        was, now = (f"“{_short(text)}” {said[text] or 'nobody named'}" if text in said else None for said in (before, after))
        if was != now:
            yield Change(QUOTES, was, now)


def _verdicts(old: Record, new: Record) -> Iterator[Change]:
    was, now = (_verdict(record.get("duplicate")) for record in (old, new))
    if was != now:
        yield Change(VERDICT, was, now)


def _verdict(duplicate: Mapping[str, Any] | None) -> str | None:
    """`duplicate, near of 6acf… (6acf…, 77ae…)`: the status, the first match, and all of them."""
    if not duplicate:
        return None
    others = sorted({str(match.get("article_id")) for match in duplicate.get("matches") or ()})
    first = f", {duplicate.get('kind')} of {duplicate['duplicate_of']}" if duplicate.get("duplicate_of") else ""
    return f"{duplicate.get('status')}{first}" + (f" ({', '.join(others)})" if len(others) > 1 else "")


def _fields(old: Record, new: Record, skip: Iterable[str]) -> Iterator[Change]:
    for name in sorted((old.keys() | new.keys()) - NOT_COMPARED - PARTS.keys() - set(skip)):
        if (was := old.get(name)) != (now := new.get(name)):
            yield Change(FIELDS, _told(was), _told(now), name)


def _told(value: Any) -> str | None:
    return None if value is None else _short(str(value))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
