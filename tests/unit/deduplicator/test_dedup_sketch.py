"""Sketches: equal under spelling, a fixed sample, offsets into the text as given, any script, any length."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import process_time

import pytest

from copydesk.services.deduplicator.sketch.sampling import Sketch, SketchRule, sketch_all
from tests.unit.deduplicator.newsroom import passage

DENSE = SketchRule(scale=1)
THAI = "นายกรัฐมนตรีกล่าวว่ารัฐบาลจะเดินหน้าโครงการพัฒนาเศรษฐกิจในภาคใต้ต่อไปในปีหน้าโดยเน้นการท่องเที่ยว"
CHINESE = "外交部发言人周二在北京举行的例行记者会上表示，两国将继续加强在贸易和投资领域的合作，并推动地区和平与稳定。"
ARABIC = "قال وزير الخارجية يوم الثلاثاء إن بلاده ستواصل العمل مع شركائها في المنطقة من أجل السلام والاستقرار."


def sketch(text: str, rule: SketchRule = DENSE) -> Sketch:
    (one,) = sketch_all([text], rule)
    return one


def shingles(text: str) -> set[int]:
    return set(sketch(text).hashes.tolist()) - {sketch(text).identity}


def test_case_accents_and_width_make_no_difference() -> None:
    text = "The café in São Paulo said on Monday that it would close its doors for good."
    other = "THE CAFE in Sao Paulo said on monday that ｉｔ would close its doors for good."
    assert sketch(text).identity == sketch(other).identity
    assert sketch(text).hashes.tolist() == sketch(other).hashes.tolist()


def test_places_are_offsets_into_the_text_as_given() -> None:
    text = "  “The mayor, who is 61, said so.” \n\n" + passage(1)
    one = sketch(text)
    for value, start, end in zip(one.hashes.tolist(), one.starts.tolist(), one.ends.tolist(), strict=True):
        if value != one.identity:
            assert len(re.findall(r"\w+", text[start:end])) == DENSE.words


def test_a_batch_changes_nothing() -> None:
    texts = [passage(number) for number in range(5)] + ["", "word", THAI]
    together = sketch_all(texts, DENSE)
    assert [one.hashes.tolist() for one in together] == [sketch(text).hashes.tolist() for text in texts]


def test_the_sample_of_a_part_is_the_part_of_the_sample() -> None:
    rule = SketchRule(scale=4)
    text = passage(1, 300)
    whole, part = sketch(text, rule), sketch(" ".join(text.split()[:96]), rule)
    assert set(part.hashes.tolist()) - {part.identity} <= set(whole.hashes.tolist())
    assert len(part.hashes) > 10
    assert 40 <= len(whole.hashes) <= 110


@pytest.mark.parametrize("text", [THAI, CHINESE, ARABIC])
def test_any_script_shares_shingles_with_its_copy_only(text: str) -> None:
    assert len(shingles(text)) > 5
    assert shingles(text) <= shingles(text + text[::-1] + ".") or len(shingles(text) & shingles(text + " " + text[::-1] + ".")) > 5
    assert not shingles(text) & shingles(passage(3))


def test_texts_without_words_and_very_long_texts() -> None:
    assert [len(sketch(text).hashes) for text in ("", "word", "…", "\n\n")] == [0, 0, 0, 0]
    assert sketch(passage(1, 100_000)).tokens == 100_000


def test_menus_and_tables_are_left_out() -> None:
    menu = "\n".join(["Home", "World News", "Business And Markets", "Sign In", "Subscribe Now"] * 20)
    assert not shingles(menu)
    assert shingles(menu + "\n" + passage(1)) == shingles(passage(1))


def test_lines_broken_at_a_width_are_prose_all_the_same() -> None:
    words = passage(1).split(" ")
    broken = "\n".join(" ".join(words[first : first + 7]) for first in range(0, len(words), 7))
    assert len(shingles(broken) & shingles(passage(1))) > 0.9 * len(shingles(passage(1)))


SHAPES: dict[str, Callable[[int], str]] = {
    "one character": lambda size: "a" * size,
    "one token": lambda size: "word " * (size // 5),
    "one syllable without spaces": lambda size: "ข" * size,
    "letters without a space": lambda size: "".join(chr(97 + place * place % 26) for place in range(size)),
    "empty lines before a long line of brackets": lambda size: "\n" * (size // 2) + ")" * (size // 2),
    "spaces at the end of many lines": lambda size: ("Words of a line." + " " * 200 + "\n") * (size // 217),
    "combining marks": lambda size: "e" + "\u0301" * size,
    "one sentence again and again": lambda size: "The mayor said on Monday that it would stop. " * (size // 45),
}


def seconds(text: str) -> float:
    """Processor time of the fastest of three sketches."""
    best = 1e9
    for _ in range(3):
        began = process_time()
        sketch(text)
        best = min(best, process_time() - began)
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_text_of_any_shape_costs_in_proportion_to_its_length(shape: str) -> None:
    sketch(SHAPES[shape](400))
    growth = seconds(SHAPES[shape](1_000_000)) / seconds(SHAPES[shape](250_000))
    assert growth < 12  # four times the text; a cost by its square would be sixteen
