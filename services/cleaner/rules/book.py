"""Asking all rules about a line at once.

Most rules know the first words of their lines, others a text that stands in them or where in a page they stand: a line is asked about only by
those that may know it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter

from copydesk.services.cleaner.rules.rule import BlockInPage, Rule, Surroundings, reports

REMEMBERED = 50_000  # first words
ADDRESSING = frozenset(
    {"legal", "subscription", "newsletter", "call_to_action", "furniture"}
)  # what a site tells its visitors, and reports to nobody
RuleInOrder = tuple[int, Callable[[BlockInPage], bool], Rule]  # a rule with its place in the order
RulesInOrder = Sequence[RuleInOrder]


class RuleBook:
    """Rules in their order: certain ones first, and of these as of the others those with patterns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        ordered = sorted(rules, key=lambda rule: (not rule.certain, rule.pattern is None))
        self._rules: RulesInOrder = [(n, rule.knows if rule.test is None else rule.test, rule) for n, rule in enumerate(ordered)]
        self._always = [asked for asked in self._rules if asked[2].leads is None and asked[2].needed is None and asked[2].where is None]
        self._by_page = [asked for asked in self._rules if asked[2].needed is not None or asked[2].where is not None]
        self._by_word, self._by_initial = _by_first_word(self._rules)
        self._by_lead: dict[str, RulesInOrder] = {}

    def first(self, place: BlockInPage) -> Rule | None:
        """The first rule that knows the line."""
        for _, knows, rule in self.asked(place):
            if knows(place) and not (rule.kind in ADDRESSING and reports(place.text)):
                return rule
        return None

    def asked(self, place: BlockInPage) -> RulesInOrder:
        """The rules that may know the line."""
        here, led = place.page.once(self._here).get(place.index), self._led(place.lead)
        return sorted([*self._always, *led, *(here or ())], key=itemgetter(0)) if led or here else self._always

    def _here(self, page: Surroundings) -> dict[int, RulesInOrder]:
        """The rules for lines in which a text stands, or that stand somewhere, by the lines of a page."""
        found: dict[int, list[RuleInOrder]] = {}
        for asked in self._by_page:
            rule = asked[2]
            for n in rule.where(page) if rule.where else page.with_any(rule.needed or (), rule.longest):
                found.setdefault(n, []).append(asked)
        return found  # type: ignore[return-value]

    def _led(self, lead: str) -> RulesInOrder:
        """The rules for lines with this first word."""
        if (found := self._by_lead.get(lead)) is None:
            if len(self._by_lead) >= REMEMBERED:
                self._by_lead.clear()
            begun = [asked for starts, asked in self._by_initial.get(lead[:1], ()) if lead.startswith(starts)]
            each = {asked[0]: asked for asked in (*self._by_word.get(lead, ()), *begun)}
            found = self._by_lead[lead] = [each[n] for n in sorted(each)]
        return found


def _by_first_word(rules: RulesInOrder) -> tuple[dict[str, list[RuleInOrder]], dict[str, list[tuple[tuple[str, ...], RuleInOrder]]]]:
    """The rules by the first words that they know, and by the first letters of what first words may begin with."""
    words: dict[str, list[RuleInOrder]] = {}
    initials: dict[str, list[tuple[tuple[str, ...], RuleInOrder]]] = {}
    for asked in rules:
        if (leads := asked[2].leads) is None:
            continue
        for word in leads.words:
            words.setdefault(word, []).append(asked)
        for initial, starts in groupby(sorted(leads.starts), itemgetter(0)):
            initials.setdefault(initial, []).append((tuple(starts), asked))
    return words, initials
