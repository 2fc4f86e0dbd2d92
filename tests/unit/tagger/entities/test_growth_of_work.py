"""The work that the article-level pass does grows as the text does, whatever the text is made of: calls are counted, not seconds."""

from __future__ import annotations

import cProfile
import itertools
import string
from collections.abc import Callable

import pytest

from copydesk.services.tagger.entities import default_resolver
from tests.unit.tagger.entities.marked import check_offsets, unmarked

CHARACTERS = 3_000
MOST = 2.6  # times the work for twice the text: sorting and larger numbers of names cost a little more


def _name(number: int) -> str:
    """A name of six letters that no other number has."""
    letters = [string.ascii_lowercase[number // 26**place % 26] for place in range(5)]
    return "B" + "".join(letters)


SHAPES: dict[str, Callable[[int], str]] = {
    "other people": lambda i: f"[{_name(2 * i)} {_name(2 * i + 1)}|PERSON], ",
    "people of one surname": lambda i: f"[{_name(i)} Smith|PERSON], ",
    "people of one first name and surname": lambda i: f"[Ann {_name(i)} Smith|PERSON], ",
    "people of one first name": lambda i: f"[Ann {_name(i)}|PERSON], ",
    "bare names beside full ones": lambda i: f"[{_name(3 * i)}|PERSON], [{_name(3 * i + 1)} {_name(3 * i + 2)}|PERSON], ",
    "one person over and over": lambda i: "[Ann Smith|PERSON], [Smith|PERSON], ",
    "namesakes": lambda i: "[Ann Smith|PERSON], [Bob Smith|PERSON], Mr. [Smith|PERSON], ",
    "organisations with acronyms": lambda i: f"[{_name(2 * i)} {_name(2 * i + 1)}|ORG] ([{_name(i)[:3].upper()}|ORG]), ",
    "organisations of one first word": lambda i: f"[Acme {_name(i)}|ORG], [Acme|ORG], ",
    "places": lambda i: f"[{_name(i)}|LOC], ",
    "cities with their state": lambda i: "[Paris|LOC], Texas, ",
    "storms": lambda i: f"Hurricane [{_name(i)}|EVENT], [{_name(i)}|EVENT], ",
    "quotations with pronouns": lambda i: "[Ann Smith|PERSON] came. “We said it,” she said. ",
    "quotations of a word": lambda i: "“x” [Ann Smith|PERSON] ",
    "quotations of two speakers": lambda i: "“We came,” [Ann Smith|PERSON] said. “We left,” said [Bo Li|PERSON]. ",
    "quotations that never end": lambda i: "[Ann Smith|PERSON] said “",
    "opening marks": lambda i: "“",
    "apostrophes": lambda i: "'",
    "single quotations": lambda i: "‘we went there,’ ",
    "quotations of a paragraph": lambda i: "“We went there.\n\n",
    "nested marks": lambda i: "«„“‘",
    "countries in capitals": lambda i: "JAPAN ",
    "amounts": lambda i: "5$",
    "numbers in words": lambda i: "HUNDRED ",
    "currencies": lambda i: "1 US ",
    "schemes of addresses": lambda i: "http:",
    "dates": lambda i: "May 2020 ",
    "years": lambda i: "in 2019 ",
    "titles": lambda i: "President [King|PERSON] ",
    "dashes": lambda i: "— ",
    "combining marks": lambda i: "e\u0301",
    "line ends": lambda i: "\n",
}  # fmt: skip


def _calls(marked: str) -> int:
    """How many calls the resolver makes for this text, of Python's and of C's functions."""
    body, spans = unmarked(marked)
    resolver, profile = default_resolver(), cProfile.Profile()
    result = profile.runcall(resolver.resolve, body, spans, None, "en")
    check_offsets(body, result)
    return sum(entry.callcount for entry in profile.getstats())


def _text(shape: Callable[[int], str], characters: int) -> str:
    lengths = itertools.accumulate(len(shape(i)) for i in itertools.count())
    count = next(i for i, length in enumerate(lengths) if length >= characters)
    return "".join(map(shape, range(count + 1)))


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    shape = SHAPES[name]
    _calls(_text(shape, CHARACTERS))  # what is remembered of names is the same in both
    once, twice = _calls(_text(shape, CHARACTERS)), _calls(_text(shape, 2 * CHARACTERS))
    assert twice <= MOST * once + 2_000, f"{once} calls for {CHARACTERS} characters, {twice} for twice as many"
