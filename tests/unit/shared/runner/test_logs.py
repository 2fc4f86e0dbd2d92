"""A library that says the same a hundred times a second is heard once in a while; everyone else is always heard."""

from __future__ import annotations

import logging

from copydesk.shared.runner.logs import Repeats


def said(name: str, words: str, *facts: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "", 0, words, facts, None)


def test_the_same_words_of_a_library_pass_once_in_a_while() -> None:
    now = [0.0]
    repeats = Repeats(10, lambda: now[0])
    assert [repeats.filter(said("aiokafka.client", "node %s is gone", node)) for node in (1, 2, 1)] == [True, False, False]
    assert repeats.filter(said("aiokafka.client", "another thing"))
    now[0] = 10.0
    assert repeats.filter(said("aiokafka.client", "node %s is gone", 1))


def test_what_copydesk_says_always_passes() -> None:
    repeats = Repeats(10, lambda: 0.0)
    assert all(repeats.filter(said("copydesk.shared.runner", "rejected")) for _ in range(3))
