"""The same caption in two forms is one, on a page of a few as on a page of thousands."""

from __future__ import annotations

from copydesk.services.cleaner.captions import NEAR, unique
from copydesk.shared.records.cleaned import Caption


def other(number: int) -> Caption:
    return Caption(text=" ".join(f"word{number}of{place}" for place in range(6)))


def test_the_fuller_form_stays_and_takes_over_the_credit() -> None:
    short = Caption(text="The mayor opens the bridge on Monday", credit="AP")
    full = Caption(text="The mayor opens the new bridge on Monday")
    assert unique([short, full]) == unique([full, short]) == [Caption(text=full.text, credit="AP")]


def test_captions_of_a_few_words_are_not_told_apart() -> None:
    assert unique([Caption(text="A boat"), Caption(text="A boat")]) == [Caption(text="A boat")] * 2


def test_the_same_words_are_found_however_far_above_they_stand() -> None:
    gallery = [other(number) for number in range(3 * NEAR)]
    assert unique([*gallery, *gallery]) == gallery
