"""What overrules the line model's chances, and what does not."""

from __future__ import annotations

import numpy as np

from copydesk.services.cleaner.classify import FEW, classify
from copydesk.services.cleaner.lines import blocks_of
from copydesk.services.cleaner.model.line_model import LineChances

SENTENCE = "The council voted on Tuesday to keep the old library open, after residents had signed a petition against closing it."
HEADING = "What happens next"


def kinds(lines: list[str], chances: list[float]) -> list[str]:
    reading = LineChances(np.array(chances, np.float32), np.zeros(len(lines), np.float32))
    return [label.kind for label in classify(blocks_of(lines), reading)]


def test_a_doubtful_line_between_the_articles_lines_belongs_to_it() -> None:
    assert kinds([SENTENCE, HEADING, SENTENCE], [0.9, 0.2, 0.9]) == ["body"] * 3


def test_a_line_that_the_model_is_sure_of_stays_out() -> None:
    assert kinds([SENTENCE, HEADING, SENTENCE], [0.9, 0.01, 0.9]) == ["body", "furniture", "body"]


def test_a_line_that_a_rule_knows_stays_out() -> None:
    assert kinds([SENTENCE, "Share on Facebook", SENTENCE], [0.9, 0.2, 0.9]) == ["body", "share", "body"]


def test_doubtful_lines_around_the_article_stay_out() -> None:
    assert kinds([HEADING, SENTENCE, SENTENCE, "A note"], [0.2, 0.9, 0.9, 0.2])[:3] == ["furniture", "body", "body"]


def test_many_doubtful_lines_together_stay_out() -> None:
    between = [f"Another page number {n}" for n in range(FEW + 1)]
    assert "body" not in kinds([SENTENCE, *between, SENTENCE], [0.9, *[0.2] * len(between), 0.9])[1:-1]


def thread(names: int) -> list[str]:
    return ["12 comments", *(line for n in range(names) for line in (f"Reader {n} on May {n + 1}, 2024 at 9:46 pm", SENTENCE, "Reply"))]


def test_below_the_heading_of_a_thread_readers_speak() -> None:
    lines = [SENTENCE] * 4 + thread(3)
    assert "body" not in kinds(lines, [0.9] * len(lines))[4:]


def test_a_count_of_comments_above_the_article_ends_nothing() -> None:
    lines = ["12 comments", *[SENTENCE] * 4, *thread(3)[1:]]
    assert kinds(lines, [0.9] * len(lines))[1:5] == ["body"] * 4


def test_the_times_of_a_live_blog_are_no_comments() -> None:
    lines = [SENTENCE] * 4 + ["12 comments", *(line for n in range(9) for line in (f"10:{n}5 a.m.", SENTENCE))]
    assert kinds(lines, [0.9] * len(lines)).count("body") >= 13


def test_on_a_page_full_of_furniture_doubt_is_enough() -> None:
    menu = [f"Section number {n} of the paper and its long name" for n in range(20)]
    assert kinds([*menu, SENTENCE, HEADING, SENTENCE], [*[0.01] * 20, 0.9, 0.2, 0.9])[20:] == ["body", "furniture", "body"]
