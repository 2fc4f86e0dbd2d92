"""What a record of HTML says of its article: repairs that can be undone, dateline and byline with where they came from."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.cleaner import page
from copydesk.services.cleaner.html import HtmlArticle
from copydesk.services.cleaner.html.extraction import extract_page
from copydesk.services.cleaner.stripped_text import PageContext
from copydesk.services.cleaner.tiling import rebuild
from copydesk.shared.records.cleaned import CleanedPart, Repair
from tests.unit.cleaner.html.pages import PARAGRAPHS, article

KNOWN = PageContext(date(2024, 5, 18))
DAMAGED = "theU.S. embassy said that AT&amp;T would pay for â€œthe roofâ€\u009d."


def record(html: str) -> CleanedPart:
    found = extract_page(html)
    assert isinstance(found, HtmlArticle), found
    part = page.clean_page(found, KNOWN)
    assert isinstance(part, CleanedPart), part
    return part


def with_lede(lead: str) -> str:
    return article(paragraphs=(lead + PARAGRAPHS[0], *PARAGRAPHS[1:]))


def test_repairs_are_listed_with_offsets_into_the_body_as_extracted() -> None:
    glued = PARAGRAPHS[0].replace("The city", "In theU.S. city")
    mojibake = "â€œIt is timeâ€\x9d, she said, before all went down to the harbour together."
    part = record(article(paragraphs=(glued, mojibake, *PARAGRAPHS[2:])))
    first, second, *_ = part.body.split("\n\n")
    assert first.startswith("In the U.S. city council") and second.startswith("“It is time”, she said")
    assert part.repairs[0] == Repair(3, 6, "the", "the ")
    assert rebuild(part).startswith(f"{glued}\n\nâ€œIt is time")


@settings(max_examples=100)
@given(st.lists(st.sampled_from([*PARAGRAPHS, DAMAGED]) | st.text(min_size=1, max_size=40), min_size=1, max_size=6))
def test_the_body_as_extracted_is_rebuilt_to_the_character(paragraphs: list[str]) -> None:
    part = page.clean_page(HtmlArticle(tuple(paragraphs)), KNOWN)
    assert isinstance(part, CleanedPart)
    removed = "".join(item.text for item in part.removed if item.reason == "dateline")
    extracted = "\n\n".join(paragraphs)
    assert rebuild(part) == extracted.replace(removed, "", 1)


def test_a_dateline_moves_out_of_the_body() -> None:
    part = record(with_lede("SPRINGFIELD, May 14 (Reuters) - "))
    assert part.dateline is not None
    assert (part.dateline.place, part.dateline.date, part.dateline.agency) == ("SPRINGFIELD", "2024-05-14", "Reuters")
    assert part.dateline.year_inferred
    assert part.body.startswith("The city council voted")
    assert [item.text for item in part.removed if item.reason == "dateline"] == ["SPRINGFIELD, May 14 (Reuters) - "]
    assert part.origins["dateline"] == "text"


def test_the_stated_date_bounds_the_year_of_a_dateline() -> None:
    found = extract_page(with_lede("SPRINGFIELD, May 14 (Reuters) - ").replace("2024", "2019"))
    assert isinstance(found, HtmlArticle)
    part = page.clean_page(found, KNOWN)
    assert isinstance(part, CleanedPart) and part.dateline is not None
    assert part.dateline.date == "2019-05-14"


def test_a_dateline_tells_the_day_where_nothing_else_does() -> None:
    part = page.clean_page(HtmlArticle(("TOKYO, March 3, 2023 (Reuters) - " + PARAGRAPHS[0],)), KNOWN)
    assert isinstance(part, CleanedPart)
    assert (part.published_at, part.published_precision, part.origins["published_at"]) == ("2023-03-03", "day", "dateline")


def test_a_printed_byline_names_the_author_where_no_metadata_do() -> None:
    part = record(article())
    assert (part.byline, part.author) == ("By Jo Field", "Jo Field")
    assert part.origins["byline"] == "text"
    plain = record(article().replace("class='byline'", ""))
    assert (plain.byline, plain.author, plain.origins["author"]) == ("By Jo Field", "Jo Field", "text")


def test_a_page_without_an_address_takes_the_one_that_it_calls_its_own() -> None:
    part = page.addressed(record(article(head="<link rel='canonical' href='https://www.gazette.example/2024/bridge'>")), None)
    assert (part.url, part.source) == ("https://www.gazette.example/2024/bridge", "gazette.example")
    assert page.addressed(part, "wire").source == "wire"
    front = page.addressed(record(article(head="<link rel='canonical' href='https://www.gazette.example/'>")), None)
    assert (front.url, front.source) == (None, None)


def test_a_date_after_the_page_was_fetched_is_none() -> None:
    ahead = article(head="<meta property='article:published_time' content='2024-08-31T09:00:00Z'>").replace("May 14, 2024", "")
    assert record(ahead).published_at is None
