"""Sketches: equal under spelling, a fixed sample, offsets into the text as given, any script, any length."""

from __future__ import annotations

import re

import pytest

from copydesk.services.deduplicator.sketch import Sketch, SketchRule, sketch_all
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
