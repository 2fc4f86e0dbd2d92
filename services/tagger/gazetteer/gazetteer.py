"""The gazetteer in memory: entries by name, people by the parts of their names, and a version made of its content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from copydesk.services.tagger.gazetteer.entries import GazetteerEntry
from copydesk.services.tagger.gazetteer.geography import Geography, world
from copydesk.services.tagger.gazetteer.loader import SHIPPED, load_entries
from copydesk.services.tagger.naming import fold_name
from copydesk.shared.records.base import content_hash


class Gazetteer:
    """Read-only once built; two of the same content have the same `version`."""

    def __init__(self, entries: Sequence[GazetteerEntry], geography: Geography | None = None) -> None:
        self.entries = tuple(entries)
        self.geography = geography or world()
        self.version = content_hash(*(entry.model_dump_json() for entry in self.entries))
        self._by_name: dict[str, list[GazetteerEntry]] = defaultdict(list)
        self._by_name_with_article: dict[str, list[GazetteerEntry]] = defaultdict(list)
        self._people_by_end: dict[str, dict[str, GazetteerEntry]] = defaultdict(dict)
        for entry in self.entries:
            for name in entry.names:
                self._add(name, entry)
            if entry.type == "PERSON":
                words = fold_name(entry.name).split()
                self._people_by_end[words[0]][entry.id] = self._people_by_end[words[-1]][entry.id] = entry

    @classmethod
    def read(cls, paths: Sequence[Path] = (), shipped: bool = True) -> Gazetteer:
        """From a user's files, on top of the one that ships unless `shipped` is off.

        Raises:
            CopydeskError: a file is missing or a line of it is no entry.
        """
        return cls(load_entries([*(SHIPPED if shipped else ()), *paths]))

    def _add(self, name: str, entry: GazetteerEntry) -> None:
        bare = name.removeprefix("the ")
        found = (self._by_name if bare == name else self._by_name_with_article)[fold_name(bare)]
        if entry not in found:
            found.append(entry)

    def find(self, name: str, with_article: bool = False) -> list[GazetteerEntry]:
        """The entries of that name as printed; with those named so only behind an article when it stands behind one."""
        key = fold_name(name)
        found = self._by_name.get(key, [])
        return [*found, *(e for e in self._by_name_with_article.get(key, ()) if e not in found)] if with_article else found

    def people_sharing_a_name(self, *words: str) -> list[GazetteerEntry]:
        """People whose canonical name begins or ends with one of the folded words, each once."""
        return list({entry.id: entry for word in words for entry in self._people_by_end.get(word, {}).values()}.values())

    def phrases(self) -> list[tuple[str, GazetteerEntry]]:
        """Names that are tagged wherever they stand, whatever the model says: of two words or more, or an acronym of three capitals."""
        return [(name, entry) for entry in self.entries for name in entry.names if entry.type != "PERSON" and _certain(name)]


def _certain(name: str) -> bool:
    return " " in name or "-" in name or "&" in name or (name.isupper() and len(name) >= 3)
