"""What is known about lines: small named rules, each with its reason and an example, in the order in which they are asked."""

from services.cleaner.rules.book import RuleBook
from services.cleaner.rules.head import HEAD
from services.cleaner.rules.pictures import PICTURES
from services.cleaner.rules.rule import Place, Rule, Surroundings
from services.cleaner.rules.tail import TAIL

RULES: tuple[Rule, ...] = (*HEAD, *TAIL, *PICTURES)

__all__ = ["RULES", "Place", "Rule", "RuleBook", "Surroundings"]
