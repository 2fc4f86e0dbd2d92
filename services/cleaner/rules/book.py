"""Asking all rules about a line at once.

Most rules know the first words of their lines (`leads`): a line is asked only about by those that know its first word.
"""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.services.cleaner.rules.rule import Place, Rule

REMEMBERED = 50_000  # first words


class RuleBook:
    """Rules in their order: those with patterns first."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = sorted(rules, key=lambda rule: rule.pattern is None)
        self._asked: dict[str, tuple[Rule, ...]] = {}

    def first(self, place: Place) -> Rule | None:
        """The first rule that knows the line."""
        for rule in self._asked.get(place.lead) or self._of(place.lead):
            if rule.knows(place):
                return rule
        return None

    def _of(self, lead: str) -> tuple[Rule, ...]:
        """The rules that may know a line with this first word."""
        if len(self._asked) >= REMEMBERED:
            self._asked.clear()
        self._asked[lead] = tuple(rule for rule in self._rules if rule.leads is None or rule.leads.admit(lead))
        return self._asked[lead]
