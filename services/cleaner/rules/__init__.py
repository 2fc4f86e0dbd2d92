"""What is known about lines: small named rules, each with its reason and an example, in the order in which they are asked."""

from copydesk.services.cleaner.rules.book import RuleBook
from copydesk.services.cleaner.rules.head import HEAD
from copydesk.services.cleaner.rules.pictures import PICTURES
from copydesk.services.cleaner.rules.rule import BlockInPage, Rule, Surroundings
from copydesk.services.cleaner.rules.tail import TAIL

RULES: tuple[Rule, ...] = (*HEAD, *TAIL, *PICTURES)

__all__ = ["RULES", "BlockInPage", "Rule", "RuleBook", "Surroundings"]
