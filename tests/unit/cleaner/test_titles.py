"""The headline is looked for where headlines stand; an article that came without one keeps its first sentence and its headings."""

import numpy as np
import pytest

from copydesk.services.cleaner.lines import Label, blocks_of
from copydesk.services.cleaner.title import find_headline, mark

BODY, OTHER = Label("body", "model"), Label("furniture", "model")
HEADLINE, SENTENCE, HEADING = "Council Keeps Its Old Library Open", "The council voted on Tuesday to keep the old library open.", "What comes next"
TEXT = " ".join([SENTENCE] * 4)


@pytest.mark.parametrize(
    ("lines", "chances", "expected"),
    [
        ([(HEADLINE, OTHER), (TEXT, BODY)], [0.9, 0.0], 0),
        ([(HEADLINE, BODY), (TEXT, BODY)], [0.9, 0.0], 0),
        ([(HEADLINE, BODY), (TEXT, BODY)], [0.4, 0.0], None),
        ([(SENTENCE, BODY), (TEXT, BODY)], [0.9, 0.0], None),
        ([(TEXT, BODY), (HEADING, BODY), (TEXT, BODY)], [0.1, 0.9, 0.0], None),
        ([("Home", OTHER), (HEADLINE, OTHER), (TEXT, BODY), (HEADING, OTHER)], [0.0, 0.5, 0.0, 0.9], 1),
        ([], [], None),
    ],
)
def test_where_the_headline_is(lines: list[tuple[str, Label]], chances: list[float], expected: int | None) -> None:
    blocks, labels = blocks_of([text for text, _ in lines]), [label for _, label in lines]
    assert find_headline(blocks, labels, np.array(chances, np.float32)) == expected


def test_a_given_headline_is_found_with_the_name_of_its_site() -> None:
    blocks = blocks_of(["Menu", HEADLINE, TEXT])
    assert find_headline(blocks, [OTHER, OTHER, BODY], np.zeros(3, np.float32), f"{HEADLINE} | Springfield News") == 1


def test_a_page_that_begins_with_its_title_tells_the_headline() -> None:
    headline = f"Advisory – {HEADLINE}"
    blocks = blocks_of([f"{headline} - Springfield News", "Menu", headline, "Advisory", TEXT])
    assert find_headline(blocks, [OTHER, OTHER, OTHER, OTHER, BODY], np.array([0.5, 0, 0.3, 0.9, 0], np.float32)) == 2


def test_a_headline_that_stands_again_at_the_article_s_top_is_no_part_of_it() -> None:
    blocks = blocks_of([HEADLINE, HEADLINE, TEXT, HEADLINE, TEXT, HEADLINE])
    labels = mark(blocks, [OTHER, BODY, BODY, BODY, BODY, BODY], np.array([0.9, 0, 0, 0, 0, 0], np.float32))
    assert [label.kind for label in labels] == ["title", "title", "body", "title", "body", "body"]
