"""Asking all rules about a line at once.

Patterns of many rules in one expression are several times faster than one after the other. What the patterns say of a line
depends on its text alone, so it is remembered: sources repeat their menus on every page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from copydesk.services.cleaner.rules.rule import BlockInPage, Rule

REMEMBERED = 50_000


class RuleBook:
    """Rules in their order: those with patterns first."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._by_pattern = [rule for rule in rules if rule.pattern is not None]
        self._by_place = [(rule.test, rule) for rule in rules if rule.test is not None]
        self._longest = max((rule.longest for rule in self._by_pattern), default=0)
        self._all = re.compile(r"\W*(?:" + "|".join(f"(?P<r{n}>{rule.pattern})" for n, rule in enumerate(self._by_pattern)) + ")", re.I | re.X)
        self._remembered = lru_cache(REMEMBERED)(self._first)

    def first(self, place: BlockInPage) -> Rule | None:
        """The first rule that knows the line."""
        text = place.text
        if len(text) <= self._longest and (rule := self._remembered(text)):
            return rule
        for test, rule in self._by_place:
            if test(place):
                return rule
        return None

    def _first(self, text: str) -> Rule | None:
        match = self._all.match(text)
        if match is None:
            return None
        found = next(rule for n, rule in enumerate(self._by_pattern) if match[f"r{n}"] is not None)
        if len(text) <= found.longest:
            return found
        return next((rule for rule in self._by_pattern if len(text) <= rule.longest and re.match(rf"\W*(?:{rule.pattern})", text, re.I | re.X)), None)
