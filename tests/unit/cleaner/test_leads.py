"""The cheap tests before a rule are read off its pattern, and never keep it from a line that it knows."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.classify import CERTAIN, HINTS
from copydesk.services.cleaner.leads import Leads, lead_of, leads_of, of_pattern
from copydesk.services.cleaner.rules import RULES, Rule, Surroundings
from tests.unit.cleaner.test_rules_of_lines import place_of


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("* Read also", "read"),
        ("12 Comments", "0"),
        ("* * *", ""),
        ("İLGİLİ haberler", "ilgili"),
        ("扫码关注我们", "扫码关注我们"),
        ("L’article", "l"),
    ],
)
def test_the_first_word_of_a_line(text: str, lead: str) -> None:
    assert lead_of(text) == lead


@pytest.mark.parametrize(
    ("pattern", "words", "starts", "texts"),
    [
        (r"(?:last\s|first\s)?(?:published|updated)\b", {"last", "first", "published", "updated"}, (), None),
        (r"\d{1,3}\s?/\s?\d{1,3}$ | page\s\d", {"0", "page"}, (), None),
        (r"(?:发表|發表)评论", set(), ("发表评论", "發表评论"), None),
        (r"subscri\w+\sto", set(), ("subscri",), None),
        (r"copyright\s | .{0,200}\ball\srights\sreserved", {"copyright"}, (), ("reserved",)),
        (r"(?<=©).{0,200}$", None, (), ("©",)),
        (r".{0,40}\d", None, (), None),
        (r"log\sin | .+", None, (), None),
    ],
)
def test_what_a_pattern_asks_of_a_line(pattern: str, words: set[str] | None, starts: tuple[str, ...], texts: tuple[str, ...] | None) -> None:
    leads = None if words is None else Leads(frozenset(words), starts)
    assert of_pattern(pattern) == (leads, texts)


def test_more_may_follow_a_word_at_once_in_scripts_without_spaces() -> None:
    known = leads_of(["关注我们", "follow us"])
    assert known.admit(lead_of("关注我们的公众号")) and known.admit(lead_of("Follow us!"))
    assert not known.admit(lead_of("Followers of the team"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_book_asks_a_rule_about_its_example(rule: Rule) -> None:
    place = place_of(rule.example)
    book = CERTAIN if rule.certain else HINTS
    assert rule in [asked for _, _, asked in book.asked(place)]


def test_lines_of_one_page_are_told_apart() -> None:
    example = next(rule.example for rule in RULES if rule.name == "legal")
    page = Surroundings([*place_of("The council met on Tuesday.").page.blocks, *place_of(example).page.blocks])
    found = [CERTAIN.first(page.place(n)) for n in range(2)]
    assert found[0] is None and found[1] is not None and found[1].name == "legal"
