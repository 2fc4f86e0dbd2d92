"""The two seeds come out right, to the character. The golden files are the whole part that the cleaner adds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.services.cleaner.tiling import rebuild
from copydesk.shared.records.cleaned import CleanedPart
from tests.data import ROOT

GOLDEN = Path(__file__).with_name("golden")
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
FETCHED = date(2026, 11, 25)


def cleaned(seed: Path) -> CleanedPart:
    part = clean_text(seed.read_text(), PageContext(FETCHED))
    assert isinstance(part, CleanedPart)
    return part


def reasons(part: CleanedPart) -> list[tuple[str, str]]:
    return [(item.text.strip()[:40], item.reason) for item in part.removed]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_the_part_is_the_golden_one(seed: Path) -> None:
    golden: dict[str, Any] = orjson.loads((GOLDEN / f"{seed.stem}.json").read_bytes())
    assert cleaned(seed).model_dump(mode="json", exclude_none=True) == golden


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_the_seed_can_be_rebuilt(seed: Path) -> None:
    assert rebuild(cleaned(seed)) == seed.read_text()


def test_the_upi_page() -> None:
    part = cleaned(SEEDS[0])
    assert part.title == "President Joe Biden and Japanese Prime Minister Fumio Kishida meet for U.S.-Japan summit"
    assert part.dateline and part.dateline.model_dump(exclude_none=True) == {
        "date": "2023-01-13",
        "agency": "UPI",
        "text": "Jan. 13 (UPI) —",
        "year_inferred": True,
    }
    assert (part.published_at, part.published_precision, part.origins["published_at"]) == ("2023-01-13", "day", "dateline")
    assert [caption.credit for caption in part.captions] == ["Japanese PM Press Office / UPI"]
    assert part.captions[0].text.startswith("U.S. President Joe Biden is meeting Friday") and part.captions[0].text.endswith("Nov. 13, 2022.")
    assert reasons(part) == [
        ("13.2 C", "weather"),
        ("London", "place_header"),
        ("Saturday, May 18, 2024", "date_header"),
        ("President Joe Biden and Japanese Prime M", "title"),
        ("1/2", "pager"),
        ("U.S. President Joe Biden is meeting Frid", "caption_with_credit"),
        ("U.S. President Joe Biden is meeting Frid", "caption_repeated"),
        ("Jan. 13 (UPI) —", "dateline"),
        ("Latest news", "related_heading"),
        ("Related news", "related_heading"),
        ("LEAVE A REPLY", "comment_form"),
        ("Please enter your comment!", "comment_form"),
        ("Please enter your name here", "comment_form"),
    ]
    paragraphs = part.body.split("\n\n")
    assert len(paragraphs) == 11
    assert paragraphs[0].startswith("U.S. President Joe Biden is meeting with Japanese Prime Minister Fumio Kishida at the White House Friday")
    assert paragraphs[-1].endswith("threats from China, North Korea and Russia.")
    assert "Following the meeting, the U.S. and Japanese leaders" in part.body
    assert [(repair.before, repair.after) for repair in part.repairs if repair.before.strip()] == [("the", "the ")]


def test_the_baaghi_page() -> None:
    part = cleaned(SEEDS[1])
    assert part.title == "Biden talks with Japan to focus on security in Asia-Pacific"
    assert part.dateline and (part.dateline.date, part.dateline.year_inferred) == ("2022-01-21", False)
    assert reasons(part) == [
        ("Biden talks with Japan to focus on secur", "title"),
        ("Jan 21, 2022:", "dateline"),
        ("Stay tuned to BaaghiTV for latest news a", "stay_tuned"),
        ("Turkey and Qatar reach agreement on ensu", "headline_after_end"),
        ("Amazon to open first brick and mortar st", "headline_after_end"),
        ("US looking to speed up delivery of F-16 ", "headline_after_end"),
    ]
    paragraphs = part.body.split("\n\n")
    assert len(paragraphs) == 9
    assert paragraphs[0].startswith("US President Joe Biden and Japanese Prime Minister Fumio Kishida will discuss a “united” Western alliance")
    assert paragraphs[-1].endswith("after promising to review its security strategy in October.")
