"""What a feed adds below each article."""

from __future__ import annotations

from copydesk.services.cleaner.phrases import either
from copydesk.services.cleaner.phrases.feeds import APPEARED_FIRST, FIRST_APPEARED
from copydesk.services.cleaner.rules.rule import Rule

LONGEST = 400  # characters: the article's title and the site's name stand in it
_SPOKEN = " | ".join(rf"{either([what])}\b.{{1,300}}?{either([where])}" for what, where in APPEARED_FIRST.values())

FEEDS = (
    Rule(
        "appeared_first",
        "furniture",
        "A feed's note on where its article was published first.",
        "The post Old bridge to stay shut appeared first on Elwick Gazette.",
        rf"(?:{_SPOKEN} | .{{1,300}}?{either(FIRST_APPEARED.values())})\W*.{{0,80}}$",
        LONGEST,
        certain=True,
    ),
)
