"""Each rule knows its own example before any other does, and none takes a sentence of an article."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.classify import CERTAIN, HINTS
from copydesk.services.cleaner.lines import Block
from copydesk.services.cleaner.rules import RULES, BlockInPage, Rule, RuleBook, Surroundings

ARTICLE = [
    "The minister said on Friday that talks would go on until both sides agree, and that nobody should expect a result before the summer.",
    "“We share the view that this has to end,” she told reporters in Berlin, adding that more than 20,000 people had signed up.",
    "By Thursday the water had reached the first houses, and residents were asked to leave.",
    "Follow the money, the old saying goes, and the trail ends in a small office in Vaduz.",
    "He read more than a hundred letters before he understood what his father had done.",
    "In related news about the economy, unemployment fell to 4.1 per cent in March.",
    "Share prices fell sharply after the announcement.",
    "Photos by satellites show that the ice has retreated by 14 kilometres since 2001.",
    "“I will not comment on that,” the spokesman said.",
    "Subscribe to a theory long enough and it becomes a habit, she writes.",
    "Home > office: why the move back is slower than companies had planned for the spring.",
    "La ministra dijo el viernes que las negociaciones continuarán hasta que haya un acuerdo entre las partes.",
    "Der Minister sagte am Freitag, die Gespräche würden fortgesetzt, bis beide Seiten sich geeinigt hätten.",
]


def page_of(lines: list[str]) -> Surroundings:
    return Surroundings([Block(line, 0, 0) for line in lines])


def place_of(example: str) -> BlockInPage:
    lines = example.split("\n")
    at = next((n for n, line in enumerate(lines) if line.startswith(">")), 0)
    return page_of([line.removeprefix(">") for line in lines]).place(at)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_knows_its_example(rule: Rule) -> None:
    assert rule.knows(place_of(rule.example)), rule.example


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_other_rule_takes_its_example_before_it(rule: Rule) -> None:
    for book in (RuleBook(RULES), CERTAIN if rule.certain else HINTS):
        assert book.first(place_of(rule.example)) is rule, f"{rule.name} is dead, or its example is another's"


def test_names_are_unique_and_every_rule_says_why() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.why.endswith(".") for rule in RULES)


@pytest.mark.parametrize("sentence", ARTICLE)
def test_no_certain_rule_takes_a_sentence(sentence: str) -> None:
    place = page_of([ARTICLE[0], sentence, ARTICLE[1]]).place(1)
    assert CERTAIN.first(place) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("55°F", "weather"),
        ("-3.5 °C", "weather"),
        ("Page 2 of 7", "pager"),
        ("Samstag, 18. Mai 2024", "date_line"),
        ("2024年5月18日", "date_line"),
        ("May 18, 2024 at 3:15 PM EST", "date_line"),
        ("2024-05-18 10:15", "date_line"),
        ("Deja un comentario", "comment_form"),
        ("Your email address will not be published. Required fields are marked *", "comment_form"),
        ("Lee también: Suben los precios en marzo", "related_link"),
        ("You may also like", "related_heading"),
        ("相关阅读", "related_heading"),
        ("Alle Rechte vorbehalten. © 2024 Beispiel Verlag", "legal"),
        ("A boy runs through the rain in Dhaka. (AP Photo/Jane Doe)", "caption_with_credit"),
        ("President Xi greets students. Xinhua/Li Wei", "caption_with_credit"),
    ],
)
def test_other_forms_of_furniture(line: str, name: str) -> None:
    place = page_of([ARTICLE[0], line, ARTICLE[1]]).place(1)
    assert name in [rule.name for rule in RULES if rule.knows(place)]
