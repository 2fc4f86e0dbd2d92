"""What stands around the headline: weather, place, date, pager, byline, breadcrumbs."""

from __future__ import annotations

import re

from services.cleaner.dates import WHOLE_DATE
from services.cleaner.rules.rule import Place, Rule, matches

TOP = 12  # blocks that are looked at as the page's head
TEMPERATURE = re.compile(r"^[-−+]?\d{1,3}(?:[.,]\d)?\s?°?\s?[CF](?:elsius|ahrenheit)?$")
NAME = re.compile(r"^(?:[A-Z][\w.'’-]+)(?:[ ,]+(?:[A-Z][\w.'’-]+|of|de|la|del|am|upon)){0,3}$")


def _place(place: Place) -> bool:
    """A name of its own between a temperature and a date."""
    beside = (place.near(-1), place.near(1))
    return place.index < TOP and NAME.match(place.text) is not None and any(TEMPERATURE.match(text) for text in beside)


def _date(place: Place) -> bool:
    return len(place.text) <= 60 and WHOLE_DATE.match(place.text) is not None


HEAD = (
    Rule("weather", "weather", "A temperature alone is the page's weather.", "13.2 C", lambda place: bool(TEMPERATURE.match(place.text)), True),
    Rule("place_header", "place_header", "The place that the weather is for.", "13.2 C\n>London\nSaturday, May 18, 2024", _place, True),
    Rule("date_header", "date_header", "A date alone is the page's or the article's, not a sentence.", "Saturday, May 18, 2024", _date, True),
    Rule(
        "pager",
        "pager",
        "Counts pages or pictures.",
        "1/2",
        matches(
            r"^(?: \d{1,3}\s?/\s?\d{1,3} | (?:page|image|photo|slide)?\s?\d{1,3}\s(?:of|de|von|sur)\s\d{1,3} | (?:next|previous)\s(?:page|image|photo|slide) )$",
            40,
        ),
        True,
    ),
    Rule(
        "skip_link",
        "navigation",
        "Made for screen readers.",
        "Skip to main content",
        matches(r"^(?:skip|jump)\sto\s(?:main\s|the\s)?(?:content|navigation|search|footer|header)\b", 60),
        True,
    ),
    Rule("breadcrumb", "navigation", "The way to this page.", "Home > News > Politics", matches(r"^home\s*[>»›/|]", 150), True),
    Rule(
        "byline",
        "byline",
        "Names who wrote it.",
        "By Jane Doe",
        matches(r"^(?:(?:written|reported|posted|words|story)\s)?(?:by|von|par|por)\s[^\d.!?]{3,60}$", 80),
    ),
    Rule(
        "reading_time",
        "navigation",
        "Says how long reading takes.",
        "5 min read",
        matches(r"^(?:\D{0,25}\s)?\d{1,3}[\s-]?min(?:ute)?s?\.?(?:\s(?:read|reading|lesen|de\slecture|de\slectura)(?:\stime)?)$", 60),
        True,
    ),
    Rule(
        "updated",
        "date_header",
        "Says when the page was published or changed.",
        "Published 3:15 PM EST, Tue November 5, 2024",
        matches(r"^(?:last\s)?(?:published|updated|posted|modified|publicado|actualizado|veröffentlicht|publié|mis\sà\sjour)\b[^.!?]*\d", 120),
    ),
    Rule(
        "age", "date_header", "An age instead of a date.", "3 hours ago", matches(r"^\d{1,3}\s(?:minute|min|hour|hr|day|week|month|year)s?\sago$", 40)
    ),
)
