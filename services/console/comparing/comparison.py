"""The count of what two versions made of the same records, with examples."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from copydesk.services.console.comparing.differences import ENTITIES, FIELDS, Change, changes
from copydesk.shared.records.plain import JsonObject, Record
from copydesk.shared.stage import Rejected

COMMONEST = 20  # changes of entities that are listed
ONLY_OLD, ONLY_NEW, REJECTION = "only old", "only new", "rejection"
VersionOutcome = Record | Rejected | None  # of one article by one version; None where it is not there


@dataclass
class Comparison:
    """Counts articles; `take` them pair by pair. `most` examples are kept of each kind of change."""

    most: int = 5
    articles: int = 0
    equal: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    entities: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    versions: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    examples: dict[str, list[JsonObject]] = field(default_factory=lambda: defaultdict(list))

    @property
    def differs(self) -> bool:
        return self.equal < self.articles

    def take(self, article_id: str, old: VersionOutcome, new: VersionOutcome) -> None:
        """One article, as both versions made it."""
        self.articles += 1
        for counted, made in zip(self.versions, (old, new), strict=True):
            counted.update(_versions(made))
        found = _found(old, new)
        self.equal += not found
        for kind in dict.fromkeys(change.kind for change in found):
            self.kinds[kind] += 1
            self._keep(kind, article_id, _title(old) or _title(new), [change for change in found if change.kind == kind])
        self.entities.update((change.was, change.now) for change in found if change.kind == ENTITIES)
        self.fields.update(change.field for change in found if change.kind == FIELDS)

    def _keep(self, kind: str, article_id: str, title: str, found: list[Change]) -> None:
        if len(self.examples[kind]) < self.most:
            told = [{"was": one.was, "now": one.now, **({"field": one.field} if one.field else {})} for one in found]
            self.examples[kind].append({"article_id": article_id, "title": title, "changes": told})

    def as_json(self) -> JsonObject:
        """All of it for a program."""
        return {
            "articles": self.articles,
            "equal": self.equal,
            "changed": dict(self.kinds),
            "fields": dict(self.fields.most_common()),
            "entities": [{"was": was, "now": now, "articles": count} for (was, now), count in self.entities.most_common(COMMONEST)],
            "versions": {name: dict(counted) for name, counted in zip(("old", "new"), self.versions, strict=True)},
            "examples": dict(self.examples),
        }


def _found(old: VersionOutcome, new: VersionOutcome) -> list[Change]:
    if isinstance(old, Rejected) or isinstance(new, Rejected):
        was, now = (_rejection(made) for made in (old, new))
        return [] if was == now else [Change(REJECTION, was, now)]
    if old is None or new is None:
        return [Change(ONLY_OLD if new is None else ONLY_NEW, _title(old) or None, _title(new) or None)]
    return changes(old, new)


def _rejection(made: VersionOutcome) -> str | None:
    return f"rejected: {made.reason}" if isinstance(made, Rejected) else "passed" if made is not None else None


def _title(made: VersionOutcome) -> str:
    return "" if made is None or isinstance(made, Rejected) else str(made.get("title") or "")


def _versions(made: VersionOutcome) -> list[str]:
    versions: Any = {} if made is None or isinstance(made, Rejected) else made.get("versions") or {}
    return [f"{stage} {version}" for stage, version in versions.items()]
