"""Spans written into a text by hand: “[Joe Biden|PERSON] met [Kishida|PERSON]”, so that a test shows what the model gave."""

from __future__ import annotations

import itertools
import re
from functools import cache

from copydesk.services.tagger.entities import EntitiesResult, default_resolver
from copydesk.services.tagger.spans import RawSpan
from copydesk.shared.records.enriched import Entity

MARK = re.compile(r"\[([^|\]]+)\|([A-Z]+)\]")


def unmarked(marked: str) -> tuple[str, list[RawSpan]]:
    """The body and the spans of a marked text."""
    body, spans, reached = "", [], 0
    for match in MARK.finditer(marked):
        body += marked[reached : match.start()]
        spans.append(RawSpan(len(body), len(body) + len(match.group(1)), match.group(2)))
        body += match.group(1)
        reached = match.end()
    return body + marked[reached:], spans


def everywhere(body: str, names: dict[str, str]) -> list[RawSpan]:
    """Spans at every occurrence of the names, longest first, without overlaps."""
    taken: set[int] = set()
    spans = []
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), body):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                spans.append(RawSpan(*match.span(), names[name]))
    return sorted(spans)


@cache
def resolve_marked(marked: str, title: str | None = None, language: str | None = "en") -> EntitiesResult:
    """The article-level pass over a marked text with the gazetteer that ships; offsets are checked."""
    body, spans = unmarked(marked)
    result = default_resolver().resolve(body, spans, title, language)
    check_offsets(body, result)
    return result


def check_offsets(body: str, result: EntitiesResult) -> None:
    """Every offset slices the body to the text given with it; mentions are in order and do not overlap."""
    for entity in result.entities:
        assert entity.count == len(entity.mentions) > 0
        assert all(body[m.start : m.end] == m.text for m in entity.mentions)
        assert [m.start for m in entity.mentions] == sorted(m.start for m in entity.mentions)
        assert 0 <= entity.salience <= 1
    places = sorted((m.start, m.end) for e in result.entities for m in e.mentions)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(places)), "mentions overlap"
    assert all(body[q.start : q.end] == q.text for q in result.quotes)
    firsts = [e.mentions[0].start for e in result.entities]
    assert firsts == sorted(firsts)


def named(result: EntitiesResult, canonical: str) -> Entity:
    """The one entity of that canonical name."""
    found = [e for e in result.entities if e.canonical == canonical]
    assert len(found) == 1, f"{canonical!r} stands {len(found)} times in {[e.canonical for e in result.entities]}"
    return found[0]
