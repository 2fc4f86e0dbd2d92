"""What each block of a page is: rules where they are certain, the line model elsewhere, rules again for the reason."""

from __future__ import annotations

from collections.abc import Sequence, Set

from services.cleaner.lines import Block, Label
from services.cleaner.rules import RULES, Place
from services.cleaner.rules.rule import LONG, SENTENCE_END
from services.cleaner.span import best_span

CERTAIN = tuple(rule for rule in RULES if rule.certain)
HINTS = tuple(rule for rule in RULES if not rule.certain)


def classify(blocks: Sequence[Block], title: str | None = None, repeated: Set[str] | None = None) -> list[Label]:
    """One label for each block. Works on stripped text and on the paragraphs of HTML alike."""
    chances = _chances(blocks)
    return [_label(Place(blocks, n), chances[n]) for n in range(len(blocks))]


def _label(place: Place, chance: float) -> Label:
    for rule in CERTAIN:
        if rule.test(place):
            return Label(rule.kind, rule.name)
    if chance >= 0.5:
        return Label("body", "model", chance)
    hint = next((rule for rule in HINTS if rule.test(place)), None)
    return Label(hint.kind, hint.name, 1 - chance) if hint else Label("furniture", "model", 1 - chance)


def _chances(blocks: Sequence[Block]) -> list[float]:
    gains = [
        len(block.text) / 5 if len(block.text) >= LONG or block.text.endswith(SENTENCE_END) and len(block.text) > 50 else -6.0 for block in blocks
    ]
    start, end = best_span(gains)
    return [0.9 if start <= n < end else 0.1 for n in range(len(blocks))]
